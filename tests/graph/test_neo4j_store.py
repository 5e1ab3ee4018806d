"""What only a real server can show: batches, a kill, a restart, what others see and what is left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contract.world import ALL, billing, entity, everything, evidence, fact, fill, judgement, run, verdict
from tests.neo4j.server import PASSWORD, Server, cypher, empty, shared

from marquee.graph.neo4j_store import Neo4jStore
from marquee.graph.store import Reader, Writer
from marquee.schema.errors import (
    DeadlineExceeded,
    MarqueeError,
    SettingsError,
    StoreBusy,
    StoreError,
    StoreVersionError,
)
from marquee.schema.kinds import Kind
from marquee.schema.selection import Deadline, Direction, EntityFilter, Page, Selection, StatementFilter
from marquee.schema.values import Action, Attribute, Document, RunStatus, Status

ROOT = Path(__file__).resolve().parents[2]
WORLD = [entity("film"), entity("ann", Kind.PERSON, "Ann", keys=(("imdb", "nm1"),)), entity("drama", Kind.GENRE)]
ONE = fact("film", "genre", "drama")
TWO = fact("ann", "acted_in", "film", status=Status.PENDING)


@pytest.fixture
def server() -> Server:
    server = shared()
    empty(server)
    return server


@pytest.fixture
def store(server: Server) -> Iterator[Neo4jStore]:
    store = Neo4jStore(server.url, PASSWORD)
    yield store
    store.close()


@pytest.fixture
def batched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of a writer commits what it wrote, as a large run does."""
    monkeypatch.setattr("marquee.graph.neo4j_changes._MOST", 1)


def _state(reader: Reader) -> list[Any]:
    """All that a reader can see."""
    which = EntityFilter()
    return [
        reader.list_entities(which, ALL).items,
        everything(reader),
        reader.list_statements(StatementFilter(review=True), ALL).items,
        reader.by_external([("imdb", "nm1"), ("imdb", "nm2")]),
        reader.by_name(["film", "ann", "anna", "new"]),
        reader.search("ann"),
        reader.attributes("popularity"),
        reader.ledger("films"),
        reader.documents(["d1", "d2"]),
        reader.decisions(),
        reader.status().by_status,
        repr(reader.snapshot(("status", "support", "score", "decision", "names", "literals"))),  # NaN is not itself
        reader.path("ann", "film"),
    ]


def _change_everything(writer: Writer) -> None:
    """Writes of every sort, over the world that `_begin` left."""
    writer.put_entities([entity("new"), entity("ann", Kind.PERSON, "Anna", keys=(("imdb", "nm2"),))])
    writer.stage([fact("new", "genre", "drama"), fact("ann", "acted_in", "film", pieces=(evidence("credits"),))])
    writer.put_support({ONE.id: 0.25, TWO.id: 0.75})
    writer.put_judgements([judgement(ONE.id, 0.5), judgement(TWO.id, 0.875)])
    writer.apply([verdict(TWO.id, Action.ACCEPT, "sure"), verdict(ONE.id, Action.REVIEW, "close")])
    writer.put_attributes([Attribute("new", "popularity", 2.0, "", "2024", 1)])
    writer.put_documents([Document("d2", "news", "two")])
    writer.put_ledger([_row("a", "y"), _row("b", "z")])


def _change_everything_and(writer: Writer, then: Callable[[], None]) -> None:
    _change_everything(writer)
    then()
    writer.put_entities([entity("last")])


def _put_and(writer: Writer, then: Callable[[], None]) -> None:
    writer.put_entities([entity("new")])
    then()
    writer.put_entities([entity("last")])


def _stop() -> None:
    raise ValueError("stop")


def _row(locator: str, digest: str) -> Any:
    from marquee.graph.store import LedgerRow

    return LedgerRow("films", locator, digest, "r")


def _begin(store: Neo4jStore) -> None:
    with store.writing(run()) as writer:
        writer.put_entities(WORLD)
        writer.stage([ONE, TWO])
        writer.put_attributes([Attribute("film", "popularity", 1.0, "", "2024", 1)])
        writer.put_documents([Document("d1", "news", "one")])
        writer.put_ledger([_row("a", "x")])


# --- a run in batches ----------------------------------------------------------------------------


