"""What a statement is judged against: the graph, its type constraints, the learned vectors and path weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import Tensor

from marquee.gnn.complex import Tables
from marquee.gnn.encoder import Encoder, encode_without
from marquee.gnn.paths import Weights
from marquee.gnn.pools import Pools
from marquee.gnn.triples import Bools, Floats, Graph, Ints, member

_CHUNK = 65536
_DEEPEST = 8  # values already held, counted up to here


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted once for a graph: has (E, 2R): whether an entity has a role (a relation from it);
    together (2R, 2R): entities with both of two roles; kinds (2R, K): tails of each kind; often (2R,): edges."""

    has: Bools
    together: Floats
    kinds: Floats
    often: Ints


@dataclass(frozen=True, slots=True)
class Ground:
    """A graph of E entities and R relations with what was learned about it, all in the graph's codes.

    placed (E,): has a learned vector. entities (E, 2d), relations (2R, 2d): the vectors. trained: sorted
    keys (`Graph.key`) of the triples the vectors were trained on. encoder and encoded (E, 2d): each entity
    as its facts describe it. room (2R, 9): chance that one more value follows n held ones.
    """

    graph: Graph
    pools: Pools
    placed: Bools
    entities: Tensor
    relations: Tensor
    trained: Ints
    weights: Weights
    room: Floats
    encoder: Encoder
    encoded: Tensor
    counts: Counts

    def encode_without(self, head: Ints, relation: Ints, tail: Ints) -> Tensor:
        """(N, 2d): each head as its facts describe it but for (head, relation, tail)."""
        return encode_without(self.encoder, self.graph, self.tables, head, relation, tail)

    @property
    def tables(self) -> Tables:
        """The vectors."""
        return Tables(self.entities, self.relations)

    def seen(self, head: Ints, relation: Ints, tail: Ints) -> Bools:
        """Whether the vectors were trained on each triple."""
        return member(self.graph.key(head, relation, tail), self.trained)


def count(graph: Graph, pools: Pools) -> Counts:
    """The counts of a graph."""
    has = np.zeros((graph.entities, 2 * graph.relations), dtype=np.bool_)
    has[graph.head, graph.relation] = True
    together = np.zeros((2 * graph.relations, 2 * graph.relations), dtype=np.float32)
    for at in range(0, graph.entities, _CHUNK):
        some = has[at : at + _CHUNK].astype(np.float32)
        together += some.T @ some
    kinds = np.zeros(pools.allowed.shape, dtype=np.float32)
    np.add.at(kinds, (graph.relation, pools.kinds[graph.tail]), 1)
    return Counts(has, together, kinds, np.bincount(graph.relation, minlength=2 * graph.relations))


def room(graph: Graph, pools: Pools) -> Floats:
    """The chance that an entity with n values of a relation has another, n = 0 to 8: (2R, 9).

    For n = 0 it is the share of the entities of fitting kinds that have any. Shrunk to the mean over
    relations by two pseudo-counts, so that a relation seen once is not certain of anything.
    """
    _, relation, starts = graph.queries()
    held = np.minimum(np.diff(starts), _DEEPEST + 1)
    count = np.zeros((2 * graph.relations, _DEEPEST + 2))
    np.add.at(count, (relation, held), 1)
    least = count[:, ::-1].cumsum(1)[:, ::-1]
    sources = (np.arange(2 * graph.relations) + graph.relations) % (2 * graph.relations)
    least[:, 0] = [len(pools.of(int(code))) for code in sources]
    least[:, 0] = np.maximum(least[:, 0], least[:, 1])
    overall = (least[:, 1:].sum(0) + 1) / (least[:, :-1].sum(0) + 2)
    return np.asarray((least[:, 1:] + 2 * overall) / (least[:, :-1] + 2), dtype=np.float32)
