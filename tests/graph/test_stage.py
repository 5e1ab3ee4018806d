"""Staging: claims become statements over known and new entities; twice is once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.graph.worlds import NOW, claim, entity, fact, fill, opened, record, text, writing

from marquee.graph.resolve import resolve
from marquee.graph.stage import Built, stage_batch
from marquee.graph.store import Reader, Store
from marquee.schema import ids
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.values import Claim, Extraction, Modality, Name, Status

ANN = Name("Ann Lee", Kind.PERSON)
DAWN = Name("Dawn", Kind.FILM, (("imdb", "tt1"),), year=2001)
DRAMA = Name("Drama", Kind.GENRE)


@pytest.fixture
def store() -> Iterator[Store]:
    with opened() as store:
        yield store


def day(value: str) -> Literal:
    return canonical(LiteralType.DATE, value)


def made(reader: Reader, *extractions: Extraction, take_best: bool = True) -> Built:
    """The batch with every name's best candidate chosen, or with all names new."""
    chosen: list[dict[Name, str | None]] = [
        {n: r.candidates[0].entity if take_best and r.candidates else None for n, r in found.items()}
        for found in resolve(extractions, reader)
    ]
    return stage_batch(extractions, chosen, [{} for _ in extractions], reader, NOW)


def keep(store: Store, *batches: Sequence[Extraction], take_best: bool = True) -> list[Built]:
    """Builds and writes one batch after another in one run."""
    with writing(store) as writer:
        done = []
        for batch in batches:
            built = made(writer, *batch, take_best=take_best)
            writer.put_entities(built.entities)
            writer.stage(built.statements)
            done.append(built)
        return done


def test_a_claim_between_new_names_makes_two_entities_and_a_pending_statement(store: Store) -> None:
    built = made(store, record(claim(ANN, "directed", DAWN)))
    (statement,) = built.statements
    film = ids.entity_id("imdb:tt1")
    assert statement.object == film
    assert statement.status is Status.PENDING
    assert statement.recorded_from == NOW
    assert statement.id == ids.statement_id(statement.subject, "directed", film, ())
    assert {(e.label, e.kind) for e in built.entities} == {("Ann Lee", Kind.PERSON), ("Dawn", Kind.FILM)}
    assert built.refusals == ()


def test_the_preferred_scheme_mints_and_all_keys_are_kept(store: Store) -> None:
    name = Name("Dawn", Kind.FILM, (("zzz", "1"), ("tmdb", "7"), ("wikidata", "Q1"), ("imdb", "tt1")))
    (made_,) = made(store, record(names=(name,))).entities
    assert made_.id == ids.entity_id("wikidata:Q1")
    assert set(made_.external_ids) == set(name.external_ids)


def test_names_of_shared_kinds_people_and_companies_are_made_once_a_run(store: Store) -> None:
    # given rows that name one genre, one person and one company again and again, in several batches
    rows = [
        record(
            claim(film, "genre", Name(genre, Kind.GENRE), row=row),
            claim(ANN, "acted_in", film, row=row),
            claim(film, "production_company", Name("Acme", kind), row=row),
            row=row,
        )
        for row, (genre, kind) in enumerate([("Drama", Kind.STUDIO), ("drama", Kind.DISTRIBUTOR)] * 4, start=1)
        for film in [Name(f"Film {row}", Kind.FILM, (("imdb", f"tt{row}"),))]
    ]

    # when they are staged, and when everything is called new
    keep(store, rows[:3], rows[3:])
    keep(store, rows[:5], take_best=False)

    # then each is there once
    assert dict(store.status().by_kind) == {Kind.FILM: 8, Kind.GENRE: 1, Kind.PERSON: 1, Kind.STUDIO: 1}
    assert store.status().statements == 24


def test_works_of_one_name_are_parted_by_their_year_and_people_by_their_key() -> None:
    with opened() as store:
        films = [Name("Hamlet", Kind.FILM, year=year) for year in (1948, 1990, 1990)]
        people = [Name("John Smith", Kind.PERSON, (("imdb", key),)) for key in ("nm1", "nm2", "nm1")]
        built = made(store, *(record(names=(name,), row=row) for row, name in enumerate(films + people)))
        assert sorted(e.label for e in built.entities) == ["Hamlet", "Hamlet", "John Smith", "John Smith"]


def test_a_name_without_its_key_finds_the_one_with_it_in_its_record(store: Store) -> None:
    built = made(store, record(claim(Name("Dawn", Kind.FILM), "genre", DRAMA), names=(DAWN,)))
    assert len(built.entities) == 2


