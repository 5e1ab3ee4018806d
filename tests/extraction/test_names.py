"""Names: known ones, marked ones and capitals, guarded against common words, without overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.mentions import Mention
from marquee.extraction.names import find_mentions
from marquee.extraction.page import Page
from marquee.extraction.pipeline import Found
from marquee.schema.kinds import Kind as K

GAZETTEER = Gazetteer.build(
    [
        ("Her", K.FILM, "1"), ("It", K.FILM, "2"), ("Once", K.FILM, "3"), ("Up", K.FILM, "4"), ("Titanic", K.FILM, "5"),
        ("Paris", K.PLACE, "6"), ("Chicago", K.FILM, "7"), ("Chicago", K.PLACE, "8"), ("James Cameron", K.PERSON, "9"),
        ("US", K.COUNTRY, "10"), ("Warner Bros.", K.STUDIO, "11"), ("French", K.LANGUAGE, "12"), ("Star Trek", K.SERIES, "13"),
    ]
)  # fmt: skip


def names(text: str, found: tuple[Found, ...] = ()) -> dict[str, str]:
    return {text[m.start : m.end]: m.labels for m in find_mentions(Page(text), GAZETTEER, found)}


def only(text: str, label: str) -> list[str]:
    return [name for name, labels in names(text).items() if label in labels]


@pytest.mark.parametrize(
    "text", ["It was her first time.", "Once he looked up.", "Her friends like it.", "Once upon a time.", "He told us."]
)
def test_common_words_are_no_titles(text: str) -> None:
    assert only(text, "W") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The film Her opened.", "Her"),
        ('"Once" opened.', "Once"),
        ("He made *Up* there.", "Up"),
        ("Up (2009) was next.", "Up"),
        ("We all saw Her twice.", "Her"),
        ("Up is a 2009 American film.", "Up"),
        ("Up was directed by Pete Docter.", "Up"),
    ],
)
def test_common_words_with_the_marks_of_a_title_are_titles(text: str, title: str) -> None:
    assert title in only(text, "W")


def test_unknown_titles_are_found_by_quotes_years_and_what_they_are_called() -> None:
    assert "The Lost Mirror" in only('He wrote "The Lost Mirror" there.', "W")
    assert "Quiet Harbour" in only("In Quiet Harbour (1981) he sings.", "W")
    assert "The Salt Road: Part Two" in only("The Salt Road: Part Two is a 2014 drama film about salt.", "W")
    assert "Dusk Patrol" in only("He made the film Dusk Patrol there.", "W")


def test_a_known_word_inside_a_longer_name_is_not_taken_out_of_it() -> None:
    assert names("Paris Hilton was there.") == {"Paris Hilton": "X"}
    assert "Petra Holm" in names("Petra Holm of Star Trek spoke.")


def test_a_nickname_in_quotes_is_no_title() -> None:
    assert only('Dwayne "The Rock" Johnson sang.', "W") == []


def test_a_place_behind_a_preposition_is_no_film() -> None:
    assert only("They shot it in Chicago last year.", "W") == []
    assert only("She starred in Chicago last year.", "W") == ["Chicago"]


def test_letters_that_are_words_must_be_capitals() -> None:
    assert only("He told Us so.", "L") == []
    assert only("He left the US then.", "L") == ["US"]


def test_full_stops_that_belong_to_a_name_are_kept() -> None:
    assert "Warner Bros." in names("Warner Bros. made it.")


def test_nations_are_countries_or_languages_by_their_place() -> None:
    assert names("a French film")["French"] == "L"
    assert names("filmed in French.")["French"] == "N"


def test_the_pipeline_adds_names_but_does_not_spill_over_known_ones() -> None:
    text = "A James Cameron film with zora quist and Zora Quist."
    found = (Found(0, 15, "PERSON"), Found(26, 36, "PERSON"), Found(41, 51, "PERSON"))
    assert names(text, found) == {"James Cameron": "P", "Zora Quist": "P"}


@given(st.text(max_size=120))
def test_mentions_never_overlap(text: str) -> None:
    mentions: list[Mention] = find_mentions(Page(text), GAZETTEER, [])
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize("text", ['She said ", " and left.', 'A film called "." is lost.', "* . * and _,_ and ' , '"])
def test_quotes_around_stops_alone_hold_no_title(text: str) -> None:
    assert only(text, "W") == []


def test_a_known_name_that_a_longer_one_begins_with_is_left_alone() -> None:
    gazetteer = Gazetteer.build([("The Film", K.STUDIO, "1"), ("Ana Duarte", K.PERSON, "2")])

    def found(text: str) -> list[str]:
        return [text[m.start : m.end] for m in find_mentions(Page(text), gazetteer, [])]

    assert found("It was sold to The Film Arcade.") == ["The Film Arcade"]
    assert found("It was sold to The Film.") == ["The Film"]
    assert found("In The Film Ana Duarte plays.") == ["The Film", "Ana Duarte"]
