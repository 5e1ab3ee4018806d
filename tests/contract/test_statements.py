from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.world import (
    ALL,
    Opener,
    billing,
    date,
    entity,
    everything,
    evidence,
    fact,
    fill,
    law,
    text,
    writing,
)

from marquee.graph.store import Dates, LedgerRow, Staged, Store
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Candidate, Document, Name, Part, Resolution, Statement, Status

WORLD = [
    entity("film", Kind.FILM),
    entity("sequel", Kind.FILM),
    entity("ann", Kind.PERSON),
    entity("ben", Kind.PERSON),
    entity("drama", Kind.GENRE),
    entity("oscar", Kind.AWARD),
]


def _plain(statement: Statement) -> Statement:
    """Without what the store itself sets."""
    return replace(statement, recorded_from="", recorded_to=None)


def test_a_statement_reads_as_it_was_staged(store: Store) -> None:
    open_name = Resolution(
        Name("Ben", Kind.PERSON, (("imdb", "nm1"),), 1970, (3, 6), ("Benny",)),
        (Candidate("ben", 0.75, {"name": 1.0}), Candidate("ann", 0.1)),
        0.2,
    )
    rich = replace(
        fact("ann", "acted_in", "film", qualifiers=(("character", text('Rip ☃ "ley"')), billing(1))),
        status=Status.PENDING,
        valid_from="1979",
        valid_to="1979-05",
        support=0.1 + 0.2,
        probability=2 / 3,
        interval=(1 / 7, 0.9),
        parts=(Part("graph", -1 / 3, 0.5, "why"), Part("type", 0.0)),
        candidates=(("subject", open_name),),
        reasons=("unsure", "two candidates"),
    )
    money = fact("film", "budget", canonical(LiteralType.MONEY, "11000000", "usd", 1979))
    award = fact("ann", "won", "oscar", qualifiers=(("year", Literal(LiteralType.YEAR, "1980")), ("work", "film")))

    fill(store, WORLD, [rich, money, award])

    found = store.statements([rich.id, money.id, award.id, "none"])
    assert {id_: _plain(one) for id_, one in found.items()} == {one.id: one for one in (rich, money, award)}
    assert found[rich.id].recorded_from


def test_evidence_comes_best_first_and_no_more_than_asked(store: Store) -> None:
    pieces = tuple(evidence(row=row, score=score) for row, score in [(1, 0.2), (2, 0.9), (3, 0.5)])
    one = fact("film", "genre", "drama", pieces=pieces)
    fill(store, WORLD, [one])

    assert [piece.locator.row for piece in store.statements([one.id], 2)[one.id].evidence] == [2, 3]
    assert store.statements([one.id], 0)[one.id].evidence == ()
    assert len(everything(store)[0].evidence) == 3


def test_a_known_statement_gains_evidence_and_the_qualifiers_it_supports(store: Store) -> None:
    first = fact("ann", "acted_in", "film", qualifiers=(("character", text("Ripley")),))
    second = fact("ann", "acted_in", "film", pieces=(evidence("credits", supports=(billing(1),)),))
    other = fact("film", "genre", "drama")
    fill(store, WORLD, [first, other])

    staged = fill(store, [], [second, first, other])

    assert staged == Staged((), (first.id,), 1)
    found = store.statements([first.id])[first.id]
    assert found.qualifiers == (("character", text("Ripley")), billing(1))
    assert {piece.source for piece in found.evidence} == {"films", "credits"}
    assert store.status().evidence == 3


def test_qualifiers_that_no_evidence_supports_are_not_kept(store: Store) -> None:
    one = fact("ann", "acted_in", "film", qualifiers=(billing(1),), pieces=(evidence(),))
    fill(store, WORLD, [one])

    assert everything(store)[0].qualifiers == ()


def test_validity_is_gained_once(store: Store) -> None:
    fill(store, WORLD, [fact("ann", "spouse", "ben")])
    fill(store, [], [fact("ann", "spouse", "ben", valid=("1990", None))])
    fill(store, [], [fact("ann", "spouse", "ben", valid=("1995", "1999-05"))])

    found = everything(store)[0]
    assert (found.valid_from, found.valid_to) == ("1990", "1999-05")


def test_no_statement_without_evidence_or_with_unknown_ends(store: Store) -> None:
    with pytest.raises(StoreError, match="no evidence"):
        fill(store, WORLD, [fact("film", "genre", "drama", pieces=())])
    with pytest.raises(StoreError, match="unknown entity 'nobody'"):
        fill(store, WORLD, [fact("film", "genre", "nobody")])
    assert store.status().entities == 0


