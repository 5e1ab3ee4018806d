"""Merging entities: ids redirect for ever, and statements that become one are joined.

Identity is of today, belief of then: a past state is read with today's entities, and what was moved is noted in
nodes `MarqueeMove`. What a merge changes carries no run's number, so from the first merge on the run is whole:
nothing more is committed before its end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from marquee.graph.codec import dump_qualifiers, load_qualifiers
from marquee.graph.merging import pairs, rank
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_put import relabel
from marquee.graph.neo4j_session import Row
from marquee.graph.neo4j_stage import redirect
from marquee.schema.ids import statement_id
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Status


def merge(changes: Changes, redirects: Mapping[str, str]) -> None:
    """Redirects entities. Raises NotFound on an unknown id, StoreError on a circle."""
    changes.whole = True
    moves = pairs(redirects, changes.entity_numbers({*redirects, *redirects.values()}))
    changes.flush()
    for loser, winner in moves:
        for step in _STEPS:
            changes.rows(step, loser=loser, winner=winner)
        _rename(changes, loser, winner)
        changes.touched.update(row[0] for row in changes.rows(_UNPLAIN, loser=loser))
        changes.rows(_END, loser=loser, winner=winner)
    winners = {winner for _, winner in moves}
    _join(changes, winners)
    changes.flush()
    changes.rows(_DEGREES, winners=list(winners))
    relabel(changes, winners)


# --- moving --------------------------------------------------------------------------------------

_BOTH = "MATCH (l:MarqueeEntity {n: $loser}), (w:MarqueeEntity {n: $winner})"
_NOTE = "CREATE (:MarqueeMove {run: $run, what: '%s', thing: x.n, was: $loser})"


def _moved(type_: str, label: str) -> str:
    """Lets relationships that lead to the loser lead to the winner, or start there."""
    return f"{_BOTH} MATCH (x:{label})-[r:{type_}]->(l) MERGE (x)-[:{type_}]->(w) DELETE r {_NOTE % f'{label}.{type_}'}"


# Names that the winner has already end; of the others, labels become aliases.
_STEPS = (
    f"{_BOTH} MATCH (x:MarqueeName)-[:NAMES]->(l) WHERE x.until IS NULL AND EXISTS {{"
    " MATCH (y:MarqueeName)-[:NAMES]->(w) WHERE y.until IS NULL AND y.text = x.text AND y.language = x.language }"
    " SET x.until = $run",
    f"{_BOTH} MATCH (x:MarqueeName)-[r:NAMES]->(l) WHERE x.until IS NULL CREATE (x)-[:NAMES]->(w) DELETE r"
    f" SET x.kind = CASE x.kind WHEN 'label' THEN 'alias' ELSE x.kind END {_NOTE % 'MarqueeName.NAMES'}",
    _moved("IDENTIFIES", "MarqueeKey"),
    _moved("SUBJECT", "MarqueeStatement"),
    _moved("OBJECT", "MarqueeStatement"),
    "MATCH (x:MarqueeAttribute)-[:MEASURES]->(:MarqueeEntity {n: $loser}) DETACH DELETE x",
)
# The plain relationships of the loser go; those of its statements come again from where they lead now.
_UNPLAIN = (
    "MATCH (l:MarqueeEntity {n: $loser})-[r]-() WHERE r.statement IS NOT NULL WITH DISTINCT r"
    " MATCH (s:MarqueeStatement {id: r.statement}) DELETE r REMOVE s.plain RETURN s.n"
)
_END = (
    f"{_BOTH} OPTIONAL MATCH (y:MarqueeEntity)-[r:MERGED_INTO]->(l)"
    " FOREACH (_ IN CASE WHEN y IS NULL THEN [] ELSE [1] END |"
    " MERGE (y)-[:MERGED_INTO]->(w) SET y.merged = w.id DELETE r)"
    " WITH DISTINCT l, w MERGE (l)-[:MERGED_INTO]->(w)"
    " SET l.merged = w.id, l.degree = 0, l.until = coalesce(l.until, $run) REMOVE l:$(l.kind), l:MarqueeShared"
)


def _rename(changes: Changes, loser: int, winner: int) -> None:
    """Qualifiers that name the loser name the winner."""
    rows = changes.rows(
        f"{_BOTH} MATCH (s:MarqueeStatement)-[:MENTIONS]->(l) RETURN s.n, s.qualifiers, l.id, w.id",
        loser=loser,
        winner=winner,
    )
    changes.write(
        "MATCH (s:MarqueeStatement {n: r.n}) SET s.qualifiers = r.qualifiers"
        " CREATE (:MarqueeMove {run: $run, what: 'MarqueeStatement.qualifiers', thing: s.n, was: $loser})",
        [{"n": number, "qualifiers": _renamed(text, old, new)} for number, text, old, new in rows],
        loser=loser,
    )
    changes.rows(_moved("MENTIONS", "MarqueeStatement"), loser=loser, winner=winner)


def _renamed(text: str, old: str, new: str) -> str | None:
    return dump_qualifiers(tuple((name, new if value == old else value) for name, value in load_qualifiers(text)))


# --- joining -------------------------------------------------------------------------------------

_TOUCHING = """
UNWIND $winners AS n MATCH (:MarqueeEntity {n: n})<-[:SUBJECT|OBJECT|MENTIONS]-(s:MarqueeStatement)
WHERE s.status <> 'merged' WITH DISTINCT s
MATCH (s)-[:SUBJECT]->(a) OPTIONAL MATCH (s)-[:OBJECT]->(b)
RETURN s.n, s.status, a.id, s.relation, b.id, s.type, s.value, s.unit, s.year, s.qualifiers ORDER BY s.n"""


def _join(changes: Changes, winners: Collection[int]) -> None:
    """Of statements that say the same, the best believed and then the oldest takes the evidence of the others.

    The id that each would be given today redirects to it.
    """
    alike: dict[str, list[Row]] = {}
    for row in changes.rows(_TOUCHING, winners=list(winners)):
        alike.setdefault(_id_today(row), []).append(row)
    for rows in alike.values():
        rows.sort(key=lambda row: rank(Status(row[1]), row[0]))
        for row in rows[1:]:
            _fold_into(changes, row[0], rows[0][0])
    known = changes.statement_numbers(list(alike))
    redirect(changes, [(today, rows[0][0]) for today, rows in alike.items() if today not in known])


def _id_today(row: Row) -> str:
    _, _, subject, relation, object_, type_, value, unit, year, qualifiers = row
    tail: Any = object_ if object_ is not None else Literal(LiteralType(type_), value, unit, year)
    return statement_id(subject, relation, tail, load_qualifiers(qualifiers))


def _fold_into(changes: Changes, loser: int, survivor: int) -> None:
    """Joins a statement's evidence, decisions and wait for review to another, and redirects it there."""
    changes.flush()
    for step in _FOLD:
        changes.rows(step, loser=loser, survivor=survivor)
    changes.set_status((), [[loser, "merged"]])
    changes.rows(_LEAD, loser=loser, survivor=survivor)


