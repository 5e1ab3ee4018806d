"""The lock that one writer holds: a node's write lock in a transaction that stays open as long as the run.

The server frees it when the writer's connection ends, however its process ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from neo4j import Session as Connection
from neo4j import Transaction
from neo4j.exceptions import ClientError, DriverError, Neo4jError, TransientError

from marquee.graph.neo4j_session import Place
from marquee.schema.errors import StoreBusy

_TAKE = "MATCH (l:MarqueeLock {id: 'lock'}) SET l.held = true RETURN l.id"
# Seconds to wait for a lock that another run is just letting go; a server that is just up needs the longer ones.
_PATIENCE = (0.5, 2.0)


@contextmanager
def exclusive(place: Place) -> Iterator[Lock | None]:
    """Holds the store's lock during the block; None if another holds it."""
    with place.driver.session(database=place.database) as session:
        lock = Lock(place, session)
        if not lock.take():
            yield None
            return
        try:
            yield lock
        finally:
            lock.let_go()


class Lock:
    """The store's lock, in a session of its own."""

    def __init__(self, place: Place, session: Connection) -> None:
        self._place, self._session = place, session
        self._tx: Transaction | None = None

    def take(self) -> bool:
        """Takes the lock, if it can be had at once."""
        if not _free(self._place):
            return False
        self._tx = self._session.begin_transaction()
        self._tx.run(_TAKE).consume()
        return True

    def hold(self) -> None:
        """Takes it again where the connection that held it was lost. Raises StoreBusy if another was quicker."""
        if self._is_held():
            return
        self.let_go()
        if not self.take():
            raise StoreBusy(
                "another command took the store while the connection was lost.",
                where=self._place.where,
                mend="Wait for it to end, then run the command again.",
            )

    def let_go(self) -> None:
        """Lets others have it."""
        if self._tx is not None:
            with suppress(Neo4jError, DriverError):
                self._tx.rollback()
        self._tx = None

    def _is_held(self) -> bool:
        try:
            return self._tx is not None and self._tx.run("RETURN 1").single() is not None
        except (Neo4jError, DriverError):
            return False


def _free(place: Place) -> bool:
    """Whether the lock can be had: transactions that the server ends try for it."""
    return any(_tried(place, patience) for patience in _PATIENCE)


def _tried(place: Place, patience: float) -> bool:
    with place.driver.session(database=place.database) as session:
        tx = session.begin_transaction(timeout=patience)
        try:
            tx.run(_TAKE).consume()
        except (ClientError, TransientError) as error:
            if not any(
                part in (error.code or "") for part in ("TransactionTimedOut", "LockClientStopped", "Terminated")
            ):
                raise
            return False
        finally:
            with suppress(Neo4jError, DriverError):
                tx.rollback()
    return True
