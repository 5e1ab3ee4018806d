"""Fields: which columns of two tables say the same, and how alike two rows are in each.

Columns are aligned by the rows, not by their headers: rows that share a rare name are taken for the same, and
columns that agree in these far more often than in rows put together by chance say the same (schema matching by
duplicates, Bilke and Naumann 2005).
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from marquee.graph.match_columns import Column, Shape, as_list
from marquee.graph.match_tables import Pair, Table
from marquee.graph.matching_names import Form, Likeness, Rarity, form, is_damaged, likeness
from marquee.schema.text import fold, tokens

MISSING = -1
_LEAST_SEEDS = 12  # fewer rows of one rare name do not show which columns agree
_LEAST_GAIN = 0.02  # nats that a field must tell of a pair, about
_SURE_GAIN = 12.0  # nats that it must tell of all seeds together
_COMMON = 0.01  # share of rows with a number that make it a common one
_STEM = 5  # letters that tell a class: "writer", "writers", "writing"
_ALIAS = 0.3  # of the best overlap: a second column of names that goes with the first


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that both tables say. `left` and `right`: by row, its values made ready, empty where unknown;
    `headers`: the columns it is from."""

    shape: Shape
    headers: tuple[str, str]
    left: tuple[tuple[Any, ...], ...]
    right: tuple[tuple[Any, ...], ...]
    compare: Callable[[Any, Any], int]

    @property
    def levels(self) -> int:
        """How many levels of agreement there are."""
        return LEVELS[self.shape]

    def level(self, a: int, b: int) -> int:
        """How far row `a` of the left and row `b` of the right agree; `MISSING` where either is silent."""
        mine, theirs = self.left[a], self.right[b]
        if not mine or not theirs:
            return MISSING
        if len(mine) == len(theirs) == 1:
            return self.compare(mine[0], theirs[0])
        return max(self.compare(x, y) for x, y in product(mine, theirs))

    def within(self, right: bool) -> Field:
        """The same field, one table on both sides."""
        side = self.right if right else self.left
        return Field(self.shape, self.headers, side, side, self.compare)


def align(left: Table, right: Table, seed: int = 0) -> list[Field]:
    """The fields of two tables: names first, the best shared first; then the others, most telling first."""
    names = _name_fields(left, right)
    seeds = list(_seeds(names))
    used = {header for field in names for header in field.headers[0].split("\n")}
    theirs = {header for field in names for header in field.headers[1].split("\n")}
    mine = [col for col in left.columns if col.header not in used]
    others = [col for col in right.columns if col.header not in theirs]
    return names + _telling(mine, others, seeds, random.Random(seed))


# --- names ---------------------------------------------------------------------------------------


def _name_fields(left: Table, right: Table) -> list[Field]:
    mine, theirs = _named(left), _named(right)
    keys = {id(col): _keys(col) for col in (*mine, *theirs)}
    overlap = {(x, y): _overlap(keys[id(mine[x])], keys[id(theirs[y])]) for x, y in _grid(mine, theirs)}
    fields, taken = [], (set[int](), set[int]())
    for x, y in sorted(overlap, key=lambda pair: -overlap[pair]):
        if x in taken[0] or y in taken[1] or not overlap[x, y]:
            continue
        least = overlap[x, y] * _ALIAS
        also = [z for z in range(len(theirs)) if z not in taken[1] | {y} and _goes(overlap, z, y, x, least, 1)]
        same = [z for z in range(len(mine)) if z not in taken[0] | {x} and _goes(overlap, z, x, y, least, 0)]
        taken[0].update((x, *same))
        taken[1].update((y, *also))
        fields.append(_names([mine[z] for z in (x, *same)], [theirs[z] for z in (y, *also)]))
    return fields


def _goes(overlap: Mapping[Pair, float], other: int, first: int, across: int, least: float, side: int) -> bool:
    """Whether another column of names goes with the first: its names are found across, and nowhere more."""
    mine = {pair[1 - side]: share for pair, share in overlap.items() if pair[side] == other}
    return mine[across] >= max(least, max(mine.values())) and mine[across] > 0 and other != first


