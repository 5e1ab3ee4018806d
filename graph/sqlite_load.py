"""The rows of `marquee.graph.rows` into an empty SQLite store: one transaction, all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from marquee.graph.codec import dump, load_qualifiers
from marquee.graph.rows import (
    DecisionRow,
    DocumentRow,
    EntityLead,
    EntityRow,
    EvidenceRow,
    ReadingRow,
    RunRow,
    StatementLead,
    StatementRow,
    StoreRow,
    grouped,
    label,
)
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_codec import MERGED, STATUS_CODE
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_schema import INDICES
from marquee.graph.sqlite_session import Row, sql
from marquee.graph.sqlite_stage import EVIDENCE
from marquee.graph.times import seconds
from marquee.graph.words import indexed
from marquee.schema.errors import StoreError
from marquee.schema.text import fold, title_key
from marquee.schema.values import RunStatus, Status

_UNKNOWN = 0  # the subject of a statement that only leads to another, until that one is known


def load(changes: Changes, rows: Iterable[StoreRow]) -> None:
    """Writes all rows. Raises StoreError where the store is not empty, or where a row names what is not there.

    Foreign keys must be off; they are checked at the end.
    """
    if any(changes.one(sql("SELECT EXISTS (SELECT 1 FROM", table, ")")) for table in ("run", "entity")):
        raise StoreError("the store is not empty.", where=changes.where, mend="Name a new file to copy to.")
    for name in INDICES:
        changes.rows(sql("DROP INDEX", name))
    for kind, batch in grouped(rows):
        _LOADERS[kind](changes, batch)
    for statement in INDICES.values():
        changes.rows(statement)
    if broken := changes.rows("PRAGMA foreign_key_check"):
        raise StoreError(f"a {broken[0][0]} to be copied names what is not there.", mend="Mend the original store.")


# --- entities ------------------------------------------------------------------------------------


def _entities(changes: Changes, batch: Sequence[EntityRow]) -> None:
    intern = changes.intern
    names: list[Row] = []
    keys: list[Row] = []
    attributes: list[Row] = []
    entities: list[Row] = []
    for one in batch:
        number = changes.number("entity")
        entities.append((number, one.id, intern(one.kind), fold(label(one)), one.degree, one.since))
        for text, language, kind, since, until in one.names:
            key, title = fold(text), title_key(text)
            title_ = title if title != key else None
            row = changes.number("name")
            names.append((row, number, text, intern(language), intern(kind), key, title_, since, until))
        keys += [(intern(scheme), value, number, since) for scheme, value, since in one.keys]
        attributes += [
            (intern(a.name), number, a.value, intern(a.unit), intern(a.at), a.inputs) for a in one.attributes
        ]
    changes.insert("entity", "id, eid, kind, label_key, degree, since", entities)
    changes.insert("name", "id, entity, text, language, kind, key, title, since, until", names)
    changes.insert("name_words", "rowid, words", [(row[0], indexed(row[2])) for row in names])
    changes.insert("external", "scheme, value, entity, since", keys)
    changes.insert("attribute", "name, entity, value, unit, at, inputs", attributes)


def _entity_leads(changes: Changes, batch: Sequence[EntityLead]) -> None:
    changes.many(
        "UPDATE entity SET merged = (SELECT id FROM entity WHERE eid = ?), until = ? WHERE eid = ?",
        [(one.to, one.until, one.id) for one in batch],
    )


# --- statements ----------------------------------------------------------------------------------

_STATEMENT = (
    "id, sid, relation, status, first, since, changed, review, subject, object, type, value, unit, year, qualifiers,"
    " support, probability, valid_from, valid_to, valid_first, valid_last"
)


def _statements(changes: Changes, batch: Sequence[StatementRow]) -> None:
    mentions = {one.id: _mentioned(one) for one in batch}
    ends = [end for one in batch for end in (one.subject, one.object, *mentions[one.id]) if end is not None]
    entities = _entity_numbers(changes, ends)
    numbers = {one.id: changes.number("statement") for one in batch}
    changes.insert("statement", _STATEMENT, [_statement(changes, numbers[one.id], one, entities) for one in batch])
    judged = [one for one in batch if any(v is not None for v in (one.low, one.parts, one.reasons, one.model))]
    changes.insert(
        "judgement",
        "statement, low, high, parts, reasons, model, grounded, run",
        [(numbers[o.id], o.low, o.high, o.parts, o.reasons, o.model, o.grounded, o.since) for o in judged],
    )
    opened = [(numbers[one.id], one.candidates) for one in batch if one.candidates is not None]
    changes.insert("open_name", "statement, candidates", opened)
    named = {(entities[entity], numbers[id_]) for id_, found in mentions.items() for entity in found}
    changes.insert("mention", "entity, statement", sorted(named))
    pieces = [_piece(changes, numbers[one.id], piece) for one in batch for piece in one.evidence]
    changes.insert("evidence", f"{EVIDENCE}, until", pieces)
    changes.insert(
        "past",
        "statement, since, until, status, support, probability, low, high, valid_from, valid_to, valid_first,"
        " valid_last, changed",
        [(numbers[one.id], *was[:2], _code(was.status), *was[3:]) for one in batch for was in one.past],
    )


def _statement(changes: Changes, number: int, one: StatementRow, entities: dict[str, int]) -> Row:
    subject = _UNKNOWN if one.subject is None else entities[one.subject]
    return (
        number, one.id, changes.intern(one.relation), _code(one.status), one.first, one.since, one.changed, one.review,
        subject, None if one.object is None else entities[one.object],
        None if one.type is None else changes.intern(one.type), one.value, one.unit, one.year, one.qualifiers,
        one.support, one.probability, one.valid_from, one.valid_to, one.valid_first, one.valid_last,
    )  # fmt: skip


def _piece(changes: Changes, statement: int, piece: EvidenceRow) -> Row:
    """A piece as a row of `EVIDENCE`, and its end."""
    words = (piece.source, piece.item, piece.extractor, piece.version, piece.observed, piece.modality)
    source, item, extractor, version, observed, modality = changes.interned(words)
    line, start, stop = (-1 if place is None else place for place in (piece.row, piece.start, piece.stop))
    return (
        statement, source, item, line, start, stop, extractor, piece.since, piece.quote, version, observed,
        piece.score, piece.supports, piece.billing, modality, piece.until,
    )  # fmt: skip


def _mentioned(one: StatementRow) -> list[str]:
    return [value for _, value in load_qualifiers(one.qualifiers) if isinstance(value, str)]


def _entity_numbers(changes: Changes, ids: Sequence[str]) -> dict[str, int]:
    """Numbers of entities, as they are named."""
    query = "SELECT e.eid, e.id FROM json_each(?) j CROSS JOIN entity e ON e.eid = j.value"
    found: dict[str, int] = dict(changes.rows(query, (array(set(ids)),)))
    if missing := next((id_ for id_ in ids if id_ not in found), None):
        raise StoreError(f"a statement to be copied names the unknown entity {missing!r}.", mend="Mend the original.")
    return found


def _code(status: str) -> int:
    return STATUS_CODE[Status(status)] if status in STATUS_CODE else MERGED


def _statement_leads(changes: Changes, batch: Sequence[StatementLead]) -> None:
    changes.many(
        "UPDATE statement SET merged = t.id FROM (SELECT id FROM statement WHERE sid = ?) t WHERE sid = ?",
        [(one.to, one.id) for one in batch],
    )
    changes.many(
        "UPDATE statement SET (subject, object, type, value) ="
        " (SELECT t.subject, t.object, t.type, t.value FROM statement t WHERE t.id = statement.merged)"
        " WHERE sid = ? AND subject = ?",
        [(one.id, _UNKNOWN) for one in batch],
    )


# --- the rest ------------------------------------------------------------------------------------


def _documents(changes: Changes, batch: Sequence[DocumentRow]) -> None:
    changes.insert("document", "did, source, name, text, retrieved_at, licence, since", batch)


def _decisions(changes: Changes, batch: Sequence[DecisionRow]) -> None:
    numbers = changes.known_statements({one.statement for one in batch})
    columns = "statement, action, reason, by, at, choice, run, probability, parts, model"
    changes.insert("decision", columns, [(numbers[one.statement], *one[1:]) for one in batch])


def _readings(changes: Changes, batch: Sequence[ReadingRow]) -> None:
    changes.insert("ledger", "source, locator, digest, run", batch)


def _runs(changes: Changes, batch: Sequence[RunRow]) -> None:
    changes.insert(
        "run",
        "id, name, kind, started, finished, sources, model, counts, status, message, pid, host, at",
        [(*one[:5], dump(list(one.sources)), *one[6:], _moment(one)) for one in batch],
    )


def _moment(one: RunRow) -> float | None:
    return seconds(one.finished) if one.finished and one.status == RunStatus.DONE else None


_LOADERS: dict[type, Callable[[Changes, Any], None]] = {
    EntityRow: _entities,
    EntityLead: _entity_leads,
    DocumentRow: _documents,
    StatementRow: _statements,
    StatementLead: _statement_leads,
    DecisionRow: _decisions,
    ReadingRow: _readings,
    RunRow: _runs,
}
