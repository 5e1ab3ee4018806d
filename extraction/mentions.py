"""Mentions: where a name or figure stands in a page, and what it may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from marquee.schema.kinds import COMPANIES, PEOPLE, TITLED_WORKS, Kind
from marquee.schema.literals import Literal
from marquee.schema.values import Span

# One letter a label, so that a rule can ask for "person or unknown" as the class [PX].
PERSON, WORK, ORG, AWARD, GENRE, PLACE = "P", "W", "O", "A", "G", "L"
LANGUAGE, PROFESSION, CHARACTER, DATE, MONEY, TIME, UNKNOWN = "N", "R", "C", "D", "M", "T", "X"
OTHER = "B"  # a book, play or game: a work of a kind that the vocabulary does not have; no rule takes it

LABEL_OF: dict[Kind, str] = {
    **dict.fromkeys(TITLED_WORKS | {Kind.SEASON, Kind.EPISODE}, WORK),
    **dict.fromkeys(PEOPLE, PERSON),
    **dict.fromkeys(COMPANIES | {Kind.FESTIVAL, Kind.AWARD_BODY}, ORG),
    Kind.AWARD: AWARD,
    Kind.CEREMONY: AWARD,
    Kind.GENRE: GENRE,
    Kind.COUNTRY: PLACE,
    Kind.PLACE: PLACE,
    Kind.LANGUAGE: LANGUAGE,
    Kind.PROFESSION: PROFESSION,
    Kind.CHARACTER: CHARACTER,
}
PIPELINE_LABELS = {
    "PERSON": PERSON, "PER": PERSON, "GROUP": PERSON, "WORK": WORK, "WORK_OF_ART": WORK, "TITLE": WORK, "ORG": ORG,
    "AWARD": AWARD, "GENRE": GENRE, "PLACE": PLACE, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE, "CHARACTER": CHARACTER,
}  # fmt: skip


class Origin(IntEnum):
    """What found a mention, the most trusted last."""

    CAPITALS = 0
    FIGURE = 1
    LEXICON = 2
    MARKS = 3
    PIPELINE = 4
    GAZETTEER = 5
    DESCRIBED = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or figure where it stands in a page.

    `labels`: what it may be, as letters; `kinds`: those the gazetteer knows under it; `name`: the form to
    give where it is not the raw text; `full`: the index of the mention it is short for, -1 for none;
    `single`: a known name of one unmarked word, which may be part of a longer one.
    """

    start: int
    end: int
    labels: str
    origin: Origin
    kinds: frozenset[Kind] = frozenset()
    name: str = ""
    literal: Literal | None = None
    problem: str = ""
    year: int | None = None
    full: int = -1
    single: bool = False

    @property
    def span(self) -> Span:
        """The raw span."""
        return self.start, self.end
