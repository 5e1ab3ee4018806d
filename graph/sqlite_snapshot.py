"""The snapshot: columns straight from SQL, entities and statements in order of id."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from marquee.graph.sqlite_codec import STATUS_OF
from marquee.graph.sqlite_session import Row, Session, sql
from marquee.graph.sqlite_sql import Belief, Binds, belief
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import AsOf
from marquee.schema.snapshot import KIND_CODE, STATUS_CODE, Snapshot
from marquee.schema.values import Action, Status

COLUMNS = frozenset({"status", "support", "score", "source", "decision", "names", "literals"})
_AT_ONCE = 50_000


def snapshot(session: Session, columns: Collection[str], status: Collection[Status], as_of: AsOf) -> Snapshot:
    """Columns of one moment. Raises StoreError if a column is unknown."""
    if unknown := sorted(set(columns) - COLUMNS):
        raise StoreError(
            f"a snapshot has no column {', '.join(unknown)}.", mend=f"It has {', '.join(sorted(COLUMNS))}."
        )
    with session.view():
        entities = _Entities(session)
        bind = Binds()
        at = belief(as_of, bind)
        statements = _Statements(session, entities, at, bind, columns, status)
        sources, source = _sources(session, statements, at, bind) if "source" in columns else ((), array("h"))
        return Snapshot(
            entities.ids,
            entities.kinds,
            statements.relations,
            statements.ids,
            statements.head,
            statements.relation,
            statements.tail,
            status=statements.status,
            support=statements.support,
            score=_scores(session, statements, at, bind) if "score" in columns else array("f"),
            sources=sources,
            source=source,
            decision=_decisions(session, statements) if "decision" in columns else array("b"),
            names=entities.labels(session) if "names" in columns else (),
            literals=statements.literals,
        )


class _Entities:
    """Ids and kinds in order of id, and the code of each row number."""

    def __init__(self, session: Session) -> None:
        rows = session.rows("SELECT eid, id, kind FROM entity WHERE merged IS NULL ORDER BY eid")
        self.ids = [row[0] for row in rows]
        self.codes = {row[1]: code for code, row in enumerate(rows)}
        kinds = {code: KIND_CODE[Kind(session.text(code))] for code in {row[2] for row in rows}}
        self.kinds = array("b", (kinds[row[2]] for row in rows))

    def labels(self, session: Session) -> list[str]:
        """The name to show of each; its id where it has none."""
        labels = list(self.ids)
        label = session.code("label")
        rows = session.rows(
            "SELECT entity, text, kind FROM name WHERE until IS NULL ORDER BY entity, kind = ?, id DESC", (label,)
        )
        for entity, text, _ in rows:
            labels[self.codes[entity]] = text
        return labels


class _Statements:
    """The columns that one pass over the statements fills."""

    def __init__(
        self,
        session: Session,
        entities: _Entities,
        at: Belief,
        bind: Binds,
        columns: Collection[str],
        status: Collection[Status],
    ) -> None:
        self.ids: list[str] = []
        self.numbers = array("q")
        self.head, self.tail, self.relation = array("i"), array("i"), array("h")
        self.status, self.support = array("b"), array("f")
        self.literals: list[str] = []
        query = self._query(at, "literals" in columns, status)
        self.relations, codes = _relations(session)
        states = {code: STATUS_CODE[one] for code, one in STATUS_OF.items()}
        for rows in _steps(session, query, bind.values):
            sids, numbers, heads, relations, tails, belief_, support, texts = zip(*rows, strict=True)
            self.ids += sids
            self.numbers.extend(numbers)
            self.head.extend(map(entities.codes.__getitem__, heads))
            self.relation.extend(map(codes.__getitem__, relations))
            self.tail.extend(-1 if tail is None else entities.codes[tail] for tail in tails)
            if "status" in columns:
                self.status.extend(map(states.__getitem__, belief_))
            if "support" in columns:
                self.support.extend(math.nan if number is None else number for number in support)
            if "literals" in columns:
                self.literals += [text or "" for text in texts]
        self.relations, self.relation = _occurring(self.relations, self.relation)
        self.place = {number: place for place, number in enumerate(self.numbers)}

    @staticmethod
    def _query(at: Belief, literals: bool, status: Collection[Status]) -> str:
        where = " AND ".join([at.status_in(status), *at.held(), *([] if literals else ["s.object IS NOT NULL"])])
        return sql(
            "SELECT s.sid, s.id, s.subject, s.relation, s.object, {status}, {support}, s.value",
            "FROM statement s {join} WHERE {where} ORDER BY s.sid",
            status=at.column("status"),
            support=at.column("support"),
            join=at.join(),
            where=where,
        )


def _relations(session: Session) -> tuple[list[str], dict[int, int]]:
    """Names of all relations of the store, in order of name, and the code of each number."""
    numbers = [row[0] for row in session.rows("SELECT DISTINCT relation FROM statement")]
    names = sorted(map(session.text, numbers))
    return names, {number: names.index(session.text(number)) for number in numbers}


def _occurring(names: list[str], column: array[int]) -> tuple[list[str], array[int]]:
    """The names that the column points at, and the column pointing at those."""
    used = sorted(set(column))
    codes = {code: place for place, code in enumerate(used)}
    return [names[code] for code in used], array("h", map(codes.__getitem__, column))


def _scores(session: Session, statements: _Statements, at: Belief, bind: Binds) -> array[float]:
    """The best extraction score of each statement."""
    scores = array("f", [math.nan]) * len(statements.ids)
    query = sql("SELECT v.statement, max(v.score) FROM evidence v WHERE", at.live("v"), "GROUP BY v.statement")
    for rows in _steps(session, query, bind.values):
        for number, score in rows:
            if (place := statements.place.get(number)) is not None:
                scores[place] = score
    return scores


def _sources(session: Session, statements: _Statements, at: Belief, bind: Binds) -> tuple[list[str], array[int]]:
    """The sources that occur, in order of name, and the one of each statement's best piece; -1 none."""
    best = array("i", [-1]) * len(statements.ids)
    # SQLite takes the other columns of a max() from the row that has the maximum.
    query = sql(
        "SELECT v.statement, v.source, max(v.score) FROM evidence v WHERE", at.live("v"), "GROUP BY v.statement"
    )
    for rows in _steps(session, query, bind.values):
        for number, source, _ in rows:
            if (place := statements.place.get(number)) is not None:
                best[place] = source
    names = sorted(session.text(code) for code in set(best) if code >= 0)
    codes = {session.code(name): place for place, name in enumerate(names)} | {-1: -1}
    return names, array("h", map(codes.__getitem__, best))


def _decisions(session: Session, statements: _Statements) -> array[int]:
    """1 accepted, -1 rejected by the last reviewer, 0 none."""
    column = array("b", [0]) * len(statements.ids)
    signs = {Action.ACCEPT: 1, Action.REJECT: -1}
    for number, action in session.rows("SELECT statement, action FROM decision ORDER BY at, id"):
        if (place := statements.place.get(number)) is not None:
            column[place] = signs.get(Action(action), 0)
    return column


def _steps(session: Session, query: str, params: dict[str, Any]) -> Iterator[list[Row]]:
    """The rows of a query, many at a time, never all at once."""
    rows = iter(session.conn.execute(query, params))
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch
