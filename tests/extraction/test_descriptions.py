"""Descriptions: genre, country and year of works; nationality, profession and birthplace of people."""

from __future__ import annotations

import pytest
from tests.extraction.reading import claims, lines

from marquee.schema.kinds import Kind

pytest.importorskip("spacy")


@pytest.mark.parametrize(
    "text",
    [
        "Glass Harbour is a 2011 Swedish horror film.",
        "The 2011 Swedish horror film Glass Harbour opened.",
        "Glass Harbour, a 2011 Swedish horror film, opened.",
        "A 2011 Swedish horror film, Glass Harbour opened in Lisbon.",
    ],
)
def test_what_a_work_is_called(text: str) -> None:
    assert lines(text) >= {
        "Glass Harbour|release_date|2011",
        "Glass Harbour|country|Sweden",
        "Glass Harbour|genre|horror film",
    }


def test_a_reference_describes_the_work_it_refers_to() -> None:
    assert "Glass Harbour|genre|horror film" in lines("Glass Harbour opened in Lisbon. The horror film did well.")


@pytest.mark.parametrize(
    "text",
    [
        "Tove Lindgren is a Swedish actor.",
        "Tove Lindgren, a Swedish actor, spoke.",
        "Swedish actor Tove Lindgren spoke.",
    ],
)
def test_what_somebody_is(text: str) -> None:
    assert lines(text) == {"Tove Lindgren|profession|actor", "Tove Lindgren|nationality|Sweden"}


def test_a_part_played_is_no_profession() -> None:
    assert lines("Glass Harbour stars Idris Penhaligon as actor Tom Reilly.", "profession") == set()


def test_what_a_work_is_called_gives_its_kind() -> None:
    (claim,) = [c for c in claims('The album "Cold Rooms" was released in 1990.') if c.relation == "release_date"]
    assert (claim.subject.text, claim.subject.kind) == ("Cold Rooms", Kind.ALBUM)


def test_a_remake_is_not_the_work_it_remakes() -> None:
    found = lines("Glass Harbour is a 1995 film. It was shown again before the 2009 remake.", "release_date")

    assert found == {"Glass Harbour|release_date|1995"}


def test_a_profession_is_that_of_the_name_behind_it_alone() -> None:
    found = lines("The cast has pianist Mara Velasco, Tove Lindgren and Idris Penhaligon.", "profession")

    assert found == {"Mara Velasco|profession|pianist"}


def test_a_description_ends_before_its_cast() -> None:
    text = "Alien is a 1979 British drama film starring Sigourney Weaver."
    assert lines(text, "release_date") == {"Alien|release_date|1979"}
    assert lines(text, "country") == {"Alien|country|United Kingdom"}
    assert not lines("Alien is a 1979 British film star.")