def test_characters_of_two_records_stay_apart(store: Store) -> None:
    jack = Name("Jack", Kind.CHARACTER)
    rows = [record(claim(DAWN, "features_character", jack, row=row), row=row) for row in (1, 2)]
    assert sum(e.kind is Kind.CHARACTER for e in made(store, *rows).entities) == 2


def test_a_known_entity_gains_keys_and_other_names(store: Store) -> None:
    # given a film that is known by its title
    fill(store, [entity("edawn", Kind.FILM, "Dawn")], [])

    # when a record names it with a key and an alias
    name = Name("Dawn", Kind.FILM, (("imdb", "tt1"),), aliases=("Aube", "DAWN"))
    (grown,) = made(store, record(names=(name,))).entities

    # then it has both, and no second spelling of its own name
    assert grown.id == "edawn"
    assert grown.external_ids == (("imdb", "tt1"),)
    assert [n.text for n in grown.names] == ["Dawn", "Aube"]


def test_a_key_of_another_entity_is_refused_and_the_rest_goes_on(store: Store) -> None:
    films = [entity(f"e{n}", Kind.FILM, label, keys=(("imdb", f"tt{n}"),)) for n, label in enumerate("AB")]
    fill(store, films, [])
    both = Name("B", Kind.FILM, (("imdb", "tt0"), ("imdb", "tt1")))
    built = stage_batch([record(claim(both, "genre", DRAMA))], [{both: "e1"}], [{}], store, NOW)
    assert [statement.subject for statement in built.statements] == ["e1"]
    assert "belongs to A already" in built.refusals[0].what


def test_a_key_that_the_batch_has_just_met_decides_against_a_choice_by_name(store: Store) -> None:
    # given a keyless company, and two spellings of another with one key in one batch
    fill(store, [entity("eworld", Kind.STUDIO, "World")], [])
    spellings = [Name(text, Kind.STUDIO, (("imdb", "co1"),)) for text in ("World Wide", "World")]

    # when the second is taken for the keyless one by its name
    rows = [record(names=(name,), row=row) for row, name in enumerate(spellings)]
    built = stage_batch(rows, [{spellings[0]: None}, {spellings[1]: "eworld"}], [{}, {}], store, NOW)

    # then the key has decided, and both are one new company
    (company,) = built.entities
    assert [n.text for n in company.names] == ["World Wide", "World"]
    assert built.refusals == ()


def test_the_kind_comes_from_the_relation_or_the_name_is_refused(store: Store) -> None:
    # given names without a kind: one in a genre's place, one that directs, one that won, one without a claim
    bare, prize = Name("Mystery"), Name("Prize", Kind.AWARD)
    claims = (
        claim(DAWN, "genre", Name("Noir")),
        claim(Name("Ben Orr"), "directed", DAWN),
        claim(Name("Who Knows"), "won", prize),
    )

    # when they are staged
    built = made(store, record(*claims, names=(bare,)))

    # then the genre is sure, the person a guess that the statement admits, and the others are refused
    kinds = {e.label: e.kind for e in built.entities}
    assert kinds == {"Dawn": Kind.FILM, "Noir": Kind.GENRE, "Ben Orr": Kind.PERSON}
    assert [s.reasons for s in built.statements] == [(), ("That Ben Orr is a Person is a guess from the relation.",)]
    assert sorted(r.what for r in built.refusals) == [
        "nothing says what kind of thing 'Mystery' is.",
        "nothing says what kind of thing 'Who Knows' is.",
    ]
    assert all(r.mend and r.locator == "notes.jsonl:1" for r in built.refusals if "Who" in r.what)


def test_a_text_makes_entities_only_of_what_its_statements_speak_of(store: Store) -> None:
    loose = Name("Loose End", Kind.PERSON, span=(0, 9))
    denied = claim(Name("Cay", Kind.PERSON), "directed", DAWN, modality=Modality.NEGATED)
    built = made(store, text(claim(ANN, "directed", DAWN), denied, names=(loose,)))
    assert {e.label for e in built.entities} == {"Ann Lee", "Dawn"}


