"""Mentions of shared entities by the trade's own words: "American", "thriller", "screenwriter"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.lexicon import COUNTRIES, COUNTRY_NAMES, GENRES, LANGUAGES, PROFESSIONS
from marquee.extraction.mentions import LABEL_OF, LANGUAGE, Mention, Origin
from marquee.extraction.page import Page
from marquee.schema.kinds import Kind
from marquee.schema.values import Span


def shared_mentions(page: Page, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Countries, genres and professions, each under the name the gazetteer knows it by."""
    for match in _PATTERN.finditer(page.text):
        word = match[0].lower()
        if word in LANGUAGES and is_spoken(page.text, match.span()):
            name = _known(gazetteer, Kind.LANGUAGE, word, LANGUAGES[word])
            yield Mention(*match.span(), LANGUAGE, Origin.GAZETTEER, frozenset((Kind.LANGUAGE,)), name=name)
            continue
        if page.text[match.end() : match.end() + 1] == ":":
            continue  # the key of a line
        for kind, table in _TABLES:
            if word in table and _written(match[0], kind):
                name = _known(gazetteer, kind, word, table[word])
                yield Mention(*match.span(), LABEL_OF[kind], Origin.LEXICON, frozenset({kind}), name=name)
                break


_TABLES: tuple[tuple[Kind, Mapping[str, tuple[str, ...]]], ...] = (
    (Kind.COUNTRY, COUNTRIES),
    (Kind.COUNTRY, COUNTRY_NAMES),
    (Kind.GENRE, GENRES),
    (Kind.PROFESSION, PROFESSIONS),
)
_WORDS = sorted({*LANGUAGES, *(word for _, table in _TABLES for word in table)}, key=lambda word: (-len(word), word))
_PATTERN = re.compile(
    rf"(?<![\w’'])(?<!live[- ])(?:{'|'.join(map(re.escape, _WORDS))})(?![\w’'](?!s\b))", re.IGNORECASE
)


_SPOKEN_BEFORE = re.compile(
    r"\b(?i:in|in both|speaks?|speaking|spoken|languages?:?|dialogue is|partly in|mostly in|into) (?:[A-Z]\w+(?:, | and ))*\Z"
)
_SPOKEN_AFTER = re.compile(r"(?:[- ]language\b|[- ]speaking\b|[.,;)]|\s*$| and\b| with\b| dialogue\b|\s*\n)")


def is_spoken(text: str, span: Span) -> bool:
    """Whether the word for a nation means its language here: "in French", "French-language"."""
    if re.match(r"[- ](?:language|speaking)\b", text[span[1] : span[1] + 12]):
        return True
    before = text[max(0, span[0] - 40) : span[0]]
    return bool(_SPOKEN_BEFORE.search(before)) and bool(_SPOKEN_AFTER.match(text, span[1]))


def _written(word: str, kind: Kind) -> bool:
    """ "us" and "polish" are no countries."""
    if word.lower() == "us":
        return word == "US"
    return kind is not Kind.COUNTRY or word[0].isupper() or word not in ("polish", "turkish", "thai", "swiss")


def _known(gazetteer: Gazetteer, kind: Kind, word: str, names: tuple[str, ...]) -> str:
    """The first of the names that the gazetteer has for that kind; else the first, or the word as it is."""
    tries = (word, *names) if kind in (Kind.GENRE, Kind.PROFESSION) else names
    if kind is Kind.GENRE:
        tries = (*tries, f"{word} film", f"{word} fiction", f"{word} music")
    for name in tries:
        for entry in gazetteer.lookup(name):
            if entry.kind is kind:
                return entry.name
    return names[0] if kind in (Kind.COUNTRY, Kind.LANGUAGE) else word
