"""What runs changed, read from SQLite: versions, evidence and entities by the numbers of the runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marquee.graph.changed import Belief, Change, EntityChange, Span, Version, compared, span
from marquee.graph.paging import NUMBER, turned
from marquee.graph.sqlite_codec import MERGED, STATUS_OF
from marquee.graph.sqlite_page import Sorting
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Row, Session, sql
from marquee.graph.sqlite_sql import Binds
from marquee.graph.store import Listing
from marquee.schema.errors import NotFound
from marquee.schema.kinds import Kind
from marquee.schema.selection import Deadline, Page


def changed(session: Session, run: str, since: str | None, page: Page, deadline: Deadline) -> Listing[Change]:
    """Statements that the runs touched, in order of recording."""
    with session.view():
        runs = _span(session, run, since)
        kept, more = _page(session, _TOUCHED, "s.id", runs, page, deadline)
        numbers = array([row[0] for row in kept])
        past, evidence = (_owned(session, query, numbers) for query in (_PAST, _EVIDENCE))
        items = []
        for (number,) in kept:
            sid, relation, joined, *now = session.rows(_NOW, (number,))[0]
            versions = [_version(row) for row in [now, *past.get(number, ())]]
            pieces = [(row[0], row[1]) for row in evidence.get(number, ())]
            items.append(compared(sid, session.text(relation), versions, pieces, runs, joined))
    return Listing(tuple(items), tuple((number,) for (number,) in kept), more)


def changed_entities(
    session: Session, run: str, since: str | None, page: Page, deadline: Deadline
) -> Listing[EntityChange]:
    """Entities that the runs added or merged, in order of recording."""
    with session.view():
        runs = _span(session, run, since)
        kept, more = _page(session, _ENTITIES, "e.id", runs, page, deadline)
        items = [
            EntityChange(eid, Kind(session.text(kind)), to if until in runs else None)
            for _, eid, kind, until, to in kept
        ]
    return Listing(tuple(items), tuple((row[0],) for row in kept), more)


_TOUCHED = sql(
    "SELECT s.id FROM statement s WHERE NOT (s.status =",
    str(MERGED),
    "AND s.first = s.since) AND (s.first > {after} AND s.first <= {upto} OR s.since > {after} AND s.since <= {upto}"
    " OR EXISTS (SELECT 1 FROM past p WHERE p.statement = s.id AND p.until > {after} AND p.until <= {upto})"
    " OR EXISTS (SELECT 1 FROM evidence v WHERE v.statement = s.id AND"
    " (v.since > {after} AND v.since <= {upto} OR v.until > {after} AND v.until <= {upto})))",
)
_ENTITIES = (
    "SELECT e.id, e.eid, e.kind, e.until, t.eid FROM entity e LEFT JOIN entity t ON t.id = e.merged"
    " WHERE (e.since > {after} AND e.since <= {upto} OR e.merged IS NOT NULL AND e.until > {after} AND e.until <= {upto})"
)
_NOW = (
    "SELECT s.sid, s.relation, t.sid, s.since, NULL, s.status, s.support, s.probability, s.valid_from, s.valid_to"
    " FROM statement s LEFT JOIN statement t ON t.id = s.merged WHERE s.id = ?"
)
_PAST = (
    "SELECT p.statement, p.since, p.until, p.status, p.support, p.probability, p.valid_from, p.valid_to"
    " FROM json_each(?) j CROSS JOIN past p ON p.statement = j.value"
)
_EVIDENCE = "SELECT v.statement, v.since, v.until FROM json_each(?) j CROSS JOIN evidence v ON v.statement = j.value"


def _span(session: Session, run: str, since: str | None) -> Span:
    def look(id_: str) -> tuple[int, str]:
        rows = session.rows("SELECT id, status FROM run WHERE name = ?", (id_,))
        if not rows:
            raise NotFound(f"no run {id_!r}.", mend="List them with: marquee runs list")
        return rows[0][0], rows[0][1]

    return span(run, since, look)


def _page(
    session: Session, query: str, column: str, runs: Span, page: Page, deadline: Deadline
) -> tuple[list[Row], bool]:
    """The rows of a page, and whether there are more."""
    bind = Binds()
    window = Sorting((column,), (NUMBER,)).window(page, bind)
    found = query.format(after=bind(runs.after), upto=bind(runs.upto))
    where = " ".join(f"AND {condition}" for condition in window.conditions)
    rows = session.rows(sql(found, where, f"ORDER BY {window.order} LIMIT {window.limit}"), bind.values, deadline)
    return turned(rows, page)


def _owned(session: Session, query: str, numbers: str) -> dict[int, list[Row]]:
    owned: dict[int, list[Row]] = {}
    for owner, *row in session.rows(query, (numbers,)):
        owned.setdefault(owner, []).append(tuple(row))
    return owned


def _version(row: Sequence[Any]) -> Version:
    since, until, status, support, probability, start, end = row
    if status == MERGED:
        return Version(since, until, None)
    return Version(since, until, Belief(STATUS_OF[status], support, probability, (start, end)))
