"""Popularity: how widely a work, a person or a company is seen, from what the graph holds.

    reach(w)      = ln(1 + credits + wins + nominations / 2) + ln(1 + votes) / 2
    recency(w)    = 2 ^ (-(latest year of the graph - year of w) / 20); 1/2 where the year is unknown
    works         raw = reach(w)
    people        raw = ln(1 + sum over credits of ROLE x reach(w) x recency(w) + wins + nominations / 2)
    companies     raw = the same sum over the works they made, distributed, broadcast or released
    value         = 100 x raw / the highest raw of the level

A snapshot does not tell billing, so every actor of a work counts alike.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from marquee.schema.kinds import INSTITUTIONS, LEVEL_OF, PEOPLE, TITLED_WORKS, Level
from marquee.schema.literals import interval
from marquee.schema.relations import CREDITS
from marquee.schema.snapshot import KINDS, STATUS_CODE, Snapshot
from marquee.schema.values import Attribute, Status

NAME = "popularity"
UNIT = "0-100, share of the level's highest"
HALF_LIFE = 20.0  # years
HONOURS = {"won": 1.0, "nominated_for": 0.5}
ROLE = {
    "acted_in": 1.0,
    "directed": 1.0,
    "performed": 1.0,
    "wrote": 0.6,
    "composed": 0.6,
    "produced": 0.5,
    "shot": 0.4,
    "edited": 0.4,
    "executive_produced": 0.3,
}
COMPANY_ROLE = {"production_company": 1.0, "released_by": 1.0, "distributed_by": 0.8, "broadcast_by": 0.8}


@dataclass(slots=True)
class _Tally:
    """Per entity: `counted` credits and honours, the log of `votes`, first `year` (0 unknown), number of inputs."""

    counted: array[float]
    votes: array[float]
    year: array[int]
    inputs: array[int]


def popularity(snapshot: Snapshot, at: str) -> list[Attribute]:
    """Popularity of every titled work, person, group and institution that any statement speaks for.

    Needs the column `literals` for years and votes, and counts accepted statements only where `status` is
    there. Linear in the number of statements.
    """
    tally = _tally(snapshot)
    raw = array("d", (_reach(tally, code) for code in range(len(snapshot.entities))))
    sums = _sums(snapshot, tally, raw)
    for code, kind in enumerate(snapshot.kinds):
        if KINDS[kind] not in TITLED_WORKS:
            raw[code] = math.log1p(sums[code]) if KINDS[kind] in PEOPLE | INSTITUTIONS else 0.0
    highest = _highest(snapshot, raw)
    return [
        Attribute(entity, NAME, 100 * raw[code] / highest[_level(snapshot, code)], UNIT, at, tally.inputs[code])
        for code, entity in enumerate(snapshot.entities)
        if raw[code] > 0
    ]


def _tally(snapshot: Snapshot) -> _Tally:
    size = len(snapshot.entities)
    tally = _Tally(
        array("d", bytes(8 * size)),
        array("d", bytes(8 * size)),
        array("i", bytes(4 * size)),
        array("i", bytes(4 * size)),
    )
    for name, head, tail, text in _rows(snapshot):
        if name in CREDITS:
            tally.counted[tail] += 1
            tally.inputs[tail] += 1
            tally.inputs[head] += 1
        elif name in HONOURS:
            tally.counted[head] += HONOURS[name]
            tally.inputs[head] += 1
        elif name in COMPANY_ROLE:
            tally.inputs[tail] += 1
        elif name == "vote_count" and text:
            tally.votes[head] = max(tally.votes[head], float(text))
            tally.inputs[head] += 1
        elif name == "release_date" and text:
            year = interval(text)[0].year
            tally.year[head] = min(tally.year[head] or year, year)
            tally.inputs[head] += 1
    return tally


def _reach(tally: _Tally, code: int) -> float:
    return math.log1p(tally.counted[code]) + math.log1p(tally.votes[code]) / 2


def _sums(snapshot: Snapshot, tally: _Tally, reach: array[float]) -> array[float]:
    """The sum behind each person and company: its works' reach, and its own honours."""
    latest = max(tally.year, default=0)
    sums = array("d", tally.counted)
    for name, head, tail, _ in _rows(snapshot):
        if name in ROLE:
            sums[head] += ROLE[name] * reach[tail] * recency(tally.year[tail], latest)
        elif name in COMPANY_ROLE and tail >= 0:
            sums[tail] += COMPANY_ROLE[name] * reach[head] * recency(tally.year[head], latest)
    return sums


def recency(year: int, latest: int) -> float:
    """How much a work of `year` counts beside one of the latest; 0 is an unknown year."""
    return 2 ** (-(latest - year) / HALF_LIFE) if year else 0.5


def _highest(snapshot: Snapshot, raw: array[float]) -> dict[Level, float]:
    highest: dict[Level, float] = {}
    for code, value in enumerate(raw):
        level = _level(snapshot, code)
        highest[level] = max(highest.get(level, 0.0), value)
    return highest


def _level(snapshot: Snapshot, code: int) -> Level:
    return LEVEL_OF[KINDS[snapshot.kinds[code]]]


def _rows(snapshot: Snapshot) -> Iterator[tuple[str, int, int, str]]:
    """(relation, head, tail, literal text) of the accepted statements."""
    accepted = STATUS_CODE[Status.ACCEPTED]
    for row, (head, relation, tail) in enumerate(zip(snapshot.head, snapshot.relation, snapshot.tail, strict=True)):
        if not snapshot.status or snapshot.status[row] == accepted:
            yield snapshot.relations[relation], head, tail, snapshot.literals[row] if snapshot.literals else ""
