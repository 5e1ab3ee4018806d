"""Lists of entities, page by page: in order of recording, or by an attribute."""

from __future__ import annotations

from dataclasses import replace

from marquee.graph.neo4j_cypher import entity, live, read_entity
from marquee.graph.neo4j_session import HEAD, Row, Session
from marquee.graph.paging import NUMBER, check_key, turned
from marquee.graph.store import Listing
from marquee.schema.errors import CursorError
from marquee.schema.selection import Deadline, EntityFilter, Page
from marquee.schema.values import Entity


def list_entities(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> Listing[Entity]:
    """Entities in order of recording, or by an attribute, highest first; those without it come last."""
    lists = [_measured, _unmeasured] if which.attribute else [_recorded]
    _check_keys(page, len(lists))
    rows: list[Row] = []
    state = session.pinned()
    for read in reversed(lists) if page.backward else lists:
        left = max(page.size, 0) - len(rows)
        if left >= 0:
            rows += read(state, which, replace(page, size=left), deadline)
    kept, more = turned(rows, page)
    return Listing(tuple(read_entity(row[0]) for row in kept), tuple(tuple(row[1:]) for row in kept), more)


def _check_keys(page: Page, parts: int) -> None:
    for key in (page.after, page.before):
        if key is not None and len(key) != parts:
            raise CursorError("this cursor was not given by this list.", mend="Start again without a cursor.")


def _recorded(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> list[Row]:
    return _by_number(session, which, page, deadline, descending=False, lacking=False)


def _unmeasured(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> list[Row]:
    if page.before is not None and page.before[0] is not None:
        return []
    after = page.after if page.after is not None and page.after[0] is None else None
    page = replace(page, after=after and after[1:], before=page.before and page.before[1:])
    rows = _by_number(session, which, page, deadline, descending=True, lacking=True)
    return [[row[0], None, row[1]] for row in rows]


def _by_number(
    session: Session, which: EntityFilter, page: Page, deadline: Deadline, *, descending: bool, lacking: bool
) -> list[Row]:
    """(entity, number) of a page in order of recording; each kind is read in order by its index, then joined."""
    beyond, short_of = ("<", ">") if descending else (">", "<")
    conditions = ["e.since <= head", "e.merged IS NULL"]
    for key, sign, name in ((page.after, beyond, "$after"), (page.before, short_of, "$before")):
        if key is not None:
            check_key(key, (NUMBER,))
            conditions.append(f"e.n {sign} {name}")
    if lacking:
        measured = f"(e)<-[:MEASURES]-(x:MarqueeAttribute {{name: $attribute}}) WHERE {live('x')}"
        conditions.append(f"NOT EXISTS {{ MATCH {measured} }}")
    way = "DESC" if descending != page.backward else "ASC"
    where = " AND ".join(["e.kind = kind" if which.kinds else "e.n > 0", *conditions])
    kinds = "UNWIND $kinds AS kind CALL (head, kind)" if which.kinds else "CALL (head)"
    query = (
        f"{HEAD} {kinds} {{ MATCH (e:MarqueeEntity) WHERE {where} RETURN e ORDER BY e.n {way} LIMIT $size }}"
        f" WITH head, e ORDER BY e.n {way} LIMIT $size RETURN {entity()}, e.n ORDER BY e.n {way}"
    )
    return session.rows(query, deadline, **_params(which, page))


def _measured(session: Session, which: EntityFilter, page: Page, deadline: Deadline) -> list[Row]:
    """Those that have the attribute; a position (None, id) lies among those without, after all of these."""
    if page.after is not None and page.after[0] is None:
        return []
    if page.before is not None and page.before[0] is None:
        page = replace(page, before=None)
    conditions = [live("x"), "($kinds = [] OR e.kind IN $kinds)"]
    for key, sign, name in ((page.after, "<", "$after"), (page.before, ">", "$before")):
        if key is not None:
            check_key(key, (NUMBER, NUMBER))
            conditions.append(f"(x.value {sign} {name}[0] OR (x.value = {name}[0] AND e.n {sign} {name}[1]))")
    way = "ASC" if page.backward else "DESC"
    query = (
        f"{HEAD} MATCH (x:MarqueeAttribute {{name: $attribute}})-[:MEASURES]->(e) WHERE {' AND '.join(conditions)}"
        f" WITH head, x.value AS value, e ORDER BY value {way}, e.n {way} LIMIT $size"
        f" RETURN {entity()}, value, e.n ORDER BY value {way}, e.n {way}"
    )
    params = _params(which, page) | {
        "after": page.after and list(page.after),
        "before": page.before and list(page.before),
    }
    return session.rows(query, deadline, **params)


def _params(which: EntityFilter, page: Page) -> dict[str, object]:
    return {
        "kinds": [str(kind) for kind in which.kinds],
        "attribute": which.attribute,
        "size": max(page.size, 0) + 1,
        "after": page.after and page.after[0],
        "before": page.before and page.before[0],
    }
