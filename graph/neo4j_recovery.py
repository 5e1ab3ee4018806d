"""A run's beginning and end, and what a process that died left behind: finished, or taken back.

A run whose last commit was made is finished: its plain relationships are brought up to it. One whose last commit
was not made is taken back, node by node by its number, and marked interrupted.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from neo4j import ManagedTransaction
from neo4j import Session as Connection

from marquee.graph.batches import batches
from marquee.graph.codec import dump
from marquee.graph.neo4j_changes import VERSIONED, Changes
from marquee.graph.neo4j_load import copying, unfinished
from marquee.graph.neo4j_once import repeated
from marquee.graph.neo4j_plain import follow
from marquee.graph.neo4j_session import Row
from marquee.graph.times import now, seconds
from marquee.schema.errors import StoreError
from marquee.schema.values import Run, RunStatus

_ROWS = 5_000
_SWEPT = 20_000


def begin(connection: Connection, run: Run) -> tuple[int, int]:
    """Mends what died, and writes the run as running; its number, and that of the first node it may make.

    Raises StoreError if there is a run of that id, or if a copy into the store was not finished.
    """
    mend(connection)
    row = {
        "id": run.id,
        "kind": run.kind,
        "started": run.started,
        "sources": list(run.sources),
        "model": run.model,
        "counts": dump(dict(run.counts)),
        "status": str(RunStatus.RUNNING),
        "message": run.message,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "batches": 0,
        "plain": True,
    }
    found = connection.execute_write(_rows, _BEGIN, {"row": row})
    if not found and copying(connection):
        raise unfinished()
    if not found:
        raise StoreError(f"there is a run {run.id} already.", mend="Give each run an id of its own.")
    return found[0][0], found[0][1]


_BEGIN = (
    "MATCH (g:MarqueeStore) WHERE g.copying IS NULL AND NOT EXISTS { MATCH (:MarqueeRun {id: $row.id}) } SET g.runs = g.runs + 1"
    " CREATE (r:MarqueeRun) SET r = $row, r.n = g.runs RETURN r.n, g.next"
)


def finish(changes: Changes, run: Run) -> None:
    """The last small commit: from here on the run is seen. A run that says when it finished keeps that time."""
    finished = run.finished or now()
    changes.commit_last(
        "MATCH (r:MarqueeRun {n: $run}), (g:MarqueeStore) SET r += $row, g.head = $run, g.next = $next",
        next=changes.next,
        row={
            "status": str(RunStatus.DONE),
            "finished": finished,
            "at": seconds(finished),
            "counts": dump({**run.counts, **changes.counts}),
            "model": changes.model or run.model,
            "plain": not changes.batched,
        },
    )


def fail(connection: Connection, number: int, batched: bool, status: RunStatus, message: str) -> None:
    """Takes back what the run committed, and marks it; one that was finished after all stays done.

    `ended` comes first: from then on the run commits nothing more, should its process still be there.
    """
    repeated(connection.execute_write, _rows, _RUNNING + " SET r.ended = true", {"n": number})
    if batched and repeated(connection.execute_read, _rows, _RUNNING + " RETURN r.n", {"n": number}):
        _take_back(connection, number)
    row = {"status": str(status), "finished": now(), "message": message}
    repeated(connection.execute_write, _rows, _RUNNING + " SET r += $row REMOVE r.ended", {"n": number, "row": row})


_RUNNING = "MATCH (r:MarqueeRun {n: $n, status: 'running'})"


def holder(connection: Connection) -> str:
    """Who holds the store, as one says it."""
    rows = repeated(
        connection.execute_read,
        _rows,
        "MATCH (r:MarqueeRun {status: 'running'}) RETURN r.id, r.kind, r.pid, r.host, r.started ORDER BY r.n DESC LIMIT 1",
    )
    if not rows:
        return "another process"
    id_, kind, pid, host, started = rows[0]
    return f"run {id_} ({kind}, process {pid} on {host}, since {started})"


def follow_run(connection: Connection, number: int, statements: Collection[int], fresh: Mapping[int, str]) -> None:
    """Brings plain relationships up to a run that was committed in batches; may be done again at any time."""

    def write(query: str, rows: Sequence[Any]) -> list[Row]:
        answers: list[Row] = []
        for batch in batches(rows, _ROWS):
            answers += repeated(connection.execute_write, _rows, f"UNWIND $rows AS r {query}", {"rows": batch})
        return answers

    follow(write, statements, fresh)
    repeated(connection.execute_write, _rows, "MATCH (r:MarqueeRun {n: $n}) SET r.plain = true", {"n": number})


def sweep(connection: Connection, names: Sequence[str]) -> None:
    """Deletes the values of attributes that later ones replaced."""
    for name in names:
        while repeated(
            connection.execute_write,
            _rows,
            "MATCH (g:MarqueeStore), (x:MarqueeAttribute {name: $name}) WHERE x.until <= g.head"
            f" WITH x LIMIT {_SWEPT} DETACH DELETE x RETURN 1 LIMIT 1",
            {"name": name},
        ):
            pass


# --- what died -----------------------------------------------------------------------------------


def mend(connection: Connection) -> None:
    """Finishes and takes back what dead processes left. Only under the lock."""
    rows = repeated(
        connection.execute_read,
        _rows,
        "MATCH (r:MarqueeRun) WHERE r.status = 'running' OR (r.status = 'done' AND NOT r.plain)"
        " RETURN r.n, r.status, r.batches ORDER BY r.n DESC",
    )
    for number, status, _ in rows:
        if status == str(RunStatus.RUNNING):
            message = "its process ended before it was done"
            fail(connection, number, True, RunStatus.INTERRUPTED, message)
        else:
            touched = repeated(
                connection.execute_read, _rows, "MATCH (s:MarqueeStatement {since: $n}) RETURN s.n", {"n": number}
            )
            follow_run(connection, number, [row[0] for row in touched], {})


def _take_back(connection: Connection, number: int) -> None:
    """Undoes the committed batches of a run; may be done again at any time."""
    for step in _STEPS:
        connection.run(
            f"{step[0]} CALL ({step[1]}) {{ {step[2]} }} IN TRANSACTIONS OF {_ROWS} ROWS", {"n": number}
        ).consume()


_RESTORE = ", ".join(f"s.{name} = w.{name}" for name in VERSIONED)
_STEPS = (
    (
        "MATCH (s:MarqueeStatement)-[:WAS]->(w:MarqueePast {until: $n})",
        "s, w",
        f"SET {_RESTORE}, s.since = w.since DETACH DELETE w",
    ),
    *(
        (f"MATCH (x:{label}) WHERE x.since = $n", "x", "DETACH DELETE x")
        for label in (
            "MarqueeEvidence", "MarqueeDecision", "MarqueeName", "MarqueeKey", "MarqueeAttribute", "MarqueeDocument",
            "MarqueeStatement", "MarqueeEntity",
        )
    ),
    ("MATCH (x:MarqueeAttribute) WHERE x.until = $n", "x", "REMOVE x.until"),
    ("MATCH (x:MarqueeAttribute) WHERE x.at_run = $n", "x", "SET x.at = x.at_was REMOVE x.at_run"),
    ("MATCH (x:MarqueeEvidence) WHERE x.until = $n", "x", "REMOVE x.until"),
    ("MATCH (x:MarqueeReading) WHERE x.since = $n AND x.was IS NULL", "x", "DELETE x"),
    ("MATCH (x:MarqueeReading) WHERE x.since = $n", "x", "SET x.digest = x.was, x.since = x.was_since"),
    ("MATCH (e:MarqueeEntity) WHERE e.degree_run = $n", "e", "SET e.degree = e.degree_was REMOVE e.degree_run"),
)  # fmt: skip


def _rows(tx: ManagedTransaction, query: str, params: Mapping[str, Any] | None = None) -> list[Row]:
    return [record.values() for record in tx.run(query, dict(params or {}))]
