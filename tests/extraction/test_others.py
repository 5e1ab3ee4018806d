"""Others: novels, plays and characters are not the film of that name."""

from __future__ import annotations

import pytest
from tests.extraction.reading import lines

from marquee.extraction.mentions import CHARACTER, OTHER, PERSON, UNKNOWN, WORK, Mention, Origin
from marquee.extraction.others import with_others


def label(text: str, name: str = "Salt Road", labels: str = WORK) -> str:
    start = text.index(name)
    return with_others(text, [Mention(start, start + len(name), labels, Origin.GAZETTEER)])[0].labels


@pytest.mark.parametrize(
    "text",
    [
        "It is based on the 1931 novel Salt Road by Ana Duarte.",
        'It was adapted from the short story "Salt Road".',
        "He wrote the stage musical Salt Road first.",
        "It is drawn from the video game series Salt Road.",
        "It comes from the book titled Salt Road.",
        "The Salt Road novels sold well.",
        "It is based on Salt Road, a stage play by Ana Duarte.",
        "It is based on Salt Road (1931 novel).",
        "It is based on Salt Road, a love story by Ana Duarte.",
        "It is based on the love story Salt Road by Ana Duarte.",
        "She wrote the poem Salt Road.",
        "His first novel, Salt Road, sold well.",
        "She wrote the plays Salt Road and Blue Door.",
        "Salt Road, a novel written by Ana Duarte, sold well.",
        "The Salt Road comic book sold well.",
    ],
)
def test_works_that_the_vocabulary_has_no_kind_for(text: str) -> None:
    assert label(text) == OTHER


def test_a_character_is_no_work() -> None:
    assert label("It is about the comic book character Salt Road.") == CHARACTER
    assert label("It stars the characters Salt Road and Dawn.") == CHARACTER


def test_a_character_of_a_work_leaves_it_a_work() -> None:
    assert label("It is about the Salt Road character Jon Pyke.") == WORK


@pytest.mark.parametrize(
    "text",
    [
        "Salt Road is a 1950 film of the novel.",
        "Salt Road, a film of a novel, won.",
        "They play Salt Road every Sunday.",
        "She starred in the soap opera Salt Road.",
        "The Salt Road novel adaptation won.",
        "Salt Road, a love story starring Ana Duarte, won.",
        "Salt Road, a comic book film directed by Ana Duarte, won.",
        "Salt Road, a comic drama, won.",
        "Salt Road, a character study directed by Ana Duarte, won.",
        "Salt Road, an American television game show, was cancelled.",
        "Salt Road, a space opera, won.",
        "Salt Road, a novel animated film, won.",
        "Salt Road, a game of cat and mouse, won.",
        "Salt Road character actor Ana Duarte died.",
        "Salt Road game show host Ana Duarte died.",
        "The Salt Road comic timing is hers.",
        "The love story Salt Road won.",
        "Based on a true story, Salt Road is a drama.",
        "Based on his novel, Salt Road is a drama.",
        "She plays Salt Road in it.",
    ],
)
def test_films_stay_films(text: str) -> None:
    assert label(text) == WORK


def test_a_comic_may_be_a_person() -> None:
    assert label("It stars the comic Ana Duarte.", "Ana Duarte", UNKNOWN) == UNKNOWN
    assert label("It is by the novel Ana Duarte.", "Ana Duarte", PERSON) == PERSON


def test_what_follows_a_source_belongs_to_the_work_at_hand() -> None:
    pytest.importorskip("spacy")
    text = (
        "Glass Harbour is a British film based on the comics character Alien, co-produced by Kestrel Films and "
        "adapted from the 1979 novel The Salt Road by Ana Duarte."
    )
    assert lines(text) == {"Glass Harbour|country|United Kingdom", "Glass Harbour|production_company|Kestrel Films"}
