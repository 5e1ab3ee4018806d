"""Marks: what quotes, brackets and "is a 1939 film" make of a name."""

from __future__ import annotations

import pytest

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.marks import with_years
from marquee.extraction.mentions import UNKNOWN, WORK, Mention, Origin
from marquee.extraction.names import find_mentions
from marquee.extraction.page import Page


def dated(text: str, labels: str = UNKNOWN, name: str = "Tovern Hill") -> tuple[str, int | None]:
    start = text.index(name)
    mention = with_years(text, [Mention(start, start + len(name), labels, Origin.CAPITALS)])[0]
    return mention.labels, mention.year


@pytest.mark.parametrize(
    "said",
    [
        "a 1939 film",
        "a 1939 British drama by Petra Holm",
        "a 1939 romantic comedy-drama",
        "a 1939 Ealing comedy",
        "a 1939 farce",
    ],
)
def test_what_is_a_dated_work_is_one(said: str) -> None:
    assert dated(f"Tovern Hill is {said}.") == (WORK, 1939)


@pytest.mark.parametrize(
    "said",
    [
        "a 1939 inductee",
        "a 1939 graduate of Yale",
        "a 1939 house",
        "a 1939 film school graduate",
        "a 1939 drama student",
        "a 1939 inductee of the film academy",
    ],
)
def test_other_dated_things_are_no_works(said: str) -> None:
    assert dated(f"Tovern Hill was {said}.") == (UNKNOWN, None)


def test_a_work_takes_the_year_whatever_it_is_called() -> None:
    assert dated("Tovern Hill is a 1939 fancy.", WORK) == (WORK, 1939)
    assert dated("Tovern Hill (also Hill) is a 1939 farce.") == (WORK, 1939)
    assert dated("In Tovern Hill (1939) she sings.") == (WORK, 1939)


@pytest.mark.parametrize("said", ["a film school graduate", "a film historian", "a single parent and film student"])
def test_a_sentence_on_somebody_of_the_trade_opens_with_no_title(said: str) -> None:
    found = find_mentions(Page(f"Tovern Hill is {said}."), Gazetteer(), [])
    assert all(mention.labels != WORK for mention in found)