def test_a_denial_makes_no_statement_and_a_hedge_a_pending_one(store: Store) -> None:
    denied = claim(ANN, "directed", DAWN, modality=Modality.NEGATED)
    hedged = claim(ANN, "wrote", DAWN, modality=Modality.HEDGED)
    built = made(store, text(denied, hedged))
    assert built.unstated == (denied,)
    (statement,) = built.statements
    assert statement.evidence[0].modality is Modality.HEDGED


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (claim(DAWN, "acted_in", ANN), "cannot stand"),
        (claim(Name("Acme", Kind.STUDIO), "acted_in", DAWN), "cannot stand before acted in"),
        (claim(DAWN, "release_date", day("1650")), "before there was film"),
        (claim(ANN, "collaborated_with", Name("Ben", Kind.PERSON)), "computed"),
        (claim(ANN, "frobbed", DAWN), "unknown relation"),
        (claim(ANN, "acted_in", DAWN, ordinal=canonical(LiteralType.COUNT, 1)), "takes no qualifier"),
        (claim(ANN, "sibling", ANN), "both ends"),
    ],
)
def test_a_hard_objection_refuses_the_claim_with_place_and_mend(store: Store, wrong: Claim, says: str) -> None:
    built = made(store, record(wrong, claim(DAWN, "genre", DRAMA)))
    (refusal,) = built.refusals
    assert says in refusal.what
    assert (refusal.source, refusal.locator) == ("notes", "notes.jsonl:1")
    assert json.loads(refusal.raw)["facts"][0]["relation"] == wrong.relation
    assert refusal.mend
    assert [statement.relation for statement in built.statements] == ["genre"]


def test_dates_that_are_known_refuse_who_was_not_born_yet(store: Store) -> None:
    fill(
        store,
        [entity("eann", Kind.PERSON, "Ann Lee"), entity("edawn", Kind.FILM, "Dawn")],
        [fact("eann", "birth_date", day("1980")), fact("edawn", "release_date", day("1950"))],
    )
    (refusal,) = made(store, record(claim(ANN, "directed", Name("Dawn", Kind.FILM)))).refusals
    assert "born 1980" in refusal.what


def test_another_value_of_a_single_relation_is_a_reason_for_doubt(store: Store) -> None:
    places = [entity("elyon", Kind.PLACE, "Lyon"), entity("eoslo", Kind.PLACE, "Oslo")]
    known = [fact("eann", "birth_date", day("1980-02-03")), fact("eann", "born_in", "eoslo")]
    fill(store, [entity("eann", Kind.PERSON, "Ann Lee"), *places], known)
    claims = [claim(ANN, "birth_date", day(value)) for value in ("1981", "1980")]
    built = made(store, record(*claims, claim(ANN, "born_in", Name("Lyon", Kind.PLACE))))
    other, year, place = (statement.reasons for statement in built.statements)
    assert "1980-02-03 is known" in other[0]
    assert year == ()
    assert "Oslo is known, Lyon is claimed" in place[0]


def test_one_company_may_stand_for_another_with_a_reason(store: Store) -> None:
    fill(store, [entity("ehbo", Kind.STUDIO, "HBO")], [])
    (statement,) = made(store, record(claim(DAWN, "broadcast_by", Name("HBO", Kind.NETWORK)))).statements
    assert statement.object == "ehbo"
    assert statement.reasons == ("HBO is known as Studio, not as Network.",)


def test_symmetric_relations_are_said_one_way_and_keep_their_open_ends(store: Store) -> None:
    people = [entity(id_, Kind.PERSON, label) for id_, label in (("e1", "Ann Lee"), ("e2", "Ben Orr"))]
    fill(store, people, [])
    ben = Name("Ben Orr", Kind.PERSON)
    extraction = record(claim(ben, "spouse", ANN, start=day("2001"), end=day("2005")))
    (found,) = resolve([extraction], store)
    (statement,) = stage_batch([extraction], [{ANN: "e1"}], [{ben: found[ben]}], store, NOW).statements
    assert (statement.subject, statement.object) == ("e1", "e2")
    assert (statement.valid_from, statement.valid_to) == ("2001", "2005")
    assert [(end, resolution.name) for end, resolution in statement.candidates] == [("object", ben)]


def test_a_guess_at_whom_a_name_means_confirms_nothing(store: Store) -> None:
    people = [
        entity(id_, Kind.PERSON, label) for id_, label in (("e1", "Ann Lee"), ("e2", "Ben Orr"), ("e3", "Cy Ray"))
    ]
    fill(store, people, [fact("e1", "spouse", "e2")])
    ben = Name("Ben Orr", Kind.PERSON)
    extraction = record(claim(ANN, "spouse", ben), claim(ANN, "sibling", ben))
    (found,) = resolve([extraction], store)
    built = stage_batch([extraction], [{ANN: "e1"}], [{ben: found[ben]}], store, NOW)
    assert [one.relation for one in built.statements] == ["sibling"]
    assert [one.relation for one in built.withheld] == ["spouse"]
    both = stage_batch([extraction] * 2, [{ANN: "e1"}, {ANN: "e1", ben: "e2"}], [{ben: found[ben]}, {}], store, NOW)
    assert [(one.relation, one.candidates) for one in both.statements] == [("spouse", ()), ("sibling", ())]


