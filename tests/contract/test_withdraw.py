"""What a source takes back: its evidence ends, what only that supported goes with it, and history stays."""

from __future__ import annotations

from dataclasses import replace

from tests.contract.world import ALL, billing, date, entity, evidence, fact, fill, text, writing

from marquee.graph.store import Store, Withdrawn
from marquee.schema.kinds import Kind
from marquee.schema.selection import AsOf, StatementFilter
from marquee.schema.values import Action, Decision, Statement, Status

WORLD = [entity("film", Kind.FILM), entity("ann", Kind.PERSON), entity("ben", Kind.PERSON)]
PLACE = ("films.csv", 1)
EVERY = tuple(Status)


def acted(*pieces: int, source: str = "films", **more: object) -> Statement:
    rows = tuple(evidence(source, row) for row in pieces or (1,))
    return fact("ann", "acted_in", "film", pieces=rows, **more)  # type: ignore[arg-type]


def one(store: Store, id_: str) -> Statement:
    return store.statements([id_])[id_]


def test_a_statement_without_evidence_left_is_withdrawn(store: Store) -> None:
    fill(store, WORLD, [acted()])
    with writing(store) as writer:
        assert writer.withdraw("films", {PLACE: ()}) == Withdrawn(lost=(acted().id,))
    gone = one(store, acted().id)
    assert (gone.status, gone.evidence) == (Status.WITHDRAWN, ())
    assert store.list_statements(StatementFilter(status=(Status.ACCEPTED,)), ALL).items == ()
    assert len(store.snapshot()) == 0
    assert store.neighbours(["film"])["film"] == frozenset()
    assert [named.degree for named in store.by_name(["film"])["film"]] == [0]
    assert store.status().evidence == 0


def test_one_that_others_state_as_well_stays(store: Store) -> None:
    fill(store, WORLD, [acted(1, 2)])
    with writing(store) as writer:
        assert writer.withdraw("films", {PLACE: ()}) == Withdrawn(weakened=(acted().id,))
    kept = one(store, acted().id)
    assert (kept.status, [piece.locator.row for piece in kept.evidence]) == (Status.ACCEPTED, [2])


def test_qualifiers_and_dates_that_only_it_supported_go_with_it(store: Store) -> None:
    role = ("character", text("Rip"))
    ended = ("end", date("1980"))
    first = evidence(row=1, supports=(role, ended))
    second = evidence("press", 9, supports=(billing(2),))
    both = fact("ann", "acted_in", "film", qualifiers=(role, billing(2)), pieces=(first, second))
    fill(store, WORLD, [replace(both, valid_to="1980")])
    with writing(store) as writer:
        writer.withdraw("films", {PLACE: ()})
    kept = one(store, both.id)
    assert kept.qualifiers == (billing(2),)
    assert kept.valid_to is None


def test_what_a_place_states_still_is_kept(store: Store) -> None:
    other = fact("ben", "directed", "film", pieces=(evidence(),))
    fill(store, WORLD, [acted(), other])
    with writing(store) as writer:
        assert writer.withdraw("films", {PLACE: (other.id,)}) == Withdrawn(lost=(acted().id,))
    assert one(store, other.id).status is Status.ACCEPTED


def test_other_places_and_other_sources_are_left_alone(store: Store) -> None:
    fill(store, WORLD, [acted()])
    with writing(store) as writer:
        for source, place in [("films", ("films.csv", 2)), ("films", ("films.csv", None)), ("press", PLACE)]:
            assert writer.withdraw(source, {place: ()}) == Withdrawn()
    assert one(store, acted().id).status is Status.ACCEPTED


def test_what_was_believed_before_stays_known(store: Store) -> None:
    with writing(store, finished="2020-01-01T00:00:00Z") as writer:
        writer.put_entities(WORLD)
        writer.stage([acted()])
    with writing(store, finished="2021-01-01T00:00:00Z") as writer:
        writer.withdraw("films", {PLACE: ()})
    then = AsOf(known_at="2020-06-01")
    (before,) = store.list_statements(StatementFilter(as_of=then), ALL).items
    assert (before.status, len(before.evidence)) == (Status.ACCEPTED, 1)
    assert len(store.snapshot(as_of=then)) == 1


def test_one_that_is_stated_again_is_pending_again(store: Store) -> None:
    fill(store, WORLD, [acted()])
    with writing(store) as writer:
        writer.withdraw("films", {PLACE: ()})
    with writing(store) as writer:
        assert writer.stage([acted()]).grown == (acted().id,)
    again = one(store, acted().id)
    assert (again.status, len(again.evidence)) == (Status.PENDING, 1)


def test_a_rejected_one_stays_rejected_and_one_that_waits_waits_no_more(store: Store) -> None:
    fill(store, WORLD, [acted(), fact("ben", "directed", "film", status=Status.PENDING, pieces=(evidence(),))])
    with writing(store) as writer:
        writer.decide([Decision(acted().id, Action.REJECT, "no", "ann", "2020-01-01T00:00:00Z")])
    with writing(store) as writer:
        assert len(writer.withdraw("films", {PLACE: ()}).lost) == 1
    assert one(store, acted().id).status is Status.REJECTED
    assert store.list_statements(StatementFilter(status=EVERY, review=True), ALL).items == ()


def test_what_a_merge_moved_is_found_where_it_is_today(store: Store) -> None:
    fill(store, WORLD, [acted()])
    with writing(store) as writer:
        writer.merge({"ann": "ben"})
    with writing(store) as writer:
        assert writer.withdraw("films", {PLACE: (acted().id,)}) == Withdrawn()
        assert len(writer.withdraw("films", {PLACE: ()}).lost) == 1
    assert one(store, acted().id).status is Status.WITHDRAWN


def test_a_piece_that_reads_otherwise_now_takes_the_place_of_the_old(store: Store) -> None:
    fill(store, WORLD, [acted()])
    changed = replace(acted(), evidence=(replace(evidence(supports=(billing(3),)), quote="row 1, mended", score=0.5),))
    with writing(store) as writer:
        assert writer.stage([changed]).grown == (acted().id,)
    (piece,) = one(store, acted().id).evidence
    assert (piece.quote, piece.score, piece.supports) == ("row 1, mended", 0.5, (billing(3),))
    with writing(store) as writer:
        assert writer.stage([changed]).same == 1
