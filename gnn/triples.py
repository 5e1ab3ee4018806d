"""A snapshot as integer triples: inverse relations added, sorted for look-up, every known tail at hand.

With R relations, code `r + R` is the inverse of `r`: (h, r, t) and (t, r + R, h) say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marquee.schema.errors import MissingExtra
from marquee.schema.snapshot import STATUS_CODE, Snapshot
from marquee.schema.values import Status

try:
    import numpy as np
    import numpy.typing as npt
except ImportError as error:  # the plain install has no NumPy
    raise MissingExtra("numpy", "gnn") from error

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Triples = Ints  # (N, 3): head, relation, tail


def accepted(snapshot: Snapshot) -> Bools:
    """Which of the S rows are accepted and lead to an entity. Needs column status; all rows without it."""
    entity = np.asarray(snapshot.tail) >= 0
    if not len(snapshot.status):
        return entity
    return np.asarray(entity & (np.asarray(snapshot.status) == STATUS_CODE[Status.ACCEPTED]))


def triples_of(snapshot: Snapshot, rows: Bools | Ints | None = None) -> Triples:
    """(N, 3) codes of the given rows; of all rows that lead to an entity by default."""
    chosen = np.asarray(snapshot.tail) >= 0 if rows is None else rows
    columns = (snapshot.head, snapshot.relation, snapshot.tail)
    return np.stack([np.asarray(column)[chosen].astype(np.int64) for column in columns], axis=1)


def both_ways(triples: Triples, relations: int) -> Triples:
    """The triples and, after them, their inverses: (2N, 3)."""
    inverse = np.stack([triples[:, 2], triples[:, 1] + relations, triples[:, 0]], axis=1)
    return np.concatenate([triples, inverse])


def invert(relation: Ints, relations: int) -> Ints:
    """The inverse of each relation code."""
    return (relation + relations) % (2 * relations)


def recode(names: Sequence[str], index: dict[str, int]) -> Ints:
    """The code of each name in another numbering, -1 where it has none."""
    return np.fromiter((index.get(name, -1) for name in names), dtype=np.int64, count=len(names))


@dataclass(frozen=True, slots=True)
class Spans:
    """For each of N questions a run of positions [start, stop) in a sorted array."""

    start: Ints
    stop: Ints

    @property
    def length(self) -> Ints:
        """Length of each run (N,)."""
        return self.stop - self.start

    def flat(self) -> tuple[Ints, Ints]:
        """All positions of all runs in order, and for each the question it belongs to."""
        length = self.length
        owner = np.repeat(np.arange(len(length)), length)
        offset = np.arange(len(owner)) - np.repeat(np.cumsum(length) - length, length)
        return self.start[owner] + offset, owner


class Graph:
    """Distinct triples of E entities and R relations, both ways, sorted by head, relation, tail."""

    def __init__(self, triples: Triples, entities: int, relations: int) -> None:
        self.entities, self.relations = entities, relations
        self._keys = np.unique(self.key(*both_ways(triples, relations).T))
        self._queries, self.tail = np.divmod(self._keys, max(1, entities))
        self.head, self.relation = np.divmod(self._queries, max(1, 2 * relations))
        stated = self.relation < relations
        self.triples = np.stack([self.head[stated], self.relation[stated], self.tail[stated]], axis=1)
        by_pair = np.argsort(self.head * entities + self.tail, kind="stable")
        self.pair_relation = self.relation[by_pair]
        self._pairs = (self.head * entities + self.tail)[by_pair]
        self._starts = np.searchsorted(self.head, np.arange(entities + 1))
        self.degree = np.diff(self._starts)

    def __len__(self) -> int:
        return len(self.triples)

    def key(self, head: Ints, relation: Ints, tail: Ints | int) -> Ints:
        """One number for each triple; order of keys is order of (head, relation, tail)."""
        return (head * (2 * self.relations) + relation) * self.entities + tail

    def has(self, head: Ints, relation: Ints, tail: Ints) -> Bools:
        """Whether each triple is known; relation codes may be inverse ones."""
        return member(self.key(head, relation, tail), self._keys)

    def tails(self, head: Ints, relation: Ints) -> Spans:
        """Where the known tails of each (head, relation) stand in `tail`."""
        return _spans(self._queries, head * (2 * self.relations) + relation)

    def tails_within(self, head: Ints, relation: Ints, least: int, most: int) -> Spans:
        """The same of the tails with codes from `least` to `most`."""
        low, high = self.key(head, relation, least), self.key(head, relation, most)
        return Spans(np.searchsorted(self._keys, low, "left"), np.searchsorted(self._keys, high, "right"))

    def edges(self, head: Ints) -> Spans:
        """Where the edges of each entity stand in `head`, `relation`, `tail`."""
        return Spans(self._starts[head], self._starts[head + 1])

    def between(self, head: Ints, tail: Ints) -> Spans:
        """Where the relations from each head to each tail stand in `pair_relation`."""
        return _spans(self._pairs, head * self.entities + tail)

    def queries(self) -> tuple[Ints, Ints, Ints]:
        """The distinct (head, relation) of all edges, and where the tails of each begin: (Q,), (Q,), (Q + 1,)."""
        _, first = np.unique(self._queries, return_index=True)
        return self.head[first], self.relation[first], np.append(first, len(self.tail))


def member(values: Ints, ordered: Ints) -> Bools:
    """Whether each value occurs in a sorted array."""
    if not len(ordered):
        return np.zeros(len(values), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return np.asarray(ordered[at] == values)


def _spans(ordered: Ints, values: Ints) -> Spans:
    return Spans(np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right"))
