"""Blocking: for each row the few of the other table that may be the same, without comparing all with all.

Names share words, sounds of words and triples of letters; each counts by its inverse document frequency, as in
a search engine. A name's rarest features are looked up first, and only as many index entries as a fixed budget
allows, so that the work grows with the number of names, not with its square. What a translated title hides, two
or three other values that few rows share may tell: the year and the running time.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from marquee.graph.match_columns import Shape
from marquee.graph.matching_fields import Field
from marquee.graph.matching_names import Form, skeleton

NEAREST = 5  # names of an index that a name is compared with
_BUDGET = 1000  # index entries looked at for one name
_NAMESAKES = 60  # rows of one name that are compared; those of a name with more are not told apart by it
_CROWD = 6  # rows that share values: more of them, and the values say too little to block on


class Index:
    """The rows of one table, found by what the fields of a row of either table say."""

    def __init__(self, fields: Sequence[Field], right: bool) -> None:
        self._fields = fields
        self._names = [(f, _NameIndex(_side(f, right))) for f in fields if f.shape is Shape.NAME]
        self._values = _ValueIndex(_values(fields, right))
        self._lists = [(f, _ListIndex(_side(f, right))) for f in fields if f.shape is Shape.LIST]
        self._bears = [[bool(row) for row in _side(f, right)] for f, _ in self._names]
        self._known = {side: _values(fields, side) for side in (False, True)}

    def near(self, row: int, right: bool) -> set[int]:
        """Rows that may be the same as a row of the left or right table; itself, if it is of this table."""
        found: set[int] = set()
        for field, names in self._names:
            for one in _side(field, right)[row]:
                found.update(names.near(one))
        others = set(self._values.near(self._known[right][row]))
        for field, lists in self._lists:
            for items in _side(field, right)[row]:
                others.update(lists.near(items))
        found.update(other for other in others if self._comparable(row, right, other))
        return found

    def _comparable(self, row: int, right: bool, other: int) -> bool:
        """Whether both rows have a name of one field."""
        names = zip(self._names, self._bears, strict=True)
        return any(bears[other] and _side(field, right)[row] for (field, _), bears in names)


def _side(field: Field, right: bool) -> tuple[tuple[Any, ...], ...]:
    return field.right if right else field.left


def _values(fields: Sequence[Field], right: bool) -> list[tuple[Hashable, ...]]:
    """By row, the values of the fields that agree or do not: of dates the year."""
    columns = [
        [(row[0][0] if field.shape is Shape.DATE else row[0]) if row else None for row in _side(field, right)]
        for field in fields
        if field.shape in (Shape.DATE, Shape.NUMBER, Shape.KEY)
    ]
    return list(zip(*columns, strict=True)) if columns else [()] * len(_side(fields[0], right)) if fields else []


class _NameIndex:
    """Rows by name."""

    def __init__(self, rows: Sequence[tuple[Form, ...]]) -> None:
        self._rows: dict[Form, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for one in row:
                self._rows[one].append(place)
        self._forms = list(self._rows)
        self._index: dict[str, list[int]] = defaultdict(list)
        features = [_features(one) for one in self._forms]
        for place, some in enumerate(features):
            for feature in some:
                self._index[feature].append(place)
        size = 1 + len(self._forms)
        self._weight = {feature: math.log(size / len(places)) ** 2 for feature, places in self._index.items()}
        self._norms = [self._norm(some) for some in features]
        self._found: dict[str, list[int]] = {}

    def near(self, one: Form) -> list[int]:
        """Rows of the nearest names, most alike first."""
        if one.key not in self._found:
            self._found[one.key] = list(self._nearest(one))
        return self._found[one.key]

    def _nearest(self, one: Form) -> Iterator[int]:
        scores = self._scores(_features(one))
        least = 0.4 * max(scores.values(), default=0.0)
        ranked = [(score / self._norms[place], -place) for place, score in scores.items() if score >= least]
        for _, place in heapq.nlargest(NEAREST, ranked):
            yield from self._rows[self._forms[-place]][:_NAMESAKES]

    def _scores(self, features: Iterable[str]) -> dict[int, float]:
        """The weight that each name shares, from the rarest features on until the budget is spent."""
        scores: dict[int, float] = defaultdict(float)
        left = _BUDGET
        for feature in sorted((f for f in features if f in self._index), key=lambda f: (len(self._index[f]), f)):
            places = self._index[feature]
            left -= len(places)
            if left < 0 and scores:
                break
            worth = self._weight[feature]
            for place in places[:_BUDGET]:
                scores[place] += worth
        return scores

    def _norm(self, features: Iterable[str]) -> float:
        return math.sqrt(math.fsum(self._weight[feature] for feature in features)) or 1.0


def _features(one: Form) -> set[str]:
    """What a name is found by: words, sounds of words, triples of letters."""
    words = one.key.split()
    features = {"=" + word for word in words}
    features.update("~" + skeleton(word) for word in words if len(word) > 3)
    padded = f" {one.key} "
    features.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return features


class _ValueIndex:
    """Rows by any two or three values that few of them share."""

    def __init__(self, rows: Sequence[tuple[Hashable, ...]]) -> None:
        width = len(rows[0]) if rows else 0
        self._columns = [chosen for count in (2, 3) for chosen in combinations(range(width), count)]
        self._groups: dict[Hashable, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for key in self._keys(row):
                self._groups[key].append(place)

    def near(self, row: tuple[Hashable, ...]) -> Iterator[int]:
        """Rows that share values with this one."""
        for key in self._keys(row):
            group = self._groups.get(key, ())
            if len(group) <= _CROWD:
                yield from group

    def _keys(self, row: tuple[Hashable, ...]) -> Iterator[Hashable]:
        for columns in self._columns:
            key = tuple(row[column] for column in columns)
            if None not in key:
                yield columns, key


class _ListIndex:
    """Rows by the rarest items of their lists: works by their people."""

    def __init__(self, rows: Sequence[tuple[frozenset[str], ...]]) -> None:
        self._index: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for item in {item for items in row for item in items}:
                self._index[item].append(place)

    def near(self, items: Iterable[str]) -> list[int]:
        """The rows that share most items, two at least; items that many rows have do not count."""
        shared: Counter[int] = Counter()
        for item in sorted(items):
            places = self._index.get(item, ())
            if len(places) <= _NAMESAKES:
                shared.update(places)
        return [place for place, count in shared.most_common(NEAREST) if count > 1]
