"""Decoys: what two different things look like, learned without labels from rows of one and the same table.

A source that is clean lists a thing once, so two of its rows are different things. How often a pattern of
agreement turns up among them, by row asked for, is how often it turns up by chance between two tables. A table
that repeats itself would be taken for one full of namesakes; so of names that are all but the same, the table
with fewer look-alikes is believed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marquee.graph.match_columns import Shape
from marquee.graph.matching_blocks import Index
from marquee.graph.matching_fields import MISSING, Field
from marquee.graph.matching_names import Likeness

Pattern = tuple[int, ...]  # a level of each field, MISSING where either row is silent
_ASKED = 1500  # rows of a table that are asked for


def pattern(fields: Sequence[Field], a: int, b: int) -> Pattern:
    """How far row `a` of the left and row `b` of the right agree."""
    return tuple([int(field.level(a, b)) for field in fields])


def stratum(fields: Sequence[Field], found: Pattern) -> int:
    """The first name that both rows have; -1 where there is none."""
    return next((at for at, field in enumerate(fields) if field.shape is Shape.NAME and found[at] != MISSING), -1)


@dataclass(frozen=True, slots=True)
class Decoys:
    """How often patterns turn up by chance, by row of the left table asked for. Of lists nothing is told: those of
    two columns may be worded differently, so that rows of one table agree more."""

    rates: tuple[Mapping[Pattern, float], Mapping[Pattern, float]]
    told: tuple[bool, ...]  # by field

    def rate(self, found: Pattern, name: int) -> float:
        """The expected number of pairs of this pattern for one row; `name`: the field of its stratum."""
        mine, theirs = (rates.get(self.hidden(found), 0.0) for rates in self.rates)
        return min(mine, theirs) if found[name] >= Likeness.NEAR else (mine + theirs) / 2

    def hidden(self, found: Pattern) -> Pattern:
        """The pattern without what decoys cannot tell."""
        return tuple([level if told else MISSING for level, told in zip(found, self.told, strict=True)])

    def patterns(self) -> Iterable[Pattern]:
        """All that turned up."""
        return self.rates[0].keys() | self.rates[1].keys()


def decoys(fields: Sequence[Field], left: Index, right: Index, seed: int) -> Decoys:
    """The decoys of both tables. Lists are hidden in their patterns."""
    told = tuple(field.shape is not Shape.LIST for field in fields)
    sizes = len(fields[0].left), len(fields[0].right)
    draw = random.Random(seed)
    mine = _rates(fields, left, False, sizes[0], told, draw)
    theirs = _rates(fields, right, True, sizes[1], told, draw)
    grown = sizes[1] / max(1, sizes[0])  # of a row's look-alikes, were its table as large as the other
    return Decoys(({key: rate * grown for key, rate in mine.items()}, theirs), told)


def _rates(
    fields: Sequence[Field], index: Index, right: bool, size: int, told: Sequence[bool], draw: random.Random
) -> dict[Pattern, float]:
    inside = [field.within(right) for field in fields]
    asked = draw.sample(range(size), min(size, _ASKED))
    counts: Counter[Pattern] = Counter()
    for row in asked:
        for other in index.near(row, right):
            if other != row:
                levels = pattern(inside, row, other)
                counts[tuple([x if t else MISSING for x, t in zip(levels, told, strict=True)])] += 1
    return {found: count / max(1, len(asked)) for found, count in counts.items()}
