"""Predicting what the graph lacks: typed, without what is known, calibrated, each with its why.

The probability is that of a guess being one of the facts hidden when the model was measured, some 15 % of
all. It is low, as it should be: facts that the graph never held may be true beyond it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from marquee.gnn import features, view
from marquee.gnn.arithmetic import frugal
from marquee.gnn.calibrate import sigmoid
from marquee.gnn.complex import query
from marquee.gnn.explain import because
from marquee.gnn.ground import Ground
from marquee.gnn.model import Model
from marquee.gnn.ranking import at_once
from marquee.gnn.triples import Floats, Ints, Triples, invert, member
from marquee.gnn.view import View
from marquee.schema.errors import ModelError, NotFound
from marquee.schema.relations import RELATIONS
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Prediction

Progress = Callable[[str, float], None]
_WIDTH = 4  # candidates looked at closely for each one asked for
_CHUNK, _CELLS = 512, 1 << 22  # heads asked at once, fewer where their scores would be more


@dataclass(frozen=True, slots=True)
class _Guess:
    """A coded triple, its log-odds, its probability and the interval of it."""

    triple: Ints
    score: float
    probability: float
    interval: tuple[float, float]


@frugal()
def predict(
    snapshot: Snapshot,
    model: Model,
    head: str,
    relation: str,
    inverse: bool = False,
    first: int = 10,
    min_probability: float = 0.0,
) -> list[Prediction]:
    """The likeliest other ends of (head, relation), best first; with `inverse`, of (?, relation, head).

    Every prediction reads in the relation's own direction. What the snapshot states, with whatever status, is
    not predicted. Raises NotFound for an unknown entity and
    ModelError for a relation the model never saw or an entity without any accepted fact.
    """
    seen = view.of(snapshot, model)
    asked = _asked(seen, head, relation, inverse)
    found = _shortlist(seen.ground, asked, max(20, _WIDTH * first))
    return [_prediction(seen, guess) for guess in _guesses(seen, found, min_probability)[:first]]


@frugal()
def missing(
    snapshot: Snapshot,
    model: Model,
    limit: int = 200,
    per_relation: int = 50,
    min_probability: float = 0.5,
    progress: Progress | None = None,
) -> list[Prediction]:
    """The likeliest missing facts of the whole graph, at most `limit`, best first.

    Every fitting (head, relation) is asked once for its tails; the best of each relation by learned share
    are looked at closely. Time grows with entities x candidates.
    """
    seen = view.of(snapshot, model)
    kept: list[_Guess] = []
    for relation, name in enumerate(model.relations):
        if progress:
            progress(f"missing {name.replace('_', ' ')}", relation / len(model.relations))
        found = sweep(seen.ground, relation, _WIDTH * per_relation)
        kept += _guesses(seen, found, min_probability)[:per_relation]
    if progress:
        progress("missing links", 1.0)
    best = sorted(kept, key=lambda guess: -guess.probability)[:limit]
    return [_prediction(seen, guess) for guess in best]


def sweep(ground: Ground, relation: int, size: int) -> Triples:
    """The `size` unknown triples of one relation with the largest expected share, (N, 3)."""
    back = int(invert(np.array([relation]), ground.graph.relations)[0])
    heads = ground.pools.of(back)
    heads = heads[ground.placed[heads]]
    pool = ground.pools.of(relation)
    pool = pool[ground.placed[pool]]
    candidates = ground.entities[torch.from_numpy(pool)]
    column = np.full(ground.graph.entities, -1)
    column[pool] = np.arange(len(pool))
    chunk = at_once(len(pool), _CELLS, _CHUNK)
    parts = (heads[at : at + chunk] for at in range(0, len(heads), chunk))
    best = [_best_tails(ground, part, relation, pool, candidates, column) for part in parts]
    if not best:
        return np.empty((0, 3), dtype=np.int64)
    rows = np.concatenate([triples for triples, _ in best])
    share = np.concatenate([share for _, share in best])
    return rows[np.argsort(-share, kind="stable")[:size]]


def _best_tails(
    ground: Ground, heads: Ints, relation: int, pool: Ints, candidates: torch.Tensor, column: Ints, width: int = 5
) -> tuple[Triples, Floats]:
    """For each head its best unknown tails of the pool, whose vectors are `candidates`: their share of the softmax
    over all, times one more than are held. `column`, (E,): where each entity stands in the pool, -1 where it does
    not."""
    asked = np.full(len(heads), relation)
    scores = _asking(ground, heads, asked) @ candidates.T
    every = torch.logsumexp(scores, dim=1, keepdim=True)
    held = ground.graph.tails(heads, asked)
    table = scores.numpy()
    position, owner = held.flat()
    known = column[ground.graph.tail[position]]
    table[owner[known >= 0], known[known >= 0]] = -np.inf
    itself = np.flatnonzero(column[heads] >= 0)
    table[itself, column[heads[itself]]] = -np.inf
    best = torch.topk(scores, min(width, len(pool)), dim=1)
    more = np.log1p(held.length)[:, None].astype(np.float32)
    share = ((best.values - every).numpy() + more).ravel()
    width = best.indices.shape[1]
    rows = np.stack([np.repeat(heads, width), np.repeat(asked, width), pool[best.indices.numpy()].ravel()], axis=1)
    return rows[np.isfinite(share)], share[np.isfinite(share)]


def _asked(seen: View, head: str, relation: str, inverse: bool) -> tuple[int, int]:
    """(entity, relation of 2R) of a question."""
    code = seen.index.get(head)
    if code is None:
        raise NotFound(f"the graph has no entity {head!r}.", mend="Search for it by name first.")
    if relation not in seen.model.relations:
        raise ModelError(
            f"the model has never seen the relation {relation!r}.",
            mend=f"It knows: {', '.join(seen.model.relations)}.",
        )
    if not seen.ground.graph.degree[code]:
        raise ModelError(f"nothing can be predicted of {head!r}: it has no accepted fact.", mend="Add some first.")
    return code, seen.model.relations.index(relation) + inverse * len(seen.model.relations)


def _shortlist(ground: Ground, asked: tuple[int, int], size: int) -> Triples:
    """Unknown triples of one question by learned score, in the relation's own direction."""
    kept, relation = asked
    pool = ground.pools.of(relation)
    pool = pool[ground.placed[pool] & (pool != kept)]
    position, _ = ground.graph.tails(np.array([kept]), np.array([relation])).flat()
    pool = pool[~np.isin(pool, ground.graph.tail[position])]
    score = _scores(ground, np.array([kept]), np.array([relation]), pool)[0].numpy()
    best = pool[np.argsort(-score, kind="stable")[:size]]
    ends = (np.full(len(best), kept), best)
    if relation >= ground.graph.relations:
        ends = ends[::-1]
    return np.stack([ends[0], np.full(len(best), relation % ground.graph.relations), ends[1]], axis=1)


