"""A snapshot as a model sees it: the same relations, the snapshot's entities, vectors where they are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from marquee.gnn import pools, triples
from marquee.gnn.complex import Tables
from marquee.gnn.encoder import encode_all
from marquee.gnn.ground import Ground, count
from marquee.gnn.model import Model
from marquee.gnn.triples import Bools, Graph, Ints, Triples
from marquee.schema.snapshot import Snapshot

_ROWS = 4096  # of a table, copied at once


@dataclass(frozen=True, slots=True)
class View:
    """The ground of a snapshot's accepted facts. Entity codes are the snapshot's, relation codes the model's.

    rows (S, 3): every statement of the snapshot in these codes; relation or tail is -1 where the model
    does not know the relation or the object is a literal. stated: sorted keys of all of them, whatever
    became of them.
    """

    snapshot: Snapshot
    model: Model
    ground: Ground
    rows: Triples
    index: dict[str, int]
    stated: Ints
    _keys: Ints
    _order: Ints

    def row_of(self, head: int, relation: int, tail: int) -> int:
        """The snapshot's row of an accepted triple, -1 where there is none."""
        key = self.ground.graph.key(*(np.array([code]) for code in (head, relation, tail)))
        at = int(np.searchsorted(self._keys, key[0]))
        return int(self._order[at]) if at < len(self._keys) and self._keys[at] == key[0] else -1


_last: list[View] = []


def of(snapshot: Snapshot, model: Model) -> View:
    """The view of a snapshot. The last one is kept: asking again of the same graph costs a comparison."""
    kept = next(iter(_last), None)
    if kept is not None and kept.model is model and _same(kept.snapshot, snapshot):
        return kept
    del kept  # it goes before another is built, unless that can stand on its ground
    view = _build(snapshot, model)
    _last[:] = [view]
    return view


def _same(one: Snapshot, other: Snapshot) -> bool:
    """Whether a view of one serves for the other: all that it reads is equal."""
    return one is other or all(getattr(one, name) == getattr(other, name) for name in _READ)


_READ = ("head", "relation", "tail", "status", "kinds", "relations", "entities", "statements", "names")


def with_entities(snapshot: Snapshot, model: Model, entities: Ints) -> View:
    """The view in which all statements of these entities, not only accepted ones, are part of the graph."""
    mine = np.zeros(len(snapshot.entities) + 1, dtype=np.bool_)
    mine[entities] = True
    return _build(snapshot, model, mine[np.asarray(snapshot.head)] | mine[np.asarray(snapshot.tail)])


def _build(snapshot: Snapshot, model: Model, more: Bools | None = None) -> View:
    relation_codes = triples.recode(snapshot.relations, {name: code for code, name in enumerate(model.relations)})
    rows = triples.triples_of(snapshot, np.ones(len(snapshot), dtype=np.bool_))
    rows[:, 1] = np.append(relation_codes, -1)[rows[:, 1]]
    inside = triples.accepted(snapshot) if more is None else triples.accepted(snapshot) | more
    inside &= (rows >= 0).all(1)
    facts = rows[inside]
    index = snapshot.index()
    graph = Graph(facts, len(snapshot.entities), len(model.relations))
    here = triples.recode(model.entities, index)
    kinds = np.asarray(snapshot.kinds, dtype=np.int64)
    ground = (_kept(graph, snapshot, model) if more is None else None) or _ground(graph, kinds, model, here)
    keys, stated = graph.key(*facts.T), np.flatnonzero(inside)
    order = np.argsort(keys, kind="stable")
    whole = np.sort(graph.key(*rows[(rows >= 0).all(1)].T))
    return View(snapshot, model, ground, rows, index, whole, keys[order], stated[order])


def _kept(graph: Graph, snapshot: Snapshot, model: Model) -> Ground | None:
    """The last view's ground where its accepted facts are the same ones about the same entities: then only what is
    pending differs. Where they are not, the last view is let go: two grounds at once would take much room."""
    kept = next(iter(_last), None)
    if kept is not None and kept.model is model and _stand_alike(kept, graph, snapshot):
        return kept.ground
    _last.clear()
    return None


def _stand_alike(kept: View, graph: Graph, snapshot: Snapshot) -> bool:
    """Whether the accepted facts are the same ones about the same entities: then only what is pending differs."""
    same = kept.snapshot.entities == snapshot.entities and kept.snapshot.kinds == snapshot.kinds
    return same and np.array_equal(kept.ground.graph.triples, graph.triples)


def _ground(graph: Graph, kinds: Ints, model: Model, here: Ints) -> Ground:
    """`here` (model's E,): the snapshot's code of each of the model's entities, -1 where it is gone.

    An entity has a learned vector where a fact of it was learned from; others are read from their facts.
    """
    taught = np.zeros(len(here), dtype=np.bool_)
    taught[model.trained[:, [0, 2]]] = True
    source = np.flatnonzero(taught & (here >= 0))
    placed = np.zeros(graph.entities, dtype=np.bool_)
    placed[here[source]] = True
    vectors = torch.zeros(graph.entities, model.tables.entities.shape[1])
    _copy(model.tables.entities, source, vectors, here[source])
    encoded = encode_all(model.encoder, graph, Tables(vectors, model.tables.relations))
    new = np.flatnonzero(~placed)
    _copy(encoded, new, vectors, new)
    seen = model.trained.copy()
    seen[:, 0], seen[:, 2] = here[seen[:, 0]], here[seen[:, 2]]
    seen = seen[(seen >= 0).all(1)]
    types = pools.over(model.allowed, kinds)
    return Ground(
        graph,
        types,
        placed,
        vectors,
        model.tables.relations,
        np.sort(graph.key(*seen.T)),
        model.weights,
        model.room,
        model.encoder,
        encoded,
        count(graph, types),
    )


def _copy(source: Tensor, rows: Ints, target: Tensor, places: Ints) -> None:
    """Copies rows of a table to places of another, some at a time."""
    for at in range(0, len(rows), _ROWS):
        some = slice(at, at + _ROWS)
        target[torch.from_numpy(places[some])] = source[torch.from_numpy(rows[some])]
