"""Mentions: what an extraction says of its names, and the keys they are found by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.mentions import bare, group, main_key, mentions, name_keys, related
from marquee.schema.kinds import Kind
from marquee.schema.literals import LiteralType, canonical
from marquee.schema.values import Claim, Document, Evidence, Extraction, Locator, Name

HERE = Locator("notes.txt", row=1)
EVIDENCE = Evidence("notes", HERE, "", "test", "1", "2024-01-01T00:00:00Z", 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Godfather", "Godfather, The"),
        ("Amélie", "AMELIE"),
        ("Fast & Furious", "Fast and Furious"),
        ("Titanic (1997)", "Titanic"),
        ("Crash (2004 film)", "crash"),
        ("The Thing (1982)", "Thing"),
        ("Ocean’s Eleven", "Ocean's Eleven"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert set(name_keys(one)) & set(name_keys(other))
    assert main_key(one) == main_key(other)


def test_a_year_in_brackets_is_read_and_other_brackets_stay() -> None:
    assert bare("Titanic (1997)") == ("Titanic", 1997)
    assert bare("(500) Days of Summer") == ("(500) Days of Summer", None)
    assert bare("1917") == ("1917", None)


@given(st.text(min_size=1).filter(str.strip))
def test_every_name_has_keys_and_its_main_key_is_one_of_them(text: str) -> None:
    assert main_key(text) in name_keys(text)


def test_a_name_without_a_kind_takes_what_all_its_relations_allow() -> None:
    # given a name that directed one thing and won another
    who, film, prize = Name("Ann Lee"), Name("Dawn", Kind.FILM), Name("Prize", Kind.AWARD)
    claims = (Claim(who, "directed", film, EVIDENCE), Claim(who, "won", prize, EVIDENCE, (("work", Name("Dusk")),)))

    # when its extraction is read
    found = mentions(Extraction("notes", HERE, (who,), claims))

    # then people remain, and the name in a qualifier is a work
    assert found[who].kinds == {Kind.PERSON, Kind.GROUP}
    assert Kind.FILM in found[Name("Dusk")].kinds
    assert Kind.AWARD not in found[Name("Dusk")].kinds


def test_the_year_comes_from_the_name_its_brackets_or_its_claims() -> None:
    dated, written, claimed = Name("A", year=1990), Name("B (1991)"), Name("C")
    claims = (Claim(claimed, "release_date", canonical(LiteralType.DATE, "1992-03"), EVIDENCE),)
    found = mentions(Extraction("notes", HERE, (dated, written, claimed), claims))
    assert [found[name].year for name in (dated, written, claimed)] == [1990, 1991, 1992]


def test_a_year_that_only_a_text_claims_is_kept_apart() -> None:
    name, document = Name("C"), Document("0" * 64, "notes", "C came out in 1992.")
    claims = (Claim(name, "release_date", canonical(LiteralType.DATE, "1992"), EVIDENCE),)
    found = mentions(Extraction("notes", HERE, (name,), claims, document=document))
    assert (found[name].year, found[name].claimed) == (None, 1992)


def test_companies_are_one_group_and_films_are_only_related_to_series() -> None:
    assert group(Kind.STUDIO) == group(Kind.NETWORK)
    assert group(Kind.FILM) != group(Kind.SERIES)
    assert Kind.SERIES in related(Kind.FILM)
    assert Kind.PERSON not in related(Kind.FILM)
