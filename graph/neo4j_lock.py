"""The lock that one writer holds: the name of its claim on a node, and a transaction that keeps the claim alive.

A claim is a node that is never committed: its id, in an index of unique values, is locked as long as its transaction
is open. The server frees it when the writer's connection ends, however its process ended. Who wants the lock makes
a claim, then puts its name in the place of one that is dead, in a transaction that the server ends soon; so no one
waits for long, also where two begin at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

from neo4j import Session as Connection
from neo4j import Transaction
from neo4j.exceptions import ClientError, DriverError, Neo4jError, TransientError

from marquee.graph.neo4j_session import Place
from marquee.schema.errors import StoreBusy

_CLAIM = "CREATE (:MarqueeLock {id: $claim})"
# The claim that holds the store: it is read once the node is locked, and can be made anew only where it is dead.
_HOLDER = "MATCH (l:MarqueeLock {id: 'lock'}) SET l.asked = $claim RETURN l.holder"
_IS_DEAD = "MERGE (c:MarqueeLock {id: $holder}) DELETE c"
_HOLD = "MATCH (l:MarqueeLock {id: 'lock'}) SET l.holder = $claim"
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
        claim = uuid4().hex
        self._tx = self._session.begin_transaction()
        try:
            self._tx.run(_CLAIM, claim=claim).consume()
            taken = any(_put(self._place, claim, patience) for patience in _PATIENCE)
        except BaseException:
            self.let_go()
            raise
        if not taken:
            self.let_go()
        return taken

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


def _put(place: Place, claim: str, patience: float) -> bool:
    """Puts a claim in the place of a dead one; False where that lives, or is not known to be dead in time."""
    with place.driver.session(database=place.database) as session:
        tx = session.begin_transaction(timeout=patience)
        try:
            found = tx.run(_HOLDER, claim=claim).single(strict=True)
            if found[0] is not None:
                tx.run(_IS_DEAD, holder=found[0]).consume()
            tx.run(_HOLD, claim=claim).consume()
            tx.commit()
        except (ClientError, TransientError) as error:
            if not any(part in (error.code or "") for part in _TIMED_OUT):
                raise
            return False
        finally:
            with suppress(Neo4jError, DriverError):
                tx.close()
    return True


_TIMED_OUT = ("TransactionTimedOut", "LockClientStopped", "Terminated")
