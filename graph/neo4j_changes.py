"""The changes of one run: written in batches under its number, and unseen until its last small commit.

Reads and writes of the run go through one open transaction, so that the writer sees what it wrote. When a
transaction has grown to `_MOST` rows it is committed and a new one is begun: nothing that others see is touched
by that, since every node carries the run's number. A small run is one transaction, and is taken back by the
server; what a large one has committed is taken back by `neo4j_recovery`. What the open transaction wrote is kept
until it is committed, and written again where a fault that passes has ended it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import InitVar, dataclass, field
from typing import Any

from neo4j import ManagedTransaction, Transaction
from neo4j import Session as Connection
from neo4j.exceptions import DriverError, Neo4jError

from marquee.graph.batches import batches
from marquee.graph.neo4j_cypher import entity_of
from marquee.graph.neo4j_errors import mended, translated
from marquee.graph.neo4j_once import Once, passing
from marquee.graph.neo4j_session import HEAD, Row, Session
from marquee.schema.errors import NotFound
from marquee.schema.selection import NEVER, Deadline

_MOST = 20_000  # rows in one transaction: some 200 MB of the server's heap, as measured
_ROWS = 5_000  # rows in one query
_TRIES = 5  # of one query, each after what its lost transaction held was written again
_MARK = (  # the number is read once the node is locked
    "MATCH (r:MarqueeRun {n: $run}) SET r.trying = $batch WITH r, r.batches AS before"
    " WHERE before = $batch OR (r.status = 'running' AND r.ended IS NULL) SET r.batches = $batch RETURN before"
)

# What of a statement changes over recorded time.
VERSIONED = (
    "status", "support", "probability", "low", "high", "parts", "reasons", "model", "grounded",
    "valid_from", "valid_to", "valid_first", "valid_last", "review", "changed",
)  # fmt: skip
_KEEP = ", ".join(f"{name}: s.{name}" for name in VERSIONED)
PAST = (
    "FOREACH (_ IN CASE WHEN s.since < $run THEN [1] ELSE [] END |"
    f" CREATE (s)-[:WAS]->(:MarqueePast {{since: s.since, until: $run, {_KEEP}}}))"
)


@dataclass(slots=True)
class Changes(Session):
    """A session inside a run. `run` is the run's number, `next` the number of the next node."""

    connection: Connection = field(kw_only=True)
    run: int = field(kw_only=True)
    next: int = field(kw_only=True)
    degrees: Counter[int] = field(default_factory=Counter)  # to be added to entities
    counts: Counter[str] = field(default_factory=Counter)
    model: str | None = None
    touched: set[int] = field(default_factory=set)  # statements whose plain relationship may have to change
    fresh: dict[int, str] = field(default_factory=dict)  # new accepted statements between entities: their relation
    replaced: set[str] = field(default_factory=set)  # names of attributes whose older values go
    whole: bool = False  # nothing may be committed before the end
    batched: bool = False  # something was
    once: Once = field(init=False)
    hold: InitVar[Callable[[], None]] = field(kw_only=True)  # see `Once`
    _tx: Transaction | None = None
    _written: int = 0
    _journal: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # what the open transaction wrote

    def __post_init__(self, hold: Callable[[], None]) -> None:
        self.once = Once(self.connection, _MARK, {"run": self.run}, hold)

    # --- the transaction ---

    def rows(self, query: str, deadline: Deadline = NEVER, /, **params: Any) -> list[Row]:
        deadline.check()
        given = {"head": self.head, "run": self.run} | params
        with mended(self.place.where):
            for _ in range(_TRIES):
                try:
                    return _ask(self.transaction(), query, given)
                except (Neo4jError, DriverError) as error:
                    self._again(error)
            return _ask(self.transaction(), query, given)

    def change(self, query: str, /, **params: Any) -> list[Row]:
        """A query that writes: it is done again where its transaction is lost."""
        answer = self.rows(query, **params)
        if not self.whole:
            self._journal.append((query, params))
        return answer

    def stream(self, query: str, /, **params: Any) -> Iterator[Row]:
        with mended(self.place.where):
            for record in self.transaction().run(query, {"head": self.head, "run": self.run} | params):
                yield record.values()

    def pinned(self) -> Session:
        return self  # what a run reads is what it wrote

    def write(self, query: str, rows: Sequence[object], **params: Any) -> list[Row]:
        """One statement for many `$rows`, unwound as `r`; what it returns."""
        answers: list[Row] = []
        for batch in batches(rows, _ROWS):
            answers += self.change(f"UNWIND $rows AS r {query}", rows=batch, **params)
            self._written += len(batch)
        return answers

    def breathe(self) -> None:
        """Between two steps of the writer: commits what was written, if it is much."""
        if self._written >= _MOST and not self.whole:
            self.commit()

    def commit(self) -> None:
        """Commits what was written, unseen by others. Raises StoreError if the run was taken back meanwhile."""
        self._commit()
        self.batched = True

    def commit_last(self, query: str, /, **params: Any) -> None:
        """Commits what was written and what the query does."""
        self._journal.append((query, params))
        self._commit(query, params)

    def _commit(self, *last: Any) -> None:
        with mended(self.place.where):
            try:
                tx = self.transaction()
                self.once.take(tx)
                if last:
                    _ask(tx, last[0], {"run": self.run} | last[1])
                tx.commit()
                self.once.last += 1
            except (Neo4jError, DriverError) as error:
                self._again(error, in_doubt=True)
        self._tx, self._written = None, 0
        self._journal.clear()

    def _again(self, error: Neo4jError | DriverError, in_doubt: bool = False) -> None:
        """Writes what the lost transaction held once more, in one that the driver tries again while faults pass.

        `in_doubt`: it may have been committed. What must stay whole cannot be committed before its end, so that
        a lost transaction ends the run.
        """
        if not passing(error) or (self.whole and not in_doubt):
            raise error
        self.close()
        self.once.hold()

        def work(tx: ManagedTransaction) -> None:
            if self.whole:
                raise translated(error, self.place.where)
            for query, params in self._journal:
                _ask(tx, query, {"run": self.run} | params)

        if self._journal or in_doubt:
            self.once.do(work)
            self._journal.clear()
            self._written, self.batched = 0, True

    def transaction(self) -> Transaction:
        """The open transaction, begun if there is none."""
        if self._tx is None:
            self._tx = self.connection.begin_transaction()
        return self._tx

    def close(self) -> None:
        """Takes back what is not committed."""
        if self._tx is not None:
            with suppress(Neo4jError, DriverError):  # where the server is gone, so is the transaction
                self._tx.close()
            self._tx = None

    # --- numbers ---

    def number(self) -> int:
        """The number of the next node."""
        self.next += 1
        return self.next - 1

    def known_statements(self, ids: Collection[str]) -> dict[str, int]:
        """Numbers of statements that must be known, redirects followed. Raises NotFound."""
        found = self.statement_numbers(ids)
        if len(found) < len(ids) and (missing := [id_ for id_ in ids if id_ not in found]):
            raise NotFound(f"no statement {missing[0]!r}.", mend="Stage it first.")
        return found

    def statement_numbers(self, ids: Collection[str]) -> dict[str, int]:
        """Numbers by statement id, redirects followed; unknown ids are absent."""
        query = (
            "UNWIND $ids AS asked MATCH (y:MarqueeStatement {id: asked})"
            " OPTIONAL MATCH (y)-[:MERGED_INTO]->(t:MarqueeStatement) RETURN asked, coalesce(t, y).n"
        )
        return {row[0]: row[1] for row in self.rows(query, ids=list(ids))}

    def entity_numbers(self, ids: Collection[str]) -> dict[str, tuple[int, str]]:
        """(number, id) by asked entity id, redirects followed; unknown ids are absent."""
        query = f"{HEAD} UNWIND $ids AS asked {entity_of('asked')} RETURN asked, e.n, e.id"
        return {asked: (number, id_) for asked, number, id_ in self.rows(query, ids=list(ids))}

    # --- versions ---

    def revise(self, names: Sequence[str], rows: Sequence[Row]) -> None:
        """Gives statements new values: rows are a number, then a value for each name. Those that change nothing are
        passed over."""
        revised = self.write(
            f"MATCH (s:MarqueeStatement {{n: r[0]}}) WHERE {_differs(names)} {PAST}"
            f" SET {_set(names)}, s.since = $run WITH s WHERE s.status = 'accepted' RETURN collect(s.n)",
            rows,
        )
        self.touched.update(number for (numbers,) in revised for number in numbers)

    def set_status(self, names: Sequence[str], rows: Sequence[Row]) -> None:
        """Gives statements a status and the values that go with it, and entities the degree that comes of it: rows are
        a number, the status, then a value for each name."""
        both = ("status", *names)
        changed = self.write(
            f"MATCH (s:MarqueeStatement {{n: r[0]}}) WHERE {_differs(both)} {PAST} WITH s, r, s.status AS old"
            f" SET {_set(both)}, s.since = $run, s.changed = CASE WHEN old = r[1] THEN s.changed ELSE $run END"
            " WITH s, old WHERE 'accepted' IN [old, s.status]"
            " MATCH (s)-[:SUBJECT]->(a) OPTIONAL MATCH (s)-[:OBJECT]->(b) RETURN s.n, old, s.status, a.n, b.n",
            rows,
        )
        for number, old, status, subject, object_ in changed:
            self.touched.add(number)
            if old != status:
                self.degree(subject, object_, 1 if status == "accepted" else -1)

    def degree(self, subject: int, object_: int | None, by: int) -> None:
        """Owes both ends of a statement a change of degree."""
        self.degrees[subject] += by
        if object_ is not None and object_ != subject:
            self.degrees[object_] += by

    def flush(self) -> None:
        """Writes the degrees that are owed; what a degree was before the run stays beside it."""
        rows = [{"n": entity, "by": by} for entity, by in self.degrees.items() if by]
        self.degrees.clear()
        self.write(
            "MATCH (e:MarqueeEntity {n: r.n})"
            " SET e.degree_was = CASE WHEN coalesce(e.degree_run, 0) = $run THEN e.degree_was ELSE e.degree END,"
            " e.degree_run = $run, e.degree = e.degree + r.by",
            rows,
        )


def _differs(names: Sequence[str]) -> str:
    """Whether a statement has other values than its row."""
    return " OR ".join(
        f"NOT coalesce(s.{name} = r[{place}], s.{name} IS NULL AND r[{place}] IS NULL)"
        for place, name in enumerate(names, 1)
    )


def _set(names: Sequence[str]) -> str:
    return ", ".join(f"s.{name} = r[{place}]" for place, name in enumerate(names, 1))


def _ask(tx: Transaction | ManagedTransaction, query: str, params: Mapping[str, Any]) -> list[Row]:
    return [record.values() for record in tx.run(query, dict(params))]
