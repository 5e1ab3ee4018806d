"""The snapshot: columns straight from the server as they stream in, entities and statements in order of id."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Mapping
from typing import Any

from marquee.graph.neo4j_cypher import live, moments, version
from marquee.graph.neo4j_session import HEAD, Session
from marquee.graph.times import day_range
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import AsOf
from marquee.schema.snapshot import KIND_CODE, STATUS_CODE, Snapshot
from marquee.schema.values import Action, Status

COLUMNS = frozenset({"status", "support", "probability", "score", "source", "decision", "names", "literals"})


def snapshot(session: Session, columns: Collection[str], status: Collection[Status], as_of: AsOf) -> Snapshot:
    """Columns of one moment. Raises StoreError if a column is unknown."""
    if unknown := sorted(set(columns) - COLUMNS):
        raise StoreError(
            f"a snapshot has no column {', '.join(unknown)}.", mend=f"It has {', '.join(sorted(COLUMNS))}."
        )
    state = session.pinned()
    known = state.head if as_of.known_at is None else moments(state, [as_of.known_at])[as_of.known_at]
    entities = _Entities(state)
    found = _Statements(state, _params(known, status, as_of), "literals" in columns)
    relations = sorted(set(found.relation))
    code_of = {name: code for code, name in enumerate(relations)}
    best = _Evidence(state, found.place, known) if {"score", "source"} & set(columns) else None
    return Snapshot(
        entities.ids,
        entities.kinds,
        relations,
        found.ids,
        array("i", map(entities.codes.__getitem__, found.head)),
        array("h", map(code_of.__getitem__, found.relation)),
        array("i", map(entities.codes.__getitem__, found.tail)),
        status=found.status if "status" in columns else array("b"),
        support=found.support if "support" in columns else array("f"),
        score=best.score if best and "score" in columns else array("f"),
        sources=best.sources if best and "source" in columns else (),
        source=best.source if best and "source" in columns else array("h"),
        decision=_decisions(state, found.place, known) if "decision" in columns else array("b"),
        names=entities.labels(state) if "names" in columns else (),
        literals=found.literals if "literals" in columns else (),
        probability=found.probability if "probability" in columns else array("d"),
    )


def _params(known: int | None, status: Collection[Status], as_of: AsOf) -> dict[str, Any]:
    first, last = day_range(as_of.valid_at) if as_of.valid_at else (None, None)
    return {"known": known, "status": [str(one) for one in status], "first": first, "last": last}


class _Entities:
    """Ids and kinds in order of id, and the code of each number."""

    def __init__(self, session: Session) -> None:
        rows = session.stream(
            f"{HEAD} MATCH (e:MarqueeEntity) WHERE e.since <= head AND e.merged IS NULL RETURN e.id, e.n, e.kind"
        )
        ordered = sorted(rows)
        self.ids = [row[0] for row in ordered]
        self.codes = {row[1]: code for code, row in enumerate(ordered)} | {-1: -1}
        self.kinds = array("b", (KIND_CODE[Kind(row[2])] for row in ordered))

    def labels(self, session: Session) -> list[str]:
        """The name to show of each; its id where it has none."""
        labels = list(self.ids)
        best: dict[int, tuple[bool, int]] = {}
        rows = session.stream(
            f"{HEAD} MATCH (x:MarqueeName)-[:NAMES]->(e) WHERE {live('x')} RETURN e.n, x.n, x.text, x.kind"
        )
        for entity, number, text, kind in rows:
            rank = (kind != "label", number)
            if rank < best.get(entity, (True, number + 1)):
                best[entity] = rank
                labels[self.codes[entity]] = text
        return labels


class _Statements:
    """The columns that one pass over the statements fills, put in order of id after."""

    def __init__(self, session: Session, params: dict[str, Any], literals: bool) -> None:
        rows = sorted(session.stream(_query(literals), **params))
        self.ids = [row[0] for row in rows]
        self.place = {row[1]: place for place, row in enumerate(rows)}
        self.head = array("q", (row[2] for row in rows))
        self.relation = [row[3] for row in rows]
        self.tail = array("q", (row[4] for row in rows))
        self.status = array("b", (STATUS_CODE[Status(row[5])] for row in rows))
        self.support = array("f", (math.nan if row[6] is None else row[6] for row in rows))
        self.literals = [row[7] or "" for row in rows]
        self.probability = array("d", (math.nan if row[8] is None else row[8] for row in rows))


def _query(literals: bool) -> str:
    object_ = "OPTIONAL MATCH (s)-[:OBJECT]->(b)" if literals else "MATCH (s)-[:OBJECT]->(b)"
    return (
        f"{HEAD} MATCH (s:MarqueeStatement) WITH s, {version('s', '$known')} AS v"
        " WHERE v IS NOT NULL AND (v.status IN $status OR $status = [] AND v.status <> 'merged')"
        " AND ($first IS NULL OR coalesce(v.valid_first, $last) <= $last AND coalesce(v.valid_last, $first) >= $first)"
        f" MATCH (s)-[:SUBJECT]->(a) {object_}"
        " RETURN s.id, s.n, a.n, s.relation, coalesce(b.n, -1), v.status, v.support, s.value, v.probability"
    )


class _Evidence:
    """Score and source of each statement's best piece."""

    def __init__(self, session: Session, place: Mapping[int, int], known: int | None) -> None:
        self.score = array("f", [math.nan]) * len(place)
        best: dict[int, tuple[float, int]] = {}
        source: dict[int, str] = {}
        rows = session.stream(
            f"MATCH (x:MarqueeEvidence)-[:SUPPORTS]->(s) WHERE {live('x', '$known')} RETURN s.n, x.n, x.score, x.source",
            known=known,
        )
        for statement, number, score, name in rows:
            row = place.get(statement)
            if row is not None and (row not in best or (-score, number) < best[row]):
                best[row] = (-score, number)
                self.score[row], source[row] = score, name
        self.sources = sorted(set(source.values()))
        codes = {name: code for code, name in enumerate(self.sources)}
        self.source = array("h", (codes[source[row]] if row in source else -1 for row in range(len(place))))


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
