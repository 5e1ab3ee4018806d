"""Ties in Neo4j itself, as someone else's Cypher sees them."""

from __future__ import annotations

from tests.contract.world import date, entity, everything, fact, fill
from tests.neo4j.server import Server, cypher

from marquee.graph import levels, levels_neo4j
from marquee.graph.neo4j_store import Neo4jStore
from marquee.schema.kinds import Kind, Level

TIES = """MATCH (a:Person)-[t:COLLABORATED_WITH]->(b:Person)
RETURN a.name, b.name, t.level, t.weight, t.recent, t.first, t.shared ORDER BY a.name, b.name"""
MAKERS = [("ann", "duet"), ("ben", "duet"), ("ann", "trio"), ("ben", "trio"), ("cay", "trio")]


def test_ties_are_written_once_and_take_the_place_of_older_ones(store: Neo4jStore, server: Server) -> None:
    people = [entity(one, Kind.PERSON, one.title()) for one in ("ann", "ben", "cay")]
    works = [entity("duet", Kind.FILM), entity("trio", Kind.FILM)]
    fill(store, [*people, *works], [fact(*pair) for pair in ((a, "acted_in", b) for a, b in MAKERS)])
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