_PAIR = "MATCH (l:MarqueeStatement {n: $loser}), (w:MarqueeStatement {n: $survivor})"
_SAME = " AND ".join(
    f"coalesce(y.{name} = x.{name}, y.{name} IS NULL AND x.{name} IS NULL)"
    for name in ("source", "item", "row", "start", "stop", "extractor")
)
_FOLD = (
    f"{_PAIR} MATCH (x:MarqueeEvidence)-[:SUPPORTS]->(l) WHERE x.until IS NULL"
    f" AND NOT EXISTS {{ MATCH (y:MarqueeEvidence)-[:SUPPORTS]->(w) WHERE y.until IS NULL AND {_SAME} }}"
    " CREATE (z:MarqueeEvidence)-[:SUPPORTS]->(w) SET z = properties(x), z.since = $run",
    f"{_PAIR} MATCH (x:MarqueeEvidence)-[:SUPPORTS]->(l) WHERE x.until IS NULL SET x.until = $run",
    f"{_PAIR} MATCH (x:MarqueeDecision)-[r:DECIDES]->(l) CREATE (x)-[:DECIDES]->(w) DELETE r"
    f" {_NOTE % 'MarqueeDecision.DECIDES'}",
    f"{_PAIR} SET w.candidates = coalesce(w.candidates, l.candidates)",
    f"{_PAIR} WHERE coalesce(l.review, 0) > coalesce(w.review, 0) SET w.review = l.review",
)
_LEAD = (
    f"{_PAIR} OPTIONAL MATCH (y:MarqueeStatement)-[r:MERGED_INTO]->(l)"
    " FOREACH (_ IN CASE WHEN y IS NULL THEN [] ELSE [1] END | MERGE (y)-[:MERGED_INTO]->(w) DELETE r)"
    " WITH DISTINCT l, w MERGE (l)-[:MERGED_INTO]->(w) REMOVE l.review"
)
_DEGREES = (
    "UNWIND $winners AS n MATCH (e:MarqueeEntity {n: n}) SET e.degree = COUNT {"
    " MATCH (e)<-[:SUBJECT|OBJECT]-(s:MarqueeStatement {status: 'accepted'}) RETURN DISTINCT s }"
)
