"""The snapshot: columns of many rows at a time from the server, entities and statements in order of id.

A row of its own for each statement would cost this side of the wire more than all else. So the server collects
columns over a window of numbers, parted by what many rows share, such as relation and status.

A run may commit its batches, be taken back or merge entities between two windows. So each statement is read once,
as it was known or, where it has changed since, as its past says. Only what a merge moved to an entity that this
snapshot does not know makes it begin anew.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from marquee.graph.neo4j_cypher import live, moments, version
from marquee.graph.neo4j_session import Row, Session
from marquee.graph.times import day_range
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import AsOf
from marquee.schema.snapshot import KIND_CODE, STATUS_CODE, Snapshot
from marquee.schema.values import Action, Status

COLUMNS = frozenset(
    {"status", "support", "probability", "score", "source", "decision", "names", "literals", "open", "voices"}
)
_TRIES = 5  # of a snapshot that merges disturb
_WIDTH = 60_000  # numbers in a window: some 20,000 statements, whose columns are 5 MB of the server's heap


def snapshot(session: Session, columns: Collection[str], status: Collection[Status], as_of: AsOf) -> Snapshot:
    """Columns of one moment. Raises StoreError if a column is unknown, or if merges never let it be read."""
    if unknown := sorted(set(columns) - COLUMNS):
        raise StoreError(
            f"a snapshot has no column {', '.join(unknown)}.", mend=f"It has {', '.join(sorted(COLUMNS))}."
        )
    for _ in range(_TRIES):
        with suppress(_Merged):
            return _taken(session.pinned(), columns, status, as_of)
    raise StoreError(
        "entities were merged again and again while a snapshot was read.",
        where=session.place.where,
        mend="Try again when the run that merges them is done.",
    )


class _Merged(Exception):
    """An entity that was merged while it was read into one that came later."""


def _taken(state: Session, columns: Collection[str], status: Collection[Status], as_of: AsOf) -> Snapshot:
    known = state.head if as_of.known_at is None else moments(state, [as_of.known_at])[as_of.known_at]
    entities = _Entities(state)
    found = _Statements(state, _params(known, status, as_of), columns)
    relations, relation = found.relations()
    said = _Said(state, found.place, known) if "voices" in columns else None
    best = _Evidence(state, found.place, known) if {"score", "source"} & set(columns) else None
    return Snapshot(
        entities.ids,
        entities.kinds,
        relations,
        found.ids,
        entities.coded(found.head),
        relation,
        entities.coded(found.tail),
        status=found.status if "status" in columns else array("b"),
        support=found.support if "support" in columns else array("f"),
        score=best.score if best and "score" in columns else array("f"),
        sources=best.sources if best and "source" in columns else (),
        source=best.source if best and "source" in columns else array("h"),
        decision=_decisions(state, found.place, known) if "decision" in columns else array("b"),
        names=entities.labels(state) if "names" in columns else (),
        literals=found.literals if "literals" in columns else (),
        open=_open(state, found.place) if "open" in columns else array("b"),
        voices=said.voices if said else (),
        said_of=said.of if said else array("i"),
        said_by=said.by if said else array("h"),
        said_score=said.score if said else array("f"),
        probability=found.probability if "probability" in columns else array("d"),
    )


def _params(known: int | None, status: Collection[Status], as_of: AsOf) -> dict[str, Any]:
    first, last = day_range(as_of.valid_at) if as_of.valid_at else (None, None)
    return {"known": known, "status": [str(one) for one in status], "first": first, "last": last}


def _windows(session: Session, label: str, query: str, **params: Any) -> Iterator[Row]:
    """The rows of a query over `x`, a node of that label, for one window of numbers after the other."""
    end = session.one(f"MATCH (x:{label}) WHERE x.n > 0 RETURN max(x.n)") or 0
    for low in range(0, end + 1, _WIDTH):
        window = f"MATCH (x:{label}) USING INDEX x:{label}(n) WHERE x.n >= $low AND x.n < $high"
        yield from session.rows(f"{window} {query}", low=low, high=low + _WIDTH, **params)


class _Entities:
    """Ids and kinds in order of id, and the code of each number."""

    def __init__(self, session: Session) -> None:
        ids: list[str] = []
        numbers, kinds = array("q"), array("b")
        query = "AND x.since <= $head AND x.merged IS NULL RETURN x.kind, collect(x.id), collect(x.n)"
        for kind, some, numbered in _windows(session, "MarqueeEntity", query):
            ids += some
            numbers.extend(numbered)
            kinds.extend([KIND_CODE[Kind(kind)]] * len(some))
        order = sorted(range(len(ids)), key=ids.__getitem__)
        self.ids = [ids[place] for place in order]
        self.codes = {numbers[place]: code for code, place in enumerate(order)} | {-1: -1}
        self.kinds = array("b", map(kinds.__getitem__, order))

    def coded(self, numbers: Iterable[int]) -> array[int]:
        """The codes of numbers. Raises _Merged where one is of none of these."""
        try:
            return array("i", map(self.codes.__getitem__, numbers))
        except KeyError as error:
            raise _Merged from error

    def labels(self, session: Session) -> list[str]:
        """The name to show of each; its id where it has none."""
        labels = list(self.ids)
        best: dict[int, tuple[bool, int]] = {}
        query = (
            f"AND {live('x', '$head')} MATCH (x)-[:NAMES]->(e)"
            " RETURN x.kind, collect(e.n), collect(x.n), collect(x.text)"
        )
        for kind, *named in _windows(session, "MarqueeName", query):
            for entity, number, text in zip(*named, strict=True):
                rank = (kind != "label", number)
                if entity in self.codes and rank < best.get(entity, (True, number + 1)):
                    best[entity] = rank
                    labels[self.codes[entity]] = text
        return labels


class _Statements:
    """The columns that one pass over the statements fills, put in order of id after."""

    def __init__(self, session: Session, params: dict[str, Any], columns: Collection[str]) -> None:
        self.ids: list[str] = []
        self.literals: list[str] = []
        self.numbers, self.head, self.tail = array("q"), array("q"), array("q")
        self.relation, self.status, self.support = array("h"), array("b"), array("f")
        self.probability = array("d")
        self._codes: dict[str, int] = {}
        self._take(session, _query(columns), params)
        self._sort()
        self.place = {number: place for place, number in enumerate(self.numbers)}

    def relations(self) -> tuple[list[str], array[int]]:
        """The relations that occur, in order of name, and the column pointing at those."""
        names = sorted(self._codes)
        codes = {self._codes[name]: place for place, name in enumerate(names)}
        return names, array("h", map(codes.__getitem__, self.relation))

    def _take(self, session: Session, query: str, params: dict[str, Any]) -> None:
        for relation, status, *lists in _windows(session, "MarqueeStatement", query, **params):
            ids, numbers, heads, tails, supports, probabilities, texts = lists
            self.ids += ids
            self.numbers.extend(numbers)
            self.head.extend(heads)
            self.tail.extend(tails)
            self.relation.extend([self._codes.setdefault(relation, len(self._codes))] * len(ids))
            self.status.extend([STATUS_CODE[Status(status)]] * len(ids))
            self.support.extend(supports)
            self.probability.extend(probabilities)
            self.literals += texts

    def _sort(self) -> None:
        order = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        self.ids = [self.ids[place] for place in order]
        self.literals = [self.literals[place] for place in order] if self.literals else []
        for name in ("numbers", "head", "relation", "tail", "status", "support", "probability"):
            column = getattr(self, name)
            setattr(self, name, array(column.typecode, map(column.__getitem__, order) if column else ()))


def _query(columns: Collection[str]) -> str:
    real = {name: f"collect(coalesce(v.{name}, 0.0 / 0.0))" for name in ("support", "probability") if name in columns}
    literals = "literals" in columns
    texts = "collect(coalesce(x.value, ''))" if literals else "[]"
    return (
        f"WITH x, {version('x', '$known')} AS v WHERE (v.status IN $status OR $status = [] AND v.status <> 'merged')"
        " AND ($first IS NULL OR coalesce(v.valid_first, $last) <= $last AND coalesce(v.valid_last, $first) >= $first)"
        f" MATCH (x)-[:SUBJECT]->(a) {'OPTIONAL ' if literals else ''}MATCH (x)-[:OBJECT]->(b)"
        " RETURN x.relation, v.status, collect(x.id), collect(x.n), collect(a.n), collect(coalesce(b.n, -1)),"
        f" {real.get('support', '[]')} AS supports, {real.get('probability', '[]')} AS probabilities, {texts} AS texts"
    )


class _Evidence:
    """Score and source of each statement's best piece."""

    def __init__(self, session: Session, place: Mapping[int, int], known: int | None) -> None:
        score = array("d", [math.nan]) * len(place)
        first = array("q", [0]) * len(place)  # the number of the best piece
        source = array("h", [-1]) * len(place)
        names: list[str] = []
        for name, *pieces in _windows(session, "MarqueeStatement", _PIECES, known=known):
            if name not in names:
                names.append(name)
            code = names.index(name)
            for statement, number, value in zip(*pieces, strict=True):
                row = place.get(statement, -1)
                if row >= 0 and (not first[row] or (-value, number) < (-score[row], first[row])):
                    score[row], first[row], source[row] = value, number, code
        self.score = array("f", score)
        self.sources = sorted(names[code] for code in set(source) if code >= 0)
        codes = {names.index(name): place for place, name in enumerate(self.sources)} | {-1: -1}
        self.source = array("h", map(codes.__getitem__, source))


