from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.world import (
    ALL,
    Opener,
    billing,
    decision,
    entity,
    everything,
    evidence,
    fact,
    fill,
    judgement,
    law,
    verdict,
    writing,
)

from marquee.graph.store import Reader, Store
from marquee.schema.errors import NotFound, VocabularyError
from marquee.schema.kinds import Kind
from marquee.schema.selection import AsOf, Direction, Page, Selection, StatementFilter
from marquee.schema.values import Action, Status

WORLD = [entity("film"), entity("ann", Kind.PERSON), entity("ben", Kind.PERSON), entity("drama", Kind.GENRE)]
ONE = fact("ann", "acted_in", "film", status=Status.PENDING)
TWO = fact("ben", "acted_in", "film", status=Status.PENDING)


def _review(reader: Reader) -> list[str]:
    return [one.id for one in reader.list_statements(StatementFilter(review=True), ALL).items]


def test_support_judgement_and_verdict_are_read_back(store: Store) -> None:
    fill(store, WORLD, [ONE, TWO])
    told = judgement(ONE.id, 0.1 + 0.2)

    with writing(store) as writer:
        writer.put_support({ONE.id: 2 / 3})
        writer.put_judgements([told])
        writer.apply([verdict(ONE.id, Action.ACCEPT, "sure", "checked")])
        assert writer.statements([ONE.id])[ONE.id].status is Status.ACCEPTED

    found = store.statements([ONE.id])[ONE.id]
    assert (found.support, found.probability, found.interval) == (2 / 3, 0.1 + 0.2, told.interval)
    assert found.parts == told.parts
    assert found.reasons == ("sure", "checked")
    assert store.statements([TWO.id])[TWO.id].status is Status.PENDING


def test_an_unknown_statement_cannot_be_judged(store: Store) -> None:
    for change in (
        lambda writer: writer.put_support({"none": 0.5}),
        lambda writer: writer.put_judgements([judgement("none", 0.5)]),
        lambda writer: writer.apply([verdict("none", Action.ACCEPT)]),
        lambda writer: writer.decide([decision("none", Action.ACCEPT)]),
    ):
        with pytest.raises(NotFound, match="none"), writing(store) as writer:
            change(writer)


def test_review_waits_for_a_decision(store: Store) -> None:
    fill(store, WORLD, [ONE, TWO])
    with writing(store) as writer:
        writer.put_judgements([judgement(ONE.id, 0.45), judgement(TWO.id, 0.97)])
        writer.apply([verdict(ONE.id, Action.REVIEW, "close"), verdict(TWO.id, Action.ACCEPT, "sure", audit=True)])

    assert _review(store) == [ONE.id, TWO.id]
    assert store.status().review == 2
    assert store.statements([TWO.id])[TWO.id].status is Status.ACCEPTED

    first, second = decision(ONE.id, Action.REJECT, "2024-05-02"), decision(TWO.id, Action.ACCEPT, "2024-05-01")
    with writing(store) as writer:
        writer.decide([first, second])

    assert _review(store) == []
    assert store.decisions() == [second, first]
    assert store.decisions([ONE.id]) == [first]
    assert store.statements([ONE.id])[ONE.id].status is Status.REJECTED

    with writing(store) as writer:
        writer.decide([decision(ONE.id, Action.REVIEW)])
    assert _review(store) == [ONE.id]
    assert store.statements([ONE.id])[ONE.id].status is Status.PENDING


def test_a_superseded_statement_stays_in_the_past(store: Store) -> None:
    fill(store, WORLD, [ONE])
    with writing(store) as writer:
        writer.apply([verdict(ONE.id, Action.ACCEPT)])
    with writing(store) as writer:
        writer.supersede([ONE.id])
        with pytest.raises(NotFound):
            writer.supersede(["none"])

    found = store.statements([ONE.id])[ONE.id]
    assert found.status is Status.SUPERSEDED
    assert found.recorded_to is not None
    assert _review(store) == []


def test_a_withdrawn_statement_with_new_evidence_is_pending_again(store: Store) -> None:
    fill(store, WORLD, [fact("ann", "directed", "film", status=Status.WITHDRAWN)])
    fill(store, [], [fact("ann", "directed", "film", pieces=(evidence("credits"),))])

    assert everything(store)[0].status is Status.PENDING


def test_degree_follows_status(store: Store) -> None:
    fill(store, WORLD, [ONE, TWO])

    def degree(reader: Reader) -> int:
        return reader.by_name(["film"])["film"][0].degree

    assert degree(store) == 0
    with writing(store) as writer:
        writer.apply([verdict(ONE.id, Action.ACCEPT), verdict(TWO.id, Action.ACCEPT)])
        assert degree(writer) == 2
    with writing(store) as writer:
        writer.apply([verdict(ONE.id, Action.REJECT)])
    assert degree(store) == 1


# --- recorded time -------------------------------------------------------------------------------

DAY = [f"2024-01-{day:02d}T00:00:00Z" for day in range(1, 31)]


