"""Lists of a SQLite store, page by page: entities and statements."""

from __future__ import annotations

from dataclasses import replace

from marquee.graph.sqlite_codec import read_entity, read_statement
from marquee.graph.sqlite_page import NUMBER, Sorting, turned
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Row, Session, sql
from marquee.graph.sqlite_sql import Belief, Binds, belief, entity_json, statement_json
from marquee.graph.store import Listing
from marquee.schema.errors import CursorError
from marquee.schema.selection import Deadline, EntityFilter, Key, Page, StatementFilter
from marquee.schema.values import Entity, Statement

_UNJUDGED = 1.0  # further from one half than any probability


# --- entities ------------------------------------------------------------------------------------


def list_entities(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> Listing[Entity]:
    """Entities in order of recording, or by an attribute, highest first; those without it come last."""
    lists = [_measured, _unmeasured] if which.attribute else [_recorded]
    _check_key(page, len(lists))
    rows: list[Row] = []
    with session.view():
        for read in reversed(lists) if page.backward else lists:
            left = max(page.size, 0) - len(rows)
            if left >= 0:
                rows += read(session, which, replace(page, size=left), deadline)
    kept, more = turned(rows, page)
    return Listing(tuple(read_entity(session, row[0]) for row in kept), tuple(tuple(row[1:]) for row in kept), more)


def _check_key(page: Page, parts: int) -> None:
    for key in (page.after, page.before):
        if key is not None and len(key) != parts:
            raise CursorError("this cursor was not given by this list.", mend="Start again without a cursor.")


def _recorded(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> list[Row]:
    bind = Binds()
    window = Sorting(("e.id",), (NUMBER,)).window(page, bind)
    where = " AND ".join(["e.merged IS NULL", *_of_kinds(session, which, bind), *window.conditions])
    query = sql(
        "SELECT", entity_json("e"), f", e.id FROM entity e WHERE {where} ORDER BY {window.order} LIMIT {window.limit}"
    )
    return session.rows(query, bind.values, deadline)


def _measured(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> list[Row]:
    """Those that have the attribute; a position (None, id) lies among those without, after all of these."""
    if page.after is not None and page.after[0] is None:
        return []
    if page.before is not None and page.before[0] is None:
        page = replace(page, before=None)
    bind = Binds()
    window = Sorting(("a.value", "a.entity"), (NUMBER, NUMBER), descending=True).window(page, bind)
    where = " AND ".join(
        [f"a.name = {bind(_code(session, which))}", *_of_kinds(session, which, bind), *window.conditions]
    )
    query = sql(
        "SELECT",
        entity_json("e"),
        f", a.value, e.id FROM attribute a CROSS JOIN entity e ON e.id = a.entity WHERE {where}",
        f"ORDER BY {window.order} LIMIT {window.limit}",
    )
    return session.rows(query, bind.values, deadline)


def _unmeasured(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> list[Row]:
    if page.before is not None and page.before[0] is not None:
        return []
    after = page.after if page.after is not None and page.after[0] is None else None
    page = replace(page, after=after and after[1:], before=page.before and page.before[1:])
    bind = Binds()
    window = Sorting(("e.id",), (NUMBER,), descending=True).window(page, bind)
    lacking = sql(
        "NOT EXISTS (SELECT 1 FROM attribute a WHERE a.name =", bind(_code(session, which)), "AND a.entity = e.id)"
    )
    where = " AND ".join(["e.merged IS NULL", lacking, *_of_kinds(session, which, bind), *window.conditions])
    query = sql(
        "SELECT",
        entity_json("e"),
        f", NULL, e.id FROM entity e WHERE {where} ORDER BY {window.order} LIMIT {window.limit}",
    )
    return session.rows(query, bind.values, deadline)


def _code(session: Session, which: EntityFilter) -> int:
    return session.code(which.attribute or "")


def _of_kinds(session: Session, which: EntityFilter, bind: Binds) -> list[str]:
    if not which.kinds:
        return []
    codes = bind(array(session.all_codes([str(kind) for kind in which.kinds])))
    return [sql("e.kind IN (SELECT value FROM json_each(", codes, "))")]


# --- statements ----------------------------------------------------------------------------------


def list_statements(session: Session, which: StatementFilter, page: Page, deadline: Deadline) -> Listing[Statement]:
    """Statements with all their evidence, in order of recording or nearest to one half first."""
    bind = Binds()
    at = belief(which.as_of, bind)
    doubt = f"coalesce(abs({at.column('probability')} - 0.5), {_UNJUDGED})"
    columns = (doubt, "s.id") if which.doubt_first else ("s.id",)
    window = Sorting(columns, (NUMBER,) * len(columns)).window(page, bind)
    where = " AND ".join([*_conditions(session, which, at, bind), *window.conditions])
    query = sql(
        "SELECT",
        statement_json(at, "-1"),
        f", {', '.join(columns)} FROM statement s {at.join()}",
        f"WHERE {where} ORDER BY {window.order} LIMIT {window.limit}",
    )
    kept, more = turned(session.rows(query, bind.values, deadline), page)
    keys: tuple[Key, ...] = tuple(tuple(row[1:]) for row in kept)
    return Listing(tuple(read_statement(session, row[0]) for row in kept), keys, more)


def _conditions(session: Session, which: StatementFilter, at: Belief, bind: Binds) -> list[str]:
    conditions = [at.status_in(which.status), *at.held()]
    if which.relations:
        codes = ", ".join(map(str, session.all_codes(which.relations)))
        conditions.append(f"s.relation IN ({codes})")
    if which.source is not None:
        source = bind(session.code(which.source))
        conditions.append(
            sql(
                "EXISTS (SELECT 1 FROM evidence v WHERE v.statement = s.id AND v.source = {source} AND {live})",
                source=source,
                live=at.live("v"),
            )
        )
    if which.run is not None:
        conditions.append(sql("s.first = (SELECT id FROM run WHERE name =", bind(which.run), ")"))
    if which.open_name:
        conditions.append("s.id IN (SELECT statement FROM open_name)")
    if which.review is not None:
        conditions.append("s.review > 0" if which.review else "s.review = 0")
    return conditions
