"""The store protocol: methods on values that SQLite and Neo4j both keep. No query string crosses it.

A store is read through `Reader`. It is changed only inside a run: `with store.writing(run) as writer`
gives a `Writer`, which reads its own writes; leaving the block makes the run visible whole, leaving it
by an exception takes it back whole. One writer at a time; readers never wait for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from marquee.graph.changed import Change, EntityChange
from marquee.graph.rows import StoreRow
from marquee.schema.kinds import Kind
from marquee.schema.selection import (
    NEVER,
    NOW,
    AsOf,
    Deadline,
    EntityFilter,
    Hit,
    Key,
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
    Judgement,
    PathStep,
    Run,
    Statement,
    Status,
    Verdict,
)

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Listing(Generic[T_co]):
    """A page of a list: items, the keyset position of each, and whether more follow in its direction."""

    items: tuple[T_co, ...]
    keys: tuple[Key, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What a store holds. `review` counts the statements that wait for a reviewer."""

    url: str
    version: int
    entities: int
    statements: int
    evidence: int
    documents: int
    by_kind: Mapping[str, int]
    by_level: Mapping[str, int]
    by_status: Mapping[str, int]
    by_relation: Mapping[str, int]
    review: int
    runs: int


@dataclass(frozen=True, slots=True)
class Dates:
    """Canonical dates believed of an entity, and its earliest release, or the year of its first award where no
    release is known; None where nothing is known."""

    born: str | None = None
    died: str | None = None
    released: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An entity found by a name key: what resolution needs to rank it."""

    entity: str
    kind: Kind
    label: str
    external_ids: tuple[ExternalId, ...] = ()
    degree: int = 0


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What was last read of one place of a source: the digest of its content, and by which run."""

    source: str
    locator: str
    digest: str
    run: str


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging did with a batch: ids that are new, and known ones that gained evidence."""

    new: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    same: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What withdrawing did: ids of statements without evidence left, and of those that have less of it."""

    lost: tuple[str, ...] = ()
    weakened: tuple[str, ...] = ()


Place = tuple[str, int | None]  # where a source says something: the item and row of a Locator


