"""Resolution: who a name may mean, over a small world in a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.graph.worlds import claim, entity, fact, fill, opened, record, text, writing

from marquee.graph.resolve import MAX_CANDIDATES, resolve
from marquee.graph.store import Store
from marquee.schema.kinds import Kind
from marquee.schema.literals import LiteralType, canonical
from marquee.schema.values import Extraction, Name, Resolution

WORLD = [
    entity("etitanic97", Kind.FILM, "Titanic", keys=(("imdb", "tt0120338"),)),
    entity("etitanic53", Kind.FILM, "Titanic", keys=(("imdb", "tt0046435"),)),
    entity("egodfather", Kind.FILM, "The Godfather"),
    entity("eamelie", Kind.FILM, "Amélie", "Le Fabuleux Destin d'Amélie Poulain"),
    entity("ebond", Kind.SERIES, "Bonded"),
    entity("esmith1", Kind.PERSON, "John Smith"),
    entity("esmith2", Kind.PERSON, "John Smith", keys=(("imdb", "nm2"),)),
    entity("ecameron", Kind.PERSON, "James Cameron", keys=(("imdb", "nm0000116"),)),
    entity("eacme", Kind.STUDIO, "Acme Pictures"),
    entity("edrama", Kind.GENRE, "Drama"),
    entity("eramona10", Kind.FILM, "Ramona"),
    entity("emaze", Kind.KEYWORD, "maze"),
    entity("egish", Kind.PERSON, "Lillian Gish"),
    entity("epickford", Kind.PERSON, "Mary Pickford"),
    entity("ewalsh", Kind.PERSON, "Raoul Walsh"),
    entity("ehenry", Kind.PERSON, "Henry Walthall"),
    *(entity(f"eclone{n:02}", Kind.PERSON, "Alan Smithee") for n in range(14)),
]
FACTS = [
    fact("etitanic97", "release_date", canonical(LiteralType.DATE, "1997-12-19")),
    fact("etitanic53", "release_date", canonical(LiteralType.DATE, "1953")),
    fact("ebond", "release_date", canonical(LiteralType.DATE, "1990")),
    fact("ecameron", "directed", "etitanic97"),
    fact("esmith2", "acted_in", "egodfather"),
    fact("esmith1", "acted_in", "etitanic53"),
    fact("esmith1", "acted_in", "etitanic97"),
    *(fact(who, "acted_in", "etitanic53") for who in ("egish", "epickford", "ewalsh", "ehenry")),
    fact("etitanic53", "genre", "edrama"),
    fact("eacme", "country", "edrama"),
]
CLAIMED = [fact("eramona10", "release_date", canonical(LiteralType.DATE, "1910-05-23"))]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(Path(tmp_path_factory.mktemp("world"))) as store:
        fill(store, WORLD, FACTS[:-1])
        with writing(store) as writer:
            writer.stage(CLAIMED)
        yield store


def one(store: Store, name: Name, *extraction: Extraction) -> Resolution:
    (found,) = resolve(extraction or [record(names=(name,))], store)
    return found[name]


def ids_of(resolution: Resolution) -> list[str]:
    return [candidate.entity for candidate in resolution.candidates]


def test_a_known_key_decides_whatever_the_name(store: Store) -> None:
    found = one(store, Name("Jim Cameron", Kind.PERSON, (("imdb", "nm0000116"),)))
    assert [(c.entity, c.score, dict(c.features)) for c in found.candidates] == [("ecameron", 1.0, {"external_id": 1})]
    assert found.nil_score == 0


def test_another_value_of_the_same_key_excludes_a_namesake(store: Store) -> None:
    found = one(store, Name("James Cameron", Kind.PERSON, (("imdb", "nm9"),)))
    assert found.candidates == ()
    assert found.nil_score == 1


def test_keys_of_two_entities_leave_both_as_candidates(store: Store) -> None:
    found = one(store, Name("Titanic", Kind.FILM, (("imdb", "tt0120338"), ("imdb", "tt0046435"))))
    assert set(ids_of(found)) == {"etitanic97", "etitanic53"}
    assert max(candidate.score for candidate in found.candidates) < 1


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Godfather, The", "egodfather"),
        ("the godfather", "egodfather"),
        ("Amelie", "eamelie"),
        ("Le fabuleux destin d’Amelie Poulain", "eamelie"),
        ("The Godfather (1972)", "egodfather"),
    ],
)
def test_articles_accents_aliases_and_years_in_brackets(store: Store, written: str, wanted: str) -> None:
    assert ids_of(one(store, Name(written, Kind.FILM)))[:1] == [wanted]


@pytest.mark.parametrize(("year", "wanted"), [(1997, "etitanic97"), (1998, "etitanic97"), (1953, "etitanic53")])
def test_the_year_tells_namesakes_apart(store: Store, year: int, wanted: str) -> None:
    found = one(store, Name("Titanic", Kind.FILM, year=year))
    best, other = found.candidates
    assert best.entity == wanted
    assert best.features["year"] == 1
    assert other.features["year"] == -1
    assert best.score - other.score > 0.2


def test_a_clashing_year_speaks_for_none(store: Store) -> None:
    agrees, clashes = (
        one(store, Name("Titanic", Kind.FILM, year=1997)),
        one(store, Name("Titanic", Kind.FILM, year=1915)),
    )
    assert clashes.nil_score > 0.5 > agrees.nil_score
    assert clashes.nil_score > clashes.candidates[0].score


def test_a_wrong_year_that_only_a_text_claims_keeps_the_candidate(store: Store) -> None:
    # given one film of that name and a text that dates it wrongly
    film = Name("Bonded", Kind.SERIES)
    wrong = claim(film, "release_date", canonical(LiteralType.DATE, "1850"))

    # then it is still that film, so that the claim can be held against it; a record's year counts fully
    found = one(store, film, text(wrong))
    assert found.candidates[0].score > found.nil_score
    assert one(store, film, record(wrong)).nil_score > found.nil_score


def odds(share: float) -> float:
    return share / (1 - share)


def test_a_year_that_clashes_means_another_work_unless_its_people_say_otherwise(store: Store) -> None:
    # given a film of 1943, alone, with a genre of that of 1953, and with four of its actors
    film = Name("Titanic", Kind.FILM, year=1943)
    genre = claim(film, "genre", Name("Drama", Kind.GENRE))
    names = ("Lillian Gish", "Mary Pickford", "Raoul Walsh", "Henry Walthall")
    cast = [claim(Name(name, Kind.PERSON), "acted_in", film) for name in names]

    # when
    alone, beside_genre = one(store, film, text(names=(film,))), one(store, film, text(genre))
    beside_cast = one(store, film, text(*cast))

    # then it is surely another one; what most namesakes share changes nothing; the same people do
    for found in (alone, beside_genre):
        assert odds(found.nil_score) > 9 * sum(odds(candidate.score) for candidate in found.candidates)
        assert found.candidates[0].features["neighbours"] == 0
    assert beside_cast.candidates[0].entity == "etitanic53"
    assert odds(beside_cast.candidates[0].score) > 3 * odds(beside_cast.nil_score)


@pytest.mark.parametrize(("year", "feature"), [(1910, 1.0), (1911, 1.0), (1936, -1.0)])
def test_a_year_that_texts_alone_state_counts_too(store: Store, year: int, feature: float) -> None:
    found = one(store, Name("Ramona", Kind.FILM, year=year))
    assert [(c.entity, c.features["year"]) for c in found.candidates] == [("eramona10", feature)]


def test_what_must_be_a_work_is_no_keyword(store: Store) -> None:
    film, star = Name("The Maze"), Name("John Smith", Kind.PERSON)
    assert one(store, film, text(claim(star, "acted_in", film))).candidates == ()
    assert ids_of(one(store, Name("maze"))) == ["emaze"]


def test_what_must_be_a_company_is_no_person(store: Store) -> None:
    film, house = Name("Titanic", Kind.FILM), Name("Raoul Walsh")
    assert one(store, house, text(claim(film, "distributed_by", house))).candidates == ()


def test_neighbours_tell_namesakes_apart(store: Store) -> None:
    # given a John Smith beside The Godfather
    smith, film = Name("John Smith", Kind.PERSON), Name("The Godfather", Kind.FILM)

    # when both are resolved together, and he alone
    beside = one(store, smith, record(claim(smith, "acted_in", film)))
    alone = one(store, smith)

    # then the one who acted in it comes first, and alone the better connected one
    assert ids_of(beside)[0] == "esmith2"
    assert ids_of(alone)[0] == "esmith1"
    assert beside.nil_score < alone.nil_score


def test_companies_stand_for_each_other_and_people_not_for_films(store: Store) -> None:
    assert ids_of(one(store, Name("Acme Pictures", Kind.DISTRIBUTOR))) == ["eacme"]
    assert ids_of(one(store, Name("Titanic", Kind.PERSON))) == []


def test_a_series_taken_for_a_film_is_a_doubtful_candidate(store: Store) -> None:
    right, wrong = one(store, Name("Bonded", Kind.SERIES)), one(store, Name("Bonded", Kind.FILM))
    assert wrong.candidates[0].score < right.candidates[0].score
    assert wrong.nil_score > right.nil_score


def test_a_name_without_a_kind_prefers_what_its_relation_allows(store: Store) -> None:
    film = Name("Titanic", Kind.FILM, year=1997)
    for subject, fits in ((Name("John Smith"), 0.8), (Name("Acme Pictures"), -0.5)):
        found = one(store, subject, record(claim(subject, "directed", film)))
        assert found.candidates[0].features["kind"] == fits


def test_at_most_ten_candidates_and_more_namesakes_mean_more_doubt(store: Store) -> None:
    crowd, single = one(store, Name("Alan Smithee", Kind.PERSON)), one(store, Name("James Cameron", Kind.PERSON))
    assert len(crowd.candidates) == MAX_CANDIDATES
    assert crowd.nil_score > single.nil_score
    assert crowd.candidates[0].score < single.candidates[0].score


def test_an_unknown_name_has_no_candidate(store: Store) -> None:
    assert one(store, Name("Nobody Atall", Kind.PERSON)) == Resolution(Name("Nobody Atall", Kind.PERSON), (), 1.0)


names = st.builds(
    Name,
    st.sampled_from(["Titanic", "John Smith", "Drama", "Alan Smithee", "acme pictures", "???", "Новый"]),
    st.none() | st.sampled_from([Kind.FILM, Kind.PERSON, Kind.GENRE, Kind.NETWORK]),
    year=st.none() | st.sampled_from([1953, 1997, 2020]),
)


@given(st.lists(st.lists(names, max_size=4), max_size=3))
def test_scores_are_bounded_ranked_and_every_name_is_answered(store: Store, batch: list[list[Name]]) -> None:
    extractions = [record(names=tuple(some)) for some in batch]
    for extraction, found in zip(extractions, resolve(extractions, store), strict=True):
        assert set(found) == set(extraction.names)
        for resolution in found.values():
            scores = [candidate.score for candidate in resolution.candidates]
            assert scores == sorted(scores, reverse=True)
            assert all(0 <= value <= 1 for value in (*scores, resolution.nil_score))
