"""The SQLite store: one file, any number of readers, one writer at a time."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from marquee.graph import sqlite_runs
from marquee.graph.rows import StoreRow
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_dump import dump
from marquee.graph.sqlite_file import changing, mended, prepare, reading, translated
from marquee.graph.sqlite_load import load
from marquee.graph.sqlite_lock import exclusive
from marquee.graph.sqlite_reader import SqliteReader
from marquee.graph.sqlite_session import Session, Terms
from marquee.graph.sqlite_writer import SqliteWriter
from marquee.graph.store import Writer
from marquee.schema.errors import StoreBusy, StoreError
from marquee.schema.values import Run, RunStatus


class _Held:
    """A thread's read session; closed with its thread, or with the store."""

    def __init__(self, path: Path, terms: Terms) -> None:
        self.session = Session(reading(path), terms, str(path))

    def close(self) -> None:
        self.session.conn.close()

    def __del__(self) -> None:
        if hasattr(self, "session"):
            self.close()


class SqliteStore(SqliteReader):
    """A store in one file. Safe to share between threads: each reads through a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Opens the store, or makes it. Raises StoreError, StoreVersionError."""
        self.file = path
        self.url = f"sqlite:{path}"
        prepare(path)
        self._terms = Terms()
        self._local = threading.local()
        self._held: weakref.WeakSet[_Held] = weakref.WeakSet()
        self._open = True

    @classmethod
    def in_memory(cls) -> SqliteStore:
        """A store that is gone when it is closed; kept in a temporary folder, so that threads can share it."""
        folder = tempfile.TemporaryDirectory(prefix="marquee-")
        store = cls(Path(folder.name) / "store.db")
        store.url = "sqlite::memory:"
        store._folder = folder
        return store

    _folder: tempfile.TemporaryDirectory[str] | None = None

    @contextmanager
    def writing(self, run: Run, bulk: bool = False) -> Iterator[Writer]:
        """See `marquee.graph.store.Store.writing`."""
        with self._alone() as conn:
            number = sqlite_runs.begin(conn, run)
            yield from self._run(conn, number, run, bulk)

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        """A connection while no other process writes. Raises StoreBusy."""
        self._check_open()
        with exclusive(self.file) as mine, mended(self.file):
            conn = changing(self.file)
            try:
                if not mine:
                    raise StoreBusy(
                        f"the store is held by {sqlite_runs.holder(conn)}.",
                        where=str(self.file),
                        mend="Wait for it to end, then try again.",
                    )
                yield conn
            finally:
                conn.close()

    def _run(self, conn: sqlite3.Connection, number: int, run: Run, bulk: bool) -> Iterator[Writer]:
        """The run's transaction: committed whole, or taken back whole and marked so."""
        try:
            conn.execute("BEGIN IMMEDIATE")
            changes = Changes(conn, Terms(), str(self.file), number)
            writer = SqliteWriter(self.url, changes, bulk)
            yield writer
            writer.settle()
            sqlite_runs.finish(conn, number, run, changes.counts, changes.model)
            conn.execute("COMMIT")
        except BaseException as error:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            stopped = isinstance(error, KeyboardInterrupt | SystemExit)
            message = str(error) or type(error).__name__
            with suppress(sqlite3.Error):  # then the next run marks it
                sqlite_runs.fail(conn, number, RunStatus.INTERRUPTED if stopped else RunStatus.FAILED, message)
            raise

    def dump(self) -> Iterator[StoreRow]:
        """See `marquee.graph.store.Store.dump`."""
        with self._alone() as conn:
            yield from dump(Session(conn, Terms(), str(self.file)))

    def load(self, rows: Iterable[StoreRow]) -> None:
        """See `marquee.graph.store.Store.load`."""
        with self._alone() as conn:
            conn.execute("PRAGMA foreign_keys = OFF")
            conn.execute("BEGIN IMMEDIATE")
            try:
                load(Changes(conn, Terms(), str(self.file), run=0), rows)
                conn.execute("COMMIT")
            finally:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")

    def close(self) -> None:
        """Closes every connection; the last process to do so leaves the one file only."""
        self._open = False
        for held in list(self._held):
            held.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _session(self) -> Session:
        self._check_open()
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            try:
                held = _Held(self.file, self._terms)
            except sqlite3.Error as error:
                raise translated(error, str(self.file)) from error
            self._local.held = held
            self._held.add(held)
        return held.session

    def _check_open(self) -> None:
        if not self._open:
            raise StoreError("the store is closed.", where=self.url, mend="Open it again.")
