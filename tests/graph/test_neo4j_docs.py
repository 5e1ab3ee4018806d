"""What docs/neo4j.md says of the graph is so: its three queries answer, its nodes and relationships are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contract.world import date, decision, entity, fact, fill, judgement, run
from tests.neo4j.server import PASSWORD, Server, cypher, empty, shared

from marquee.graph.neo4j_store import Neo4jStore
from marquee.graph.store import LedgerRow
from marquee.schema.kinds import Kind
from marquee.schema.values import Action, Attribute, Document

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "neo4j.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```cypher\n(.*?)```", PAGE, re.DOTALL)
PEOPLE = {"sigourney": "Sigourney Weaver", "tom": "Tom Skerritt", "john": "John Lasseter"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server with a small graph in which there is everything that the page speaks of."""
    server = shared()
    empty(server)
    store = Neo4jStore(server.url, PASSWORD)
    fill(
        store,
        [
            *(entity(id_, Kind.PERSON, name, keys=(("imdb", id_),)) for id_, name in PEOPLE.items()),
            entity("weaver", Kind.PERSON, "S. Weaver"),
            entity("alien", Kind.FILM, "Alien"),
            entity("toys", Kind.FILM, "Toy Story"),
            entity("series", Kind.SERIES, "Toys on the Air"),
            entity("pixar", Kind.STUDIO, "Pixar"),
            entity("hbo", Kind.NETWORK, "HBO"),
            entity("horror", Kind.GENRE, "Horror"),
            entity("oscar", Kind.AWARD, "Oscar"),
        ],
        [
            fact("sigourney", "acted_in", "alien", probability=0.5),
            fact("tom", "acted_in", "alien", probability=0.95),
            fact("toys", "production_company", "pixar"),
            fact("john", "directed", "toys"),
            fact("john", "directed", "series"),
            fact("series", "broadcast_by", "hbo"),
            fact("alien", "genre", "horror"),
            fact("alien", "release_date", date("1979-05-25")),
            fact("weaver", "nominated_for", "oscar", qualifiers=(("work", "alien"),)),
        ],
    )
    with store.writing(run()) as writer:
        writer.put_judgements([judgement(fact("sigourney", "acted_in", "alien").id, 0.99)])
        writer.decide([decision(fact("sigourney", "acted_in", "alien").id, Action.ACCEPT)])
        writer.put_attributes([Attribute("alien", "popularity", 1.0, "", "2024", 1)])
        writer.put_documents([Document("d1", "news", "A text.")])
        writer.put_ledger([LedgerRow("films", "a", "x", "r")])
    with store.writing(run()) as writer:
        writer.merge({"weaver": "sigourney"})
    store.close()
    yield server
    empty(server)


@pytest.mark.parametrize("query", QUERIES, ids=["who acted with whom", "from company to company", "why believed"])
def test_a_query_of_the_page_answers(server: Server, query: str) -> None:
    assert cypher(server, query)


def test_the_queries_answer_what_they_say(server: Server) -> None:
    together, way, why = (cypher(server, query) for query in QUERIES)
    assert together == [["Sigourney Weaver", "Tom Skerritt", 1]]
    assert way == [[["Pixar", "Toy Story", "John Lasseter", "Toys on the Air", "HBO"]]]
    assert [row[:4] for row in why] == [["accepted", 0.99, "films", "films.csv"]]
    assert why[0][-1] == ["accepted"]


def test_the_nodes_of_the_page_are_there_and_no_others_are_marquees(server: Server) -> None:
    table = "\n".join(line for line in PAGE.splitlines() if line.startswith("| `Marquee"))
    told = set(re.findall(r"\bMarquee[A-Z]\w+", table))
    there = {row[0] for row in cypher(server, "MATCH (x) UNWIND labels(x) AS l RETURN DISTINCT l")}
    assert told <= there
    assert {name for name in there if name.startswith("Marquee")} <= told


def test_the_relationships_of_the_page_are_there(server: Server) -> None:
    told = set(re.findall(r"\[:([A-Z_]+)\]", PAGE))
    there = {row[0] for row in cypher(server, "MATCH ()-[r]->() RETURN DISTINCT type(r)")}
    assert {"NAMES", "SUBJECT", "OBJECT", "SUPPORTS", "MENTIONS", "MERGED_INTO", "WAS"} < told
    assert told <= there


@pytest.mark.parametrize(
    "pattern",
    [
        "(:MarqueeName)-[:NAMES]->(:MarqueeEntity)",
        "(:MarqueeKey)-[:IDENTIFIES]->(:MarqueeEntity)",
        "(:MarqueeStatement)-[:SUBJECT]->(:MarqueeEntity)",
        "(:MarqueeStatement)-[:OBJECT]->(:MarqueeEntity)",
        "(:MarqueeEvidence)-[:SUPPORTS]->(:MarqueeStatement)",
        "(:MarqueeDecision)-[:DECIDES]->(:MarqueeStatement)",
        "(:MarqueeAttribute)-[:MEASURES]->(:MarqueeEntity)",
        "(:MarqueeEntity:Film {name: 'Alien'})-[:GENRE]->(:Genre:MarqueeShared)",
        "(:MarqueeStatement {type: 'date', value: '1979-05-25'})-[:SUBJECT]->(:Film)",
        "(:MarqueeEntity&!Person {id: 'weaver'})-[:MERGED_INTO]->(:Person {name: 'Sigourney Weaver'})",
    ],
)
def test_a_pattern_that_the_page_tells_of_matches(server: Server, pattern: str) -> None:
    assert cypher(server, f"MATCH {pattern} RETURN 1 LIMIT 1") == [[1]]


def test_every_accepted_statement_between_entities_is_one_plain_relationship(server: Server) -> None:
    stated = "MATCH (a)<-[:SUBJECT]-(s:MarqueeStatement {status: 'accepted'})-[:OBJECT]->(b)"
    assert cypher(server, f"{stated} RETURN count(s)") == [[8]]
    plain = f"{stated} MATCH (a)-[r]->(b) WHERE r.statement = s.id AND type(r) = toUpper(s.relation) RETURN count(r)"
    assert cypher(server, plain) == [[8]]
    assert cypher(server, "MATCH ()-[r]->() WHERE r.statement IS NOT NULL RETURN count(r)") == [[8]]