def test_identifying_qualifiers_part_statements_and_joining_ones_join_them(store: Store) -> None:
    prize, jack = Name("Prize", Kind.AWARD), canonical(LiteralType.TEXT, "Jack")
    years = [canonical(LiteralType.YEAR, year) for year in (1999, 2001)]
    built = made(
        store,
        record(
            *(claim(ANN, "won", prize, year=year, work=DAWN) for year in years),
            claim(ANN, "acted_in", DAWN, character=jack),
            claim(ANN, "acted_in", DAWN, source="other", billing=canonical(LiteralType.COUNT, 1)),
        ),
    )
    first, second, acted = built.statements
    assert first.id != second.id
    assert dict(first.qualifiers)["work"] == ids.entity_id("imdb:tt1")
    assert first.valid_from is None
    assert [dict(piece.supports) for piece in acted.evidence] == [
        {"character": jack},
        {"billing": canonical(LiteralType.COUNT, 1)},
    ]
    assert len(acted.qualifiers) == 2


def test_one_row_that_names_two_characters_is_one_piece_of_evidence_for_both(store: Store) -> None:
    parts = [canonical(LiteralType.TEXT, part) for part in ("Jack", "Algernon")]
    built = made(store, record(*(claim(ANN, "acted_in", DAWN, character=part) for part in parts)))
    (statement,) = built.statements
    (piece,) = statement.evidence
    assert statement.qualifiers == piece.supports == tuple(("character", part) for part in parts)


def test_a_choice_that_the_store_lacks_is_refused(store: Store) -> None:
    built = stage_batch([record(claim(ANN, "directed", DAWN))], [{ANN: "enowhere"}], [{}], store, NOW)
    assert built.statements == ()
    assert "which the store lacks" in built.refusals[0].what


people = st.sampled_from(["Ann Lee", "ann lee", "Ben Orr", "Zoë"]).map(lambda t: Name(t, Kind.PERSON))
films = st.builds(
    Name,
    st.sampled_from(["Dawn", "The Dusk", "Dusk, The"]),
    st.just(Kind.FILM),
    st.sampled_from([(), (("imdb", "tt1"),), (("imdb", "tt2"), ("wikidata", "Q2"))]),
    st.sampled_from([None, 1990, 2005]),
)
claims = st.one_of(
    st.builds(claim, people, st.sampled_from(["directed", "acted_in", "wrote"]), films),
    st.builds(
        claim, films, st.just("genre"), st.sampled_from(["Drama", "drama", "Noir"]).map(lambda t: Name(t, Kind.GENRE))
    ),
    st.builds(claim, films, st.just("release_date"), st.sampled_from(["1990", "2005-03", "1600"]).map(day)),
)
batches = st.lists(st.lists(claims, max_size=4), max_size=4).map(
    lambda rows: [record(*some, row=row) for row, some in enumerate(rows, start=1)]
)


@settings(max_examples=25, deadline=None)
@given(batches, st.booleans())
def test_staging_twice_is_staging_once(rows: list[Extraction], take_best: bool) -> None:
    with opened() as store:
        (first,) = keep(store, rows, take_best=False)
        before = store.status()
        assert made(store, *rows, take_best=False) == made(store, *rows, take_best=False)
        keep(store, rows, take_best=False)
        after = store.status()
        assert (before.entities, before.statements, before.evidence) == (
            after.entities,
            after.statements,
            after.evidence,
        )
        assert all(s.evidence for s in first.statements)


class Counted:
    """A reader that counts what is asked of the one behind it."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self.asked = reader, 0

    def __getattr__(self, name: str) -> object:
        self.asked += 1
        return getattr(self._reader, name)


@pytest.mark.parametrize("rows", [1, 60])
def test_a_batch_of_any_size_asks_the_store_a_few_times(store: Store, rows: int) -> None:
    fill(store, [entity("eann", Kind.PERSON, "Ann Lee")], [fact("eann", "birth_date", day("1980"))])
    batch = [
        record(
            claim(ANN, "directed", Name(f"Film {row}", Kind.FILM), row=row),
            claim(ANN, "birth_date", day("1980"), row=row),
            claim(Name(f"Film {row}", Kind.FILM), "genre", DRAMA, row=row),
            row=row,
        )
        for row in range(rows)
    ]
    counted = Counted(store)
    built = made(counted, *batch)  # type: ignore[arg-type]
    assert len(built.statements) == 2 * rows + 1
    assert counted.asked <= 10
