"""The reading half of the store protocol over SQLite; where the session comes from is left to the store."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from marquee.graph import sqlite_read, sqlite_runs
from marquee.graph.changed import Change, EntityChange
from marquee.graph.sqlite_changed import changed, changed_entities
from marquee.graph.sqlite_entities import list_entities
from marquee.graph.sqlite_fetch import fetch
from marquee.graph.sqlite_path import path
from marquee.graph.sqlite_schema import VERSION
from marquee.graph.sqlite_search import search
from marquee.graph.sqlite_session import Session
from marquee.graph.sqlite_snapshot import snapshot
from marquee.graph.sqlite_statements import list_statements
from marquee.graph.store import Dates, Listing, Named, StoreStatus
from marquee.schema.kinds import Kind
from marquee.schema.selection import (
    NEVER,
    NOW,
    AsOf,
    Deadline,
    EntityFilter,
    Hit,
    Node,
    Page,
    Selection,
    StatementFilter,
)
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import (
    Attribute,
    Decision,
    Document,
    Entity,
    ExternalId,
    PathStep,
    Run,
    Statement,
    Status,
)


class SqliteReader:
    """See `marquee.graph.store.Reader` for what each method promises."""

    url: str

    def _session(self) -> Session:
        raise NotImplementedError

    def status(self) -> StoreStatus:
        return sqlite_runs.status(self._session(), self.url, VERSION)

    def entities(self, ids: Collection[str]) -> dict[str, Entity]:
        return sqlite_read.entities(self._session(), ids)

    def by_external(self, keys: Collection[ExternalId]) -> dict[ExternalId, str]:
        return sqlite_read.by_external(self._session(), keys)

    def by_name(self, keys: Collection[str], kinds: Collection[Kind] = (), limit: int = 50) -> dict[str, list[Named]]:
        return sqlite_read.by_name(self._session(), keys, kinds, limit)

    def neighbours(self, ids: Collection[str], limit: int = 500) -> dict[str, frozenset[str]]:
        return sqlite_read.neighbours(self._session(), ids, limit)

    def dates(self, ids: Collection[str]) -> dict[str, Dates]:
        return sqlite_read.dates(self._session(), ids)

    def values(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Statement]]:
        return sqlite_read.values(self._session(), pairs)

    def statements(self, ids: Collection[str], evidence: int = 20) -> dict[str, Statement]:
        return sqlite_read.statements(self._session(), ids, evidence)

    def list_entities(self, which: EntityFilter, page: Page, deadline: Deadline = NEVER) -> Listing[Entity]:
        return list_entities(self._session(), which, page, deadline)

    def list_statements(self, which: StatementFilter, page: Page, deadline: Deadline = NEVER) -> Listing[Statement]:
        return list_statements(self._session(), which, page, deadline)

    def fetch(
        self,
        roots: Sequence[str],
        pages: Mapping[str, Selection],
        attributes: Sequence[str] = (),
        deadline: Deadline = NEVER,
    ) -> dict[str, Node]:
        return fetch(self._session(), roots, pages, attributes, deadline)

    def search(self, text: str, kinds: Collection[Kind] = (), limit: int = 20, deadline: Deadline = NEVER) -> list[Hit]:
        return search(self._session(), text, kinds, limit, deadline)

    def path(self, start: str, end: str, max_hops: int = 6, deadline: Deadline = NEVER) -> list[PathStep] | None:
        return path(self._session(), start, end, max_hops, deadline)

    def snapshot(
        self,
        columns: Collection[str] = (),
        status: Collection[Status] = (Status.ACCEPTED,),
        as_of: AsOf = NOW,
    ) -> Snapshot:
        return snapshot(self._session(), columns, status, as_of)

    def names(self, kinds: Collection[Kind] = ()) -> Iterator[tuple[str, Kind, str]]:
        return sqlite_read.names(self._session(), kinds)

    def attributes(self, name: str) -> dict[str, Attribute]:
        return sqlite_read.attributes(self._session(), name)

    def ledger(self, source: str) -> dict[str, str]:
        return sqlite_read.ledger(self._session(), source)

    def documents(self, ids: Collection[str]) -> dict[str, Document]:
        return sqlite_read.documents(self._session(), ids)

    def decisions(self, statements: Collection[str] = ()) -> list[Decision]:
        return sqlite_read.decisions(self._session(), statements)

    def runs(self, page: Page) -> Listing[Run]:
        return sqlite_runs.runs(self._session(), page)

    def run(self, id_: str) -> Run:
        return sqlite_runs.run(self._session(), id_)

    def changed(self, run: str, since: str | None, page: Page, deadline: Deadline = NEVER) -> Listing[Change]:
        return changed(self._session(), run, since, page, deadline)

    def changed_entities(
        self, run: str, since: str | None, page: Page, deadline: Deadline = NEVER
    ) -> Listing[EntityChange]:
        return changed_entities(self._session(), run, since, page, deadline)

    def triples(self, keys: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
        return sqlite_read.triples(self._session(), keys)
