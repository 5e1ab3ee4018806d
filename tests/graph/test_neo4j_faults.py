"""What happens to a real server, and beside it: it stops, it is killed, its disk is full, two want to write."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contract.world import entity, everything, fact, fill, run
from tests.given import fact as given
from tests.given import film, write
from tests.neo4j.proxy import Proxy, way_to
from tests.neo4j.server import PASSWORD, Server, cypher, empty, fresh, shared

from marquee.graph.neo4j_store import Neo4jStore
from marquee.graph.store import Writer
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import Page
from marquee.schema.values import RunStatus

ROOT = Path(__file__).resolve().parents[2]
WORLD = [entity("film"), entity("drama", Kind.GENRE)]
ONE = fact("film", "genre", "drama")


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server of these tests' own, which may be stopped."""
    server = fresh()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def lone(own: Server) -> Iterator[Neo4jStore]:
    """A store in it that gives up soon, with one run; every step of a writer commits."""
    empty(own)
    store = Neo4jStore(own.url, PASSWORD, retry=1.0)
    fill(store, WORLD, [ONE])
    yield store
    store.close()


def _put_and(writer: Writer, then: Any) -> None:
    writer.put_entities([entity("new")])
    then()
    writer.put_entities([entity("last")])


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_ends_in_the_middle_and_starts_again(
    own: Server, lone: Neo4jStore, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr("marquee.graph.neo4j_changes._MOST", 1)
    before = everything(lone)
    with pytest.raises(StoreError, match="no Neo4j answers"), lone.writing(run()) as writer:
        _put_and(writer, getattr(own, end))
    with pytest.raises(StoreError, match="no Neo4j answers"):
        lone.status()

    own.start()

    assert everything(lone) == before
    fill(lone, [entity("new")], [fact("new", "genre", "drama")])
    assert len(everything(lone)) == 2
    assert [one.status for one in lone.runs(Page()).items] == [RunStatus.DONE, RunStatus.INTERRUPTED, RunStatus.DONE]


def test_a_full_disk_is_told_and_what_was_applied_stays(own: Server, lone: Neo4jStore) -> None:
    """No file of the server may grow beyond what the largest log has by now: it sees what it would on a full disk."""
    assert own.process is not None
    before = everything(lone)
    largest = max(log.stat().st_size for log in own.folder.rglob("neostore.transaction.db.*"))
    resource.prlimit(own.process.pid, resource.RLIMIT_FSIZE, (largest + 1000, resource.RLIM_INFINITY))
    with pytest.raises(StoreError, match="Free disk space"):
        fill(lone, (entity(f"f{number}") for number in range(3_000)))

    own.stop()
    own.start()

    assert everything(lone) == before
    fill(lone, [entity("new")], [fact("new", "genre", "drama")])
    assert len(everything(lone)) == 2


# --- on the server that all tests share ----------------------------------------------------------


@pytest.fixture
def server() -> Server:
    server = shared()
    empty(server)
    return server


def test_a_first_load_whose_way_is_closed_in_the_middle(server: Server) -> None:
    with way_to(server.port) as way:
        store = Neo4jStore(f"bolt://neo4j@127.0.0.1:{way.port}", PASSWORD, retry=1.0)
        with pytest.raises(StoreError, match="no Neo4j answers"), store.writing(run(), bulk=True) as writer:
            _fill_and_close(writer, way)
        store.close()
    store = Neo4jStore(server.url, PASSWORD)
    assert cypher(server, "MATCH (e:MarqueeEntity) RETURN count(e)") == [[2]]
    assert store.status().entities == 0

    with store.writing(run(), bulk=True) as writer:
        writer.put_entities(WORLD)
        writer.stage([ONE])

    assert [one.id for one in everything(store)] == [ONE.id]
    assert [one.status for one in store.runs(Page()).items] == [RunStatus.DONE, RunStatus.INTERRUPTED]
    assert cypher(server, "MATCH (x) WHERE x.since <> 2 RETURN labels(x)") == []
    store.close()


def _fill_and_close(writer: Writer, way: Proxy) -> None:
    writer.put_entities(WORLD)
    writer.stage([ONE])
    way.left = 1


def test_a_server_that_takes_connections_and_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(StoreError, match="no Neo4j answers"):
        Neo4jStore(f"bolt://neo4j@127.0.0.1:{silent.getsockname()[1]}", "x", retry=1.0)


def test_an_older_store_is_brought_up_to_date(server: Server) -> None:
    store = Neo4jStore(server.url, PASSWORD)
    fill(store, WORLD, [ONE])
    store.close()
    cypher(server, "MATCH (g:MarqueeStore) SET g.version = 0")
    cypher(server, "DROP INDEX marquee_evidence_item")
    cypher(server, "CREATE INDEX marquee_evidence_source FOR (x:MarqueeEvidence) ON (x.source)")

    store = Neo4jStore(server.url, PASSWORD)

    assert [one.id for one in everything(store)] == [ONE.id]
    assert store.status().version == cypher(server, "MATCH (g:MarqueeStore) RETURN g.version")[0][0] > 0
    names = {row[0] for row in cypher(server, "SHOW INDEXES YIELD name")}
    assert "marquee_evidence_item" in names
    assert "marquee_evidence_source" not in names
    store.close()


def test_of_two_refreshes_the_second_says_who_holds_the_store(server: Server, tmp_path: Path) -> None:
    films = (film(f"Film {n}", given("director", f"Person {n % 97}"), ids={"own": f"f{n}"}) for n in range(2_000))
    write(tmp_path / "films.jsonl", *films)
    (tmp_path / "marquee.toml").write_text('[[source]]\nname = "films"\npath = "films.jsonl"\n', encoding="utf-8")
    first = _refresh(server, tmp_path)
    try:
        _wait_for_run(server)
        first.send_signal(signal.SIGSTOP)
        second = _refresh(server, tmp_path)
        told, _ = second.communicate(timeout=100)
    finally:
        first.send_signal(signal.SIGCONT)
    assert second.returncode == 2
    assert f"process {first.pid} on {socket.gethostname()}" in json.loads(told.splitlines()[-1])["error"]
    first.communicate(timeout=100)
    assert first.returncode == 0
    store = Neo4jStore(server.url, PASSWORD)
    assert store.status().statements == 2_000
    assert [one.status for one in store.runs(Page()).items] == [RunStatus.DONE]
    store.close()


def _refresh(server: Server, folder: Path) -> subprocess.Popen[bytes]:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / ".dev"),
        "MARQUEE_HOME": str(folder / "home"),
        "MARQUEE_STORE": server.url,
        "MARQUEE_STORE_PASSWORD": PASSWORD,
    }
    command = [sys.executable, "-m", "marquee.api.cli", "refresh", "--json"]
    return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _wait_for_run(server: Server) -> None:
    end = time.monotonic() + 100
    while not cypher(server, "MATCH (r:MarqueeRun {status: 'running'}) RETURN r.id"):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