def _named(one: Table) -> list[Column]:
    return [col for col in one.columns if col.shape is Shape.NAME]


def _keys(col: Column) -> Counter[str]:
    return Counter(fold(str(value)) for value in col.values if value is not None)


def _overlap(mine: Counter[str], theirs: Counter[str]) -> float:
    """The share of names that are in both columns; of words, where no name is."""
    shared = len(mine.keys() & theirs.keys())
    if shared < 3:
        one, two = ({word for key in keys for word in key.split()} for keys in (mine, theirs))
        return 0.01 * len(one & two) / max(1, min(len(one), len(two)))
    return shared / min(len(mine), len(theirs))


def _names(mine: Sequence[Column], theirs: Sequence[Column]) -> Field:
    left, right = _forms(mine), _forms(theirs)
    rarity = Rarity({one for side in (left, right) for row in side for one in row})

    def compare(a: Form, b: Form) -> int:
        return likeness(a, b, rarity)

    return Field(Shape.NAME, (_headers(mine), _headers(theirs)), left, right, compare)


def _forms(columns: Sequence[Column]) -> tuple[tuple[Form, ...], ...]:
    damaged = [is_damaged(str(value) for value in col.values if value is not None) for col in columns]
    rows = zip(*(col.values for col in columns), strict=True)
    return tuple(
        tuple(form(str(value), bad) for value, bad in zip(row, damaged, strict=True) if value is not None)
        for row in rows
    )


def _headers(columns: Sequence[Column]) -> str:
    return "\n".join(col.header for col in columns)


def _grid(mine: Sequence[Column], theirs: Sequence[Column]) -> Iterator[Pair]:
    return product(range(len(mine)), range(len(theirs)))


# --- the other columns ---------------------------------------------------------------------------


def _seeds(names: Sequence[Field]) -> Iterator[Pair]:
    """Rows that have a name alone, rare, and letter by letter the same in both tables."""
    for field in names:
        mine, theirs = _alone(field.left), _alone(field.right)
        for key in mine.keys() & theirs.keys():
            pair = mine[key], theirs[key]
            if field.level(*pair) == Likeness.RARE:
                yield pair


def _alone(rows: Sequence[tuple[Form, ...]]) -> dict[str, int]:
    often = Counter(one.key for row in rows for one in row[:1])
    return {one.key: place for place, row in enumerate(rows) for one in row[:1] if often[one.key] == 1}


def _telling(
    mine: Sequence[Column], theirs: Sequence[Column], seeds: Sequence[Pair], draw: random.Random
) -> list[Field]:
    """The pairs of columns that tell most, each column in one of them."""
    fields = {(x, y): field for x, y in _grid(mine, theirs) if (field := _field(mine[x], theirs[y]))}
    if len(seeds) < _LEAST_SEEDS:
        return [field for field in fields.values() if _title(field.headers[0]) == _title(field.headers[1])]
    seeds = sorted(seeds)
    shuffled = [(a, b) for (a, _), (_, b) in zip(seeds, draw.sample(seeds, len(seeds)), strict=True)]
    gains = {pair: _gain(field, seeds, shuffled) for pair, field in fields.items()}
    chosen: list[Field] = []
    taken = (set[int](), set[int]())
    for x, y in sorted(gains, key=lambda pair: (-gains[pair], pair)):
        if gains[x, y] >= max(_LEAST_GAIN, _SURE_GAIN / len(seeds)) and x not in taken[0] and y not in taken[1]:
            chosen.append(fields[x, y])
            taken[0].add(x)
            taken[1].add(y)
    return chosen


def _gain(field: Field, seeds: Sequence[Pair], shuffled: Sequence[Pair]) -> float:
    """What the field tells of a seed against a pair by chance, in nats: its coverage times the divergence."""
    same, chance = (Counter(field.level(*pair) for pair in pairs) for pairs in (seeds, shuffled))
    both = len(seeds) - same[MISSING], len(shuffled) - chance[MISSING]
    if min(both) < _LEAST_SEEDS / 2:
        return 0.0
    total, count = 0.0, field.levels
    for level in range(count):
        m, u = (same[level] + 0.5) / (both[0] + 0.5 * count), (chance[level] + 0.5) / (both[1] + 0.5 * count)
        total += m * math.log(m / u) * (1 if m > u or level < count / 2 else -1)
    return total * both[0] / len(seeds)