def _scores(ground: Ground, heads: Ints, relations: Ints, pool: Ints) -> torch.Tensor:
    return _asking(ground, heads, relations) @ ground.entities[torch.from_numpy(pool)].T


def _asking(ground: Ground, heads: Ints, relations: Ints) -> torch.Tensor:
    return query(ground.entities[torch.from_numpy(heads)], ground.relations[torch.from_numpy(relations)])


def _unsaid(seen: View, found: Triples) -> Triples:
    """Without what some source has said, accepted or not; of symmetric facts also not the other way round."""
    head, relation, tail = found.T
    graph = seen.ground.graph
    found = found[~member(graph.key(head, relation, tail), seen.stated)]
    row = RELATIONS.get(seen.model.relations[int(found[0, 1])]) if len(found) else None
    if row is None or not row.symmetric:
        return found
    head, relation, tail = found.T
    found = found[~member(graph.key(tail, relation, head), seen.stated)]
    _, first = np.unique(np.sort(found[:, [0, 2]], axis=1), axis=0, return_index=True)
    return found[np.sort(first)]


def _guesses(seen: View, found: Triples, least: float) -> list[_Guess]:
    """The triples with what the model makes of them, likeliest first, from `least` on."""
    found = _unsaid(seen, found)
    if not len(found):
        return []
    level, low, high = seen.model.expected.levels(features.compute(seen.ground, found), found[:, 1])
    order = [int(at) for at in np.argsort(-level, kind="stable") if sigmoid(level[at]) >= least]
    ends = [(float(sigmoid(low[at])), float(sigmoid(high[at]))) for at in order]
    return [
        _Guess(found[at], float(level[at]), float(sigmoid(level[at])), interval)
        for at, interval in zip(order, ends, strict=True)
    ]


def _prediction(seen: View, guess: _Guess) -> Prediction:
    ids, names = seen.snapshot.entities, seen.model.relations
    head, relation, tail = (int(code) for code in guess.triple)
    because_ = because(seen, guess.triple)
    return Prediction(ids[head], names[relation], ids[tail], guess.score, guess.probability, guess.interval, because_)
