"""`fetch`: a page of nested data in one query for every three levels.

A query has a part for each level of the tree, and all parts are alike: what a page selects, how it is ordered
and where it begins are parameters. So there is one query text for each depth, which the server plans once.
Each part answers a list of pages; a page says which row it hangs under and holds its own rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from marquee.graph.neo4j_cypher import (
    attributes,
    entity,
    moments,
    read_attributes,
    read_entity,
    read_statements,
    statement,
    version,
)
from marquee.graph.neo4j_session import HEAD, Row, Session
from marquee.graph.paging import NUMBER, TEXT, check_key, turned
from marquee.graph.times import day_range
from marquee.schema.errors import StoreError
from marquee.schema.relations import RELATIONS
from marquee.schema.selection import Deadline, Direction, Edge, Edges, Key, Node, Order, Selection
from marquee.schema.values import Statement

_SYMMETRIC = frozenset(name for name, row in RELATIONS.items() if row.symmetric)
_FAR = 9e99  # stands for the unknown in an order, so that it comes last
_MOST_PAGES = 200
_AT_ONCE = 3  # levels of one query; the server takes longer to plan more than to be asked again


def fetch(
    session: Session,
    roots: Sequence[str],
    pages: Mapping[str, Selection],
    attributes: Sequence[str],
    deadline: Deadline,
) -> dict[str, Node]:
    """Each known root with its pages. Raises DeadlineExceeded, and StoreError where there are too many pages."""
    levels = list(_levels(pages))
    if sum(map(len, levels)) > _MOST_PAGES:
        raise StoreError(f"{sum(map(len, levels))} pages in one read.", mend=f"Ask for {_MOST_PAGES} at most.")
    times = {plan.selection.as_of.known_at for level in levels for plan in level}
    known = moments(session, [time for time in times if time is not None])
    state = session.pinned() if len(levels) > _AT_ONCE else session
    chunks = [levels[first : first + _AT_ONCE] for first in range(0, len(levels), _AT_ONCE)] or [[]]
    asked = [[0, id_] for id_ in dict.fromkeys(roots)]
    answer = _Answer(levels)
    for chunk in chunks:
        found = state.rows(
            _query(len(chunk)),
            deadline,
            roots=asked,
            attributes=list(attributes),
            levels=[[_spec(plan, known) for plan in level] for level in chunk],
            most=max((plan.selection.page.size for level in chunk for plan in level), default=0) + 1,
        )
        asked = answer.take(found[0]) if found else []
    return answer.nodes(session)


@dataclass(slots=True)
class _Plan:
    """One selection of the tree: its number in its level, the number of the one above, its name there."""

    number: int
    above: int
    name: str
    selection: Selection


def _levels(pages: Mapping[str, Selection]) -> Iterator[list[_Plan]]:
    """The selections of the tree, level by level; the roots are page 0 of the level above all."""
    level = [_Plan(number, 0, name, page) for number, (name, page) in enumerate(pages.items())]
    while level:
        yield level
        below = [(plan.number, name, page) for plan in level for name, page in plan.selection.nested.items()]
        level = [_Plan(number, *one) for number, one in enumerate(below)]


# --- what is asked -------------------------------------------------------------------------------


def _spec(plan: _Plan, known: Mapping[str, int]) -> dict[str, Any]:
    """A selection as the parameters that `_LEVEL` reads."""
    one = plan.selection
    rising = one.descending == one.page.backward
    first, last = day_range(one.as_of.valid_at) if one.as_of.valid_at else (None, None)
    return {
        "number": plan.number,
        "above": plan.above,
        **_ends(one),
        "status": [str(status) for status in one.status],
        "kinds": [str(kind) for kind in one.kinds],
        "least": one.min_probability,
        "known": None if one.as_of.known_at is None else known[one.as_of.known_at],
        "first": first,
        "last": last,
        "order": str(one.order),
        "unknown": -_FAR if one.descending else _FAR,
        "rising": rising,
        "sign": 1 if rising else -1,
        "size": max(one.page.size, 0) + 1,
        "after": _position(one, one.page.after, one.descending),
        "before": _position(one, one.page.before, not one.descending),
        "evidence": one.evidence,
        "attributes": list(one.attributes),
        "total": one.total,
    }


def _ends(one: Selection) -> dict[str, Any]:
    """By own end: whether statements are read from it, their relations (null: all), and whether loops count."""
    wanted = list(one.relations) or None
    mirrored = sorted(_SYMMETRIC.intersection(wanted) if wanted else _SYMMETRIC)
    ends: dict[str, tuple[bool, list[str] | None, bool]] = {
        "out": (True, wanted, True) if one.direction is not Direction.IN else (bool(mirrored), mirrored, False),
        "into": (True, wanted, one.direction is Direction.IN)
        if one.direction is not Direction.OUT
        else (bool(mirrored), mirrored, False),
    }
    named = {end: {"read": read, "relations": names, "loops": loops} for end, (read, names, loops) in ends.items()}
    return dict(named)


def _position(one: Selection, key: Key | None, falling: bool) -> dict[str, Any] | None:
    """A keyset position; `falling`: rows beyond it come lower."""
    if key is None:
        return None
    if one.order is Order.RECORDED:
        check_key(key, (NUMBER,))
        key = (0, *key)
    check_key(key, (TEXT if one.order is Order.NAME else NUMBER, NUMBER))
    return {"key": key[0], "n": key[1], "falling": falling}


# --- the query -----------------------------------------------------------------------------------


@cache
def _query(depth: int) -> str:
    parts = [HEAD, _ROOTS, *(_level(number) for number in range(depth))]
    answers = [f"[x IN l{number} | x.answer]" for number in range(depth + 1)]
    return "\n".join([*parts, "RETURN", ", ".join(answers)])


# A level is a list of {page, rows: [{e}], answer}: what the next one hangs under, and what is answered.
_ROOTS = f"""
CALL (head) {{
  UNWIND $roots AS root
  MATCH (a:MarqueeEntity {{id: root[1]}}) WHERE a.since <= head
  OPTIONAL MATCH (a)-[:MERGED_INTO]->(t:MarqueeEntity)
  WITH head, root, coalesce(t, a) AS e
  WITH root, e, [root[0], root[1], {entity()}, {attributes("e", "$attributes")}] AS answer
  RETURN collect({{page: root[0], rows: [{{e: e}}], answer: answer}}) AS l0
}}"""


def _arm(own: str, other: str, end: str, subject: str, object_: str) -> str:
    match = f"MATCH (e)<-[:{own}]-(s:MarqueeStatement)"
    far = f"-[:{other}]->(o)" if other == "SUBJECT" else ""
    literal = f" OPTIONAL MATCH (s)-[:{other}]->(o)" if other == "OBJECT" else ""
    return f"""
      WITH * WHERE q.{end}.read
      {match}{far} WHERE q.{end}.relations IS NULL OR s.relation IN q.{end}.relations
      {literal}
      WITH * WHERE o IS NULL OR o <> e OR q.{end}.loops
      RETURN s, o, {subject} AS a, {object_} AS b"""


# The statements `s` of a page with their version `v`, the other end `o` and both ends.
_MATCHES = f"""
    CALL (e, q) {{{_arm("SUBJECT", "OBJECT", "out", "e", "o")}
      UNION ALL{_arm("OBJECT", "SUBJECT", "into", "o", "e")}
    }}
    WITH head, q, known, s, o, a, b, {version("s", "known")} AS v
    WHERE v.status IN q.status AND (q.kinds = [] OR o.kind IN q.kinds)
      AND (q.least IS NULL OR v.probability >= q.least)
      AND (q.first IS NULL
           OR (coalesce(v.valid_first, q.last) <= q.last AND coalesce(v.valid_last, q.first) >= q.first))"""

_KEY = f"""CASE q.order
      WHEN 'recorded' THEN 0
      WHEN 'probability' THEN coalesce(v.probability, q.unknown)
      WHEN 'name' THEN coalesce(o.key, s.value, '')
      WHEN 'billing' THEN coalesce(COLLECT {{
        MATCH (s)<-[:SUPPORTS]-(x:MarqueeEvidence)
        WHERE x.since <= known AND (x.until IS NULL OR x.until > known) RETURN min(x.billing) }}[0], q.unknown)
      WHEN 'year' THEN coalesce(COLLECT {{
        MATCH (o)<-[:SUBJECT]-(y:MarqueeStatement {{relation: 'release_date'}})
        WITH y, {version("y", "known")} AS z WHERE z.status = 'accepted'
        RETURN min(toInteger(left(y.value, 4))) }}[0], q.unknown)
      END"""


def _beyond(position: str) -> str:
    return (
        f"(q.{position} IS NULL OR CASE WHEN q.{position}.falling"
        f" THEN k < q.{position}.key OR (k = q.{position}.key AND s.n < q.{position}.n)"
        f" ELSE k > q.{position}.key OR (k = q.{position}.key AND s.n > q.{position}.n) END)"
    )


_LEVEL = f"""
CALL (head, @above) {{
  UNWIND range(0, size(@above) - 1) AS up
  UNWIND range(0, size(@above[up].rows) - 1) AS place
  WITH head, up, place, @above[up].page AS page, @above[up].rows[place].e AS e WHERE e IS NOT NULL
  UNWIND [q IN $levels[@number] WHERE q.above = page] AS q
  CALL (head, e, q) {{
    WITH *, coalesce(q.known, head) AS known{_MATCHES}
    WITH head, q, known, s, o, a, b, v, {_KEY} AS k
    WHERE {_beyond("after")} AND {_beyond("before")}
    WITH head, q, known, s, o, a, b, v, k
    ORDER BY CASE WHEN q.rising THEN k END, CASE WHEN q.rising THEN null ELSE k END DESC, q.sign * s.n LIMIT $most
    WITH head, q, known, collect({{s: s, o: o, a: a, b: b, v: v, k: k}})[..q.size] AS kept
    UNWIND kept AS one
    WITH head, q, known, one.s AS s, one.o AS o, one.a AS a, one.b AS b, one.v AS v, one.k AS k
    WITH o, [k, s.n, {statement("known", "q.evidence")}, {entity("o")},
             CASE WHEN o IS NULL OR q.attributes = [] THEN [] ELSE {attributes("o", "q.attributes")} END] AS row
    RETURN collect({{e: o}}) AS rows, collect(row) AS answers
  }}
  CALL (head, e, q) {{
    WITH *, coalesce(q.known, head) AS known WHERE q.total{_MATCHES}
    RETURN count(s) AS total
  }}
  RETURN collect({{page: q.number, rows: rows, answer: [q.number, up, place, total, answers]}}) AS @below
}}"""


def _level(number: int) -> str:
    text = _LEVEL.replace("@above", f"l{number}").replace("@below", f"l{number + 1}")
    return text.replace("@number", str(number))


# --- the answer ----------------------------------------------------------------------------------


class _Answer:
    """The lists of one or more queries, put together again."""

    def __init__(self, levels: Sequence[Sequence[_Plan]]) -> None:
        self.levels = levels
        self.roots: list[dict[tuple[int, str], tuple[int, Row]]] = []  # of each query: (page, id) -> place, row
        self.pages: list[dict[tuple[int, int, int], tuple[int, Row]]] = []  # (page, page above, row there)
        self.statements: dict[int, Statement] = {}  # by the id of their row

    def take(self, found: Row) -> list[list[Any]]:
        """Takes what a query answered; the (page, entity) that the next one has to begin with."""
        self.roots.append({(row[0], row[1]): (place, row) for place, row in enumerate(found[0])})
        for level in found[1:]:
            self.pages.append({(page[0], page[1], page[2]): (place, page) for place, page in enumerate(level)})
        last = {(page[0], row[3][0]) for page in found[-1] for row in page[-1] if row[3]} if found[1:] else set()
        return [list(root) for root in sorted(last)]

    def nodes(self, session: Session) -> dict[str, Node]:
        """Each root by the id it was asked by."""
        rows = [
            (row[2], plans[number].selection.evidence)
            for plans, level in zip(self.levels, self.pages, strict=False)
            for (number, _, _), (_, page) in level.items()
            for row in page[4]
        ]
        read = read_statements(session, [row for row, _ in rows], [count for _, count in rows])
        self.statements = {id(row): one for (row, _), one in zip(rows, read, strict=True)}
        return {
            asked: Node(read_entity(one), read_attributes(one[0], extra), self._pages(0, 0, place, 0))
            for (_, asked), (place, (_, _, one, extra)) in (self.roots[0].items() if self.roots else ())
        }

    def _pages(self, level: int, above: int, up: int, row: int) -> dict[str, Edges]:
        """The pages under a row of a page; `above` is its plan, `up` where it stands in its level."""
        if level == len(self.levels):
            return {}
        plans = [plan for plan in self.levels[level] if plan.above == above]
        return {plan.name: self._edges(level, plan, *self.pages[level][plan.number, up, row]) for plan in plans}

    def _edges(self, level: int, plan: _Plan, place: int, page: Row) -> Edges:
        _, _, _, total, rows = page
        edges = [self._edge(level, plan, place, number, row) for number, row in enumerate(rows)]
        kept, more = turned(edges, plan.selection.page)
        return Edges(tuple(kept), more, total if plan.selection.total else None)

    def _edge(self, level: int, plan: _Plan, place: int, number: int, row: Row) -> Edge:
        key, n, stated, other, extra = row
        node = None
        if other is not None:
            query, first = divmod(level + 1, _AT_ONCE)
            if first == 0 and level + 1 < len(self.levels):  # the next query begins with this entity
                place, number = self.roots[query][plan.number, other[0]][0], 0
            pages = self._pages(level + 1, plan.number, place, number)
            node = Node(read_entity(other), read_attributes(other[0], extra), pages)
        position: Key = (n,) if plan.selection.order is Order.RECORDED else (key, n)
        return Edge(self.statements[id(stated)], node, position)
