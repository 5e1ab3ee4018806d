"""What runs changed, read from Neo4j: versions, evidence and entities by the numbers of the runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marquee.graph.changed import Belief, Change, EntityChange, Span, Version, compared, span
from marquee.graph.neo4j_cypher import MERGED
from marquee.graph.neo4j_session import Row, Session
from marquee.graph.paging import NUMBER, check_key, turned
from marquee.graph.store import Listing
from marquee.schema.errors import NotFound
from marquee.schema.kinds import Kind
from marquee.schema.selection import Deadline, Page
from marquee.schema.values import Status


def changed(session: Session, run: str, since: str | None, page: Page, deadline: Deadline) -> Listing[Change]:
    """Statements that the runs touched, in order of recording."""
    runs = _span(session, run, since)
    kept, more = _page(session, _STATEMENTS, runs, page, deadline)
    return Listing(tuple(_change(row, runs) for row in kept), tuple((row[0],) for row in kept), more)


def changed_entities(
    session: Session, run: str, since: str | None, page: Page, deadline: Deadline
) -> Listing[EntityChange]:
    """Entities that the runs added or merged, in order of recording."""
    runs = _span(session, run, since)
    kept, more = _page(session, _ENTITIES, runs, page, deadline)
    items = [EntityChange(id_, Kind(kind), to if until in runs else None) for _, id_, kind, until, to in kept]
    return Listing(tuple(items), tuple((row[0],) for row in kept), more)


def _among(*names: str) -> str:
    return " OR ".join(f"{name} > $first AND {name} <= $upto" for name in names)


_STATEMENTS = f"""
MATCH (s:MarqueeStatement) WHERE $window AND NOT (s.status = '{MERGED}' AND s.first = s.since) AND (
  {_among("s.first", "s.since")}
  OR EXISTS {{ (s)-[:WAS]->(w:MarqueePast) WHERE {_among("w.until")} }}
  OR EXISTS {{ (s)<-[:SUPPORTS]-(x:MarqueeEvidence) WHERE {_among("x.since", "x.until")} }})
WITH s ORDER BY s.n $way LIMIT $size
RETURN s.n, s.id, s.relation, head(COLLECT {{ MATCH (s)-[:MERGED_INTO]->(t:MarqueeStatement) RETURN t.id }}),
  [s.since, null, s.status, s.support, s.probability, s.valid_from, s.valid_to],
  COLLECT {{ MATCH (s)-[:WAS]->(w:MarqueePast)
    RETURN [w.since, w.until, w.status, w.support, w.probability, w.valid_from, w.valid_to] }},
  COLLECT {{ MATCH (s)<-[:SUPPORTS]-(x:MarqueeEvidence) RETURN [x.since, x.until] }}
ORDER BY s.n $way"""
_ENTITIES = f"""
MATCH (s:MarqueeEntity) WHERE $window AND ({_among("s.since")} OR s.merged IS NOT NULL AND ({_among("s.until")}))
RETURN s.n, s.id, s.kind, s.until, s.merged ORDER BY s.n $way LIMIT $size"""


def _span(session: Session, run: str, since: str | None) -> Span:
    def look(id_: str) -> tuple[int, str]:
        rows = session.rows("MATCH (r:MarqueeRun {id: $id}) RETURN r.n, r.status", id=id_)
        if not rows:
            raise NotFound(f"no run {id_!r}.", mend="List them with: marquee runs list")
        return rows[0][0], rows[0][1]

    return span(run, since, look)


def _page(session: Session, query: str, runs: Span, page: Page, deadline: Deadline) -> tuple[list[Row], bool]:
    """The rows of a page, and whether there are more."""
    conditions = ["s.n > 0"]
    for key, condition in ((page.after, "s.n > $after"), (page.before, "s.n < $before")):
        if key is not None:
            check_key(key, (NUMBER,))
            conditions.append(condition)
    text = query.replace("$window", " AND ".join(conditions)).replace("$way", "DESC" if page.backward else "ASC")
    rows = session.rows(
        text,
        deadline,
        first=runs.after,
        upto=runs.upto,
        size=max(page.size, 0) + 1,
        after=page.after and page.after[0],
        before=page.before and page.before[0],
    )
    return turned(rows, page)


def _change(row: Row, runs: Span) -> Change:
    _, id_, relation, joined, now, past, evidence = row
    return compared(id_, relation, [_version(one) for one in (now, *past)], evidence, runs, joined)


def _version(row: Sequence[Any]) -> Version:
    since, until, status, support, probability, start, end = row
    if status == MERGED:
        return Version(since, until, None)
    return Version(since, until, Belief(Status(status), _real(support), _real(probability), (start, end)))


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)
