"""How high a model ranks given facts that its graph lacks: the question a held-out file asks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from marquee.gnn import ranking, view
from marquee.gnn.complex import Tables, scores
from marquee.gnn.model import Model
from marquee.gnn.triples import Ints
from marquee.schema.snapshot import Snapshot

Fact = tuple[str, str, str]  # (head id, relation name, tail id)


def best_ranks(snapshot: Snapshot, model: Model, facts: Sequence[Fact]) -> list[float]:
    """For each fact the better of its two filtered ranks, as the tail of its head and as the head of its tail.

    Infinity where an entity or the relation is unknown to the model, or an end is of a kind that the
    relation does not take. Needs column status.
    """
    seen = view.of(snapshot, model)
    relations = {name: code for code, name in enumerate(model.relations)}
    coded = np.array(
        [(seen.index.get(h, -1), relations.get(r, -1), seen.index.get(t, -1)) for h, r, t in facts], dtype=np.int64
    ).reshape(-1, 3)
    best = np.full(len(coded), np.inf)
    askable = np.flatnonzero((coded >= 0).all(1))
    askable = askable[_fits(seen, coded[askable])]
    if len(askable):
        ground = seen.ground
        found = ranking.ranks(
            coded[askable], ground.graph, ground.pools, scores(Tables(ground.entities, ground.relations))
        ).rank
        best[askable] = found.reshape(2, -1).min(0)
    return [float(rank) for rank in best]


def _fits(seen: view.View, coded: Ints) -> Ints:
    """Which of the coded facts have vectors, and ends of kinds that their relation takes."""
    head, relation, tail = coded.T
    pools, count = seen.ground.pools, seen.ground.graph.relations
    fits = np.array(
        [
            bool(np.isin(t, pools.of(int(r))) and np.isin(h, pools.of(int(r) + count)))
            for h, r, t in zip(head, relation, tail, strict=True)
        ],
        dtype=np.bool_,
    )
    placed = seen.ground.placed
    return np.flatnonzero(fits & placed[head] & placed[tail])
