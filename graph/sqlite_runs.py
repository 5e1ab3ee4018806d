"""The ledger of runs: what ran, who holds the store, how each ended; and the counts of the whole store."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Mapping

from marquee.graph.codec import dump
from marquee.graph.paging import NUMBER, turned
from marquee.graph.sqlite_codec import MERGED, STATUS_OF
from marquee.graph.sqlite_page import Sorting
from marquee.graph.sqlite_session import Row, Session, sql
from marquee.graph.sqlite_sql import Binds
from marquee.graph.store import Listing, StoreStatus
from marquee.graph.times import now, seconds
from marquee.schema.errors import NotFound, StoreError
from marquee.schema.kinds import LEVEL_OF, Kind, Level
from marquee.schema.selection import Page
from marquee.schema.values import Run, RunStatus

_RUN = "SELECT name, kind, started, finished, sources, model, counts, status, message, id FROM run"


def runs(session: Session, page: Page) -> Listing[Run]:
    """Runs, newest first."""
    bind = Binds()
    window = Sorting(("id",), (NUMBER,), descending=True).window(page, bind)
    where = " AND ".join(["TRUE", *window.conditions])
    query = sql(_RUN, f"WHERE {where} ORDER BY {window.order} LIMIT {window.limit}")
    kept, more = turned(session.rows(query, bind.values), page)
    return Listing(tuple(map(_run, kept)), tuple((row[-1],) for row in kept), more)


def run(session: Session, id_: str) -> Run:
    """Raises NotFound."""
    rows = session.rows(sql(_RUN, "WHERE name = ?"), (id_,))
    if not rows:
        raise NotFound(f"no run {id_!r}.", mend="List them with: marquee runs list")
    return _run(rows[0])


def _run(row: Row) -> Run:
    name, kind, started, finished, sources, model, counts, status, message, _ = row
    return Run(
        name, kind, started, finished, tuple(json.loads(sources)), model, json.loads(counts), RunStatus(status), message
    )


# --- a run's life --------------------------------------------------------------------------------


def begin(conn: sqlite3.Connection, run: Run) -> int:
    """Writes the run as running, and marks those that died as interrupted; its number.

    Raises StoreError if there is a run of that id.
    """
    conn.execute("BEGIN IMMEDIATE")
    try:
        conn.execute(
            "UPDATE run SET status = ?, finished = ?, message = 'its process ended before it was done'"
            " WHERE status = ?",
            (RunStatus.INTERRUPTED, now(), RunStatus.RUNNING),
        )
        number = _insert(conn, run)
    except sqlite3.IntegrityError:
        conn.execute("COMMIT")
        raise StoreError(f"there is a run {run.id} already.", mend="Give each run an id of its own.") from None
    except BaseException:
        conn.execute("ROLLBACK")
        raise
    conn.execute("COMMIT")
    return number


def _insert(conn: sqlite3.Connection, run: Run) -> int:
    row = (
        run.id, run.kind, run.started, dump(list(run.sources)), run.model, dump(dict(run.counts)),
        RunStatus.RUNNING, run.message, os.getpid(), socket.gethostname(),
    )  # fmt: skip
    places = ", ".join("?" * len(row))
    cursor = conn.execute(
        sql(
            "INSERT INTO run (name, kind, started, sources, model, counts, status, message, pid, host)",
            "VALUES (",
            places,
            ")",
        ),
        row,
    )
    return int(cursor.lastrowid or 0)


def finish(conn: sqlite3.Connection, number: int, run: Run, counts: Mapping[str, int], model: str | None) -> None:
    """Marks a run done, in its own transaction. A run that says when it finished keeps that time."""
    finished = run.finished or now()
    conn.execute(
        "UPDATE run SET status = ?, finished = ?, at = ?, counts = ?, model = ? WHERE id = ?",
        (RunStatus.DONE, finished, seconds(finished), dump({**run.counts, **counts}), model or run.model, number),
    )


def fail(conn: sqlite3.Connection, number: int, status: RunStatus, message: str) -> None:
    """Marks a run that was taken back; one that was committed after all stays done."""
    conn.execute(
        "UPDATE run SET status = ?, finished = ?, message = ? WHERE id = ? AND status = ?",
        (status, now(), message, number, RunStatus.RUNNING),
    )


def holder(conn: sqlite3.Connection) -> str:
    """Who holds the store, as one says it."""
    row = conn.execute(
        "SELECT name, kind, pid, host, started FROM run WHERE status = ? ORDER BY id DESC LIMIT 1",
        (RunStatus.RUNNING,),
    ).fetchone()
    if row is None:
        return "another process"
    name, kind, pid, host, started = row
    return f"run {name} ({kind}, process {pid} on {host}, since {started})"


# --- counts --------------------------------------------------------------------------------------


def status(session: Session, url: str, version: int) -> StoreStatus:
    """Counts of everything, of one moment."""
    with session.view():
        kinds = _named(session, "SELECT kind, count(*) FROM entity WHERE merged IS NULL GROUP BY kind")
        relations = _named(
            session, sql("SELECT relation, count(*) FROM statement WHERE status <>", str(MERGED), "GROUP BY relation")
        )
        ended = session.one("SELECT count(*) FROM evidence WHERE until IS NOT NULL")
        return StoreStatus(
            url,
            version,
            entities=sum(kinds.values()),
            statements=sum(relations.values()),
            evidence=session.one("SELECT count(*) FROM evidence") - ended,
            documents=session.one("SELECT count(*) FROM document"),
            by_kind=kinds,
            by_level=_by_level(kinds),
            by_status=_by_status(session),
            by_relation=relations,
            review=session.one("SELECT count(*) FROM statement WHERE review > 0"),
            runs=session.one("SELECT count(*) FROM run"),
        )


def _named(session: Session, query: str) -> dict[str, int]:
    return {session.text(code): count for code, count in session.rows(query)}


def _by_level(kinds: Mapping[str, int]) -> dict[str, int]:
    counts = dict.fromkeys((str(level) for level in Level), 0)
    for kind, count in kinds.items():
        counts[str(LEVEL_OF[Kind(kind)])] += count
    return counts


def _by_status(session: Session) -> dict[str, int]:
    counts = {str(status): 0 for status in STATUS_OF.values()}
    rows = session.rows("SELECT status, count(*) FROM statement WHERE status <> ? GROUP BY status", (MERGED,))
    return counts | {str(STATUS_OF[code]): count for code, count in rows}
