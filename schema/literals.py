"""Literal values: their types, the one canonical text of each, and reading them from input."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from marquee.schema.errors import VocabularyError

# The first moving pictures; nothing in the industry is dated before, people's births apart.
FIRST_FILM_YEAR = 1874
LAST_YEAR = date.today().year + 15
FIRST_YEAR = 1


class LiteralType(StrEnum):
    """Types of literal. Canonical text: see `canonical`."""

    DATE = "date"
    YEAR = "year"
    DURATION = "duration"
    MONEY = "money"
    COUNT = "count"
    RATING = "rating"
    TEXT = "text"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Literal:
    """A typed value. `value` is canonical text; `unit` is a currency (money) or language (text)."""

    type: LiteralType
    value: str
    unit: str = ""
    year: int | None = None  # money only: the year whose money it is

    def key(self) -> str:
        """The text that identifies this literal inside a statement's id."""
        return f"{self.type}:{self.value}:{self.unit}:{self.year or ''}"

    def __str__(self) -> str:
        return f"{self.value} {self.unit}".strip()


def canonical(type_: LiteralType, raw: str | int | float, unit: str = "", year: int | None = None) -> Literal:
    """The literal that `raw` writes.

    date: `YYYY[-MM[-DD]]` or a decade `1990s`; year: `YYYY`; duration: whole seconds;
    money: a decimal amount, `unit` the ISO 4217 currency; count: a whole number;
    rating: a decimal; text: as it is, stripped; code: lower case.

    Raises VocabularyError if `raw` is no such value, or a year is impossible.
    """
    text = str(raw).strip()
    if not text:
        raise VocabularyError(f"an empty {type_}.", mend="Leave the fact out instead.")
    value = _CANONICAL[type_](text)
    return Literal(type_, value, _unit(type_, unit), year if type_ is LiteralType.MONEY else None)


def interval(value: str) -> tuple[date, date]:
    """First and last day that a canonical date or year may mean.

    >>> interval("1990s")
    (datetime.date(1990, 1, 1), datetime.date(1999, 12, 31))
    """
    if value.endswith("s"):
        first = int(value[:-1])
        return date(first, 1, 1), date(first + 9, 12, 31)
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        last = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1).toordinal() - 1
        return date(parts[0], parts[1], 1), date.fromordinal(last)
    day = date(parts[0], parts[1], parts[2])
    return day, day


def year_of(value: str) -> int | None:
    """The year of a canonical date or year; None for a decade or no date."""
    return int(value[:4]) if re.fullmatch(r"\d{4}(-\d\d){0,2}", value) else None


_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_DECADE = re.compile(r"(\d{3}0)s")


def _date(text: str) -> str:
    if match := _DECADE.fullmatch(text):
        return f"{_year(match[1])}s"
    match = _DATE.fullmatch(text)
    if not match:
        raise VocabularyError(f"{_shown(text)} is no date.", mend="Write YYYY, YYYY-MM, YYYY-MM-DD or 1990s.")
    year = _year(match[1])
    if match[2] is None:
        return year
    month, day = int(match[2]), int(match[3] or 1)
    try:
        date(int(year), month, day)
    except ValueError:
        raise VocabularyError(f"{_shown(text)} is no day of the calendar.", mend="Mend month and day.") from None
    return f"{year}-{month:02d}" + (f"-{day:02d}" if match[3] else "")


def _year(text: str) -> str:
    number = _whole(text, "year")
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise VocabularyError(f"{number} is no possible year.", mend=f"Years run from {FIRST_YEAR} to {LAST_YEAR}.")
    return f"{number:04d}"


_ISO_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)")
_SPOKEN = re.compile(
    r"(?:(\d+) ?(?:h|hrs?|hours?))? ?(?:(\d+) ?(?:m|mins?|minutes?))? ?(?:(\d+) ?(?:s|secs?|seconds?))?"
)


def _duration(text: str) -> str:
    for pattern in (_ISO_DURATION, _CLOCK, _SPOKEN):
        match = pattern.fullmatch(text.lower() if pattern is _SPOKEN else text)
        if match and any(match.groups()):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return str(hours * 3600 + minutes * 60 + seconds)
    return str(_whole(text, "duration", "Write seconds, 2h 5m, 2:05:00 or PT2H5M."))


_MOST_DIGITS = 18


def _decimal(text: str) -> str:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise VocabularyError(f"{_shown(text)} is no number.", mend="Write digits, with a point for decimals.")
    plain = format(number.normalize(), "f")
    return "0" if plain in ("-0", "0") else plain


def _count(text: str) -> str:
    number = _whole(text.replace(",", ""), "count")
    return str(number)


def _whole(text: str, what: str, mend: str = "Write a whole number.") -> int:
    digits = text.removesuffix(".0")
    if not re.fullmatch(r"[0-9]{1,18}", digits):
        raise VocabularyError(f"{_shown(text)} is no {what}.", mend=mend)
    return int(digits)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def _unit(type_: LiteralType, unit: str) -> str:
    if type_ is LiteralType.MONEY:
        if not re.fullmatch(r"[A-Za-z]{3}", unit):
            raise VocabularyError(f"{unit!r} is no currency.", mend="Write its three letters, as USD.")
        return unit.upper()
    return unit.lower() if type_ is LiteralType.TEXT else ""


_CANONICAL: dict[LiteralType, Callable[[str], str]] = {
    LiteralType.DATE: _date,
    LiteralType.YEAR: _year,
    LiteralType.DURATION: _duration,
    LiteralType.MONEY: _decimal,
    LiteralType.COUNT: _count,
    LiteralType.RATING: _decimal,
    LiteralType.TEXT: str,
    LiteralType.CODE: str.lower,
}
