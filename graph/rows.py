"""The rows of a whole store with its history: one stream of plain values, the same from every kind of store.

`Store.dump` gives the stream and `Store.load` takes it, in this order: entities and where merged ones lead,
documents, statements and where joined ones lead, decisions, readings, runs. Entities, statements and decisions
come in the order in which they were recorded; things point at each other by id, and at runs by number.

What both kinds of store keep is in it, and nothing else. Left out are numbers of rows, search words and plain
relationships, which are made anew; notes of what merges moved, which nothing reads; and of what was believed
before, its parts, reasons and model, which only Neo4j keeps. Texts named JSON are those of `codec`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, TypeAlias

from marquee.graph.batches import batches

MERGED = "merged"  # the status of a statement that leads to another


class NameRow(NamedTuple):
    """A name of an entity, from run `since` until before run `until`."""

    text: str
    language: str
    kind: str
    since: int
    until: int | None


class KeyRow(NamedTuple):
    """An external id of an entity."""

    scheme: str
    value: str
    since: int


class AttributeRow(NamedTuple):
    """A computed number of an entity."""

    name: str
    value: float
    unit: str
    at: str
    inputs: int


class EntityRow(NamedTuple):
    """An entity with its names and keys in order of recording, its attributes in order of name."""

    id: str
    kind: str
    degree: int
    since: int
    names: tuple[NameRow, ...]
    keys: tuple[KeyRow, ...]
    attributes: tuple[AttributeRow, ...]


class EvidenceRow(NamedTuple):
    """A piece of evidence; `supports` is JSON."""

    source: str
    item: str
    row: int | None
    start: int | None
    stop: int | None
    quote: str
    extractor: str
    version: str
    observed: str
    score: float
    supports: str | None
    billing: int | None
    modality: str
    since: int
    until: int | None


class PastRow(NamedTuple):
    """What was believed of a statement from run `since` until before run `until`."""

    since: int
    until: int
    status: str
    support: float | None
    probability: float | None
    low: float | None
    high: float | None
    valid_from: str | None
    valid_to: str | None
    valid_first: int | None
    valid_last: int | None
    changed: int


class StatementRow(NamedTuple):
    """A statement; `qualifiers`, `parts`, `reasons` and `candidates` are JSON. Evidence and past in order of time.

    One of status `MERGED` that was never anything else has no subject: only its id and where it leads are known.
    """

    id: str
    relation: str
    status: str
    first: int
    since: int
    changed: int
    review: int
    subject: str | None = None
    object: str | None = None
    type: str | None = None
    value: str | None = None
    unit: str | None = None
    year: int | None = None
    qualifiers: str | None = None
    support: float | None = None
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    parts: str | None = None
    reasons: str | None = None
    model: str | None = None
    grounded: bool = True
    valid_from: str | None = None
    valid_to: str | None = None
    valid_first: int | None = None
    valid_last: int | None = None
    candidates: str | None = None
    evidence: tuple[EvidenceRow, ...] = ()
    past: tuple[PastRow, ...] = ()


class EntityLead(NamedTuple):
    """A merged entity, the one it leads to, and the run that merged it, where that is known."""

    id: str
    to: str
    until: int | None = None


class StatementLead(NamedTuple):
    """A statement that was joined to another, and that one."""

    id: str
    to: str


class DecisionRow(NamedTuple):
    """A reviewer's decision, with the judgement as it stood."""

    statement: str
    action: str
    reason: str
    by: str
    at: str
    choice: str | None
    run: int
    probability: float | None
    parts: str | None
    model: str | None


class DocumentRow(NamedTuple):
    """A text; in order of id."""

    id: str
    source: str
    name: str
    text: str
    retrieved_at: str
    licence: str
    since: int


class ReadingRow(NamedTuple):
    """What was last read of a place of a source; in order of both."""

    source: str
    locator: str
    digest: str
    run: int


class RunRow(NamedTuple):
    """A run of the ledger; `counts` is JSON."""

    number: int
    id: str
    kind: str
    started: str
    finished: str | None
    sources: tuple[str, ...]
    model: str | None
    counts: str
    status: str
    message: str
    pid: int
    host: str


StoreRow: TypeAlias = (
    EntityRow | EntityLead | DocumentRow | StatementRow | StatementLead | DecisionRow | ReadingRow | RunRow
)

KINDS: dict[type, str] = {
    EntityRow: "entities",
    EntityLead: "merged_entities",
    DocumentRow: "documents",
    StatementRow: "statements",
    StatementLead: "joined_statements",
    DecisionRow: "decisions",
    ReadingRow: "readings",
    RunRow: "runs",
}
_AT_ONCE = 2_000  # rows that a store writes at a time, each with its names or its evidence
_TEXTS = 100  # documents, which may be long


def grouped(rows: Iterable[StoreRow]) -> Iterator[tuple[type, list[StoreRow]]]:
    """The stream in batches of one kind."""
    for kind, run in groupby(rows, type):
        for batch in batches(run, _TEXTS if kind is DocumentRow else _AT_ONCE):
            yield kind, batch


def label(entity: EntityRow) -> str:
    """The name that an entity shows, as of now."""
    names = [name for name in entity.names if name.until is None] or entity.names
    return min(names, key=lambda name: name.kind != "label").text if names else entity.id


def statement_row(row: StatementRow) -> StatementRow:
    """The row as the stream has it: evidence in an order that each store can tell, and nothing of a mere lead."""
    if row.status == MERGED and row.since == row.first:
        return StatementRow(row.id, row.relation, MERGED, row.first, row.since, row.changed, 0)
    return row._replace(evidence=tuple(sorted(row.evidence, key=_order)), past=tuple(sorted(row.past)))


def _order(piece: EvidenceRow) -> tuple[object, ...]:
    place = (-1 if number is None else number for number in (piece.row, piece.start, piece.stop))
    return (piece.since, piece.source, piece.item, *place, piece.extractor, piece.until or 0)
