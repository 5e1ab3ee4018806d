"""Ties in Neo4j itself, as someone else's Cypher sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.contract.world import date, entity, everything, fact, fill, writing
from tests.neo4j.server import Server, cypher

from marquee.graph import levels, levels_neo4j
from marquee.graph.levels import Projection
from marquee.graph.neo4j_store import Neo4jStore
from marquee.schema.errors import StoreBusy
from marquee.schema.kinds import Kind, Level
from marquee.schema.selection import AsOf

TIES = """MATCH (a:Person)-[t:COLLABORATED_WITH]->(b:Person)
RETURN a.name, b.name, t.level, t.weight, t.recent, t.first, t.shared ORDER BY a.name, b.name"""
MAKERS = [("ann", "duet"), ("ben", "duet"), ("ann", "trio"), ("ben", "trio"), ("cay", "trio")]
DAYS = "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"


def given(store: Neo4jStore) -> None:
    people = [entity(one, Kind.PERSON, one.title()) for one in ("ann", "ben", "cay")]
    works = [entity("duet", Kind.FILM), entity("trio", Kind.FILM)]
    fill(store, [*people, *works], [fact(one, "acted_in", work) for one, work in MAKERS], DAYS[0])


def people(store: Neo4jStore) -> Projection:
    return levels.project(store, Level.PERSON)


def ties(server: Server, *shown: str) -> list[list[object]]:
    returned = ", ".join(f"t.{name}" for name in shown)
    return cypher(server, f"MATCH (a)-[t:COLLABORATED_WITH]->(b) RETURN a.id, b.id, {returned} ORDER BY a.id, b.id")


def test_ties_are_written_once_and_take_the_place_of_older_ones(store: Neo4jStore, server: Server) -> None:
    given(store)
    fill(store, (), [fact("duet", "release_date", date("1980"))])
    before = [(one.id, one.status) for one in everything(store)]

    for _ in range(2):
        assert levels_neo4j.write(levels.project(store, Level.PERSON), store) == 3
        assert cypher(server, TIES) == [
            ["Ann", "Ben", "person", 1.5, 1.25, 1980, 2],
            ["Ann", "Cay", "person", 0.5, 0.25, None, 1],
            ["Ben", "Cay", "person", 0.5, 0.25, None, 1],
        ]

    assert levels_neo4j.write(levels.project(store, crowd=2), store) == 1 + 1
    assert [row[:4] for row in cypher(server, TIES)] == [["Ann", "Ben", "person", 1.0]]
    assert cypher(server, "MATCH (a:Film)-[t:SHARES_TALENT]-(b:Film) RETURN DISTINCT t.weight") == [[2.0]]
    assert [(one.id, one.status) for one in everything(store)] == before
    assert store.path("ann", "cay") is not None
    assert len(store.path("ann", "cay") or ()) == 2  # over facts, not over ties


def test_a_tie_says_of_what_moment_it_is_and_what_was_asked_for(store: Neo4jStore, server: Server) -> None:
    given(store)
    fill(store, (), [fact("duet", "release_date", date("1980"))], DAYS[1])
    projection = levels.project(store, Level.PERSON, AsOf("1990"), crowd=2)
    levels_neo4j.write(projection, store, {"crowd": 2, "licences": ["CC0"]})
    asked = ["ann", "ben", "1990", DAYS[1], 2, ["CC0"], None]
    assert ties(server, "valid_at", "known_at", "crowd", "licences", "min_probability") == [asked]
    levels_neo4j.write(people(store), store)
    assert ties(server, "valid_at", "crowd")[0] == ["ann", "ben", None, None]
    assert len({written for *_, written in ties(server, "written")}) == 1


def test_ties_wait_for_nobody_who_writes_and_stand_until_all_are_written(store: Neo4jStore, server: Server) -> None:
    given(store)
    levels_neo4j.write(people(store), store)
    before = ties(server, "weight", "written")
    projection = people(store)
    with writing(store), pytest.raises(StoreBusy, match="held by"):
        levels_neo4j.write(projection, store)
    with pytest.raises(IndexError):
        levels_neo4j.write(replace(projection, circles=()), store)
    assert ties(server, "weight", "written") == before


def test_whoever_was_merged_away_keeps_no_tie(store: Neo4jStore, server: Server) -> None:
    given(store)
    old = people(store)
    levels_neo4j.write(old, store)
    with writing(store) as writer:
        writer.merge({"cay": "ben"})
    assert levels_neo4j.write(people(store), store) == 1
    assert ties(server, "weight") == [["ann", "ben", 2.0]]
    assert levels_neo4j.write(old, store) == 1


def test_more_ties_than_are_taken_away_at_once_all_go(
    store: Neo4jStore, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(store)
    levels_neo4j.write(levels.project(store), store)
    monkeypatch.setattr(levels_neo4j, "_AT_ONCE", 1)
    assert levels_neo4j.write(levels.project(store, min_probability=1.0), store) == 0
    assert ties(server, "weight") == []