_PIECES = (
    f"MATCH (p:MarqueeEvidence)-[:SUPPORTS]->(x) WHERE {live('p', '$known')}"
    " RETURN p.source, collect(x.n), collect(p.n), collect(p.score)"
)


class _Said:
    """Who says each statement, by piece of evidence."""

    def __init__(self, session: Session, place: Mapping[int, int], known: int | None) -> None:
        self.of, self.by, self.score = array("i"), array("h"), array("f")
        codes: dict[tuple[str, str, str], int] = {}
        for source, extractor, modality, *pieces in _windows(session, "MarqueeStatement", _VOICES, known=known):
            code = codes.setdefault((source, extractor, modality), len(codes))
            for statement, score in zip(*pieces, strict=True):
                if (row := place.get(statement)) is not None:
                    self.of.append(row)
                    self.by.append(code)
                    self.score.append(score)
        self.voices = list(codes)


_VOICES = (
    f"MATCH (p:MarqueeEvidence)-[:SUPPORTS]->(x) WHERE {live('p', '$known')}"
    " RETURN p.source, p.extractor, p.modality, collect(x.n), collect(p.score)"
)


def _open(session: Session, place: Mapping[int, int]) -> array[int]:
    """1 where a name is open."""
    column = array("b", [0]) * len(place)
    for (numbers,) in _windows(session, "MarqueeStatement", "AND x.candidates IS NOT NULL RETURN collect(x.n)"):
        for number in numbers:
            if (row := place.get(number)) is not None:
                column[row] = 1
    return column


def _decisions(session: Session, place: Mapping[int, int], known: int | None) -> array[int]:
    """1 accepted, -1 rejected by the last reviewer, 0 none."""
    column = array("b", [0]) * len(place)
    signs = {Action.ACCEPT: 1, Action.REJECT: -1}
    rows = session.stream(
        "MATCH (d:MarqueeDecision)-[:DECIDES]->(s) WHERE d.since <= $known RETURN s.n, d.action ORDER BY d.at, d.n",
        known=known,
    )
    for number, action in rows:
        if (row := place.get(number)) is not None:
            column[row] = signs.get(Action(action), 0)
    return column
