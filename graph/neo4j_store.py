"""The Neo4j store: a graph in a database of a server, any number of readers, one writer at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import unquote, urlsplit, urlunsplit

from neo4j import Driver, GraphDatabase
from neo4j import Session as Connection

from marquee.graph import neo4j_bulk, neo4j_load, neo4j_recovery
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_dump import dump
from marquee.graph.neo4j_errors import mended
from marquee.graph.neo4j_lock import Lock, exclusive
from marquee.graph.neo4j_reader import Neo4jReader
from marquee.graph.neo4j_schema import prepare
from marquee.graph.neo4j_session import Place, Session
from marquee.graph.neo4j_writer import building
from marquee.graph.rows import StoreRow
from marquee.graph.store import Writer
from marquee.schema.errors import MarqueeError, SettingsError, StoreBusy, StoreError
from marquee.schema.values import Run, RunStatus

Building = Callable[[Changes, Run, str], AbstractContextManager[Writer]]
_RETRY = 10.0  # seconds in which the driver tries again what a passing fault stopped


class Neo4jStore(Neo4jReader):
    """A store in a database of a Neo4j server. Safe to share between threads."""

    def __init__(self, url: str, password: str = "", retry: float = _RETRY) -> None:
        """Opens the store at `neo4j://user@host:7687/database`, or makes it.

        Raises SettingsError, StoreError, StoreVersionError.
        """
        address, user, database = _parts(url)
        self.url = url
        with mended(url):
            driver = _driver(address, user, password, retry)
        self._place = Place(driver, database, url)
        self._times: dict[int, str] = {}
        self._open = True
        try:
            prepare(self._place)
            self._copying = self._is_copied_to()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self, run: Run, bulk: bool = False) -> Iterator[Writer]:
        """See `marquee.graph.store.Store.writing`."""
        self._check_whole()
        with self._alone() as (first, lock):
            number, following = neo4j_recovery.begin(first, run)
            aside = bulk and neo4j_bulk.is_empty(first)
            with self._place.driver.session(database=self._place.database) as connection:
                changes = Changes(
                    self._place,
                    self._times,
                    number,
                    connection=connection,
                    run=number,
                    next=following,
                    hold=lock.hold,
                )
                yield from self._run(changes, run, neo4j_bulk.building if aside else building)

    @contextmanager
    def _alone(self) -> Iterator[tuple[Connection, Lock]]:
        """A connection while no other process writes. Raises StoreBusy."""
        self._check_open()
        with (
            mended(self.url),
            exclusive(self._place) as lock,
            self._place.driver.session(database=self._place.database) as connection,
        ):
            if lock is None:
                raise StoreBusy(
                    f"the store is held by {neo4j_recovery.holder(connection)}.",
                    where=self.url,
                    mend="Wait for it to end, then try again.",
                )
            yield connection, lock

    def _run(self, changes: Changes, run: Run, building: Building) -> Iterator[Writer]:
        """The run: finished whole, or taken back whole and marked so."""
        try:
            with building(changes, run, self.url) as writer:
                yield writer
            neo4j_recovery.finish(changes, run)
        except BaseException as error:
            self._fail(changes, error)
            raise
        if changes.batched:
            neo4j_recovery.follow_run(changes.connection, changes.run, changes.touched, changes.fresh)
        neo4j_recovery.sweep(changes.connection, sorted(changes.replaced))

    def _fail(self, changes: Changes, error: BaseException) -> None:
        """Takes the run back; where the server is gone, the next command does."""
        stopped = isinstance(error, KeyboardInterrupt | SystemExit)
        status = RunStatus.INTERRUPTED if stopped else RunStatus.FAILED
        message = str(error) or type(error).__name__
        try:
            with mended(self.url):
                changes.close()
                neo4j_recovery.fail(changes.connection, changes.run, changes.batched, status, message)
        except MarqueeError:
            return

    def dump(self) -> Iterator[StoreRow]:
        """See `marquee.graph.store.Store.dump`."""
        self._check_whole()
        with self._alone() as (connection, _):
            neo4j_recovery.mend(connection)
            yield from dump(self._session())

    def load(self, rows: Iterable[StoreRow]) -> None:
        """See `marquee.graph.store.Store.load`."""
        with self._alone() as (connection, lock):
            neo4j_load.load(connection, lock, self.url, rows)

    @contextmanager
    def alone(self) -> Iterator[tuple[Connection, Callable[[], None]]]:
        """A session of the driver for what is no part of a run, while no other process writes, and what takes the
        store's lock again where that was lost. Raises StoreBusy."""
        self._check_whole()
        with self._alone() as (connection, lock):
            yield connection, lock.hold

    def close(self) -> None:
        """Closes every connection."""
        self._open = False
        self._place.driver.close()

    def _session(self) -> Session:
        self._check_whole()
        return Session(self._place, self._times)

    def _check_whole(self) -> None:
        self._check_open()
        if self._copying:
            self._copying = self._is_copied_to()
        if self._copying:
            raise neo4j_load.unfinished(self.url)

    def _is_copied_to(self) -> bool:
        with mended(self.url), self._place.driver.session(database=self._place.database) as connection:
            return neo4j_load.copying(connection)

    def _check_open(self) -> None:
        if not self._open:
            raise StoreError("the store is closed.", where=self.url, mend="Open it again.")


def _driver(address: str, user: str, password: str, retry: float) -> Driver:
    return GraphDatabase.driver(
        address,
        auth=(user, password),
        max_transaction_retry_time=retry,
        connection_timeout=max(retry, 1.0),
        connection_acquisition_timeout=max(retry, 5.0),
        notifications_min_severity="OFF",
        user_agent="marquee-kg",
    )


def _parts(url: str) -> tuple[str, str, str | None]:
    """(address, user, database or None) of a store's URL."""
    parts = urlsplit(url)
    if parts.password is not None:
        raise SettingsError(
            "a store's URL holds no password.", mend="Put it in MARQUEE_STORE_PASSWORD, where nobody reads it."
        )
    if not parts.hostname:
        raise SettingsError("the store's URL names no host.", where=url, mend="Write neo4j://user@host:7687.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    try:
        address = f"{host}:{parts.port or 7687}"
    except ValueError:
        raise SettingsError("the store's URL names no port.", where=url, mend="Write neo4j://user@host:7687.") from None
    database = unquote(parts.path.strip("/")) or None
    return urlunsplit((parts.scheme, address, "", parts.query, "")), unquote(parts.username or "neo4j"), database
