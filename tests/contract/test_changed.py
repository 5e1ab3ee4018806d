from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.world import (
    ALL,
    PASSED,
    Opener,
    decision,
    entity,
    evidence,
    fact,
    fill,
    judgement,
    law,
    run,
    verdict,
    writing,
)

from marquee.graph.changed import Belief, Shift
from marquee.graph.store import Store
from marquee.schema.errors import CursorError, DeadlineExceeded, InputError, NotFound
from marquee.schema.kinds import Kind
from marquee.schema.selection import Page
from marquee.schema.values import Action, Status

FILM, ANN, BOB = entity("film"), entity("ann", Kind.PERSON), entity("bob", Kind.PERSON)
DIRECTED = fact("ann", "directed", "film", status=Status.PENDING)
WROTE = fact("bob", "wrote", "film")


def _last(store: Store) -> str:
    return store.runs(Page(1)).items[0].id


def _shifts(store: Store, run: str, since: str | None = None) -> dict[str, Shift]:
    return {one.statement: one.shift for one in store.changed(run, since, ALL).items}


def test_a_run_tells_what_it_added(store: Store) -> None:
    fill(store, [FILM, ANN, BOB], [DIRECTED])
    fill(store, [entity("more")], [WROTE])

    (added,) = store.changed(_last(store), None, ALL).items
    assert (added.statement, added.relation, added.shift) == (WROTE.id, "wrote", Shift.ADDED)
    assert (added.before, added.after, added.gained, added.lost) == (None, Belief(Status.ACCEPTED), 1, 0)
    assert [one.entity for one in store.changed_entities(_last(store), None, ALL).items] == ["more"]


def test_verdicts_evidence_and_probabilities_are_told_apart(store: Store) -> None:
    fill(store, [FILM, ANN, BOB], [DIRECTED, WROTE])
    first = _last(store)
    with writing(store) as writer:
        writer.stage([fact("bob", "wrote", "film", pieces=(evidence("news"),))])
        writer.apply([verdict(DIRECTED.id, Action.ACCEPT)], [judgement(DIRECTED.id, 0.75)])
    accepted = _last(store)
    with writing(store) as writer:
        writer.put_judgements([judgement(DIRECTED.id, 0.5)])
        writer.withdraw("news", {("news.csv", 1): ()})
    judged = _last(store)
    with writing(store) as writer:
        writer.decide([decision(DIRECTED.id, Action.REJECT)])
        writer.withdraw("films", {("films.csv", 1): ()})
    last = _last(store)

    assert _shifts(store, accepted) == {DIRECTED.id: Shift.ACCEPTED, WROTE.id: Shift.EVIDENCE}
    assert _shifts(store, judged) == {DIRECTED.id: Shift.JUDGED, WROTE.id: Shift.EVIDENCE}
    assert _shifts(store, last) == {DIRECTED.id: Shift.REJECTED, WROTE.id: Shift.WITHDRAWN}
    by_id = {one.statement: one for one in store.changed(judged, None, ALL).items}
    assert by_id[DIRECTED.id].moved == -0.25
    assert (by_id[WROTE.id].gained, by_id[WROTE.id].lost) == (0, 1)
    both = {one.statement: one for one in store.changed(judged, first, ALL).items}
    assert both[DIRECTED.id].before == Belief(Status.PENDING)
    assert both[DIRECTED.id].after == Belief(Status.ACCEPTED, probability=0.5)
    assert (both[WROTE.id].gained, both[WROTE.id].lost) == (0, 0)


def test_merged_entities_and_joined_statements(store: Store) -> None:
    twin = fact("bob", "directed", "film")
    fill(store, [FILM, ANN, BOB], [DIRECTED, twin])
    with writing(store) as writer:
        writer.merge({"ann": "bob"})

    (entity_,) = store.changed_entities(_last(store), None, ALL).items
    assert (entity_.entity, entity_.kind, entity_.merged_into) == ("ann", Kind.PERSON, "bob")
    changes = {one.statement: one for one in store.changed(_last(store), None, ALL).items}
    assert (changes[DIRECTED.id].shift, changes[DIRECTED.id].joined) == (Shift.JOINED, twin.id)


def test_pages_of_changes_join_up(store: Store) -> None:
    films = [entity(f"f{number}") for number in range(7)]
    fill(store, [ANN, *films], [fact("ann", "directed", film.id) for film in films])
    id_ = _last(store)

    first = store.changed(id_, None, Page(3))
    rest = store.changed(id_, None, Page(10, after=first.keys[-1]))
    back = store.changed(id_, None, Page(3, before=rest.keys[0], backward=True))
    assert (first.more, rest.more, back.more) == (True, False, False)
    assert back.items == first.items
    assert [*first.items, *rest.items] == list(store.changed(id_, None, ALL).items)
    entities = store.changed_entities(id_, None, Page(3))
    assert len(store.changed_entities(id_, None, Page(10, after=entities.keys[-1])).items) == 5
    with pytest.raises(CursorError):
        store.changed(id_, None, Page(3, after=("x",)))


def test_runs_that_tell_nothing_are_named(store: Store) -> None:
    fill(store, [FILM])
    early = _last(store)
    with pytest.raises(ValueError, match="stop"), store.writing(failed := run()):
        raise ValueError("stop")
    fill(store, [ANN])

    with pytest.raises(NotFound, match="'r0'"):
        store.changed("r0", None, ALL)
    with pytest.raises(InputError, match=f"{failed.id} is failed"):
        store.changed(failed.id, None, ALL)
    with pytest.raises(InputError, match="later"):
        store.changed_entities(early, _last(store), ALL)
    assert store.changed(_last(store), _last(store), ALL).items == ()
    with pytest.raises(DeadlineExceeded):
        store.changed(early, None, ALL, PASSED)


@law
@given(st.lists(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([*Action])), max_size=3), min_size=2, max_size=5))
def test_what_a_span_tells_is_what_its_runs_tell_in_turn(fresh: Opener, story: list[list[tuple[int, Action]]]) -> None:
    store = fresh()
    films = [entity(f"f{number}") for number in range(4)]
    facts = [fact("ann", "directed", film.id, status=Status.PENDING) for film in films]
    fill(store, [ANN, *films], facts)
    runs = [_last(store)]
    for verdicts in story:
        with writing(store) as writer:
            for number, action in verdicts:
                writer.apply([verdict(facts[number].id, action)], [judgement(facts[number].id, 0.5 + number / 8)])
        runs.append(_last(store))

    followed: dict[str, Belief | None] = dict.fromkeys((one.id for one in facts), Belief(Status.PENDING))
    for id_ in runs[1:]:
        for change in store.changed(id_, None, ALL).items:
            assert change.before == followed[change.statement]
            followed[change.statement] = change.after
    for change in store.changed(runs[-1], runs[0], ALL).items:
        assert change.after == followed[change.statement]
    store.close()
