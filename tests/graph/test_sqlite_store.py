"""What only a file can show: a second process, a kill, what is left on disk, how many queries a read takes."""

from __future__ import annotations

import gc
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.contract.world import ALL, entity, everything, evidence, fact, fill, run

from marquee.graph import sqlite_schema
from marquee.graph.sqlite_store import SqliteStore
from marquee.schema.errors import DeadlineExceeded, StoreBusy, StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import AsOf, Deadline, Direction, Order, Page, Selection, StatementFilter
from marquee.schema.values import Run, RunStatus

ROOT = Path(__file__).resolve().parents[2]
WORLD = [entity("film"), entity("drama", Kind.GENRE)]
ONE = fact("film", "genre", "drama")

# A process that holds a run open, half written, until its input ends.
_HOLDER = """
import sys
from pathlib import Path
from marquee.graph.sqlite_store import SqliteStore
from marquee.schema.values import Run
from tests.contract.world import entity
store = SqliteStore(Path(sys.argv[1]))
with store.writing(Run("held", "ingest", "2024-01-01T00:00:00Z")) as writer:
    writer.put_entities(entity(f"half{number}") for number in range(20_000))
    print("holding", flush=True)
    sys.stdin.read()
store.close()
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "store.db")
    yield store
    store.close()


@pytest.fixture
def holder(store: SqliteStore) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of a run."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(store.file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / '.dev'}{os.pathsep}{ROOT}"},
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


def test_readers_work_while_another_process_writes(store: SqliteStore, holder: subprocess.Popen[str]) -> None:
    assert store.status().entities == 0
    assert store.entities(["half1"]) == {}
    assert store.run("held").status is RunStatus.RUNNING

    holder.communicate()

    assert store.status().entities == 20_000
    assert store.run("held").status is RunStatus.DONE


def test_a_second_writer_is_told_who_holds_the_store(store: SqliteStore, holder: subprocess.Popen[str]) -> None:
    with (
        pytest.raises(StoreBusy, match=rf"run held \(ingest, process {holder.pid} on ") as caught,
        store.writing(run()),
    ):
        pass
    assert str(store.file) in str(caught.value)
    assert store.run("held").status is RunStatus.RUNNING


def test_a_killed_run_is_taken_back_and_marked(store: SqliteStore, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()

    fill(store, WORLD, [ONE])

    assert store.run("held").status is RunStatus.INTERRUPTED
    assert store.run("held").finished
    assert store.status().entities == 2
    assert [one.id for one in everything(store)] == [ONE.id]
    assert [one.status for one in store.runs(Page()).items] == [RunStatus.DONE, RunStatus.INTERRUPTED]


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.db")
    fill(store, WORLD, [ONE])
    threads = [threading.Thread(target=store.status) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.status()
    store.close()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["store.db", "store.db.lock"]
    with pytest.raises(StoreError, match="closed"):
        store.writing(run()).__enter__()
    with pytest.raises(StoreError, match="closed"):
        store.status()


def test_a_threads_connection_ends_with_it(store: SqliteStore) -> None:
    for _ in range(5):
        thread = threading.Thread(target=store.status)
        thread.start()
        thread.join()
    gc.collect()
    assert len(store._held) <= 1


def test_another_program_with_the_write_lock_is_waited_for_then_named(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marquee.graph.sqlite_file._WAIT", 0.05)
    with closing(sqlite3.connect(store.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="another program"), store.writing(run()):
            pass
    fill(store, WORLD)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anything")
def test_a_store_that_may_only_be_read(store: SqliteStore) -> None:
    store.file.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="permission"), store.writing(run()):
            pass
    finally:
        store.file.parent.chmod(0o700)


# --- how many queries ----------------------------------------------------------------------------


def _counted(store: SqliteStore) -> list[str]:
    """The queries that the store runs from now on in this thread."""
    queries: list[str] = []
    store._session().conn.set_trace_callback(queries.append)
    return queries


def _hub(store: SqliteStore, size: int) -> None:
    films = [entity(f"f{number}", Kind.FILM) for number in range(size)]
    fill(store, [*films, entity("drama", Kind.GENRE)], (fact(film.id, "genre", "drama") for film in films))


def test_a_nested_page_is_one_query(store: SqliteStore) -> None:
    _hub(store, 30)
    inner = Selection(("genre",), evidence=1, order=Order.NAME, as_of=AsOf(known_at="2999-01-01"), total=True)
    page = Selection(("genre",), Direction.IN, evidence=2, order=Order.YEAR, nested={"a": inner, "b": inner})
    store.fetch(["drama"], {"films": page})
    queries = _counted(store)

    found = store.fetch(["drama", "f1", "f2"], {"films": page, "more": page})

    assert len(found["drama"].pages["films"].items) == 20
    assert len([query for query in queries if not query.startswith("--")]) == 1


def test_a_batch_is_one_query(store: SqliteStore) -> None:
    """Dates are two: those without one are asked for their awards."""
    _hub(store, 30)
    ids = [f"f{number}" for number in range(30)]
    store.entities(ids)
    for read, count in (
        (lambda: store.entities(ids), 1),
        (lambda: store.neighbours(ids), 1),
        (lambda: store.dates(ids), 2),
        (lambda: store.by_name(ids), 1),
        (lambda: store.statements([ONE.id]), 1),
        (lambda: store.list_statements(StatementFilter(), ALL), 1),
    ):
        queries = _counted(store)
        read()
        assert len([query for query in queries if not query.startswith("--")]) == count


@pytest.mark.parametrize("few", [0, 1_000])
def test_statements_of_a_source_however_many(store: SqliteStore, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr("marquee.graph.sqlite_statements._FEW", few)
    fill(store, WORLD, [fact("film", "genre", "drama", pieces=(evidence("one"), evidence("two"), evidence("two", 2)))])

    for source, count in (("one", 1), ("two", 1), ("none", 0)):
        assert len(store.list_statements(StatementFilter(source=source), ALL).items) == count


def test_a_long_read_is_interrupted(store: SqliteStore) -> None:
    _hub(store, 150)
    page = Selection(("genre",), Direction.BOTH, page=Page(150))
    for _ in range(3):
        page = Selection(("genre",), Direction.BOTH, page=Page(150), nested={"next": page})

    with pytest.raises(DeadlineExceeded):
        store.fetch(["drama"], {"films": page}, deadline=Deadline.within(0.05))
    assert store.fetch(["drama"], {})["drama"].entity.id == "drama"


def test_a_run_may_be_dated_by_its_giver(store: SqliteStore) -> None:
    with store.writing(Run("r1", "copy", "2001-01-01T00:00:00Z", finished="2001-01-01T01:00:00Z")) as writer:
        writer.put_entities(WORLD)
        writer.stage([ONE])

    assert store.run("r1").finished == "2001-01-01T01:00:00Z"
    assert everything(store)[0].recorded_from == "2001-01-01T01:00:00Z"


def test_a_store_that_another_process_just_made_opens_while_that_one_writes(tmp_path: Path) -> None:
    file = tmp_path / "graph.db"
    maker = sqlite3.connect(file, isolation_level=None)
    maker.execute("PRAGMA journal_mode = WAL")
    maker.execute("BEGIN IMMEDIATE")
    opened: list[SqliteStore] = []
    opening = threading.Thread(target=lambda: opened.append(SqliteStore(file)))
    opening.start()
    opening.join(0.3)
    for step in sqlite_schema.STEPS:
        sqlite_schema._run_script(maker, step)
    maker.execute(f"PRAGMA application_id = {sqlite_schema.APPLICATION_ID}")
    maker.execute(f"PRAGMA user_version = {sqlite_schema.VERSION}")
    maker.execute("COMMIT")
    maker.execute("BEGIN IMMEDIATE")
    opening.join(5)
    assert len(opened) == 1
    maker.execute("ROLLBACK")
    opened[0].close()
