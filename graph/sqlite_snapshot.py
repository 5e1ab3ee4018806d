"""The snapshot: columns straight from SQL, entities and statements in order of id."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from marquee.graph.sqlite_codec import STATUS_OF
from marquee.graph.sqlite_session import Row, Session, sql
from marquee.graph.sqlite_sql import Belief, Binds, belief
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import AsOf
from marquee.schema.snapshot import KIND_CODE, STATUS_CODE, Snapshot
from marquee.schema.values import Action, Status

COLUMNS = frozenset(
    {"status", "support", "probability", "score", "source", "decision", "names", "literals", "open", "voices"}
)
_AT_ONCE = 1_000  # rows alive at once; many more would keep the garbage collector busy


def snapshot(session: Session, columns: Collection[str], status: Collection[Status], as_of: AsOf) -> Snapshot:
    """Columns of one moment. Raises StoreError if a column is unknown."""
    if unknown := sorted(set(columns) - COLUMNS):
        raise StoreError(
            f"a snapshot has no column {', '.join(unknown)}.", mend=f"It has {', '.join(sorted(COLUMNS))}."
        )
    with _unmapped(session), session.view():
        bind = Binds()
        at = belief(as_of, bind)
        entities = _Entities(session)
        found = _Statements(session, _query(at, "literals" in columns, status), bind.values)
        relations, relation = _relations(session, found.relation)
        codes = entities.codes
        said = "voices" in columns and _Said(session, found.place, at, bind.values)
        best = {"score", "source"} & set(columns) and _Evidence(session, found.place, at, bind.values)
        return Snapshot(
            entities.ids,
            entities.kinds,
            relations,
            found.ids,
            array("i", map(codes.__getitem__, found.head)),
            relation,
            array("i", map(codes.__getitem__, found.tail)),
            status=found.status if "status" in columns else array("b"),
            support=found.support if "support" in columns else array("f"),
            score=best.score if best and "score" in columns else array("f"),
            sources=best.sources if best and "source" in columns else (),
            source=best.source if best and "source" in columns else array("h"),
            decision=_decisions(session, found.place, at, bind.values) if "decision" in columns else array("b"),
            names=entities.labels(session) if "names" in columns else (),
            literals=found.literals if "literals" in columns else (),
            open=_open(session, found.place) if "open" in columns else array("b"),
            voices=said.voices if said else (),
            said_of=said.of if said else array("i"),
            said_by=said.by if said else array("h"),
            said_score=said.score if said else array("f"),
            probability=found.probability if "probability" in columns else array("d"),
        )


class _Entities:
    """Ids and kinds in order of id, and the code of each row number."""

    def __init__(self, session: Session) -> None:
        rows = session.rows("SELECT eid, id, kind FROM entity WHERE merged IS NULL ORDER BY eid")
        self.ids = [row[0] for row in rows]
        self.codes = {row[1]: code for code, row in enumerate(rows)} | {-1: -1}
        kinds = {code: KIND_CODE[Kind(session.text(code))] for code in {row[2] for row in rows}}
        self.kinds = array("b", (kinds[row[2]] for row in rows))

    def labels(self, session: Session) -> list[str]:
        """The name to show of each; its id where it has none."""
        labels = list(self.ids)
        label = session.code("label")
        query = "SELECT entity, text FROM name WHERE until IS NULL ORDER BY entity, kind = :label, id DESC"
        for rows in _steps(session, query, {"label": label}):
            for entity, text in rows:
                labels[self.codes[entity]] = text
        return labels


class _Statements:
    """The columns that one pass over the statements fills.

    Rows are read as they lie in the file and put in order of id after: ten times as fast on a large store.
    """

    def __init__(self, session: Session, query: str, params: dict[str, Any]) -> None:
        self.ids: list[str] = []
        self.literals: list[str] = []
        self.numbers = array("q")
        self.head, self.relation, self.tail = array("i"), array("i"), array("i")  # row numbers; -1 no tail
        self.status, self.support, self.probability = array("b"), array("f"), array("d")
        for rows in _steps(session, query, params):
            sids, numbers, heads, relations, tails, states, supports, texts, chances = zip(*rows, strict=True)
            self.ids += sids
            self.numbers.extend(numbers)
            self.head.extend(heads)
            self.relation.extend(relations)
            self.tail.extend(tails)
            self.status.extend(map(_STATES.__getitem__, states))
            self.support.extend(math.nan if number is None else number for number in supports)
            self.literals += [text or "" for text in texts]
            self.probability.extend(math.nan if number is None else number for number in chances)
        self._sort()

    @cached_property
    def place(self) -> Places:
        """Where each statement stands, by its row number."""
        return Places(self.numbers)

    def _sort(self) -> None:
        order = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        self.ids = [self.ids[place] for place in order]
        self.literals = [self.literals[place] for place in order]
        for name in ("numbers", "head", "relation", "tail", "status", "support", "probability"):
            column = getattr(self, name)
            setattr(self, name, array(column.typecode, map(column.__getitem__, order)))


class Places:
    """The place of each of N distinct row numbers, in an array as long as the largest: a dict takes ten times as much."""

    def __init__(self, numbers: array[int]) -> None:
        self._size = len(numbers)
        self._places = array("i", [-1]) * (1 + max(numbers, default=0))
        for place, number in enumerate(numbers):
            self._places[number] = place

    def __len__(self) -> int:
        return self._size

    def get(self, number: int) -> int | None:
        """The place of a row number; None where it is not one of them."""
        place = self._places[number] if number < len(self._places) else -1
        return None if place < 0 else place


_STATES = {code: STATUS_CODE[status] for code, status in STATUS_OF.items()}


def _query(at: Belief, literals: bool, status: Collection[Status]) -> str:
    where = " AND ".join([at.status_in(status), *at.held(), *([] if literals else ["+s.object IS NOT NULL"])])
    return sql(
        "SELECT s.sid, s.id, s.subject, s.relation, coalesce(s.object, -1), {status}, {support}, s.value, {probability}",
        "FROM statement s {join} WHERE {where}",
        status=at.column("status"),
        support=at.column("support"),
        probability=at.column("probability"),
        join=at.join(),
        where=where,
    )


def _relations(session: Session, column: array[int]) -> tuple[list[str], array[int]]:
    """The relations that occur, in order of name, and the column pointing at those."""
    names = {code: session.text(code) for code in set(column)}
    codes = {code: place for place, code in enumerate(sorted(names, key=names.__getitem__))}
    return sorted(names.values()), array("h", map(codes.__getitem__, column))


class _Evidence:
    """Score and source of each statement's best piece."""

    def __init__(self, session: Session, place: Places, at: Belief, params: dict[str, Any]) -> None:
        self.score = array("f", [math.nan]) * len(place)
        source = array("i", [-1]) * len(place)
        # SQLite takes the other columns of a max() from the row that has the maximum.
        query = "SELECT v.statement, v.source, max(v.score) FROM evidence v WHERE"
        for rows in _steps(session, sql(query, at.live("v"), "GROUP BY v.statement"), params):
            for number, code, score in rows:
                if (row := place.get(number)) is not None:
                    self.score[row], source[row] = score, code
        names = {code: session.text(code) for code in set(source) if code >= 0}
        codes = {code: row for row, code in enumerate(sorted(names, key=names.__getitem__))} | {-1: -1}
        self.sources = sorted(names.values())
        self.source = array("h", map(codes.__getitem__, source))