def _title(header: str) -> str:
    return fold(header.rsplit("/", 1)[-1].rsplit("#", 1)[-1])


def _field(mine: Column, theirs: Column) -> Field | None:
    """The two columns as a field; None where they cannot be compared."""
    if {mine.shape, theirs.shape} == {Shape.NAME, Shape.LIST}:
        mine, theirs = as_list(mine), as_list(theirs)
    if mine.shape != theirs.shape or mine.shape is Shape.NAME:
        return None
    left, right = _ready(mine), _ready(theirs)
    return Field(mine.shape, (mine.header, theirs.header), left, right, _comparer(mine.shape, left + right))


def _ready(col: Column) -> tuple[tuple[Any, ...], ...]:
    if col.shape is Shape.PROSE:
        return tuple((frozenset(tokens(str(value))),) if value is not None else () for value in col.values)
    return tuple((value,) if value is not None else () for value in col.values)


def _comparer(shape: Shape, rows: Sequence[tuple[Any, ...]]) -> Callable[[Any, Any], int]:
    if shape in _COMPARERS:
        return _COMPARERS[shape]
    if shape is Shape.NUMBER:
        seen = Counter(number for row in rows for number in row)
        most = _COMMON * seen.total()
        return lambda a, b: _numbers(a, b, lambda number: seen[number] < most)
    often: Counter[str] = Counter(item for row in rows for items in row for item in items)
    size = math.log(2 + sum(map(bool, rows)))
    rare = {item: max(0.0, 1 - math.log(count) / size) for item, count in often.items()}
    return (lambda a, b: _items(a, b, rare)) if shape is Shape.LIST else (lambda a, b: _words(a, b, rare))


def _items(a: frozenset[str], b: frozenset[str], rare: Mapping[str, float]) -> int:
    """0 nothing shared; 1 a class but for its ending; 2 a common class; 3 a rare item, or the same classes;
    4 several rare items."""
    shared = math.fsum(rare[item] for item in a & b)
    if not a & b:
        return int(not {item[:_STEM] for item in a}.isdisjoint(item[:_STEM] for item in b))
    if shared >= 1.5:
        return 4
    return 3 if shared >= 0.6 or a == b else 2


def _words(a: frozenset[str], b: frozenset[str], rare: Mapping[str, float]) -> int:
    """By the share of what the shorter text says, rare words counting more: 0 below .15, 1 .3, 2 .6, 3 above."""
    shared, least = (math.fsum(rare[word] for word in words) for words in (a & b, min(a, b, key=len)))
    share = shared / least if least else 0.0
    return sum(share >= step for step in (0.15, 0.3, 0.6))


def _days(a: tuple[int, int, int], b: tuple[int, int, int]) -> int:
    """0 more than three years apart; 1 two or three; 2 one; 3 the same year; 4 the same day."""
    apart = abs(a[0] - b[0])
    if apart:
        return 2 if apart == 1 else int(apart <= 3)
    return 4 if a == b and a[2] else 3


def _numbers(a: float, b: float, rare: Callable[[float], bool]) -> int:
    """0 far apart; 1 within a quarter; 2 within a tenth; 3 the same; 4 the same, and a rare one."""
    if a == b:
        return 4 if rare(a) else 3
    apart = abs(a - b) / max(abs(a), abs(b))
    return 2 if apart <= 0.1 else int(apart <= 0.25)


def _equal(a: str, b: str) -> int:
    return int(a == b)


_COMPARERS: dict[Shape, Callable[[Any, Any], int]] = {Shape.DATE: _days, Shape.KEY: _equal}
LEVELS: dict[Shape, int] = {
    Shape.NAME: len(Likeness),
    Shape.DATE: 5,
    Shape.NUMBER: 5,
    Shape.KEY: 2,
    Shape.LIST: 5,
    Shape.PROSE: 4,
}
