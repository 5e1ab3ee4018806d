"""A whole SQLite store as the rows of `marquee.graph.rows`, page by page out of one state of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from marquee.graph.rows import (
    MERGED,
    AttributeRow,
    DecisionRow,
    DocumentRow,
    EntityLead,
    EntityRow,
    EvidenceRow,
    KeyRow,
    NameRow,
    PastRow,
    ReadingRow,
    RunRow,
    StatementLead,
    StatementRow,
    StoreRow,
    statement_row,
)
from marquee.graph.sqlite_codec import STATUS_OF
from marquee.graph.sqlite_session import Row, Session, sql

_PAGE = 1_000
_Owned = dict[int, list[Row]]  # rows by the number of what they belong to


def dump(session: Session) -> Iterator[StoreRow]:
    """Every row of the store, in order."""
    with session.view():
        yield from _entities(session)
        for row in _each(session, _ENTITY_LEADS):
            yield EntityLead(*row)
        for row in _each(session, _DOCUMENTS):
            yield DocumentRow(*row)
        yield from _statements(session)
        for id_, to in _each(session, _STATEMENT_LEADS):
            yield StatementLead(id_, to)
        for row in _each(session, _DECISIONS):
            yield DecisionRow(*row)
        for row in _each(session, _READINGS):
            yield ReadingRow(*row)
        for number, id_, kind, started, finished, sources, *more in _each(session, _RUNS):
            yield RunRow(number, id_, kind, started, finished, tuple(json.loads(sources)), *more)


_ENTITY_LEADS = "SELECT e.eid, t.eid, e.until FROM entity e JOIN entity t ON t.id = e.merged ORDER BY e.id"
_DOCUMENTS = "SELECT did, source, name, text, retrieved_at, licence, since FROM document ORDER BY did"
_STATEMENT_LEADS = "SELECT s.sid, t.sid FROM statement s JOIN statement t ON t.id = s.merged ORDER BY s.id"
_DECISIONS = (
    "SELECT s.sid, d.action, d.reason, d.by, d.at, d.choice, d.run, d.probability, d.parts, d.model"
    " FROM decision d JOIN statement s ON s.id = d.statement ORDER BY d.id"
)
_READINGS = "SELECT source, locator, digest, run FROM ledger ORDER BY source, locator"
_RUNS = (
    "SELECT id, name, kind, started, finished, sources, model, counts, status, message, pid, host FROM run ORDER BY id"
)


def _each(session: Session, query: str) -> Iterator[Row]:
    """Rows as they come."""
    with session.errors():
        yield from session.conn.execute(query)


def _pages(session: Session, query: str) -> Iterator[list[Row]]:
    """Rows of a table in order of their number, which is their first column."""
    last = 0
    while page := session.rows(sql(query, "ORDER BY 1 LIMIT ?"), (last, _PAGE)):
        yield page
        last = page[-1][0]


def _owned(session: Session, query: str, page: list[Row]) -> _Owned:
    """What belongs to the rows of a page; the first column names the owner."""
    owned: _Owned = {}
    for owner, *row in session.rows(query, (page[0][0], page[-1][0])):
        owned.setdefault(owner, []).append(tuple(row))
    return owned


# --- entities ------------------------------------------------------------------------------------


def _entities(session: Session) -> Iterator[EntityRow]:
    text = session.text
    for page in _pages(session, "SELECT id, eid, kind, degree, since FROM entity WHERE id > ?"):
        names, keys, attributes = (_owned(session, query, page) for query in (_NAMES, _KEYS, _ATTRIBUTES))
        for number, id_, kind, degree, since in page:
            yield EntityRow(
                id_,
                text(kind),
                degree,
                since,
                tuple(NameRow(row[0], text(row[1]), text(row[2]), *row[3:]) for row in names.get(number, ())),
                tuple(KeyRow(text(row[0]), *row[1:]) for row in keys.get(number, ())),
                tuple(
                    sorted(
                        AttributeRow(text(name), value, text(unit), text(at), inputs)
                        for name, value, unit, at, inputs in attributes.get(number, ())
                    )
                ),
            )


_NAMES = "SELECT entity, text, language, kind, since, until FROM name WHERE entity BETWEEN ? AND ? ORDER BY entity, id"
_KEYS = "SELECT entity, scheme, value, since FROM external WHERE entity BETWEEN ? AND ? ORDER BY entity, id"
_ATTRIBUTES = "SELECT entity, name, value, unit, at, inputs FROM attribute WHERE entity BETWEEN ? AND ?"


# --- statements ----------------------------------------------------------------------------------


def _statements(session: Session) -> Iterator[StatementRow]:
    for page in _pages(session, _STATEMENTS):
        evidence, past = (_owned(session, query, page) for query in (_EVIDENCE, _PAST))
        for number, *row in page:
            pieces = tuple(_piece(session, piece) for piece in evidence.get(number, ()))
            before = tuple(PastRow._make((*was[:2], _status(was[2]), *was[3:])) for was in past.get(number, ()))
            yield statement_row(_statement(session, row, pieces, before))


_STATEMENTS = """
SELECT s.id, s.sid, s.relation, s.status, s.first, s.since, s.changed, s.review, a.eid, b.eid, s.type, s.value, s.unit,
       s.year, s.qualifiers, s.support, s.probability, g.low, g.high, g.parts, g.reasons, g.model, g.grounded,
       s.valid_from, s.valid_to, s.valid_first, s.valid_last, o.candidates
FROM statement s JOIN entity a ON a.id = s.subject LEFT JOIN entity b ON b.id = s.object
LEFT JOIN judgement g ON g.statement = s.id LEFT JOIN open_name o ON o.statement = s.id WHERE s.id > ?"""
_EVIDENCE = """
SELECT statement, source, item, nullif(line, -1), nullif(start, -1), nullif(stop, -1), passage, extractor, version,
       observed, score, supports, billing, modality, since, until
FROM evidence WHERE statement BETWEEN ? AND ?"""
_PAST = """
SELECT statement, since, until, status, support, probability, low, high, valid_from, valid_to, valid_first, valid_last,
       changed
FROM past WHERE statement BETWEEN ? AND ?"""


def _statement(
    session: Session, row: list[Any], evidence: tuple[EvidenceRow, ...], past: tuple[PastRow, ...]
) -> StatementRow:
    made = StatementRow._make((*row, evidence, past))
    return made._replace(
        relation=session.text(row[1]),
        status=_status(row[2]),
        type=None if made.type is None else session.text(row[9]),
        grounded=made.grounded is None or bool(made.grounded),
    )


def _piece(session: Session, row: Row) -> EvidenceRow:
    piece, text = EvidenceRow(*row), session.text
    source, item, extractor, version, observed, modality = (row[place] for place in (0, 1, 6, 7, 8, 12))
    return piece._replace(
        source=text(source),
        item=text(item),
        extractor=text(extractor),
        version=text(version),
        observed=text(observed),
        modality=text(modality),
    )


def _status(code: int) -> str:
    return str(STATUS_OF[code]) if code in STATUS_OF else MERGED
