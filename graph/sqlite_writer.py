"""The writing half of the store protocol over SQLite: one run inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from marquee.graph import sqlite_judge
from marquee.graph.batches import batches
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_merge import merge
from marquee.graph.sqlite_put import put_entities
from marquee.graph.sqlite_reader import SqliteReader
from marquee.graph.sqlite_schema import INDICES
from marquee.graph.sqlite_session import Session, sql
from marquee.graph.sqlite_stage import stage
from marquee.graph.sqlite_withdraw import withdraw
from marquee.graph.store import LedgerRow, Place, Staged, Withdrawn
from marquee.schema.errors import NotFound
from marquee.schema.values import Attribute, Decision, Document, Entity, Judgement, Statement, Verdict


class SqliteWriter(SqliteReader):
    """See `marquee.graph.store.Writer` for what each method promises."""

    def __init__(self, url: str, changes: Changes, bulk: bool) -> None:
        self.url = url
        self.changes = changes
        self._deferred: tuple[str, ...] = ()
        if bulk and changes.one("SELECT max(id) FROM statement") is None:
            self._defer_indices()

    def put_entities(self, entities: Iterable[Entity]) -> tuple[str, ...]:
        return put_entities(self.changes, entities)

    def stage(self, statements: Iterable[Statement]) -> Staged:
        return stage(self.changes, statements)

    def withdraw(self, source: str, places: Mapping[Place, Collection[str]]) -> Withdrawn:
        self._session()
        return withdraw(self.changes, source, places)

    def put_support(self, support: Mapping[str, float]) -> None:
        sqlite_judge.put_support(self.changes, support)

    def put_judgements(self, judgements: Iterable[Judgement]) -> None:
        sqlite_judge.put_judgements(self.changes, judgements)

    def apply(self, verdicts: Iterable[Verdict], judgements: Iterable[Judgement] = ()) -> None:
        sqlite_judge.apply(self.changes, verdicts, judgements)

    def decide(self, decisions: Iterable[Decision]) -> None:
        sqlite_judge.decide(self.changes, decisions)

    def supersede(self, statements: Collection[str]) -> None:
        sqlite_judge.supersede(self.changes, statements)

    def merge(self, redirects: Mapping[str, str]) -> None:
        self._session()
        merge(self.changes, redirects)

    def put_attributes(self, attributes: Iterable[Attribute]) -> None:
        replaced: set[str] = set()
        for batch in batches(attributes):
            for name in {one.name for one in batch} - replaced:
                replaced.add(name)
                self.changes.many("DELETE FROM attribute WHERE name = ?", [(self.changes.intern(name),)])
            numbers = self.changes.entity_numbers({one.entity for one in batch})
            if missing := [one.entity for one in batch if one.entity not in numbers]:
                raise NotFound(f"no entity {missing[0]!r}.", mend="Put the entity first.")
            intern = self.changes.intern
            rows = [
                (intern(a.name), numbers[a.entity][0], a.value, intern(a.unit), intern(a.computed_at), a.inputs)
                for a in batch
            ]
            self.changes.many("INSERT OR REPLACE INTO attribute VALUES (?, ?, ?, ?, ?, ?)", rows)

    def put_documents(self, documents: Iterable[Document]) -> None:
        self.changes.many(
            "INSERT OR IGNORE INTO document (did, source, name, text, retrieved_at, licence, since)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((d.id, d.source, d.name, d.text, d.retrieved_at, d.licence, self.changes.run) for d in documents),
        )

    def put_ledger(self, rows: Iterable[LedgerRow]) -> None:
        self.changes.many(
            "INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?)",
            ((row.source, row.locator, row.digest, self.changes.run) for row in rows),
        )

    def count(self, **counts: int) -> None:
        self.changes.counts.update(counts)

    def set_model(self, model: str) -> None:
        self.changes.model = model

    def settle(self) -> None:
        """Writes all that was put off; the last thing before the commit."""
        self._session()

    def _session(self) -> Session:
        """The run's own session; what was put off for speed is made good before it reads."""
        self.changes.flush()
        for name in self._deferred:
            self.changes.rows(INDICES[name])
        self._deferred = ()
        return self.changes

    def _defer_indices(self) -> None:
        for name in INDICES:
            self.changes.rows(sql("DROP INDEX", name))
        self._deferred = tuple(INDICES)
