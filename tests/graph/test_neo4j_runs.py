"""Runs into a real Neo4j: in batches that are unseen until the last commit, and by a process that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contract.world import ALL, entity, everything, evidence, fact, judgement, run, verdict
from tests.neo4j.server import PASSWORD, Server, cypher, empty, shared

from marquee.graph.neo4j_store import Neo4jStore
from marquee.graph.store import Reader, Writer
from marquee.schema.errors import (
    StoreBusy,
)
from marquee.schema.kinds import Kind
from marquee.schema.selection import EntityFilter, StatementFilter
from marquee.schema.values import Action, Attribute, Document, RunStatus, Status

ROOT = Path(__file__).resolve().parents[2]
WORLD = [entity("film"), entity("ann", Kind.PERSON, "Ann", keys=(("imdb", "nm1"),)), entity("drama", Kind.GENRE)]
ONE = fact("film", "genre", "drama")
TWO = fact("ann", "acted_in", "film", status=Status.PENDING)


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
    same = Attribute("ann", "popularity", 3.0, "", "2025", 1)
    writer.put_attributes([Attribute("new", "popularity", 2.0, "", "2025", 1), same])
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
        attributes = [
            Attribute("film", "popularity", 1.0, "", "2024", 1),
            Attribute("ann", "popularity", 3.0, "", "2024", 1),
        ]
        writer.put_attributes(attributes)
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
from tests.graph.test_neo4j_runs import _change_everything
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
