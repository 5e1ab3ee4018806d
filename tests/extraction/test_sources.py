"""Sources: what leads up to what a work was made from."""

from __future__ import annotations

import pytest
from tests.extraction.reading import lines

from marquee.extraction.sources import leads_from, leads_to_other, leads_up, speaks_of_source


@pytest.mark.parametrize(
    "words",
    [
        "based on",
        "based upon",
        "adapted from",
        "inspired by",
        "a remake of",
        "the sequel to",
        "a spin-off from",
        "a spoof of",
    ],
)
def test_every_rule_knows_the_same_words(words: str) -> None:
    assert leads_from(f"it is {words} ")
    assert leads_up(f"It is {words} the 1931 ")
    assert leads_to_other(f"it is {words} the 1931 ")


def test_others_are_only_held_against() -> None:
    assert leads_up("After the success of ")
    assert leads_to_other("after the success of ")
    assert leads_up("Unlike ")
    assert not leads_from("unlike ")
    assert not leads_up("She directed ")
    assert not leads_to_other("she directed ")


@pytest.mark.parametrize(
    "masked",
    [
        "it is based on the 1931 play ",
        "it is based on a novel by <P1> and the play ",
        "<W1> is an adaptation of the opera of the same name, originally ",
        "<W1> is a remake of the 1950 <L2> film ",
        "<W1> is inspired by the <G2> series of the same name ",
        "the novel <B1>, which was ",
    ],
)
def test_what_follows_is_said_of_the_source(masked: str) -> None:
    assert speaks_of_source(masked)


@pytest.mark.parametrize(
    "masked",
    [
        "based on a true story, <W1> is a <L2> <G3> ",
        "inspired by real events, <W1> is a <G2> ",
        "it is based on a novel by <P1> and the <G2> was ",
        "based on her memoirs, it is a book ",
        "based on <W1>, the play ",
        "the sequel to <W1> is a film ",
    ],
)
def test_what_follows_is_said_of_the_work(masked: str) -> None:
    assert not speaks_of_source(masked)


@pytest.mark.parametrize(
    "text",
    [
        "Based on a true story, Glass Harbour is a British drama directed by Petra Holm.",
        "Inspired by real events, Glass Harbour is a western directed by Petra Holm.",
    ],
)
def test_a_film_based_on_events_keeps_its_director(text: str) -> None:
    pytest.importorskip("spacy")
    assert "Petra Holm|directed|Glass Harbour" in lines(text)
