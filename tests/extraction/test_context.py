"""Context: what the words around a name say of its sort."""

from __future__ import annotations

import pytest

from marquee.extraction.context import in_context
from marquee.extraction.mentions import PERSON, WORK, Mention, Origin


def label(text: str, name: str, labels: str, origin: Origin = Origin.PIPELINE) -> str:
    start = text.index(name)
    return in_context(text, [Mention(start, start + len(name), labels, origin)])[0].labels


@pytest.mark.parametrize(
    "text",
    [
        "Ana Duarte is a Swedish filmmaker.",
        'He scored Ana Duarte\'s "The Salt Road".',
        "Ana Duarte plays the nurse.",
        "They have set Ana Duarte to direct.",
    ],
)
def test_people_taken_for_works(text: str) -> None:
    assert label(text, "Ana Duarte", WORK) == PERSON


def test_works_taken_for_people() -> None:
    assert label("Their second album, Violator, came out.", "Violator", PERSON) == WORK
    assert label("9pm Channel 4 — Harbour Lights. Drama.", "Harbour Lights", PERSON) == WORK


def test_marked_names_and_plain_works_stay() -> None:
    assert label("Ana Duarte plays the nurse.", "Ana Duarte", WORK, Origin.MARKS) == WORK
    assert label("Ana Duarte is a 2004 film.", "Ana Duarte", WORK) == WORK
