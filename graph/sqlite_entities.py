"""Lists of entities, page by page: in order of recording, or by an attribute."""

from __future__ import annotations

from dataclasses import replace

from marquee.graph.paging import NUMBER, turned
from marquee.graph.sqlite_codec import read_entity
from marquee.graph.sqlite_page import Sorting, Window, first_of
from marquee.graph.sqlite_session import Row, Session, sql
from marquee.graph.sqlite_sql import Binds, entity_json
from marquee.graph.store import Listing
from marquee.schema.errors import CursorError
from marquee.schema.selection import Deadline, EntityFilter, Page
from marquee.schema.values import Entity


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
    query = sql("SELECT", entity_json("e"), ", e.id", _chosen(session, which, window, ()))
    return session.rows(query, bind.values, deadline)


def _measured(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> list[Row]:
    """Those that have the attribute; a position (None, id) lies among those without, after all of these."""
    if page.after is not None and page.after[0] is None:
        return []
    if page.before is not None and page.before[0] is None:
        page = replace(page, before=None)
    bind = Binds()
    window = Sorting(("a.value", "a.entity"), (NUMBER, NUMBER), descending=True).window(page, bind)
    kinds = [f"e.kind IN ({', '.join(map(str, _kinds(session, which)))})"] if which.kinds else []
    where = " AND ".join([f"a.name = {bind(session.code(which.attribute or ''))}", *kinds, *window.conditions])
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
    code = bind(session.code(which.attribute or ""))
    lacking = sql("NOT EXISTS (SELECT 1 FROM attribute a WHERE a.name =", code, "AND a.entity = e.id)")
    query = sql("SELECT", entity_json("e"), ", NULL, e.id", _chosen(session, which, window, (lacking,)))
    return session.rows(query, bind.values, deadline)


def _chosen(session: Session, which: EntityFilter, window: Window, more: tuple[str, ...]) -> str:
    """FROM clause of the entities `e` of a page, in order. Each kind is read in order by its index, then joined."""
    arms = []
    for kind in [f"e.kind = {code}" for code in _kinds(session, which)] or ["TRUE"]:
        where = " AND ".join([kind, "e.merged IS NULL", *more, *window.conditions])
        arms.append(
            sql(
                "SELECT e.id AS id FROM entity e WHERE {where} ORDER BY {order} LIMIT {limit}",
                where=where,
                order=window.order,
                limit=window.limit,
            )
        )
    way = window.order.removeprefix("e.")
    return sql("FROM (", first_of(arms, way, window.limit), f") p CROSS JOIN entity e ON e.id = p.id ORDER BY p.{way}")


def _kinds(session: Session, which: EntityFilter) -> list[int]:
    return session.all_codes([str(kind) for kind in which.kinds])