class _Said:
    """Who says each statement, by piece of evidence."""

    def __init__(self, session: Session, place: Places, at: Belief, params: dict[str, Any]) -> None:
        self.of, self.by, self.score = array("i"), array("h"), array("f")
        codes: dict[tuple[int, int, int], int] = {}
        query = "SELECT v.statement, v.source, v.extractor, v.modality, v.score FROM evidence v WHERE"
        for rows in _steps(session, sql(query, at.live("v")), params):
            for number, *voice, score in rows:
                if (row := place.get(number)) is not None:
                    self.of.append(row)
                    self.by.append(codes.setdefault(tuple(voice), len(codes)))
                    self.score.append(score)
        self.voices = [(session.text(one), session.text(two), session.text(three)) for one, two, three in codes]


def _open(session: Session, place: Places) -> array[int]:
    """1 where a name is open."""
    column = array("b", [0]) * len(place)
    for (number,) in session.rows("SELECT statement FROM open_name"):
        if (row := place.get(number)) is not None:
            column[row] = 1
    return column


def _decisions(session: Session, place: Places, at: Belief, params: dict[str, Any]) -> array[int]:
    """1 accepted, -1 rejected by the last reviewer, 0 none."""
    column = array("b", [0]) * len(place)
    signs = {Action.ACCEPT: 1, Action.REJECT: -1}
    known = "TRUE" if at.known is None else f"run <= {at.known}"
    for rows in _steps(session, sql("SELECT statement, action FROM decision WHERE", known, "ORDER BY at, id"), params):
        for number, action in rows:
            if (row := place.get(number)) is not None:
                column[row] = signs.get(Action(action), 0)
    return column


@contextmanager
def _unmapped(session: Session) -> Iterator[None]:
    """Reads the file through the connection's small cache: mapped, all that is read once would stay in memory."""
    size = int(session.one("PRAGMA mmap_size") or 0)
    session.rows("PRAGMA mmap_size = 0")
    try:
        yield
    finally:
        session.rows(f"PRAGMA mmap_size = {size}")


def _steps(session: Session, query: str, params: dict[str, Any]) -> Iterator[list[Row]]:
    """The rows of a query, many at a time, never all at once."""
    with session.errors():
        rows = session.conn.execute(query, params)
    while True:
        with session.errors():
            batch = rows.fetchmany(_AT_ONCE)
        if not batch:
            return
        yield batch
