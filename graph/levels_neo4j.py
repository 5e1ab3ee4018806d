"""Ties of a projection in Neo4j itself: computed edges as plain relationships beside those of the facts.

`(:Person)-[:COLLABORATED_WITH {level, weight, recent, first, last, shared}]->(:Person)`, for anyone's Cypher, Bloom
or Graph Data Science. Each says when it was `written`, of what moment (`known_at`, `valid_at`), and what was asked
for, such as `crowd`; the next writing takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from neo4j import ManagedTransaction

from marquee.graph.levels import Line, Projection, kind
from marquee.graph.neo4j_once import repeated
from marquee.graph.neo4j_schema import TYPE_OF
from marquee.graph.neo4j_store import Neo4jStore
from marquee.graph.ties import BONDS
from marquee.graph.times import now
from marquee.schema.kinds import LEVEL_OF

_AT_ONCE = 10_000
Write = Callable[..., int]  # a query and its parameters, in a transaction that is tried again; the number it returns


def write(projection: Projection, store: Neo4jStore, asked: Mapping[str, Any] | None = None) -> int:
    """Writes the ties of a projection, then takes away what earlier writings left of its level; how many it wrote.

    `asked`: properties that each gets besides. Each batch is a transaction of its own, which may be done twice without
    harm. What is stopped half-way leaves older ties beside newer ones, told apart by `written`; write them again.
    Raises StoreBusy where another command writes.
    """
    made = {"written": now(), "known_at": projection.as_of.known_at, "valid_at": projection.as_of.valid_at}
    with store.alone() as (connection, hold):

        def transact(query: str, **params: Any) -> int:
            hold()
            return int(repeated(connection.execute_write, _run, query, params))

        written = sum(
            transact(_PUT.format(type=TYPE_OF[relation]), rows=rows, made={**(asked or {}), **made})
            for relation, rows in _batches(projection)
        )
        for bond in BONDS:
            if projection.level in (None, bond.level):
                _clear(transact, TYPE_OF[bond.relation], level=bond.level.value, written=made["written"])
    return written


def _clear(transact: Write, type_: str, **params: Any) -> None:
    """Takes away ties of other writings, going on from the entity that the last batch came to."""
    last = 0
    while last >= 0:
        last = transact(_CLEAR.format(type=type_), last=last, most=_AT_ONCE, **params)


def _run(tx: ManagedTransaction, query: str, params: dict[str, Any]) -> int:
    return int(tx.run(query, params).single(strict=True)[0])


_CLEAR = (
    "MATCH (a:MarqueeEntity) USING INDEX a:MarqueeEntity(n) WHERE a.n >= $last"
    " MATCH (a)-[r:{type}]->(:MarqueeEntity) WHERE r.level = $level AND coalesce(r.written, '') <> $written"
    " WITH a.n AS number, r ORDER BY number LIMIT $most DELETE r"
    " WITH max(number) AS last RETURN coalesce(last, -1)"
)
_PUT = (
    "UNWIND $rows AS row MATCH (a:MarqueeEntity {{id: row.head}}) MATCH (b:MarqueeEntity {{id: row.tail}})"
    " WHERE a.merged IS NULL AND b.merged IS NULL"
    " MERGE (a)-[t:{type}]->(b) SET t = row.shown, t += $made RETURN count(t)"
)


def _batches(projection: Projection) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Computed edges by relation, many at a time."""
    for relation in dict.fromkeys(relation for relation, _ in projection.computed):
        lines = (line for line in projection.lines() if line.circles and line.relation == relation)
        rows = _rows(projection, lines)
        while batch := list(islice(rows, _AT_ONCE)):
            yield relation, batch


def _rows(projection: Projection, lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    ids = projection.graph.entities
    for line in lines:
        shown = {
            "level": LEVEL_OF[kind(projection, line.head)].value,
            "weight": line.weight,
            "recent": line.recent,
            "first": line.first,
            "last": line.last,
            "shared": len(line.circles),
        }
        yield {"head": ids[line.head], "tail": ids[line.tail], "shown": shown}
