"""A run into an empty Neo4j store: built in a file of this machine first, then sent to the server in large pieces.

A run that reads what it wrote, name by name, costs a server a round trip each time. As long as there is nothing
in the store, the embedded one gives the same answers: it takes the run, and its rows are loaded as a copy's are.
They carry the run's number, so that nobody sees them before its last commit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from neo4j import ManagedTransaction
from neo4j import Session as Connection

from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_fill import Filling
from marquee.graph.rows import StoreRow
from marquee.graph.sqlite_store import SqliteStore
from marquee.graph.store import Writer
from marquee.schema.values import Run

_MOMENTS = frozenset({"since", "until", "first", "changed", "run"})  # names of a row that hold the number of a run
_OWNED = frozenset({"names", "keys", "evidence", "past"})


def is_empty(connection: Connection) -> bool:
    """Whether no run has ever been finished here."""
    return connection.execute_read(_head) == 0


def _head(tx: ManagedTransaction) -> int:
    return int(tx.run("MATCH (g:MarqueeStore) RETURN g.head").single(strict=True)[0])


@contextmanager
def building(changes: Changes, run: Run, url: str) -> Iterator[Writer]:
    """A writer beside the server; leaving the block sends what it wrote, but for the last commit."""
    aside = SqliteStore.in_memory()
    aside.url = url
    try:
        with aside.writing(run, bulk=True) as writer:
            yield writer
        _send(changes, aside)
    finally:
        aside.close()


def _send(changes: Changes, aside: SqliteStore) -> None:
    changes.batched = True
    filling = Filling(changes.once, changes.next, changes.run)
    filling.take(_renumbered(row, changes.run) for row in aside.dump())
    kept = filling.runs[-1]
    changes.next, changes.model = filling.next, kept.model
    changes.counts.update(json.loads(kept.counts))


def _renumbered(row: StoreRow, run: int) -> Any:
    """The row as of that run: in the store beside it is the first."""
    if run == 1:
        return row
    return _at(row, run)


def _at(row: Any, run: int) -> Any:
    fields = frozenset(row._fields)
    moments = {name: run for name in fields & _MOMENTS if getattr(row, name) is not None}
    owned = {name: tuple(_at(one, run) for one in getattr(row, name)) for name in fields & _OWNED}
    return row._replace(**moments, **owned)
