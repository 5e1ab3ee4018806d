"""Levels of a store: its graph as it stands, and as it stood."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contract.world import Opener, date, decision, entity, evidence, fact, fill, judgement, law, writing

from marquee.graph import levels, levels_evidence
from marquee.graph.levels import Projection
from marquee.graph.store import Store
from marquee.schema.kinds import Kind, Level
from marquee.schema.selection import AsOf
from marquee.schema.values import Action, Statement

DAYS = [f"2024-01-{day:02d}T00:00:00Z" for day in range(1, 4)]
PEOPLE = [entity(one, Kind.PERSON, one.title()) for one in ("ann", "ben", "cay")]
FILMS = [entity(one, Kind.FILM, one.title()) for one in ("duet", "trio")]
LEVELS = (Level.WORK, Level.PERSON, Level.INSTITUTION, None)


def shown(projection: Projection) -> tuple[object, ...]:
    graph = projection.graph
    return list(graph.entities), list(graph.kinds), list(graph.names), list(projection.lines()), projection.years


def edges(store: Store, level: Level | None, *asked: object) -> dict[tuple[str, str], float]:
    projection = levels.project(store, level, *asked)  # type: ignore[arg-type]
    ids = projection.graph.entities
    return {(ids[line.head], ids[line.tail]): line.weight for line in projection.lines()}


def test_people_are_tied_by_what_is_accepted_and_probable(store: Store) -> None:
    facts = [fact(one, "acted_in", "duet") for one in ("ann", "ben", "cay")]
    fill(store, [*PEOPLE, *FILMS], [*facts, fact("duet", "release_date", date("1980-05"))])
    with writing(store) as writer:
        writer.put_judgements([judgement(facts[0].id, 0.9), judgement(facts[1].id, 0.9), judgement(facts[2].id, 0.5)])

    assert edges(store, Level.PERSON) == {("ann", "ben"): 0.5, ("ann", "cay"): 0.5, ("ben", "cay"): 0.5}
    assert edges(store, Level.PERSON, AsOf(), 0.9) == {("ann", "ben"): 1.0}
    assert next(levels.project(store, Level.PERSON).lines()).first == 1980

    with writing(store) as writer:
        writer.decide([decision(facts[1].id, Action.REJECT)])
    assert edges(store, Level.PERSON) == {("ann", "cay"): 1.0}


def test_a_tie_that_ended_is_there_as_of_when_it_held(store: Store) -> None:
    fill(store, PEOPLE, [fact("ann", "spouse", "ben", valid=("1990", "1995"))])
    assert edges(store, Level.PERSON, AsOf("1992")) == {("ann", "ben"): 1.0}
    assert edges(store, Level.PERSON, AsOf("1999")) == {}


def test_stated_edges_come_with_their_evidence(store: Store) -> None:
    fill(store, PEOPLE, [fact("ann", "spouse", "ben"), fact("cay", "sibling", "ben")])
    projection = levels.project(store, Level.PERSON)
    found = list(levels_evidence.statements(store, projection))
    assert sorted(one.id for one in found) == list(projection.graph.statements)
    assert all(one.evidence for one in found)
    assert [one.label for one in levels_evidence.entities(store, projection)] == ["Ann", "Ben", "Cay"]


def test_an_export_is_of_one_state_whatever_happens_meanwhile(store: Store) -> None:
    wed, kin = fact("ann", "spouse", "ben", pieces=(evidence("films"),)), fact("cay", "sibling", "ben")
    fill(store, PEOPLE, [wed, kin])
    projection = levels.project(store, Level.PERSON)
    then = [replace(one, recorded_to=None) for one in levels_evidence.statements(store, projection)]
    with writing(store) as writer:
        writer.withdraw("films", {("films.csv", 1): ()})
    with writing(store) as writer:
        writer.merge({"ann": "cay"})

    assert [one.id for one in levels_evidence.entities(store, projection)] == ["ann", "ben", "cay"]
    found = list(levels_evidence.statements(store, projection))
    assert [one.id for one in found] == [one.id for one in then]
    assert [one.evidence for one in found] == [one.evidence for one in then]


CREDITS = st.lists(
    st.builds(
        fact,
        st.sampled_from(["ann", "ben", "cay"]),
        st.sampled_from(["acted_in", "directed"]),
        st.sampled_from(["duet", "trio"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@settings(law, max_examples=8)  # each projects four levels twice, and Neo4j takes its time
@given(first=CREDITS, second=CREDITS, rejected=st.integers(0, 7))
def test_the_past_is_what_was_projected_then(
    fresh: Opener, first: list[Statement], second: list[Statement], rejected: int
) -> None:
    store = fresh()
    fill(store, [*PEOPLE, *FILMS], first, DAYS[0])
    then = [shown(levels.project(store, level)) for level in LEVELS]
    fill(store, (), second, DAYS[1])
    with writing(store, DAYS[2]) as writer:
        writer.decide([decision(one.id, Action.REJECT) for one in first[rejected : rejected + 1]])

    past = AsOf(known_at=DAYS[0])

    assert [shown(levels.project(store, level, past)) for level in LEVELS] == then
