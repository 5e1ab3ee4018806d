"""Ties: every pair of a computed relation at once, as columns.

    weight(a, b) = sum over the circles g that hold both of 1 / (n(g) - 1)                     Newman 2001
    recent(a, b) = the same sum, each circle times 2 ^ (-(latest year - year of g) / 20)       see `popularity`

A circle is what ties: a work its people or companies, a person their works. n(g) is its size.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from marquee.graph.collaboration import Circles, companies_of_talent, crews, share, works_of_talent
from marquee.graph.popularity import recency
from marquee.schema.kinds import Level
from marquee.schema.snapshot import Snapshot

BYTES_PER_PAIR = 72  # of all columns, where each pair shares one circle


@dataclass(frozen=True, slots=True)
class Bond:
    """A computed relation of a level, and the circles that it comes from. `dated`: circles are works, with years."""

    relation: str
    level: Level
    circles: Callable[[Snapshot], Circles]
    dated: bool = True


BONDS = (
    Bond("shares_talent", Level.WORK, works_of_talent, dated=False),
    Bond("collaborated_with", Level.PERSON, lambda graph: crews(graph, "collaborated_with")),
    Bond("co_produced_with", Level.INSTITUTION, lambda graph: crews(graph, "co_produced_with")),
    Bond("shares_talent", Level.INSTITUTION, companies_of_talent, dated=False),
)


@dataclass(frozen=True, slots=True)
class Ties:
    """T tied pairs in order of head, then tail; head < tail are codes, as are the circles.

    weight, recent (T,) float64, recent NaN where circles have no years; first, last (T,) int16 years of the
    earliest and latest dated circle, 0 unknown; `circles` of row t lie at [start[t], start[t + 1]).
    """

    head: array[int] = field(default_factory=lambda: array("i"))
    tail: array[int] = field(default_factory=lambda: array("i"))
    weight: array[float] = field(default_factory=lambda: array("d"))
    recent: array[float] = field(default_factory=lambda: array("d"))
    first: array[int] = field(default_factory=lambda: array("h"))
    last: array[int] = field(default_factory=lambda: array("h"))
    circles: array[int] = field(default_factory=lambda: array("i"))
    start: array[int] = field(default_factory=lambda: array("q", [0]))

    def __len__(self) -> int:
        return len(self.head)


def most(circles: Circles) -> int:
    """How many pairs the circles tie at most: n (n - 1) / 2 each."""
    return sum(len(circle) * (len(circle) - 1) // 2 for circle in circles.values())


def tied(circles: Circles, years: Mapping[int, int] | None) -> Ties:
    """Every pair that shares a circle. `years` of circles; None: they have none."""
    ties = Ties()
    rings = {code: sorted(circle) for code, circle in sorted(circles.items()) if len(circle) > 1}
    latest = max(years.values(), default=0) if years else 0
    fresh = {code: recency(years.get(code, 0), latest) for code in rings} if years is not None else {}
    mine: dict[int, list[int]] = defaultdict(list)
    for code, ring in rings.items():
        for member in ring:
            mine[member].append(code)
    for member in sorted(mine):
        shared: dict[int, list[int]] = defaultdict(list)
        for code in mine[member]:
            ring = rings[code]
            for other in ring[bisect_right(ring, member) :]:
                shared[other].append(code)
        for other in sorted(shared):
            _add(ties, member, other, shared[other], rings, fresh, years)
    return ties


def _add(
    ties: Ties,
    head: int,
    tail: int,
    shared: list[int],
    rings: Mapping[int, list[int]],
    fresh: Mapping[int, float],
    years: Mapping[int, int] | None,
) -> None:
    dated = [years[code] for code in shared if code in years] if years else ()
    ties.head.append(head)
    ties.tail.append(tail)
    ties.weight.append(sum(share(len(rings[code])) for code in shared))
    recent = math.nan if years is None else sum(fresh[code] * share(len(rings[code])) for code in shared)
    ties.recent.append(recent)
    ties.first.append(min(dated, default=0))
    ties.last.append(max(dated, default=0))
    ties.circles.extend(shared)
    ties.start.append(len(ties.circles))
