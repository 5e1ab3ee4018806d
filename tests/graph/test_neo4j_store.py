"""What only a real server can show: what others see, what is left alone, what cannot be opened, sizes and odd names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.contract.world import billing, entity, fact, fill, judgement, run, verdict
from tests.neo4j.server import PASSWORD, Server, cypher

from marquee.graph.neo4j_store import Neo4jStore
from marquee.schema.errors import (
    DeadlineExceeded,
    MarqueeError,
    SettingsError,
    StoreError,
    StoreVersionError,
)
from marquee.schema.kinds import Kind
from marquee.schema.selection import Deadline, Direction, Page, Selection
from marquee.schema.values import Action, Status

ROOT = Path(__file__).resolve().parents[2]
WORLD = [entity("film"), entity("ann", Kind.PERSON, "Ann", keys=(("imdb", "nm1"),)), entity("drama", Kind.GENRE)]
ONE = fact("film", "genre", "drama")
TWO = fact("ann", "acted_in", "film", status=Status.PENDING)


# --- what others see -----------------------------------------------------------------------------


def _plain(server: Server) -> list[Any]:
    query = "MATCH (a)-[r]->(b) WHERE r.statement IS NOT NULL RETURN a.id, type(r), b.id, r.statement, r.probability"
    return cypher(server, f"{query} ORDER BY r.statement")


@pytest.mark.parametrize("most", [1, 20_000])
def test_plain_relationships_follow_what_is_believed(
    server: Server, store: Neo4jStore, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("marquee.graph.neo4j_changes._MOST", most)
    fill(store, [*WORLD, entity("ann2", Kind.PERSON)], [ONE, TWO, fact("ann2", "directed", "film")])
    drama, directed = ["film", "GENRE", "drama", ONE.id, None], fact("ann2", "directed", "film").id
    assert sorted(_plain(server)) == sorted([drama, ["ann2", "DIRECTED", "film", directed, None]])

    with store.writing(run()) as writer:
        writer.put_judgements([judgement(TWO.id, 0.75), judgement(ONE.id, 0.5)])
        writer.apply([verdict(TWO.id, Action.ACCEPT), verdict(ONE.id, Action.REJECT)])
        assert writer.path("ann", "film") is not None
    with store.writing(run()) as writer:
        writer.put_judgements([judgement(TWO.id, 0.875)])
        writer.merge({"ann2": "ann"})

    assert sorted(_plain(server)) == sorted(
        [["ann", "ACTED_IN", "film", TWO.id, 0.875], ["ann", "DIRECTED", "film", directed, None]]
    )
    assert cypher(server, "MATCH (p:Person)-[:ACTED_IN]->(f:Film) RETURN p.name, f.name") == [["Ann", "film"]]


def test_nodes_of_others_are_left_alone(server: Server) -> None:
    cypher(
        server,
        "CREATE (a:Person {id: 'ann', name: 'Theirs'})-[:ACTED_IN]->(f:Film {id: 'film'}), (:Person {id: 'ann'}),"
        " (:Entity {id: 1}), (:Statement), (a)-[:KNOWS]->(:MarqueeLike {since: 1, until: 2})",
    )
    count = "MATCH (x) WHERE NOT any(l IN labels(x) WHERE l STARTS WITH 'Marquee' AND l <> 'MarqueeLike') RETURN"
    before = cypher(server, f"{count} labels(x), properties(x), COUNT {{ (x)--() }} ORDER BY elementId(x)")

    store = Neo4jStore(server.url, PASSWORD)
    fill(store, WORLD, [ONE, fact("ann", "acted_in", "film")])
    assert store.status().entities == 3
    assert store.entities(["ann"])["ann"].label == "Ann"
    assert store.path("ann", "drama") is not None
    store.close()

    assert cypher(server, f"{count} labels(x), properties(x), COUNT {{ (x)--() }} ORDER BY elementId(x)") == before


# --- faults --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "password", "said", "error"),
    [
        ("", "wrong", "refused the user or the password", SettingsError),
        ("/nowhere", PASSWORD, "no database of that name", SettingsError),
    ],
)
def test_what_cannot_be_opened_says_why(
    server: Server, end: str, password: str, said: str, error: type[MarqueeError]
) -> None:
    with pytest.raises(error, match=said) as caught:
        Neo4jStore(server.url + end, password)
    assert caught.value.mend


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreError, match="no Neo4j answers"):
        Neo4jStore("bolt://neo4j@127.0.0.1:1", "x", retry=0.1)


def test_a_store_of_a_newer_version(server: Server, store: Neo4jStore) -> None:
    cypher(server, "MATCH (g:MarqueeStore) SET g.version = 99")

    with pytest.raises(StoreVersionError, match="99"):
        Neo4jStore(server.url, PASSWORD)


def test_a_server_that_is_too_old(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marquee.graph.neo4j_schema._OLDEST", (99, 0))

    with pytest.raises(SettingsError, match=r"version 5\.26"):
        Neo4jStore(server.url, PASSWORD)


def test_a_closed_store_says_so(server: Server) -> None:
    store = Neo4jStore(server.url, PASSWORD)
    store.close()

    for use in (store.status, lambda: store.writing(run()).__enter__()):
        with pytest.raises(StoreError, match="closed"):
            use()


def _hub(store: Neo4jStore, size: int) -> None:
    films = [entity(f"f{number}", Kind.FILM) for number in range(size)]
    fill(store, [*films, entity("drama", Kind.GENRE)], (fact(film.id, "genre", "drama") for film in films))


def test_a_long_read_is_ended_by_the_server(server: Server, store: Neo4jStore) -> None:
    _hub(store, 150)
    page = Selection(("genre",), Direction.BOTH, page=Page(150))
    for _ in range(2):
        page = Selection(("genre",), Direction.BOTH, page=Page(150), nested={"next": page})

    with pytest.raises(DeadlineExceeded):
        store.fetch(["drama"], {"films": page}, deadline=Deadline.within(0.3))

    still = "SHOW TRANSACTIONS YIELD currentQuery, status WHERE currentQuery CONTAINS 'l1' AND status = 'Running'"
    assert cypher(server, f"{still} AND NOT currentQuery CONTAINS 'SHOW' RETURN status") == []
    assert store.fetch(["drama"], {})["drama"].entity.id == "drama"


def test_ten_thousand_neighbours_page_by_page(store: Neo4jStore) -> None:
    _hub(store, 10_000)

    page = Selection(("genre",), Direction.IN, page=Page(10_000), total=True)
    edges = store.fetch(["drama"], {"films": page})["drama"].pages["films"]

    assert (len(edges.items), edges.more, edges.total) == (10_000, False, 10_000)
    assert [edge.node.entity.id for edge in edges.items[:2] if edge.node] == ["f0", "f1"]


def test_odd_names_are_names(store: Neo4jStore) -> None:
    odd = 'O\'Brien \\ "x" `y` }) DETACH DELETE n // <b>&amp;</b> $p {x}'
    one = fact("e1", "acted_in", "film", qualifiers=(billing(1),))
    fill(store, [entity("e1", Kind.PERSON, odd, keys=((odd, odd),)), entity("film")], [one])

    assert store.entities(["e1"])["e1"].label == odd
    assert store.by_external([(odd, odd)]) == {(odd, odd): "e1"}
    assert store.search("o'brien")[0].name == odd
    assert store.fetch([odd, "e1"], {odd: Selection((odd,))})["e1"].pages[odd].items == ()


def test_names_of_any_length(store: Neo4jStore) -> None:
    long = "long " * 10_000
    fill(store, [entity("e1", Kind.FILM, long)])

    assert store.entities(["e1"])["e1"].label == long
