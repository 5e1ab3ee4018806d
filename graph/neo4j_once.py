"""Transactions that are done once, whatever happens to the connection meanwhile.

The driver's managed transactions try again what a passing fault stopped: a deadlock, a change of leader, a lost
connection. Of a commit whose answer was lost it cannot know whether it was done. So each transaction of a long
piece of work leaves its number on a node; one that is tried again looks there first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction, Transaction
from neo4j import Session as Connection
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

from marquee.schema.errors import StoreError

_DOUBTS = 5  # commits in a row whose answer was lost


def passing(error: Neo4jError | DriverError) -> bool:
    """Whether the same may go well in a moment."""
    return error.is_retryable() or isinstance(error, IncompleteCommit)


def repeated(transact: Callable[..., Any], work: Callable[..., object], *args: object) -> Any:
    """A managed transaction that may be done twice: once more where the answer to its commit was lost."""
    for _ in range(_DOUBTS - 1):
        with suppress(IncompleteCommit):
            return transact(work, *args)
    return transact(work, *args)


@dataclass(slots=True)
class Once:
    """Transactions of one piece of work, numbered from 1. `last` is the number of the last one that was done.

    `mark` is Cypher that leaves `$batch` on a node and answers the number that was there. The node must be locked
    before the number is read. It answers nothing where the work was taken from its owner. `hold` takes the store's
    lock again where it was lost with the connection; it raises StoreBusy where another has it by now.
    """

    connection: Connection
    mark: str
    params: Mapping[str, Any] = field(default_factory=dict)
    hold: Callable[[], None] = lambda: None
    last: int = 0

    def do(self, work: Callable[[ManagedTransaction], object]) -> None:
        """The next transaction, tried again by the driver while faults pass. Raises StoreError where it may not be."""

        tried = False

        def step(tx: ManagedTransaction) -> None:
            nonlocal tried
            if tried:
                self.hold()
            tried = True
            if self.take(tx):
                work(tx)

        repeated(self.connection.execute_write, step)
        self.last += 1

    def take(self, tx: ManagedTransaction | Transaction) -> bool:
        """Leaves the number of the next transaction; False where that was done already."""
        batch = self.last + 1
        found = tx.run(self.mark, {**self.params, "batch": batch}).single()
        if found is None or found[0] not in (self.last, batch):
            raise StoreError("this run was taken back by another command.", mend="Run the command again.")
        return bool(found[0] != batch)
