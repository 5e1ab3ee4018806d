"""Mentions: the names of one extraction with all it says of their bearers, and the keys they are looked up by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from marquee.schema.kinds import COMPANIES, LEVEL_OF, PEOPLE, RECORDINGS, SCREEN_WORKS, Kind, Level
from marquee.schema.literals import Literal, year_of
from marquee.schema.relations import QUALIFIERS, RELATIONS
from marquee.schema.text import fold, title_key
from marquee.schema.values import Claim, Extraction, Name

ANY: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in its extraction. `year`: of release or birth, as the name or its record has it; `claimed`: as only
    a text's claim has it, which may be the very thing that is wrong; `kinds`: those that every relation it
    stands in allows, empty where they say nothing or contradict each other."""

    name: Name
    year: int | None = None
    claimed: int | None = None
    kinds: frozenset[Kind] = ANY


def mentions(extraction: Extraction) -> dict[Name, Mention]:
    """Every name of `names`, claims and their qualifiers, in order of appearance."""
    claimed: dict[Name, int] = {}
    kinds: dict[Name, frozenset[Kind]] = {}
    order = dict.fromkeys(extraction.names)
    for claim in extraction.claims:
        _note_year(claim, claimed)
        for name, allowed in _ends(claim):
            order.setdefault(name)
            if name.kind is None:
                kinds[name] = kinds[name] & allowed if kinds.get(name) else allowed
    sure = {} if extraction.document else claimed
    return {
        name: Mention(name, name.year or sure.get(name) or _written_year(name), claimed.get(name), kinds.get(name, ANY))
        for name in order
    }


@lru_cache(maxsize=100_000)
def name_keys(text: str) -> tuple[str, ...]:
    """The keys a written name is found by: folded, and as a title, with and without a year in brackets.

    A name of signs alone ("!!!") is its own key.

    >>> name_keys("The Thing (1982)")
    ('the thing 1982', 'thing 1982', 'the thing', 'thing')
    """
    forms = dict.fromkeys((text, bare(text)[0]))
    keys = dict.fromkeys(key for form in forms for key in (fold(form), title_key(form)) if key)
    return tuple(keys) or (text.strip().casefold(),)


_YEAR_IN_BRACKETS = re.compile(r"(.*\S)\s*\((\d{4})(?: [^()]*)?\)\s*")


@lru_cache(maxsize=100_000)
def bare(text: str) -> tuple[str, int | None]:
    """`text` without a year in brackets behind it, and that year.

    >>> bare("Titanic (1997 film)")
    ('Titanic', 1997)
    """
    match = _YEAR_IN_BRACKETS.fullmatch(text) if text.rstrip().endswith(")") else None
    return (match[1], int(match[2])) if match else (text, None)


@lru_cache(maxsize=100_000)
def main_key(text: str) -> str:
    """The one key that says two written names are the same: the title key of the bare name."""
    return title_key(bare(text)[0]) or name_keys(text)[0]


# Kinds that one bearer may be called by in turn; each set is one group, every other kind its own.
_GROUPS: tuple[frozenset[Kind], ...] = (
    COMPANIES,
    PEOPLE,
    SCREEN_WORKS,
    RECORDINGS,
    frozenset({Kind.PLACE, Kind.COUNTRY}),
)
_GROUP: dict[Kind, frozenset[Kind]] = {kind: group for group in _GROUPS for kind in group}


def group(kind: Kind) -> str:
    """The name of what may be one entity under one name: the companies together, every other kind alone."""
    return "Company" if kind in COMPANIES else str(kind)


def related(kind: Kind) -> frozenset[Kind]:
    """The kinds that are easily taken for `kind`, itself included."""
    return _GROUP.get(kind) or frozenset({kind})


def is_shared(kind: Kind) -> bool:
    """Whether the name alone says which entity is meant: genres, countries, companies and their like."""
    return LEVEL_OF[kind] in (Level.SHARED, Level.INSTITUTION)


def _ends(claim: Claim) -> Iterator[tuple[Name, frozenset[Kind]]]:
    row = RELATIONS.get(claim.relation)
    yield claim.subject, row.domain if row else ANY
    if isinstance(claim.object, Name):
        yield claim.object, row.tail_kinds if row else ANY
    for qualifier, value in claim.qualifiers:
        if isinstance(value, Name):
            allowed = QUALIFIERS.get(qualifier)
            yield value, allowed if isinstance(allowed, frozenset) else ANY


def _note_year(claim: Claim, years: dict[Name, int]) -> None:
    if claim.relation in ("release_date", "birth_date") and isinstance(claim.object, Literal):
        year = year_of(claim.object.value)
        if year:
            years.setdefault(claim.subject, year)


def _written_year(name: Name) -> int | None:
    return bare(name.text)[1] if name.text.endswith(")") else None
