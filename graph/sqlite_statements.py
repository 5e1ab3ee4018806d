"""Lists of statements, page by page: in order of recording, or nearest to one half first."""

from __future__ import annotations

from marquee.graph.paging import NUMBER, turned
from marquee.graph.sqlite_codec import read_statement
from marquee.graph.sqlite_page import Sorting, Window, first_of
from marquee.graph.sqlite_session import Session, sql
from marquee.graph.sqlite_sql import Belief, Binds, belief, statement_json
from marquee.graph.store import Listing
from marquee.schema.selection import Deadline, Key, Page, StatementFilter
from marquee.schema.values import Statement

_UNJUDGED = 1.0  # further from one half than any probability
_FEW = 20_000  # pieces of evidence up to which it is quicker to start from them than from the statements


def list_statements(session: Session, which: StatementFilter, page: Page, deadline: Deadline) -> Listing[Statement]:
    """Statements with all their evidence, in order of recording or nearest to one half first."""
    bind = Binds()
    at = belief(which.as_of, bind)
    doubt = f"coalesce(abs({at.column('probability')} - 0.5), {_UNJUDGED})"
    columns = (doubt, "s.id") if which.doubt_first else ("s.id",)
    window = Sorting(columns, (NUMBER,) * len(columns)).window(page, bind)
    chosen = _chosen(session, which, at, bind, window, doubt if which.doubt_first else "NULL")
    rows = session.rows(
        sql(
            "SELECT {statement}, p.k, p.id FROM ({chosen}) p CROSS JOIN statement s ON s.id = p.id {join}",
            statement=statement_json(at, "-1"),
            chosen=chosen,
            join=at.join(),
        ),
        bind.values,
        deadline,
    )
    kept, more = turned(sorted(rows, key=lambda row: row[1:], reverse=page.backward), page)
    keys: tuple[Key, ...] = tuple((row[1], row[2]) if which.doubt_first else (row[2],) for row in kept)
    return Listing(tuple(read_statement(session, row[0]) for row in kept), keys, more)


def _chosen(session: Session, which: StatementFilter, at: Belief, bind: Binds, window: Window, key: str) -> str:
    """SELECT of (id, k) of the page. Each relation is read in order by its index, then joined."""
    conditions = [*_conditions(session, which, at, bind), *window.conditions]
    arms = [
        sql(
            "SELECT s.id AS id, {key} AS k FROM statement s {join} WHERE {where} ORDER BY {order} LIMIT {limit}",
            key=key,
            join=at.join(),
            where=" AND ".join([relation, *conditions]),
            order=window.order,
            limit=window.limit,
        )
        for relation in [f"s.relation = {code}" for code in session.all_codes(which.relations)] or ["TRUE"]
    ]
    way = "DESC" if window.order.endswith("DESC") else "ASC"
    return first_of(arms, f"k {way}, id {way}", window.limit)


def _conditions(session: Session, which: StatementFilter, at: Belief, bind: Binds) -> list[str]:
    conditions = [at.status_in(which.status), *at.held()]
    if which.source is not None:
        conditions.append(_from_source(session, session.code(which.source), at))
    if which.run is not None:
        conditions.append(sql("s.first = (SELECT id FROM run WHERE name =", bind(which.run), ")"))
    if which.open_name:
        conditions.append("s.id IN (SELECT statement FROM open_name)")
    if which.review is not None:
        conditions.append("s.review > 0" if which.review else "s.review = 0")
    return conditions


def _from_source(session: Session, source: int, at: Belief) -> str:
    count = session.one("SELECT count(*) FROM (SELECT 1 FROM evidence WHERE source = ? LIMIT ?)", (source, _FEW))
    pieces = (
        "s.id IN (SELECT v.statement FROM evidence v WHERE v.source = {source} AND {live})"
        if count < _FEW
        else "EXISTS (SELECT 1 FROM evidence v WHERE v.statement = s.id AND v.source = {source} AND {live})"
    )
    return sql(pieces, source=source, live=at.live("v"))
