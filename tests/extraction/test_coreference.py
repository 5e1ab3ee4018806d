"""References: short forms, pronouns, "the film", and the work at hand."""

from __future__ import annotations

import pytest

from marquee.extraction.coreference import refer
from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.names import find_mentions
from marquee.extraction.page import Page
from marquee.schema.kinds import Kind as K

GAZETTEER = Gazetteer.build(
    [("Inception", K.FILM, "1"), ("Christopher Nolan", K.PERSON, "2"), ("Emma Thomas", K.PERSON, "3"),
     ("Warner Bros.", K.STUDIO, "4"), ("Dunkirk", K.FILM, "5")]
)  # fmt: skip


def referents(text: str) -> list[tuple[str, str]]:
    page = Page(text)
    mentions, _ = refer(page, find_mentions(page, GAZETTEER, []))
    return [
        (text[m.start : m.end], text[slice(*mentions[m.full].span)])
        for n, m in enumerate(mentions)
        if m.full != n and m.literal is None
    ]


def test_a_surname_means_the_person_named_in_full() -> None:
    assert referents("Christopher Nolan came. Nolan left.") == [("Nolan", "Christopher Nolan")]


def test_pronouns_mean_who_the_sentence_before_was_about() -> None:
    assert referents("Christopher Nolan came. He left.") == [("He", "Christopher Nolan")]
    assert referents("Inception opened. It grossed much.") == [("It", "Inception")]


def test_the_film_and_the_studio() -> None:
    text = "Inception was made by Warner Bros. in 2010. The film won. The studio rejoiced."
    assert ("The film", "Inception") in referents(text)
    assert ("The studio", "Warner Bros.") in referents(text)


def test_a_possessive_means_the_last_person_named_before_it() -> None:
    assert referents("Christopher Nolan wrote it with his wife.")[-1] == ("his", "Christopher Nolan")


def test_words_that_lead_up_to_a_name_or_say_nothing_refer_to_nothing() -> None:
    assert referents("Inception opened. The film Dunkirk followed.") == []
    assert referents("Inception opened. It is said that it rained.")[:1] != [("It", "Inception")]
    assert referents("Inception opened. It was the first film of many.")[1:] == []


def test_the_work_at_hand_is_what_was_last_spoken_of() -> None:
    page = Page("Inception opened. Nobody came. Dunkirk is a 2017 film. Nobody left.")
    mentions, works = refer(page, find_mentions(page, GAZETTEER, []))
    named = [page.text[slice(*mentions[work].span)] if work >= 0 else "" for work in works]
    assert named == ["", "Inception", "Inception", "Dunkirk"]


@pytest.mark.parametrize(
    "opening", ["A remake of Dunkirk (1958), ", "Following the success of Dunkirk, ", "Like Dunkirk, "]
)
def test_the_film_is_not_the_one_that_an_opening_phrase_leads_up_with(opening: str) -> None:
    found = referents(f"Inception won. {opening}the film was shot in Malta.")
    assert ("the film", "Inception") in found


def test_the_film_is_the_one_that_its_sentence_is_about() -> None:
    assert ("the film", "Dunkirk") in referents("Inception won. He made Dunkirk; the film was shot in Malta.")


def test_a_film_that_another_is_based_on_is_no_reference() -> None:
    assert referents("Inception won. It is a remake of the 1942 film.") == [("It", "Inception")]
