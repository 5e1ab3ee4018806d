"""Records and facts in Marquee's own form: what they say, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from marquee.extraction import facts
from marquee.extraction.facts import Stamp
from marquee.schema.errors import VocabularyError
from marquee.schema.kinds import Kind
from marquee.schema.literals import LAST_YEAR, Literal, LiteralType
from marquee.schema.values import Claim, Locator, Name

STAMP = Stamp("test", Locator("films.jsonl", row=3), "records", "1", "2024-05-01T00:00:00Z")
FILM = Name("M", Kind.FILM, (("wikidata", "Q1"),), 1931)
LANG = Name("Fritz Lang", Kind.PERSON)


def claim(about: Name = FILM, **fact: Any) -> Claim:
    return facts.claim(about, facts.read(fact), STAMP)


def problem(**fact: Any) -> str:
    with pytest.raises(VocabularyError) as caught:
        claim(**fact)
    assert caught.value.mend
    return str(caught.value)


def test_a_record_is_about_a_name_with_all_it_says_of_it() -> None:
    record = {
        "kind": "Film",
        "name": " M  -  Eine Stadt ",
        "ids": {"wikidata": "Q1", "tmdb": 832},
        "aliases": ["M"],
        "year": 1931,
    }
    assert facts.subject(record) == Name(
        "M - Eine Stadt", Kind.FILM, (("tmdb", "832"), ("wikidata", "Q1")), 1931, aliases=("M",)
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nmae": "x"}, "a record has no key 'nmae'. Did you mean 'name'?"),
        ({"name": None}, "there is no name."),
        ({"name": ""}, "an empty name"),
        ({"name": "x" * 1001}, "of 1,001 characters"),
        ({"name": "\ud800"}, r"the sign '\ud800' stands in a name"),
        ({"name": "a\x07b"}, r"the sign '\x07'"),
        ({"kind": "Flim"}, "unknown kind 'Flim'. Did you mean Film"),
        ({"kind": 3}, "kind cannot be 3."),
        ({"kind": "x" * 10**6}, "kind cannot be 'xxxx"),
        ({"x" * 10**6: 1}, "a record has no key 'xxxx"),
        ({"year": 20015}, f"20015 is no possible year. Years run from 1 to {LAST_YEAR}."),
        ({"year": 0}, "0 is no possible year."),
        ({"year": "1931"}, "the year '1931' is no whole number."),
        ({"year": True}, "the year True is no whole number."),
        ({"year": 1200}, "a Film of 1200, before there was film."),
        ({"ids": "Q1"}, "ids must be an object."),
        ({"ids": {"imdb": "tt1,tt2"}}, "'tt1,tt2' is no imdb id."),
        ({"ids": {"imdb": None}}, "None is no imdb id."),
        ({"ids": {"IMDb": "tt1"}}, "'IMDb' is no name of an id scheme."),
        ({"aliases": "M"}, "aliases must be a list of texts."),
        ({"facts": {}}, "facts must be a list."),
    ],
)
def test_a_record_that_is_not_right_says_why(change: dict[str, Any], message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        facts.subject({"kind": "Film", "name": "M", **change})
    assert message in str(caught.value)
    assert caught.value.mend


def test_a_persons_year_may_lie_before_film() -> None:
    assert facts.subject({"kind": "Person", "name": "Shakespeare", "year": 1564}).year == 1564


def test_a_fact_is_a_claim_with_its_row_as_evidence() -> None:
    found = claim(relation="genre", name="crime film", ids={"wikidata": "Q959790"}, score=0.8, quote="Genre: crime")

    assert (found.subject, found.relation) == (FILM, "genre")
    assert found.object == Name("crime film", Kind.GENRE, (("wikidata", "Q959790"),))
    evidence = found.evidence
    assert (evidence.source, str(evidence.locator), evidence.quote) == ("test", "films.jsonl:3", "Genre: crime")
    assert (evidence.extractor, evidence.version, evidence.score) == ("records", "1", 0.8)


def test_an_inverse_swaps_the_ends_and_keeps_what_is_written_in_the_quote() -> None:
    found = claim(relation="director", name="Fritz Lang", kind="Person")

    assert (found.subject, found.relation, found.object) == (LANG, "directed", FILM)
    assert found.evidence.quote == "director: Fritz Lang"


def test_joining_literals_are_what_the_evidence_supports() -> None:
    found = claim(relation="cast", name="Peter Lorre", kind="Person", qualifiers={"character": "Beckert", "billing": 1})

    expected = (("character", Literal(LiteralType.TEXT, "Beckert")), ("billing", Literal(LiteralType.COUNT, "1")))
    assert found.qualifiers == found.evidence.supports == expected
    assert found.evidence.quote == "cast: Peter Lorre; character: Beckert; billing: 1"


def test_identifying_qualifiers_are_not_supports_and_may_be_names() -> None:
    work = {"name": "M", "kind": "Film", "ids": {"wikidata": "Q1"}}
    found = claim(about=LANG, relation="won", name="Cup", qualifiers={"year": 1931, "work": work})

    assert found.qualifiers == (
        ("year", Literal(LiteralType.YEAR, "1931")),
        ("work", Name("M", Kind.FILM, (("wikidata", "Q1"),))),
    )
    assert found.evidence.supports == ()


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"relation": "release_date", "value": "1931-05-11"}, Literal(LiteralType.DATE, "1931-05-11")),
        ({"relation": "release_date", "value": 1931}, Literal(LiteralType.DATE, "1931")),
        ({"relation": "runtime", "value": "1h 57m"}, Literal(LiteralType.DURATION, "7020")),
        ({"relation": "rating", "value": 8.30}, Literal(LiteralType.RATING, "8.3")),
        (
            {"relation": "budget", "value": 200000000, "currency": "usd", "year": 1997},
            Literal(LiteralType.MONEY, "200000000", "USD", 1997),
        ),
    ],
)
def test_values_are_canonical_literals(fact: dict[str, Any], expected: Literal) -> None:
    assert claim(**fact).object == expected


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ({}, "the fact names no relation."),
        ({"relation": "directer", "name": "x"}, "unknown relation 'directer'. Did you mean director or directed"),
        ({"relation": ["genre"]}, "relation cannot be ['genre']."),
        ({"relation": "x" * 10**6}, "relation cannot be 'xxxx"),
        ({"relation": "budget", "value": 1, "currency": 7}, "currency cannot be 7."),
        ({"relation": "genre"}, "there is no name."),
        ({"relation": "genre", "value": "x"}, "a fact of genre has no key 'value'."),
        ({"relation": "genre", "name": "x", "qualifier": {}}, "has no key 'qualifier'. Did you mean 'qualifiers'"),
        ({"relation": "rating", "name": "x"}, "a fact of rating has no key 'name'."),
        ({"relation": "rating", "value": True}, "rating needs a value"),
        ({"relation": "rating", "value": "good"}, "'good' is no number."),
        ({"relation": "rating", "value": 1, "currency": "USD"}, "rating is a rating, which has no currency."),
        ({"relation": "budget", "value": 1}, "'' is no currency."),
        ({"relation": "release_date", "value": "20015-01-01"}, "'20015-01-01' is no date."),
        ({"relation": "release_date", "value": 20015}, "'20015' is no date."),
        ({"relation": "release_date", "value": "1200"}, "before there was film"),
        ({"relation": "release_date_of", "value": "1931"}, "a date cannot be what a fact is about."),
        ({"relation": "cast", "name": "x", "qualifiers": []}, "qualifiers must be an object."),
        ({"relation": "cast", "name": "x", "qualifiers": {"year": 1}}, "acted in takes no qualifier 'year'."),
        ({"relation": "genre", "name": "x", "qualifiers": {"year": 1}}, "genre takes no qualifier 'year'."),
        ({"relation": "won", "name": "x", "qualifiers": {"year": 20015}}, "20015 is no possible year."),
        ({"relation": "won", "name": "x", "qualifiers": {"work": "M"}}, "qualifier work must be an object."),
        (
            {"relation": "won", "name": "x", "qualifiers": {"work": {"name": "M", "kind": "Person"}}},
            "qualifier work takes Album",
        ),
        ({"relation": "genre", "name": "x", "score": 2}, "the score 2 is not from 0 to 1."),
        ({"relation": "genre", "name": "x", "score": "high"}, "the score 'high'"),
        ({"relation": "genre", "name": "x", "quote": 7}, "the quote must be a text."),
        ({"relation": "collaborated_with", "name": "x"}, "is computed from the graph"),
        ({"relation": "genre", "name": "x", "kind": "Person"}, "x (Person) cannot stand behind genre; Genre can."),
    ],
)
def test_a_fact_that_is_not_right_says_why(fact: dict[str, Any], message: str) -> None:
    told = problem(**fact)
    assert message in told
    assert len(told) < 300


def test_a_film_that_acts_in_a_person_is_refused_with_the_way_round() -> None:
    assert problem(relation="acted_in", name="Peter Lorre", kind="Person") == (
        "M (Film) cannot stand before acted in; Group or Person can. The other way round it can: write cast."
    )


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(VocabularyError, match=r"ends .1922. before it starts .1933."):
        claim(
            about=LANG,
            relation="spouse",
            name="Thea von Harbou",
            kind="Person",
            qualifiers={"start": "1933", "end": "1922"},
        )


def test_a_fact_must_be_an_object() -> None:
    with pytest.raises(VocabularyError, match="a fact must be an object"):
        facts.read("genre: crime")
