"""Nicknames: a name with one in quotes is one person, not a film's title."""

from __future__ import annotations

import pytest

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.names import find_mentions
from marquee.extraction.page import Page
from marquee.schema.kinds import Kind as K

GAZETTEER = Gazetteer.build(
    [("Red", K.FILM, "1"), ("Heat", K.FILM, "2"), ("Lena Barrow", K.PERSON, "3"), ("Pixar", K.STUDIO, "4"),
     ("Michael Mann", K.PERSON, "5")]
)  # fmt: skip


def found(text: str) -> dict[str, tuple[str, str]]:
    return {text[m.start : m.end]: (m.labels, m.name) for m in find_mentions(Page(text), GAZETTEER, [])}


@pytest.mark.parametrize(
    "name",
    ['Dan "Red" Tolliver', "Dan “Red” Tolliver", "Dan 'Red' Tolliver", 'Dan K. "Red" Tolliver', 'Bill "Red" Tolliver'],
)
def test_a_name_with_a_nickname_is_one_person(name: str) -> None:
    assert found(f"We saw that {name} left.") == {name: ("P", "")}


def test_one_known_without_the_nickname_goes_by_the_known_name() -> None:
    assert found('They hired Lena "Red" Barrow then.') == {'Lena "Red" Barrow': ("P", "Lena Barrow")}


@pytest.mark.parametrize(
    "text",
    [
        'Mann "Heat" Wins Oscar',
        'In "Heat" Tolliver plays the thief.',
        'The director of "Heat" Tolliver hired him.',
        'He saw the Pixar "Heat" Tolliver made.',
        'They gave Michael Mann "Heat" Tolliver said.',
        'They call Tolliver "Heat" Director.',
        'Mann\'s "Heat" Tolliver liked.',
    ],
)
def test_titles_in_quotes_stay_titles(text: str) -> None:
    assert found(text)["Heat"][0] == "W"
