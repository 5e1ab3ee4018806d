"""The lock that one writer holds: a node's write lock in a transaction that stays open as long as the run.

The server frees it when the writer's connection ends, however its process ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from neo4j.exceptions import ClientError, DriverError, Neo4jError, TransientError

from marquee.graph.neo4j_session import Place

_TAKE = "MATCH (l:MarqueeLock {id: 'lock'}) SET l.held = true RETURN l.id"
_PATIENCE = 0.5  # seconds to wait for a lock that another run is just letting go


@contextmanager
def exclusive(place: Place) -> Iterator[bool]:
    """Holds the store's lock during the block; False if another holds it."""
    if not _free(place):
        yield False
        return
    with place.driver.session(database=place.database) as session:
        tx = session.begin_transaction()
        try:
            tx.run(_TAKE).consume()
            yield True
        finally:
            with suppress(Neo4jError, DriverError):
                tx.rollback()


def _free(place: Place) -> bool:
    """Whether the lock can be had at once: a transaction that the server ends tries for it."""
    with place.driver.session(database=place.database) as session:
        tx = session.begin_transaction(timeout=_PATIENCE)
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
