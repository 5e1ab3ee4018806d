"""A whole Neo4j store as the rows of `marquee.graph.rows`. Nobody may write meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marquee.graph.neo4j_session import Row, Session
from marquee.graph.rows import (
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

_PAGE = 500


def dump(session: Session) -> Iterator[StoreRow]:
    """Every row of the store, in order."""
    for page in _pages(session, _ENTITIES, 0):
        yield from map(_entity, page)
    for row in session.stream(_LEADS.format(label="MarqueeEntity", more=", x.until")):
        yield EntityLead(*row)
    for page in _pages(session, _DOCUMENTS, ""):
        yield from (DocumentRow(*row) for row in page)
    for page in _pages(session, _STATEMENTS, 0):
        yield from map(_statement, page)
    for row in session.stream(_LEADS.format(label="MarqueeStatement", more="")):
        yield StatementLead(*row)
    for *row, probability, parts, model in session.stream(_DECISIONS):
        yield DecisionRow._make((*row, _real(probability), parts, model))
    for row in session.stream(_READINGS):
        yield ReadingRow(*row)
    for number, id_, kind, started, finished, sources, *more in session.stream(_RUNS):
        yield RunRow(number, id_, kind, started, finished, tuple(sources), *more)


_LEADS = "MATCH (x:{label})-[:MERGED_INTO]->(t:{label}) RETURN x.id, t.id{more} ORDER BY x.n"
_DOCUMENTS = """
MATCH (d:MarqueeDocument) WHERE d.id > $last WITH d ORDER BY d.id LIMIT $size
RETURN d.id, d.source, d.name, d.text, d.retrieved_at, d.licence, d.since ORDER BY d.id"""
_DECISIONS = """
MATCH (d:MarqueeDecision)-[:DECIDES]->(s)
RETURN s.id, d.action, d.reason, d.by, d.at, d.choice, d.since, d.probability, d.parts, d.model ORDER BY d.n"""
_READINGS = """
MATCH (x:MarqueeReading) RETURN x.source, x.locator, x.digest, x.since ORDER BY x.source, x.locator"""
_RUNS = """
MATCH (r:MarqueeRun) RETURN r.n, r.id, r.kind, r.started, r.finished, r.sources, r.model, r.counts, r.status, r.message,
r.pid, r.host ORDER BY r.n"""


def _pages(session: Session, query: str, last: int | str) -> Iterator[list[Row]]:
    """Rows in order of their first column."""
    while page := session.rows(query, last=last, size=_PAGE):
        yield page
        last = page[-1][0]


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)


# --- entities ------------------------------------------------------------------------------------

_ENTITIES = """
MATCH (e:MarqueeEntity) WHERE e.n > $last WITH e ORDER BY e.n LIMIT $size
RETURN e.n, e.id, e.kind, e.degree, e.since,
  COLLECT { MATCH (e)<-[:NAMES]-(x:MarqueeName) RETURN [x.n, x.text, x.language, x.kind, x.since, x.until] },
  COLLECT { MATCH (e)<-[:IDENTIFIES]-(x:MarqueeKey) RETURN [x.n, x.scheme, x.value, x.since] },
  COLLECT { MATCH (e)<-[:MEASURES]-(x:MarqueeAttribute) WHERE x.until IS NULL
            RETURN [x.name, x.value, x.unit, x.at, x.inputs] }
ORDER BY e.n"""


def _entity(row: Row) -> EntityRow:
    _, id_, kind, degree, since, names, keys, attributes = row
    return EntityRow(
        id_,
        kind,
        degree,
        since,
        tuple(NameRow(*name[1:]) for name in _in_order(names)),
        tuple(KeyRow(*key[1:]) for key in _in_order(keys)),
        tuple(sorted(AttributeRow(name, float(value), *more) for name, value, *more in attributes)),
    )


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row[0])


# --- statements ----------------------------------------------------------------------------------

_STATEMENTS = """
MATCH (s:MarqueeStatement) WHERE s.n > $last WITH s ORDER BY s.n LIMIT $size
OPTIONAL MATCH (s)-[:SUBJECT]->(a) OPTIONAL MATCH (s)-[:OBJECT]->(b)
RETURN s.n, s.id, s.relation, s.status, s.first, s.since, s.changed, coalesce(s.review, 0), a.id, b.id, s.type, s.value,
  s.unit, s.year, s.qualifiers, s.support, s.probability, s.low, s.high, s.parts, s.reasons, s.model,
  coalesce(s.grounded, true), s.valid_from, s.valid_to, s.valid_first, s.valid_last, s.candidates,
  COLLECT { MATCH (s)<-[:SUPPORTS]-(x:MarqueeEvidence)
    RETURN [x.source, x.item, x.row, x.start, x.stop, x.quote, x.extractor, x.version, x.observed, x.score, x.supports,
            x.billing, x.modality, x.since, x.until] },
  COLLECT { MATCH (s)-[:WAS]->(w:MarqueePast)
    RETURN [w.since, w.until, w.status, w.support, w.probability, w.low, w.high, w.valid_from, w.valid_to, w.valid_first,
            w.valid_last, w.changed] }
ORDER BY s.n"""
_REALS = ("support", "probability", "low", "high")


def _statement(row: Row) -> StatementRow:
    *plain, evidence, past = row[1:]
    pieces = tuple(_whole(EvidenceRow(*piece), ("score",)) for piece in evidence)
    before = tuple(_whole(PastRow(*was), _REALS) for was in past)
    return statement_row(_whole(StatementRow._make((*plain, pieces, before)), _REALS))


def _whole(row: Any, names: tuple[str, ...]) -> Any:
    """The row with real numbers where a whole one was written for a real one."""
    return row._replace(**{name: _real(getattr(row, name)) for name in names})
