"""The file of a SQLite store: opening connections, and turning SQLite's errors into ours."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marquee.graph.sqlite_schema import migrate, version_of
from marquee.schema.errors import DeadlineExceeded, MarqueeError, StoreBusy, StoreError

_OLDEST = (3, 37, 0)  # the first with STRICT tables
_WAIT = 10.0  # seconds to wait for a lock that another process holds for a moment
_MOMENT = 0.1  # seconds, between two looks whether another process has made the file
_READ_CACHE_KIB = 4_096  # a connection a thread
_WRITE_CACHE_KIB = 262_144
_JOURNAL = 1 << 26  # bytes that the write-ahead log may keep on disk between runs
_MAPPED = 1 << 32  # bytes of the file that are read where the system keeps them, without a copy


def prepare(path: Path) -> None:
    """Makes the store if there is none, and brings an older one up to date.

    Raises StoreError, naming the mend, if the file cannot be a store.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StoreError(
            f"Python's SQLite is {sqlite3.sqlite_version}; the store needs {'.'.join(map(str, _OLDEST))}.",
            mend="Use a newer Python or SQLite library.",
        )
    if path.is_dir():
        raise StoreError("this is a folder, not a store.", where=str(path), mend="Name a file in it.")
    if not path.parent.is_dir():
        raise StoreError(f"the folder {path.parent} is missing.", where=str(path), mend="Make it first.")
    end = time.monotonic() + _WAIT
    with mended(path):
        while not _prepared(path, last=time.monotonic() > end):
            time.sleep(0.05)


def _prepared(path: Path, last: bool) -> bool:
    """Whether it could be done: SQLite does not wait by itself while another process makes the same file, and where
    it waits, it would do so until the end of a long run that follows, though the file is long made."""
    conn = _connect(path, wait=_MOMENT)
    try:
        version_of(conn, str(path))
        conn.execute("PRAGMA journal_mode = WAL")
        migrate(conn, str(path))
    except sqlite3.OperationalError as error:
        if last or not (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_BUSY"):
            raise
        return False
    finally:
        conn.close()
    return True


def reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write."""
    conn = _connect(path)
    conn.execute("PRAGMA query_only = ON")
    conn.execute(f"PRAGMA mmap_size = {_MAPPED}")
    conn.execute(f"PRAGMA cache_size = -{_READ_CACHE_KIB}")
    return conn


def changing(path: Path) -> sqlite3.Connection:
    """A connection for a run: each commit reaches the disk."""
    conn = _connect(path)
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute(f"PRAGMA journal_size_limit = {_JOURNAL}")
    conn.execute(f"PRAGMA cache_size = -{_WRITE_CACHE_KIB}")
    return conn


@contextmanager
def mended(path: Path) -> Iterator[None]:
    """Turns any SQLite error of the block into a StoreError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, str(path)) from error


def translated(error: sqlite3.Error, where: str) -> MarqueeError:
    """The error of ours that says the same as SQLite's."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_INTERRUPT"):
        return DeadlineExceeded("the read took longer than it was allowed.", mend="Ask for less, or raise the limit.")
    for start, (kind, what, mend) in _MEANINGS.items():
        if name.startswith(start):
            return kind(what, where=where, mend=mend)
    return StoreError(f"the store failed: {error}.", where=where, mend="Try again; if it stays, restore a backup.")


_MEANINGS: dict[str, tuple[type[StoreError], str, str]] = {
    "SQLITE_BUSY": (StoreBusy, "another program holds the store.", "Wait for it to end, then try again."),
    "SQLITE_LOCKED": (StoreBusy, "another program holds the store.", "Wait for it to end, then try again."),
    "SQLITE_READONLY": (StoreError, "the store may only be read.", "Give the file and its folder write permission."),
    "SQLITE_CANTOPEN": (StoreError, "the store cannot be opened.", "Its folder must be there, and may be written."),
    "SQLITE_NOTADB": (StoreError, "this file is no Marquee store.", "Name another file, or restore a backup."),
    "SQLITE_CORRUPT": (StoreError, "the store is damaged.", "Restore the last backup."),
    "SQLITE_FULL": (StoreError, "the disk is full.", "Free space, then run the command again."),
    "SQLITE_IOERR": (StoreError, "the disk does not take or give the store's data.", "Free space, then try again."),
}


def _connect(path: Path, wait: float = _WAIT) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False, cached_statements=512)
