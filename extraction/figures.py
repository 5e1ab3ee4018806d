"""Dates, sums of money and running times in raw text, as literals with their spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from marquee.extraction.lexicon import listed
from marquee.schema.errors import VocabularyError
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.values import Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A literal in a text. `literal` is None where the text writes an impossible one; `problem` says why."""

    span: Span
    type: LiteralType
    literal: Literal | None
    problem: str = ""


def figures(text: str) -> list[Figure]:
    """The figures of `text` in order, none overlapping."""
    found: list[Figure] = []
    taken = 0
    for match in sorted(_matches(text), key=lambda item: (item.span[0], -item.span[1])):
        if match.span[0] >= taken:
            found.append(match)
            taken = match.span[1]
    return found


_MONTHS = listed("january february march april may june july august september october november december")
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_MONTH_RE = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
_DATES = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)"
    rf"|(?P<m1>{_MONTH_RE})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y1>\d{{4,5}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH_RE})\s*,?\s+(?P<y2>\d{{4,5}})"
    rf"|(?P<m3>{_MONTH_RE})\s*,?\s+(?:of\s+)?(?P<y3>\d{{4,5}})"
    r"|(?P<decade>(?:1[89]|20)\d0s)"
    r"|(?P<year>(?:1[0-9]|20)\d\d)(?![\d,.]*\d)"
    r"|(?<=in )(?P<long>(?:1[89]|20)\d{3})(?![\d,.]*\d)(?! [a-z])"
    r"|(?P<long2>(?:1[89]|20)\d{3})(?= (?:[\w-]+ ){0,3}(?:film|movie|series|album)\b))(?!\w)",
    re.IGNORECASE,
)
_SIGNS = {"$": "USD", "us$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR", "¥": "JPY"}
_SIGNS |= {"a$": "AUD", "c$": "CAD", "ca$": "CAD", "au$": "AUD", "₹": "INR", "rs.": "INR", "rs": "INR", "hk$": "HKD"}
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mil": 6, "million": 6, "b": 9, "bn": 9, "billion": 9, "crore": 7}
_MONEY = re.compile(
    r"(?<![\w$])(?P<sign>US\$|CA\$|AU\$|HK\$|A\$|C\$|USD|GBP|EUR|Rs\.?|[$£€¥₹])[ \u00a0]?"
    r"(?P<number>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,4})?)"
    r"(?:[ \u00a0-]?(?P<scale>thousand|million|billion|crore|mil|mn|bn|[kmb])\b)?",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:(?P<h>\d{1,2})[ -]?(?:hours?|hrs?|h)\b(?:[ ,]{1,2}(?:and )?(?P<hm>\d{1,2})[ -]?(?:minutes?|mins?|m)\b)?"
    r"|(?P<m>\d{1,3})[ -]?(?:minutes?|mins?)\b)",
    re.IGNORECASE,
)


def _matches(text: str) -> Iterator[Figure]:
    for pattern, type_, read in _READERS:
        for match in pattern.finditer(text):
            try:
                yield Figure(match.span(), type_, read(match))
            except VocabularyError as error:
                yield Figure(match.span(), type_, None, error.what)


def _date(match: re.Match[str]) -> Literal:
    for n in "123":
        if match[f"m{n}"]:
            day = f"-{int(match[f'd{n}']):02d}" if n != "3" else ""
            return canonical(LiteralType.DATE, f"{_year(match[f'y{n}'])}-{_MONTH[match[f'm{n}'][:3].lower()]:02d}{day}")
    return canonical(
        LiteralType.DATE, match["iso"] or match["decade"] or _year(match["year"] or match["long"] or match["long2"])
    )


def _year(digits: str) -> str:
    if len(digits) != 4:
        raise VocabularyError(f"{digits} is no possible year.")
    return digits


def _money(match: re.Match[str]) -> Literal:
    number = match["number"].replace(",", "")
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 0
    return canonical(LiteralType.MONEY, f"{number}e{scale}", _SIGNS[match["sign"].lower()])


def _time(match: re.Match[str]) -> Literal:
    minutes = int(match["m"]) if match["m"] else int(match["h"]) * 60 + int(match["hm"] or 0)
    return canonical(LiteralType.DURATION, minutes * 60)


_READERS: tuple[tuple[re.Pattern[str], LiteralType, Callable[[re.Match[str]], Literal]], ...] = (
    (_DATES, LiteralType.DATE, _date),
    (_MONEY, LiteralType.MONEY, _money),
    (_TIMES, LiteralType.DURATION, _time),
)
