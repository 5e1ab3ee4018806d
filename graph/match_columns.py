"""Columns of tables to be matched: what each holds is read from its values, never from its header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marquee.schema.text import fold

Day = tuple[int, int, int]  # year, month, day; month and day are 0 where they are not known
Value = str | float | Day | frozenset[str]

FIRST_YEAR, LAST_YEAR = 1800, 2100
_SURE = 0.9  # share of values that must fit a shape
_LISTS = 0.15  # share of values with a separator that make a column one of lists
_SEPARATORS = ("|", ";", ",", " / ")
_PROSE = 12  # words a value has on average in a column of prose
_REPEATED = 5  # times a value occurs on average in a column of classes


class Shape(StrEnum):
    """What the values of a column are."""

    NAME = "name"
    PROSE = "prose"
    DATE = "date"
    NUMBER = "number"
    LIST = "list"  # of classes or names; a single class is a list of one
    KEY = "key"  # an identifier


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `values`, None where empty: text as written of a name or prose, a key in lower case, a
    number, a day, or the folded items of a list."""

    header: str
    shape: Shape
    values: tuple[Value | None, ...]

    @property
    def filled(self) -> int:
        """How many rows have a value."""
        return sum(value is not None for value in self.values)


def column(header: str, raw: Sequence[str], shape: Shape | None = None) -> Column | None:
    """The column of these cells; None where all are empty. `shape`: read them as this, whatever they look like."""
    cells = [cell.strip().strip("'\"").strip() for cell in raw]
    known = [cell for cell in cells if cell]
    if not known:
        return None
    shape, separator = (shape, "") if shape else _shape(known)
    read = _READERS[shape]
    values = tuple((_items(cell, separator) if shape is Shape.LIST else read(cell)) if cell else None for cell in cells)
    return Column(header, shape, _without_days(values) if shape is Shape.DATE else values)


def as_list(col: Column) -> Column:
    """A column of names as one of lists with one item each; others as they are."""
    if col.shape is not Shape.NAME:
        return col
    values = tuple(_items(str(value), "") if value is not None else None for value in col.values)
    return Column(col.header, Shape.LIST, values)


def _shape(known: Sequence[str]) -> tuple[Shape, str]:
    """The shape, and what separates the items of a list."""
    for shape, read in ((Shape.DATE, day), (Shape.NUMBER, number)):
        if sum(read(cell) is not None for cell in known) >= _SURE * len(known):
            return shape, ""
    if sum(cell.count(" ") + 1 for cell in known) > _PROSE * len(known):
        return Shape.PROSE, ""
    distinct = len({cell.casefold() for cell in known})
    if distinct >= _SURE * len(known) and sum(map(_is_key, known)) >= _SURE * len(known):
        return Shape.KEY, ""
    separator = _separator(known)
    if separator or (distinct * _REPEATED <= len(known)):
        return Shape.LIST, separator or ","
    return Shape.NAME, ""


def _separator(known: Sequence[str]) -> str:
    """What separates the items of lists; "" where the values are no lists."""
    for separator in _SEPARATORS:
        split = [cell.split(separator) for cell in known if separator in cell]
        if len(split) < _LISTS * len(known):
            continue
        inverted = separator == "," and all(len(items) == 2 for items in split) and len(split) > _SURE * len(known)
        words = sum(item.count(" ") + 1 for items in split for item in items)
        if not inverted and words <= 3 * sum(map(len, split)):
            return separator
    return ""


def _items(cell: str, separator: str) -> frozenset[str] | None:
    parts = cell.split(separator) if separator else [cell]
    return frozenset(key for part in parts if (key := fold(part.replace("_", " ")))) or None


_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(r"(?:(\d{1,2})\.? )?([A-Za-z]{3})[a-z]*\.?(?: (\d{1,2}))?,? (\d{4})")


def day(cell: str) -> Day | None:
    """A date in one of the usual forms, or a year.

    >>> day("1995-11-17"), day("17/11/1995"), day("Nov 17, 1995"), day("1995")
    ((1995, 11, 17), (1995, 11, 17), (1995, 11, 17), (1995, 0, 0))
    """
    if match := _ISO.fullmatch(cell):
        found = (int(match[1]), int(match[2] or 0), int(match[3] or 0))
    elif match := _DAY_FIRST.fullmatch(cell):
        first, second = int(match[1]), int(match[2])
        found = (int(match[3]), *((first, second) if second > 12 else (second, first)))
    elif (match := _WORDED.fullmatch(cell)) and match[2].lower() in _MONTHS:
        found = (int(match[4]), _MONTHS.index(match[2].lower()) + 1, int(match[1] or match[3] or 0))
    else:
        return None
    return found if FIRST_YEAR <= found[0] <= LAST_YEAR and found[1] <= 12 and found[2] <= 31 else None


_NUMBER = re.compile(r"(?:[A-Z]{3} |[^\w\s-])?(-?\d+(?:\.\d+)?)(?: ?[A-Za-z%]{1,8}\.?)?")


def number(cell: str) -> float | None:
    """A number, with or without a currency before it, a unit behind it and commas between thousands.

    >>> number("$1,299.50"), number("102 min")
    (1299.5, 102.0)
    """
    match = _NUMBER.fullmatch(re.sub(r"(?<=\d),(?=\d{3})", "", cell))
    return float(match[1]) if match else None


def _is_key(cell: str) -> bool:
    return " " not in cell and any(map(str.isdigit, cell))


def _without_days(values: Sequence[Value | None]) -> tuple[Value | None, ...]:
    """Dates that all lie on 1 January are years."""
    days = Counter(value[1:] for value in values if isinstance(value, tuple))
    if days[(1, 1)] < 0.95 * days.total():
        return tuple(values)
    return tuple((value[0], 0, 0) if isinstance(value, tuple) else None for value in values)


_READERS: dict[Shape, Callable[[str], Value | None]] = {
    Shape.NAME: str,
    Shape.PROSE: str,
    Shape.KEY: str.casefold,
    Shape.DATE: day,
    Shape.NUMBER: number,
    Shape.LIST: str,
}
