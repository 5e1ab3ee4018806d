"""Which entities may stand at the end of a relation: by the relations table, or as learned from triples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marquee.gnn.triples import Bools, Ints, Triples, both_ways
from marquee.schema.kinds import Kind
from marquee.schema.relations import RELATIONS
from marquee.schema.snapshot import KIND_CODE, KINDS


@dataclass(frozen=True, slots=True)
class Pools:
    """For each of 2R relations the kinds its tails may have, and the entities of these kinds.

    allowed (2R, K) by kind code; group (2R,) number of the pool; members: of each pool, sorted codes.
    Relations with the same kinds share a pool. kinds (E,) of the entities.
    """

    allowed: Bools
    kinds: Ints
    group: Ints
    members: tuple[Ints, ...]

    def of(self, relation: int) -> Ints:
        """Codes of the entities that may be its tails."""
        return self.members[int(self.group[relation])]

    def fits(self, relation: Ints, tail: Ints) -> Bools:
        """Whether the tail is of a kind the relation takes."""
        return np.asarray(self.allowed[relation, self.kinds[tail]])


def pools(relations: Sequence[str], kinds: Ints, triples: Triples) -> Pools:
    """Pools for R relations over E entities.

    Vocabulary relations take the kinds of the table that the graph has; the others those seen in `triples`.
    """
    allowed = np.zeros((2 * len(relations), len(KINDS)), dtype=np.bool_)
    edges = both_ways(triples, len(relations))
    allowed[edges[:, 1], kinds[edges[:, 2]]] = True
    for code, name in enumerate(relations):
        row = RELATIONS.get(name)
        if row is not None:
            allowed[code] |= _mask(row.tail_kinds)
            allowed[code + len(relations)] |= _mask(row.domain)
    group, members = _members(allowed, kinds)
    return Pools(allowed, kinds, group, members)


def over(allowed: Bools, kinds: Ints) -> Pools:
    """The same constraints over other entities."""
    group, members = _members(allowed, kinds)
    return Pools(allowed, kinds, group, members)


def _mask(kinds: frozenset[Kind]) -> Bools:
    mask = np.zeros(len(KINDS), dtype=np.bool_)
    mask[[KIND_CODE[kind] for kind in kinds]] = True
    return mask


def _members(allowed: Bools, kinds: Ints) -> tuple[Ints, tuple[Ints, ...]]:
    present = np.zeros(allowed.shape[1], dtype=np.bool_)
    present[np.unique(kinds)] = True
    patterns, group = np.unique(allowed & present, axis=0, return_inverse=True)
    return group.reshape(-1).astype(np.int64), tuple(np.flatnonzero(pattern[kinds]) for pattern in patterns)
