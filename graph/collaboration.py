"""Collaboration: who worked with whom, and how closely. Computed from the credits, never stored as a statement.

The weight of a pair is Newman's (2001), "Scientific collaboration networks II": each work that both are
credited on adds 1 / (n - 1), n being the number credited on it, so that two alone on a work count for more than
two of a crowd. The same measure ties companies that made works together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from marquee.schema.kinds import INSTITUTIONS, PEOPLE
from marquee.schema.relations import CREDITS
from marquee.schema.snapshot import KINDS, STATUS_CODE, Snapshot
from marquee.schema.values import Attribute, Status


class Tie(NamedTuple):
    """One collaborator: `weight` is Newman's, `works` are the shared ones in order of id."""

    other: str
    weight: float
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """A computed relation: the ends of `relations` on one work are tied. `head`: they stand before it."""

    relations: tuple[str, ...]
    head: bool


BONDS: dict[str, Bond] = {
    "collaborated_with": Bond(CREDITS, head=True),
    "co_produced_with": Bond(("production_company",), head=False),
}


def newman(crews: Mapping[str, Collection[str]], member: str) -> list[Tie]:
    """Those who share a work with `member`, closest first; `crews` gives each work's people."""
    weights: dict[str, float] = defaultdict(float)
    works: dict[str, list[str]] = defaultdict(list)
    for work in sorted(crews):
        crew = set(crews[work])
        if member not in crew:
            continue
        for other in crew - {member}:
            weights[other] += 1 / (len(crew) - 1)
            works[other].append(work)
    ties = [Tie(other, weight, tuple(works[other])) for other, weight in weights.items()]
    return sorted(ties, key=lambda tie: (-tie.weight, tie.other))


def collaborations(snapshot: Snapshot, member: str, relation: str = "collaborated_with") -> list[Tie]:
    """All ties of a person (or of a company, by `co_produced_with`), closest first; empty for an unknown id."""
    pairs = list(_pairs(snapshot, BONDS[relation]))
    mine = {work for work, someone in pairs if snapshot.entities[someone] == member}
    crews: dict[str, set[str]] = defaultdict(set)
    for work, someone in pairs:
        if work in mine:
            crews[snapshot.entities[work]].add(snapshot.entities[someone])
    return newman(crews, member)


def collaborators(snapshot: Snapshot, at: str) -> list[Attribute]:
    """How many others each person shares a work with, and each company a production; `inputs`: works shared."""
    return [
        Attribute(snapshot.entities[code], "collaborators", float(len(others)), unit, at, shared)
        for bond, unit in ((BONDS["collaborated_with"], "people"), (BONDS["co_produced_with"], "companies"))
        for code, others, shared in _circles(snapshot, bond)
    ]


def _circles(snapshot: Snapshot, bond: Bond) -> Iterable[tuple[int, set[int], int]]:
    crews: dict[int, set[int]] = defaultdict(set)
    for work, someone in _pairs(snapshot, bond):
        crews[work].add(someone)
    circles: dict[int, set[int]] = defaultdict(set)
    shared: dict[int, int] = defaultdict(int)
    for crew in crews.values():
        for someone in crew if len(crew) > 1 else ():
            circles[someone] |= crew
            shared[someone] += 1
    return [(code, circles[code] - {code}, shared[code]) for code in sorted(circles)]


def _pairs(snapshot: Snapshot, bond: Bond) -> Iterator[tuple[int, int]]:
    """(work, member) codes of the accepted statements that a bond is made of."""
    wanted = {code for code, name in enumerate(snapshot.relations) if name in bond.relations}
    accepted = STATUS_CODE[Status.ACCEPTED]
    allowed = PEOPLE if bond.head else INSTITUTIONS
    for row, (head, relation, tail) in enumerate(zip(snapshot.head, snapshot.relation, snapshot.tail, strict=True)):
        if relation not in wanted or (snapshot.status and snapshot.status[row] != accepted):
            continue
        work, member = (tail, head) if bond.head else (head, tail)
        if KINDS[snapshot.kinds[member]] in allowed:
            yield work, member