_FACTS = st.builds(
    fact,
    st.sampled_from(["ann", "ben"]),
    st.sampled_from(["acted_in", "directed"]),
    st.sampled_from(["film", "sequel"]),
    status=st.sampled_from(Status),
    pieces=st.lists(
        st.builds(
            evidence,
            st.sampled_from(["films", "credits"]),
            st.integers(1, 2),
            st.lists(st.builds(billing, st.integers(1, 3)), max_size=1).map(tuple),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)


@law
@given(batch=st.lists(_FACTS, max_size=8))
def test_staging_twice_is_staging_once(fresh: Opener, batch: list[Statement]) -> None:
    store = fresh()
    first = fill(store, WORLD, batch)
    once = [_plain(one) for one in everything(store)]
    twice = fresh()  # a server has one store: the other is gone
    assert fill(twice, WORLD, batch) == first

    again = fill(twice, WORLD, batch)

    assert again == Staged((), (), len({one.id for one in batch}))
    assert [_plain(one) for one in everything(twice)] == once
    assert set(first.new) == {one.id for one in batch}


def test_a_work_without_a_release_is_dated_by_its_first_award(store: Store) -> None:
    def honour(relation: str, year: str, work: str, status: Status = Status.ACCEPTED) -> Statement:
        of = (("year", canonical(LiteralType.YEAR, year)), ("work", work))
        return fact("ann", relation, "oscar", qualifiers=of, status=status)

    honours = [
        honour("won", "1981", "film"),
        honour("nominated_for", "1980", "film"),
        honour("nominated_for", "1975", "film", Status.PENDING),
        honour("won", "1990", "sequel"),
    ]
    fill(store, WORLD, [*honours, fact("sequel", "release_date", date("1986-07"))])
    released = {id_: dates.released for id_, dates in store.dates(["film", "sequel", "ann"]).items()}
    assert released == {"film": "1980", "sequel": "1986-07", "ann": None}


def test_filters_of_the_list(store: Store) -> None:
    kept = [
        fact("ann", "acted_in", "film", probability=0.95),
        fact("film", "genre", "drama", status=Status.PENDING, probability=0.45),
        fact("ben", "acted_in", "film", status=Status.REJECTED, pieces=(evidence("credits"),)),
        fact("ben", "directed", "film"),
    ]
    a, b, c, d = (one.id for one in kept)
    fill(store, WORLD, kept[:3])
    with writing(store) as writer:
        writer.stage(kept[3:])
        run = next(iter(writer.runs(Page(1)).items)).id

    def ids(**which: object) -> list[str]:
        return [one.id for one in store.list_statements(StatementFilter(**which), ALL).items]  # type: ignore[arg-type]

    assert ids() == [a, b, c, d]
    assert ids(status=(Status.PENDING, Status.REJECTED)) == [b, c]
    assert ids(status=(Status.ACCEPTED,)) == [a, d]
    assert ids(relations=("acted_in",)) == [a, c]
    assert ids(source="credits") == [c]
    assert ids(source="nowhere") == []
    assert ids(run=run) == [d]
    assert ids(open_name=True) == []
    assert ids(doubt_first=True) == [b, a, c, d]


def test_point_reads_of_what_is_believed(store: Store) -> None:
    statements = [
        fact("film", "release_date", date("1979-05-25")),
        fact("film", "release_date", date("1979-09"), qualifiers=(("territory", text("UK")),)),
        fact("ann", "birth_date", date("1949")),
        fact("ann", "acted_in", "film"),
        fact("ben", "acted_in", "film", status=Status.REJECTED),
        fact("ann", "spouse", "ben", status=Status.PENDING),
        fact("ben", "sibling", "ann"),
    ]
    fill(store, WORLD, statements)

    assert store.dates(["film", "ann", "none"]) == {
        "film": Dates(released="1979-05-25"),
        "ann": Dates(born="1949"),
        "none": Dates(),
    }
    values = store.values([("film", "release_date"), ("film", "genre")])
    assert [one.object for one in values["film", "release_date"]] == [date("1979-05-25"), date("1979-09")]
    assert values["film", "genre"] == []
    assert store.neighbours(["film", "ann", "none"]) == {
        "film": frozenset({"ann"}),
        "ann": frozenset({"film", "ben"}),
        "none": frozenset(),
    }
    assert len(store.neighbours(["ann"], limit=1)["ann"]) == 1
    keys = [
        ("ann", "acted_in", "film"),
        ("ben", "acted_in", "film"),
        ("ann", "sibling", "ben"),
        ("ann", "spouse", "ben"),
    ]
    assert store.triples(keys) == {keys[0]: statements[3].id, keys[2]: statements[6].id}


def test_documents_and_ledger(store: Store) -> None:
    document = Document("d1", "news", "A text.\nTwo lines.", "news.txt", "2024-01-01T00:00:00Z", "CC0")
    with writing(store) as writer:
        writer.put_documents([document, document])
        writer.put_ledger([LedgerRow("news", "news.txt", "abc", "r1"), LedgerRow("films", "f.csv", "x", "r1")])
    with writing(store) as writer:
        writer.put_documents([document])
        writer.put_ledger([LedgerRow("news", "news.txt", "def", "r2")])

    assert store.documents(["d1", "d2"]) == {"d1": document}
    assert store.ledger("news") == {"news.txt": "def"}
    assert store.ledger("none") == {}
    assert store.status().documents == 1
