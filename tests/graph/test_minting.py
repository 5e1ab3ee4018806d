"""Minting: ids that are the same for the same input, and one entity for one bearer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.graph.worlds import entity, record

from marquee.graph.mentions import Mention
from marquee.graph.minting import Register, by_rank, clashes, kind_of, minted_id
from marquee.graph.store import Named
from marquee.schema.kinds import COMPANIES, PEOPLE, TITLED_WORKS, Kind
from marquee.schema.values import Name

keys = st.tuples(st.sampled_from(["imdb", "tmdb", "wikidata", "isni"]), st.sampled_from(["1", "2"]))


@given(st.permutations([("zzz", "1"), ("imdb", "tt1"), ("aaa", "1"), ("wikidata", "Q1"), ("tmdb", "5")]))
def test_keys_are_ranked_whatever_their_order(found: list[tuple[str, str]]) -> None:
    assert [scheme for scheme, _ in by_rank(found)] == ["wikidata", "imdb", "tmdb", "aaa", "zzz"]


@given(st.lists(keys), st.lists(keys))
def test_clashing_is_mutual_and_nothing_clashes_with_itself(
    mine: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    assert clashes(mine, theirs) == clashes(theirs, mine)
    assert not clashes(mine, mine)


def test_one_title_in_other_letters_is_minted_alike_and_apart_by_kind_year_and_source() -> None:
    dusk = minted_id("notes", "The Dusk", Kind.FILM, 1990)
    assert dusk == minted_id("notes", "DUSK, The", Kind.FILM, 1990)
    others = [
        ("notes", Kind.SERIES, 1990),
        ("notes", Kind.FILM, 1991),
        ("notes", Kind.FILM, None),
        ("more", Kind.FILM, 1990),
    ]
    assert dusk not in {minted_id(source, "The Dusk", kind, year) for source, kind, year in others}


@pytest.mark.parametrize(
    ("hint", "allowed", "kind", "guessed"),
    [
        (Kind.SERIES, {Kind.GENRE}, Kind.SERIES, False),
        (None, {Kind.GENRE}, Kind.GENRE, False),
        (None, PEOPLE, Kind.PERSON, True),
        (None, TITLED_WORKS, Kind.FILM, True),
        (None, COMPANIES, Kind.STUDIO, True),
        (None, PEOPLE | TITLED_WORKS, None, False),
        (None, (), None, False),
    ],
)
def test_the_kind_of_a_new_name(hint: Kind | None, allowed: set[Kind], kind: Kind | None, guessed: bool) -> None:
    assert kind_of(Mention(Name("X", hint), kinds=frozenset(allowed))) == (kind, guessed)


def test_a_company_found_by_its_name_is_the_one_whatever_its_kind() -> None:
    acme = entity("eacme", Kind.STUDIO, "Acme")
    register = Register({"eacme": acme}, {}, {"acme": [Named("eacme", Kind.STUDIO, "Acme")]})
    name = Name("ACME", Kind.NETWORK)
    assert register.place(record(names=(name,)), Mention(name), Kind.NETWORK, guessed=False).id == "eacme"


def test_an_id_that_redirects_leads_to_one_draft() -> None:
    now = entity("enew", Kind.FILM, "Dawn")
    register = Register({"eold": now, "enew": now}, {}, {})
    name = Name("Dawn", Kind.FILM, (("imdb", "tt1"),))
    assert register.choose(record(names=(name,)), Mention(name), "eold") is register.drafts["enew"]
    assert len(register.unique()) == 1
