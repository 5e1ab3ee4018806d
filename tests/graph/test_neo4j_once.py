"""A run whose connection is cut, whose commits are not answered, or which stands in another's way, is written once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import neo4j
import pytest
from tests.contract.world import entity, everything, evidence, fact, fill, judgement, run, verdict
from tests.neo4j.proxy import Proxy, way_to
from tests.neo4j.server import PASSWORD, Server, cypher, empty, shared

from marquee.graph.neo4j_store import Neo4jStore
from marquee.graph.open import open_store
from marquee.graph.store import LedgerRow, Store, Writer
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import Page
from marquee.schema.values import Action, Attribute, Document, RunStatus, Status

ONE = fact("film", "genre", "drama")
TWO = fact("ann", "acted_in", "film", status=Status.PENDING)
WORLD = [entity("film"), entity("ann", Kind.PERSON, "Ann", keys=(("imdb", "nm1"),)), entity("drama", Kind.GENRE)]
STEPS: list[Callable[[Writer], object]] = [
    lambda w: w.put_entities([entity("new"), entity("ann", Kind.PERSON, "Anna", keys=(("imdb", "nm2"),))]),
    lambda w: w.stage([fact("new", "genre", "drama"), fact("ann", "acted_in", "film", pieces=(evidence("credits"),))]),
    lambda w: w.put_judgements([judgement(ONE.id, 0.5), judgement(TWO.id, 0.875)]),
    lambda w: w.apply([verdict(TWO.id, Action.ACCEPT, "sure"), verdict(ONE.id, Action.REVIEW, "close")]),
    lambda w: w.put_attributes([Attribute("new", "popularity", 2.0, "", "2024", 1)]),
    lambda w: w.put_documents([Document("d1", "news", "one")]),
    lambda w: w.put_ledger([LedgerRow("films", "a", "x", "r")]),
]


@pytest.fixture
def server() -> Server:
    server = shared()
    empty(server)
    return server


@pytest.fixture
def way(server: Server) -> Iterator[Proxy]:
    with way_to(server.port) as proxy:
        yield proxy


@pytest.fixture
def store(way: Proxy) -> Iterator[Neo4jStore]:
    store = Neo4jStore(f"bolt://neo4j@127.0.0.1:{way.port}", PASSWORD)
    yield store
    store.close()


def _rows(store: Store) -> list[Any]:
    """All that is in a store, but for when and by which process each run was written."""
    return [row for row in store.dump() if type(row).__name__ != "RunRow"]


def _undisturbed() -> list[Any]:
    store = open_store("sqlite::memory:")
    fill(store, WORLD, [ONE, TWO])
    with store.writing(run()) as writer:
        for step in STEPS:
            step(writer)
    rows = _rows(store)
    store.close()
    return rows


@pytest.mark.parametrize("most", [1, 20_000])
def test_a_connection_that_is_cut_again_and_again(
    store: Neo4jStore, way: Proxy, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("marquee.graph.neo4j_changes._MOST", most)
    fill(store, WORLD, [ONE, TWO])
    with store.writing(run()) as writer:
        for step in STEPS:
            step(writer)
            way.cut()
    assert _rows(store) == _undisturbed()
    assert store.path("ann", "film") is not None


def test_commits_whose_answer_is_lost(store: Neo4jStore, way: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marquee.graph.neo4j_changes._MOST", 1)
    fill(store, WORLD, [ONE, TWO])
    with store.writing(run()) as writer:
        for step in STEPS:
            way.lose = 1
            step(writer)
        way.lose = 1
    assert way.lost >= len(STEPS)
    assert _rows(store) == _undisturbed()


def test_a_first_load_whose_commits_are_not_answered(store: Neo4jStore, way: Proxy) -> None:
    with store.writing(run(), bulk=True) as writer:
        writer.put_entities(WORLD)
        writer.stage([ONE, TWO])
        way.lose = 4
    assert way.lost == 4
    with store.writing(run()) as writer:
        for step in STEPS:
            step(writer)
    assert _rows(store) == _undisturbed()


def test_a_copy_whose_commits_are_not_answered(store: Neo4jStore, way: Proxy) -> None:
    original = open_store("sqlite::memory:")
    fill(original, WORLD, [ONE, TWO])
    store.load(_losing(original.dump(), way))
    assert way.lost >= 2
    assert list(store.dump()) == list(original.dump())
    original.close()


def _losing(rows: Iterable[Any], way: Proxy) -> Iterator[Any]:
    for row in rows:
        way.lose = 1
        yield row


def test_another_session_that_holds_what_a_run_needs(server: Server, store: Neo4jStore) -> None:
    """Each waits for the other: the server ends the run's transaction, which is written again once the other is done."""
    fill(store, WORLD, [ONE, TWO])
    cypher(server, "UNWIND range(1, 1000) AS i CREATE (:Theirs {i: i})")
    driver = neo4j.GraphDatabase.driver(server.url.replace("neo4j@", ""), auth=("neo4j", PASSWORD))
    with driver, store.writing(run()) as writer:
        for step in STEPS[:2]:
            step(writer)
        other = _Other(driver)
        other.hold(ONE.id)
        writer.put_support({TWO.id: 0.75})
        other.want(TWO.id)
        writer.put_support({ONE.id: 0.25})
        other.done.wait(30)
        for step in STEPS[2:]:
            step(writer)
    assert cypher(server, "MATCH (r:MarqueeRun) RETURN max(r.batches) > 1") == [[True]]  # not at the end alone
    assert {one.id: one.support for one in everything(store)}[ONE.id] == 0.25
    assert len(everything(store)) == 3
    assert [len(one.evidence) for one in everything(store)] == [1, 2, 1]


class _Other:
    """Someone else's transaction. It lets go of everything a moment after it got what it wanted."""

    def __init__(self, driver: neo4j.Driver) -> None:
        self.done = threading.Event()
        self._tx = driver.session().begin_transaction()
        self._tx.run("MATCH (t:Theirs) SET t.i = 0").consume()  # who holds more is let live

    def hold(self, statement: str) -> None:
        self._tx.run("MATCH (s:MarqueeStatement {id: $id}) SET s.note = 'theirs'", id=statement).consume()

    def want(self, statement: str) -> None:
        """Waits for it beside the test; returns when the server says that it waits."""
        threading.Thread(target=self._want, args=(statement,), daemon=True).start()
        end = time.monotonic() + 30
        waits = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status"
        while not cypher(shared(), waits) and time.monotonic() < end:
            time.sleep(0.05)

    def _want(self, statement: str) -> None:
        with suppress(neo4j.exceptions.Neo4jError):
            self.hold(statement)
            self._tx.commit()
        self.done.set()


def test_a_merge_that_loses_its_connection_is_taken_back_whole(store: Neo4jStore, way: Proxy) -> None:
    fill(store, [*WORLD, entity("ann2", Kind.PERSON)], [ONE, fact("ann2", "directed", "film")])
    before = _rows(store)
    with pytest.raises(StoreError, match="no Neo4j answers"), store.writing(run()) as writer:
        _merge_and_cut(writer, way)
    assert _rows(store) == before
    assert store.runs(Page()).items[0].status is RunStatus.FAILED
    with store.writing(run()) as writer:
        writer.merge({"ann2": "ann"})
    assert {one.subject for one in everything(store)} == {"ann", "film"}


def _merge_and_cut(writer: Writer, way: Proxy) -> None:
    writer.merge({"ann2": "ann"})
    way.cut()
    writer.put_entities([entity("last")])
