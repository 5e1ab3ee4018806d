"""A session: reads of one state of a Neo4j store, retried by the driver and ended by the server at a deadline.

What a run writes carries its number, and `head` is the number of the last run that was finished: a read sees
what is numbered up to it. Every query begins with `HEAD`, so that all of it sees one state, also while a run
is being written or ends; the writer's own reads set `head` to their run.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from neo4j import READ_ACCESS, Driver, ManagedTransaction, unit_of_work

from marquee.graph.neo4j_errors import mended
from marquee.graph.neo4j_once import repeated
from marquee.schema.selection import NEVER, Deadline

Row = list[Any]

_AT_ONCE = 10_000  # rows that the server sends at a time
HEAD = "MATCH (g:MarqueeStore) WITH coalesce($head, g.head) AS head"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a store is: the driver, the database's name, and how errors call it."""

    driver: Driver
    database: str | None
    where: str


@dataclass(slots=True)
class Session:
    """Reads. `head` None: what is committed when each query begins. `times`: of finished runs, as far as read."""

    place: Place
    times: dict[int, str] = field(default_factory=dict)
    head: int | None = None

    def rows(self, query: str, deadline: Deadline = NEVER, /, **params: Any) -> list[Row]:
        """All rows of a query. Raises DeadlineExceeded when the deadline passes; the server ends the query then."""
        deadline.check()
        timeout = None if math.isinf(deadline.at) else max(deadline.left(), 0.001)

        @unit_of_work(timeout=timeout)
        def work(tx: ManagedTransaction) -> list[Row]:
            return [record.values() for record in tx.run(query, {"head": self.head} | params)]

        with (
            mended(self.place.where),
            self.place.driver.session(database=self.place.database, default_access_mode=READ_ACCESS) as session,
        ):
            found: list[Row] = repeated(session.execute_read, work)
            return found

    def stream(self, query: str, /, **params: Any) -> Iterator[Row]:
        """The rows of a query as they come, for answers that would be too large to hold twice."""
        with (
            mended(self.place.where),
            self.place.driver.session(
                database=self.place.database, default_access_mode=READ_ACCESS, fetch_size=_AT_ONCE
            ) as session,
        ):
            for record in session.run(query, {"head": self.head} | params):
                yield record.values()

    def one(self, query: str, /, **params: Any) -> Any:
        """The first column of the first row; None if there is none."""
        rows = self.rows(query, **params)
        return rows[0][0] if rows else None

    def pinned(self) -> Session:
        """A session whose reads all see the state of this moment."""
        head = self.one("MATCH (g:MarqueeStore) RETURN coalesce($head, g.head)")
        return Session(self.place, self.times, head)

    def times_of(self, runs: Iterable[int]) -> dict[int, str]:
        """When those runs were finished; of one that is being written, when it was started."""
        wanted = set(runs)
        unknown = wanted - self.times.keys()
        found = {run: self.times[run] for run in wanted - unknown}
        if unknown:
            query = "UNWIND $runs AS n MATCH (r:MarqueeRun {n: n}) RETURN n, r.started, r.finished"
            for run, started, finished in self.rows(query, runs=sorted(unknown)):
                found[run] = finished or started
                if finished:
                    self.times[run] = finished
        return found