class Reader(Protocol):
    """Reads. Ids that were merged away answer as the entity or statement they redirect to."""

    def status(self) -> StoreStatus: ...

    def entities(self, ids: Collection[str]) -> dict[str, Entity]:
        """Entities by asked id; unknown ids are absent."""

    def by_external(self, keys: Collection[ExternalId]) -> dict[ExternalId, str]:
        """Entity ids by external key; unknown keys are absent."""

    def by_name(self, keys: Collection[str], kinds: Collection[Kind] = (), limit: int = 50) -> dict[str, list[Named]]:
        """Entities whose folded name or title key (schema.text) is one of `keys`, best connected first."""

    def neighbours(self, ids: Collection[str], limit: int = 500) -> dict[str, frozenset[str]]:
        """Ids at the other end of accepted and pending statements of each id, either direction."""

    def dates(self, ids: Collection[str]) -> dict[str, Dates]:
        """Dates from accepted statements; every asked id is present."""

    def values(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Statement]]:
        """Accepted statements of each (subject, relation), without evidence."""

    def statements(self, ids: Collection[str], evidence: int = 20) -> dict[str, Statement]:
        """Statements by asked id, each with up to `evidence` pieces; unknown ids are absent."""

    def list_entities(self, which: EntityFilter, page: Page, deadline: Deadline = NEVER) -> Listing[Entity]: ...

    def list_statements(self, which: StatementFilter, page: Page, deadline: Deadline = NEVER) -> Listing[Statement]:
        """Statements with all their evidence."""

    def fetch(
        self,
        roots: Sequence[str],
        pages: Mapping[str, Selection],
        attributes: Sequence[str] = (),
        deadline: Deadline = NEVER,
    ) -> dict[str, Node]:
        """A page of nested data: each root with the named pages. One or two database statements in all.

        Raises DeadlineExceeded when the deadline passes; the database work is ended, too.
        """

    def search(self, text: str, kinds: Collection[Kind] = (), limit: int = 20, deadline: Deadline = NEVER) -> list[Hit]:
        """Entities by name: full text, accents folded, last word as a prefix, any script."""

    def path(self, start: str, end: str, max_hops: int = 6, deadline: Deadline = NEVER) -> list[PathStep] | None:
        """A shortest path over accepted statements between entities, or None. Genre, country and other
        shared kinds are not walked through: a path by way of "drama" says nothing."""

    def snapshot(
        self,
        columns: Collection[str] = (),
        status: Collection[Status] = (Status.ACCEPTED,),
        as_of: AsOf = NOW,
    ) -> Snapshot:
        """Integer-coded columns, statements and entities in order of id; `columns` names the optional
        ones: status, support, probability, score, source, decision, names, literals (which adds their rows),
        open, voices (which is four columns)."""

    def names(self, kinds: Collection[Kind] = ()) -> Iterator[tuple[str, Kind, str]]:
        """Every (name as written, kind, entity id), aliases included: what a gazetteer is fed with."""

    def attributes(self, name: str) -> dict[str, Attribute]:
        """One computed attribute of every entity that has it."""

    def ledger(self, source: str) -> dict[str, str]:
        """Locator -> digest of what was last read of a source."""

    def documents(self, ids: Collection[str]) -> dict[str, Document]: ...

    def decisions(self, statements: Collection[str] = ()) -> list[Decision]:
        """Reviewers' decisions in order of time; all of them when no ids are given."""

    def runs(self, page: Page) -> Listing[Run]:
        """Runs, newest first."""

    def run(self, id_: str) -> Run:
        """Raises NotFound."""

    def changed(self, run: str, since: str | None, page: Page, deadline: Deadline = NEVER) -> Listing[Change]:
        """Statements that a run touched, in order of recording, each as it was before and after; with `since`, those
        that changed between the end of that run and the end of `run`.

        Raises NotFound, InputError where a run is not done or `since` is the later one, DeadlineExceeded.
        """

    def changed_entities(
        self, run: str, since: str | None, page: Page, deadline: Deadline = NEVER
    ) -> Listing[EntityChange]:
        """Entities that the run, or runs, added or merged, in order of recording. Raises as `changed`."""

    def triples(self, keys: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
        """Statement ids of accepted (subject, relation, object) entity triples; unknown are absent."""


class Writer(Reader, Protocol):
    """A run being written. What it reads includes what it wrote."""

    def put_entities(self, entities: Iterable[Entity]) -> tuple[str, ...]:
        """Adds new entities; known ones gain names and external ids. Returns the ids that are new.

        Raises StoreError if an external key already belongs to another entity."""

    def stage(self, statements: Iterable[Statement]) -> Staged:
        """Adds new statements as they are; known ones gain the evidence they lacked, and qualifiers it supports.
        A piece that is known and reads otherwise now takes the place of the old."""

    def withdraw(self, source: str, places: Mapping[Place, Collection[str]]) -> Withdrawn:
        """Ends a source's evidence at those places, but for that of the statements named with each.

        Qualifiers and dates that only it supported go with it. A pending or accepted statement without evidence
        left is withdrawn and waits for no reviewer; what was believed before stays known. Places and statements
        that are unknown are passed over."""

    def put_support(self, support: Mapping[str, float]) -> None: ...

    def put_judgements(self, judgements: Iterable[Judgement]) -> None: ...

    def apply(self, verdicts: Iterable[Verdict], judgements: Iterable[Judgement] = ()) -> None:
        """Sets each statement's status by its verdict: accept, reject, or pending and put to review.
        `judgements`, of these and of others, are put with them in one go."""

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Records reviewers' decisions and the status they give; ends the wait for review."""

    def supersede(self, statements: Collection[str]) -> None:
        """Marks statements as believed before and corrected since; ends their wait for review."""

    def merge(self, redirects: Mapping[str, str]) -> None:
        """Redirects entity ids to others for ever; their names, keys, statements and evidence move."""

    def put_attributes(self, attributes: Iterable[Attribute]) -> None:
        """Replaces all values of each attribute name that occurs."""

    def put_documents(self, documents: Iterable[Document]) -> None: ...

    def put_ledger(self, rows: Iterable[LedgerRow]) -> None: ...

    def count(self, **counts: int) -> None:
        """Adds to the run's counts."""

    def set_model(self, model: str) -> None:
        """Names the model the run judged with."""


class Store(Reader, Protocol):
    """A store of one graph and its whole history."""

    url: str

    def writing(self, run: Run, bulk: bool = False) -> AbstractContextManager[Writer]:
        """A run as one change, all or none. `bulk` allows faster ways into an empty store.

        Raises StoreBusy, with the holder's run, if another writer is at work. A run that a killed process
        left behind is marked interrupted and its half-written changes are taken back first. Recorded time
        is the moment at which the run was finished: when it is left, or what `run.finished` says (a copy).
        """

    def dump(self) -> Iterator[StoreRow]:
        """The whole store with its history (see `marquee.graph.rows`), little by little. Writers are kept out.

        Raises StoreBusy if one is at work."""

    def load(self, rows: Iterable[StoreRow]) -> None:
        """Takes a whole store into this empty one; then `dump` gives the same rows again.

        Raises StoreError if the store is not empty, StoreBusy if another writer is at work. What a loading that
        did not end has left is never read: nothing is there, or reads raise StoreError until it was done again."""

    def close(self) -> None: ...