def test_what_a_large_run_has_committed_is_not_seen_before_its_end(store: Neo4jStore, batched: None) -> None:
    _begin(store)
    before = _state(store)

    with store.writing(run()) as writer:
        _change_everything(writer)
        assert _state(store) == before
        assert writer.statements([TWO.id])[TWO.id].status is Status.ACCEPTED
        mine = _state(writer)[:-1]

    after = _state(store)
    assert [repr(one) for one in after[:1]] == [repr(one) for one in mine[:1]]
    assert [one.status for one in after[1]] == [Status.PENDING, Status.ACCEPTED, Status.ACCEPTED]
    assert after[-1] is not None


def test_a_large_run_that_fails_leaves_no_trace(store: Neo4jStore, batched: None) -> None:
    _begin(store)
    before = _state(store)
    failing = run()

    with pytest.raises(ValueError, match="stop"), store.writing(failing) as writer:
        _change_everything_and(writer, _stop)

    assert _state(store) == before
    assert store.run(failing.id).status is RunStatus.FAILED
    assert cypher(shared(), "MATCH (x) WHERE x.since = 2 OR x.first = 2 OR x.until = 2 RETURN labels(x)") == []
    with store.writing(run()) as writer:
        _change_everything(writer)
    assert len(everything(store)) == 3


def test_a_large_run_gives_the_same_store_as_a_small_one(
    server: Server, store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build() -> list[Any]:
        empty(server)
        again = Neo4jStore(server.url, PASSWORD)
        for change in (_first, _change_everything):
            with again.writing(run("2024-01-01T00:00:00Z")) as writer:
                change(writer)
        state = _state(again)
        again.close()
        return state

    small = build()
    monkeypatch.setattr("marquee.graph.neo4j_changes._MOST", 1)

    assert build() == small


def _first(writer: Writer) -> None:
    writer.put_entities(WORLD)
    writer.stage([ONE, TWO])


# --- a process that dies -------------------------------------------------------------------------

_HOLDER = """
import sys
import marquee.graph.neo4j_changes as changes
from marquee.graph import neo4j_recovery
from marquee.graph.neo4j_store import Neo4jStore
from marquee.schema.values import Run
from tests.graph.test_neo4j_store import _change_everything
changes._MOST = 1
def hold(*_):
    print("holding", flush=True)
    sys.stdin.read()
if sys.argv[3] == "after":
    neo4j_recovery.follow_run = hold
store = Neo4jStore(sys.argv[1], sys.argv[2])
with store.writing(Run("held", "ingest", "2024-01-01T00:00:00Z")) as writer:
    _change_everything(writer)
    if sys.argv[3] == "before":
        hold()
"""


@pytest.fixture
def holder(store: Neo4jStore) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Another process in the middle of a large run: before its last commit, or right after it."""
    started: list[subprocess.Popen[str]] = []

    def hold(moment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", _HOLDER, store.url, PASSWORD, moment],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / '.dev'}{os.pathsep}{ROOT}"},
        )
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "holding\n"
        return process

    yield hold
    for process in started:
        process.kill()
        process.wait()


def test_a_second_writer_is_told_who_holds_the_store(
    store: Neo4jStore, holder: Callable[[str], subprocess.Popen[str]]
) -> None:
    _begin(store)
    process = holder("before")

    with (
        pytest.raises(StoreBusy, match=rf"run held \(ingest, process {process.pid} on "),
        store.writing(run()),
    ):
        pass
    assert store.run("held").status is RunStatus.RUNNING

    process.communicate()
    assert process.returncode == 0
    assert store.run("held").status is RunStatus.DONE
    assert len(everything(store)) == 3


def test_a_run_killed_before_its_last_commit_is_taken_back(
    store: Neo4jStore, holder: Callable[[str], subprocess.Popen[str]]
) -> None:
    _begin(store)
    before = _state(store)
    process = holder("before")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert _state(store) == before

    with store.writing(run()):
        pass

    assert _state(store) == before
    assert store.run("held").status is RunStatus.INTERRUPTED
    assert cypher(shared(), "MATCH (x) WHERE x.since = 2 OR x.first = 2 OR x.until = 2 RETURN labels(x)") == []


def test_a_run_killed_after_its_last_commit_is_finished(
    store: Neo4jStore, holder: Callable[[str], subprocess.Popen[str]]
) -> None:
    _begin(store)
    process = holder("after")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert store.run("held").status is RunStatus.DONE
    assert store.path("ann", "film") is None

    with store.writing(run()):
        pass

    path = store.path("ann", "film")
    assert path is not None
    assert path[0].statement == TWO.id


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
