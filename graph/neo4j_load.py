"""The rows of `marquee.graph.rows` into an empty Neo4j store, in many transactions.

`copying` on the store's node says that the rest has yet to come: until the last small commit the store cannot be
read or changed. Loading again takes away what was left, and begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from neo4j import ManagedTransaction
from neo4j import Session as Connection

from marquee.graph.neo4j_fill import Filling, Node
from marquee.graph.neo4j_lock import Lock
from marquee.graph.neo4j_once import Once, repeated
from marquee.graph.neo4j_session import Row
from marquee.graph.rows import RunRow, StoreRow
from marquee.graph.times import seconds
from marquee.schema.errors import StoreError
from marquee.schema.values import RunStatus

_CLEARED = 5_000  # nodes deleted in one transaction
_LABELS = (
    "Entity", "Name", "Key", "Attribute", "Statement", "Past", "Evidence", "Decision", "Document", "Reading", "Move",
)  # fmt: skip
_MARK = (  # the number is read once the node is locked
    "MATCH (g:MarqueeStore) WHERE g.copying OR g.copied = $batch SET g.trying = $batch"
    " WITH g, g.copied AS before SET g.copied = $batch RETURN before"
)


def unfinished(where: str = "") -> StoreError:
    """What is said of a store that holds part of a copy."""
    return StoreError(
        "this store holds a copy that was not finished.",
        where=where,
        mend="Run the same marquee copy again: it takes away what was left, and begins anew.",
    )


def copying(connection: Connection) -> bool:
    """Whether the store holds part of a copy."""
    return bool(repeated(connection.execute_read, _rows, "MATCH (g:MarqueeStore) WHERE g.copying RETURN g.id"))


def load(connection: Connection, lock: Lock, where: str, rows: Iterable[StoreRow]) -> None:
    """Writes all rows. Only under the lock. Raises StoreError where the store is not empty."""
    if copying(connection):
        _clear(connection)
    elif repeated(connection.execute_read, _rows, "MATCH (r:MarqueeRun) RETURN r.n LIMIT 1"):
        raise StoreError("the store is not empty.", where=where, mend="Name a database without a Marquee store.")
    repeated(connection.execute_write, _rows, "MATCH (g:MarqueeStore) SET g.copying = true, g.copied = 0")
    filling = Filling(Once(connection, _MARK, hold=lock.hold))
    filling.take(rows)
    filling.once.do(lambda tx: _finish(tx, filling))


def _clear(connection: Connection) -> None:
    for name in _LABELS:
        connection.run(
            f"MATCH (x:Marquee{name}) CALL (x) {{ DETACH DELETE x }} IN TRANSACTIONS OF {_CLEARED} ROWS"
        ).consume()


def _finish(tx: ManagedTransaction, filling: Filling) -> None:
    """The last small commit: from here on the store is whole."""
    runs = filling.runs
    head = max((run.number for run in runs if run.status == RunStatus.DONE), default=0)
    last = max((run.number for run in runs), default=0)
    _rows(tx, "UNWIND $rows AS r CREATE (x:MarqueeRun) SET x = r", {"rows": [_run(run) for run in runs]})
    _rows(
        tx,
        "MATCH (g:MarqueeStore) SET g.head = $head, g.runs = $last, g.next = $next REMOVE g.copying",
        {"head": head, "last": last, "next": filling.next},
    )


def _run(one: RunRow) -> Node:
    node = one._asdict() | {"n": one.number, "sources": list(one.sources), "batches": 0, "plain": True}
    del node["number"]
    if one.finished and one.status == RunStatus.DONE:
        node["at"] = seconds(one.finished)
    return node


def _rows(tx: ManagedTransaction, query: str, params: Mapping[str, Any] | None = None) -> list[Row]:
    return [record.values() for record in tx.run(query, dict(params or {}))]