def test_what_was_believed_at_each_time(store: Store) -> None:
    fill(store, WORLD, [ONE], DAY[1])
    with writing(store, DAY[3]) as writer:
        writer.put_judgements([judgement(ONE.id, 0.9)])
        writer.apply([verdict(ONE.id, Action.ACCEPT)])
    fill(
        store,
        [],
        [
            fact(
                "ann",
                "acted_in",
                "film",
                qualifiers=(billing(1),),
                pieces=(evidence("credits", supports=(billing(1),)),),
            )
        ],
        DAY[5],
    )
    with writing(store, DAY[7]) as writer:
        writer.decide([decision(ONE.id, Action.REJECT)])

    def at(time: str | None) -> list[tuple[Status, float | None, int, str | None]]:
        which = StatementFilter(as_of=AsOf(known_at=time))
        items = store.list_statements(which, ALL).items
        return [(one.status, one.probability, len(one.qualifiers), one.recorded_to) for one in items]

    assert at(DAY[0]) == []
    assert at(DAY[1]) == at(DAY[2]) == [(Status.PENDING, None, 0, None)]
    assert at(DAY[4]) == [(Status.ACCEPTED, 0.9, 0, None)]
    assert at(DAY[6]) == [(Status.ACCEPTED, 0.9, 1, None)]
    assert at(DAY[8]) == at(None) == [(Status.REJECTED, 0.9, 1, DAY[7])]
    assert {one.recorded_from for one in everything(store)} == {DAY[1]}
    assert at("2024-01-04") == [(Status.ACCEPTED, 0.9, 0, None)]

    def cast(time: str) -> list[str]:
        page = Selection(("acted_in",), Direction.IN, as_of=AsOf(known_at=time), evidence=5)
        return [edge.statement.id for edge in store.fetch(["film"], {"cast": page})["film"].pages["cast"].items]

    assert cast(DAY[2]) == []
    assert cast(DAY[6]) == [ONE.id]
    assert cast(DAY[8]) == []
    assert list(store.snapshot(as_of=AsOf(known_at=DAY[4])).statements) == [ONE.id]
    assert len(store.snapshot(as_of=AsOf(known_at=DAY[8]))) == 0


def test_times_that_cannot_be_read_are_refused(store: Store) -> None:
    for as_of in (AsOf(known_at="yesterday"), AsOf(valid_at="19x9")):
        with pytest.raises(VocabularyError, match="Write"):
            store.list_statements(StatementFilter(as_of=as_of), ALL)


@pytest.mark.parametrize(
    ("valid", "at", "held"),
    [
        (("1990", "1995"), "1989", False),
        (("1990", "1995"), "1990-06-01", True),
        (("1990-06", None), "1990", True),
        (("1990-06", None), "1990-05-31", False),
        ((None, "1995-03"), "1995-03-31", True),
        ((None, "1995-03"), "1995-04", False),
        ((None, None), "1800", True),
        (("1990s", "1990s"), "1999-12-31", True),
    ],
)
def test_what_was_true_at_a_date(store: Store, valid: tuple[str | None, str | None], at: str, held: bool) -> None:
    fill(store, WORLD, [fact("ann", "spouse", "ben", valid=valid)])

    as_of = AsOf(valid_at=at)

    assert bool(store.list_statements(StatementFilter(as_of=as_of), ALL).items) is held
    pages = store.fetch(["ben"], {"spouse": Selection(("spouse",), as_of=as_of)})["ben"].pages
    assert bool(pages["spouse"].items) is held


_CHANGES = st.lists(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([*Action, 0.2, 0.8, "evidence"])), max_size=4), max_size=6
)


def _state(reader: Reader, as_of: AsOf) -> list[tuple[object, ...]]:
    items = reader.list_statements(StatementFilter(as_of=as_of), ALL).items
    return [(one.id, one.status, one.probability, one.support, len(one.evidence), one.recorded_to) for one in items]


@law
@given(runs=_CHANGES)
def test_the_past_reads_as_it_was(fresh: Opener, runs: Sequence[Sequence[tuple[int, Action | float | str]]]) -> None:
    store = fresh()
    facts = [
        fact(who, what, "film", status=Status.PENDING) for who in ("ann", "ben") for what in ("acted_in", "directed")
    ]
    fill(store, WORLD, [], DAY[0])
    seen = {DAY[0]: _state(store, AsOf())}

    for number, changes in enumerate(runs, 1):
        time = (datetime.fromisoformat(DAY[0]) + timedelta(number)).astimezone(UTC).isoformat()
        with writing(store, time) as writer:
            for which, change in changes:
                writer.stage([facts[which]])
                if isinstance(change, Action):
                    writer.apply([verdict(facts[which].id, change)])
                elif isinstance(change, float):
                    writer.put_judgements([judgement(facts[which].id, change)])
                    writer.put_support({facts[which].id: change / 3})
                else:
                    one = facts[which]
                    writer.stage([fact(one.subject, one.relation, "film", pieces=(evidence(change, number),))])
        seen[time] = _state(store, AsOf())

    for time, state in seen.items():
        assert _state(store, AsOf(known_at=time)) == state


def test_the_list_pages_through_the_past(store: Store) -> None:
    fill(store, WORLD, [ONE, TWO], DAY[0])
    with writing(store, DAY[2]) as writer:
        writer.apply([verdict(ONE.id, Action.ACCEPT)])

    which = StatementFilter((Status.PENDING,), as_of=AsOf(known_at=DAY[1]))
    first = store.list_statements(which, Page(1))
    second = store.list_statements(which, Page(1, after=first.keys[0]))

    assert [one.id for one in (*first.items, *second.items)] == [ONE.id, TWO.id]
    assert (first.more, second.more) == (True, False)
