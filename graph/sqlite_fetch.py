"""`fetch`: a whole page of nested data in one SQL statement.

Every selection becomes one common table expression: for each row of the one above it, the ids of a page of
statements, found by a correlated query that `json_each` takes apart. The last part brings statements,
entities and counts of all of them as flat rows, which are put together here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marquee.graph.paging import turned
from marquee.graph.sqlite_codec import read_attributes, read_entity, read_statement
from marquee.graph.sqlite_orders import sorting
from marquee.graph.sqlite_page import first_of
from marquee.graph.sqlite_session import Row, Session, sql
from marquee.graph.sqlite_sql import Belief, Binds, attributes_json, belief, entity_json, statement_json
from marquee.schema.errors import StoreError
from marquee.schema.relations import RELATIONS
from marquee.schema.selection import Deadline, Direction, Edge, Edges, Node, Order, Selection

_SYMMETRIC = frozenset(name for name, row in RELATIONS.items() if row.symmetric)
_MOST_PAGES = 200  # SQLite joins up to 500 SELECTs, and a page with its total takes two


@dataclass(slots=True)
class _Plan:
    """One selection of the tree: its number, the number of the one above, its name there."""

    number: int
    above: int
    name: str
    selection: Selection
    nested: list[_Plan] = field(default_factory=list)


def fetch(
    session: Session,
    roots: Sequence[str],
    pages: Mapping[str, Selection],
    attributes: Sequence[str],
    deadline: Deadline,
) -> dict[str, Node]:
    """Each known root with its pages. Raises DeadlineExceeded, and StoreError where there are too many pages."""
    plans = list(_plans(pages))
    if len(plans) > _MOST_PAGES:
        raise StoreError(f"{len(plans)} pages in one read.", mend=f"Ask for {_MOST_PAGES} at most.")
    bind = Binds()
    query = _query(session, plans, roots, attributes, bind)
    found = _Found(session, plans, session.rows(query, bind.values, deadline))
    top = [plan for plan in plans if plan.above == 0]
    return {asked: found.node(top, row, entity, extra) for row, asked, entity, extra in found.roots}


def _plans(pages: Mapping[str, Selection]) -> Iterator[_Plan]:
    """The selections of the tree, each after the one above it; the roots have number 0."""
    waiting: list[tuple[_Plan | None, str, Selection]] = [(None, name, page) for name, page in pages.items()]
    number = 0
    while waiting:
        above, name, selection = waiting.pop(0)
        number += 1
        plan = _Plan(number, above.number if above else 0, name, selection)
        if above:
            above.nested.append(plan)
        yield plan
        waiting += [(plan, inner, page) for inner, page in selection.nested.items()]


# --- the query -----------------------------------------------------------------------------------


def _query(
    session: Session, plans: Sequence[_Plan], roots: Sequence[str], attributes: Sequence[str], bind: Binds
) -> str:
    tables = [_root_table(bind(json.dumps(list(roots))))]
    selects = [
        sql(
            "SELECT 0, p0.up, p0.place, NULL, NULL, NULL,",
            f"{entity_json('e')}, {attributes_json('e', session.all_codes(attributes))}",
            "FROM p0 JOIN entity e ON e.id = p0.other",
        )
    ]
    for plan in plans:
        at = belief(plan.selection.as_of, bind)
        arms = _Arms(session, plan, at, bind)
        tables.append(_page_table(plan, arms))
        selects.append(_page_rows(session, plan, at, bind))
        if plan.selection.total:
            selects.append(
                sql(
                    "SELECT -{page}, up.place, {total}, NULL, NULL, NULL, NULL, NULL FROM p{above} up",
                    page=plan.number,
                    total=arms.total(),
                    above=plan.above,
                )
            )
    return sql("WITH", ", ".join(tables), " UNION ALL ".join(selects))


def _root_table(roots: str) -> str:
    return sql(
        "p0 (place, up, other) AS MATERIALIZED (SELECT row_number() OVER (), j.value, coalesce(a.merged, a.id)",
        f"FROM json_each({roots}) j CROSS JOIN entity a ON a.eid = j.value)",
    )


def _page_table(plan: _Plan, arms: _Arms) -> str:
    return sql(
        f"p{plan.number} (place, up, id, other) AS MATERIALIZED (SELECT row_number() OVER (), up.place,",
        "json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]')",
        f"FROM p{plan.above} up, json_each((SELECT json_group_array(json_array(x.id, x.other)) FROM",
        f"({arms.page()}) x)) j WHERE up.other IS NOT NULL)",
    )


def _page_rows(session: Session, plan: _Plan, at: Belief, bind: Binds) -> str:
    selection = plan.selection
    order = sorting(session, selection, at, "p.other", bind)
    return sql(
        f"SELECT {plan.number}, p.up, p.place, {order.columns[0]}, s.id,",
        f"{statement_json(at, bind(selection.evidence) if selection.evidence else '0')},",
        f"iif(e.id IS NULL, NULL, {entity_json('e')}),",
        f"{attributes_json('e', session.all_codes(selection.attributes))}",
        f"FROM p{plan.number} p CROSS JOIN statement s ON s.id = p.id {at.join()} LEFT JOIN entity e ON e.id = p.other",
    )


class _Arms:
    """The statements of one page: those where the entity is the subject, the object, or both in two arms."""

    def __init__(self, session: Session, plan: _Plan, at: Belief, bind: Binds) -> None:
        self.session, self.plan, self.at, self.bind = session, plan, at, bind

    def page(self) -> str:
        """SELECT of (id, other) of one page, in the order in which it is read."""
        arms = [self._arm(*ends) for ends in self._ends()]
        way = "DESC" if self.plan.selection.descending != self.plan.selection.page.backward else "ASC"
        limit = self.bind(max(self.plan.selection.page.size, 0) + 1)
        return first_of(arms, f"k {way}, id {way}", limit)

    def total(self) -> str:
        """The number of statements of all pages."""
        counts = []
        for own, other, relations, loops in self._ends():
            where = " AND ".join(self._conditions(own, other, relations, loops))
            counts.append(sql("(SELECT count(*) FROM statement s", self.at.join(), "WHERE", where, ")"))
        return " + ".join(counts)

    def _arm(self, own: str, other: str, relations: tuple[str, ...] | None, loops: bool) -> str:
        selection = self.plan.selection
        order = sorting(self.session, selection, self.at, f"s.{other}", self.bind)
        window = order.window(selection.page, self.bind)
        where = " AND ".join([*self._conditions(own, other, relations, loops), *window.conditions])
        return sql(
            "SELECT s.id AS id, s.{other} AS other, {key} AS k FROM statement s {join}",
            "WHERE {where} ORDER BY {order} LIMIT {limit}",
            other=other,
            key=order.columns[0],
            join=self.at.join(),
            where=where,
            order=window.order,
            limit=window.limit,
        )

    def _ends(self) -> list[tuple[str, str, tuple[str, ...] | None, bool]]:
        """(own end, other end, relations or all, whether self-loops count): symmetric ones match either end."""
        wanted = self.plan.selection.relations or None
        mirrored = tuple(sorted(_SYMMETRIC.intersection(wanted) if wanted else _SYMMETRIC))
        direction = self.plan.selection.direction
        out, into = ("subject", "object"), ("object", "subject")
        if direction is Direction.BOTH:
            return [(*out, wanted, True), (*into, wanted, False)]
        first, second = (out, into) if direction is Direction.OUT else (into, out)
        return [(*first, wanted, True), *([(*second, mirrored, False)] if mirrored else [])]

    def _conditions(self, own: str, other: str, relations: tuple[str, ...] | None, loops: bool) -> list[str]:
        selection, at = self.plan.selection, self.at
        conditions = [f"s.{own} = up.other", at.status_in(selection.status), *at.held()]
        if relations is not None:
            conditions.append(f"s.relation IN ({_numbers(self.session.all_codes(relations))})")
        if not loops:
            conditions.append("s.subject <> s.object")
        if selection.kinds:
            kinds = _numbers(self.session.all_codes([str(kind) for kind in selection.kinds]))
            conditions.append(
                sql("(SELECT kind FROM entity WHERE id = s.{other}) IN ({kinds})", other=other, kinds=kinds)
            )
        if selection.min_probability is not None:
            conditions.append(f"{at.column('probability')} >= {self.bind(selection.min_probability)}")
        return conditions


def _numbers(codes: Sequence[int]) -> str:
    return ", ".join(str(int(code)) for code in codes)


# --- the answer ----------------------------------------------------------------------------------


class _Found:
    """The flat rows of a fetch, by page and by the row above."""

    def __init__(self, session: Session, plans: Sequence[_Plan], rows: Sequence[Row]) -> None:
        self.session = session
        self.roots: list[tuple[int, str, str, str | None]] = []
        self.edges: dict[tuple[int, int], list[Row]] = {}
        self.totals: dict[tuple[int, int], int] = {}
        for page, up, row, key, id_, statement, entity, attributes in rows:
            if page == 0:
                self.roots.append((row, up, entity, attributes))
            elif page < 0:
                self.totals[-page, up] = row
            else:
                self.edges.setdefault((page, up), []).append((row, key, id_, statement, entity, attributes))

    def node(self, plans: Sequence[_Plan], row: int, entity: str, attributes: str | None) -> Node:
        """The entity of a row with the pages under it."""
        return Node(
            read_entity(self.session, entity),
            read_attributes(self.session, attributes),
            {plan.name: self._edges(plan, row) for plan in plans},
        )

    def _edges(self, plan: _Plan, above: int) -> Edges:
        rows = sorted(self.edges.get((plan.number, above), []))
        kept, more = turned(rows, plan.selection.page)
        return Edges(tuple(self._edge(plan, row) for row in kept), more, self.totals.get((plan.number, above)))

    def _edge(self, plan: _Plan, found: Row) -> Edge:
        row, key, id_, statement, entity, attributes = found
        node = self.node(plan.nested, row, entity, attributes) if entity is not None else None
        position = (id_,) if plan.selection.order is Order.RECORDED else (key, id_)
        return Edge(read_statement(self.session, statement), node, position)
