"""Collaboration: who worked with whom, and how closely. Computed from the credits, never stored as a statement.

The weight of a pair is Newman's (2001), "Scientific collaboration networks II": each work that both are
credited on adds 1 / (n - 1), n being the number credited on it, so that two alone on a work count for more than
two of a crowd. The same measure ties companies that made works together, and works or companies by the people
whom they share: then each person adds 1 / (n - 1), n being the number of that person's works or companies.
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

Circles = dict[int, set[int]]  # what ties (a work, a person) -> those whom it ties, by code


class Tie(NamedTuple):
    """One collaborator: `weight` is Newman's, `works` are the shared ones in order of id."""

    other: str
    weight: float
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Makers:
    """Those whom a computed relation ties: the ends of `relations` on one work. `head`: they stand before it."""

    relations: tuple[str, ...]
    head: bool


MAKERS: dict[str, Makers] = {
    "collaborated_with": Makers(CREDITS, head=True),
    "co_produced_with": Makers(("production_company",), head=False),
}


def share(members: int) -> float:
    """What a circle of so many, two at least, adds to the weight of each pair in it."""
    return 1 / (members - 1)


def newman(crews: Mapping[str, Collection[str]], member: str) -> list[Tie]:
    """Those who share a work with `member`, closest first; `crews` gives each work's people."""
    weights: dict[str, float] = defaultdict(float)
    works: dict[str, list[str]] = defaultdict(list)
    for work in sorted(crews):
        crew = set(crews[work])
        if member not in crew:
            continue
        for other in crew - {member}:
            weights[other] += share(len(crew))
            works[other].append(work)
    ties = [Tie(other, weight, tuple(works[other])) for other, weight in weights.items()]
    return sorted(ties, key=lambda tie: (-tie.weight, tie.other))


def collaborations(snapshot: Snapshot, member: str, relation: str = "collaborated_with") -> list[Tie]:
    """All ties of a person (or of a company, by `co_produced_with`), closest first; empty for an unknown id."""
    names = snapshot.entities
    circles = crews(snapshot, relation).items()
    mine = {names[work]: {names[one] for one in crew} for work, crew in circles}
    return newman({work: crew for work, crew in mine.items() if member in crew}, member)


def collaborators(snapshot: Snapshot, at: str) -> list[Attribute]:
    """How many others each person shares a work with, and each company a production; `inputs`: works shared."""
    return [
        Attribute(snapshot.entities[code], "collaborators", float(len(others)), unit, at, shared)
        for relation, unit in (("collaborated_with", "people"), ("co_produced_with", "companies"))
        for code, others, shared in _circles(crews(snapshot, relation).values())
    ]


def crews(snapshot: Snapshot, relation: str) -> Circles:
    """Each work's people, or by `co_produced_with` its companies, from accepted statements."""
    circles: Circles = defaultdict(set)
    for work, member in _pairs(snapshot, MAKERS[relation]):
        circles[work].add(member)
    return circles


def works_of_talent(snapshot: Snapshot) -> Circles:
    """Each person's works."""
    circles: Circles = defaultdict(set)
    for member, work in ((member, work) for work, member in _pairs(snapshot, MAKERS["collaborated_with"])):
        circles[member].add(work)
    return circles


def companies_of_talent(snapshot: Snapshot) -> Circles:
    """The companies that made each person's works."""
    companies = crews(snapshot, "co_produced_with")
    circles: Circles = defaultdict(set)
    for work, crew in crews(snapshot, "collaborated_with").items():
        for member in crew if work in companies else ():
            circles[member] |= companies[work]
    return circles


def _circles(crews: Iterable[set[int]]) -> Iterable[tuple[int, set[int], int]]:
    circles: dict[int, set[int]] = defaultdict(set)
    shared: dict[int, int] = defaultdict(int)
    for crew in crews:
        for someone in crew if len(crew) > 1 else ():
            circles[someone] |= crew
            shared[someone] += 1
    return [(code, circles[code] - {code}, shared[code]) for code in sorted(circles)]


def _pairs(snapshot: Snapshot, makers: Makers) -> Iterator[tuple[int, int]]:
    """(work, member) codes of the accepted statements that say who made what."""
    wanted = {code for code, name in enumerate(snapshot.relations) if name in makers.relations}
    accepted = STATUS_CODE[Status.ACCEPTED]
    allowed = PEOPLE if makers.head else INSTITUTIONS
    for row, (head, relation, tail) in enumerate(zip(snapshot.head, snapshot.relation, snapshot.tail, strict=True)):
        if relation not in wanted or (snapshot.status and snapshot.status[row] != accepted):
            continue
        work, member = (tail, head) if makers.head else (head, tail)
        if KINDS[snapshot.kinds[member]] in allowed:
            yield work, member
