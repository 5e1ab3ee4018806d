"""Ties of a projection in Neo4j itself: computed edges as plain relationships beside those of the facts.

`(:Person)-[:COLLABORATED_WITH {level, weight, recent, first, last, shared}]->(:Person)`, for anyone's Cypher, Bloom
or Graph Data Science. They are as of the day that they were written; the next writing takes their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from neo4j import ManagedTransaction

from marquee.graph.levels import Line, Projection, kind
from marquee.graph.neo4j_errors import mended
from marquee.graph.neo4j_schema import TYPE_OF
from marquee.graph.neo4j_store import Neo4jStore
from marquee.graph.ties import BONDS
from marquee.schema.kinds import LEVEL_OF

_AT_ONCE = 10_000


def write(projection: Projection, store: Neo4jStore) -> int:
    """Takes away the ties of the projection's level that an earlier writing left, and writes its own; how many.

    Each batch is a transaction of its own, which may be done twice without harm. What is stopped half-way leaves
    some of the ties; write them again.
    """
    written = 0
    with mended(store.url), store.connection() as session:
        for bond in BONDS:
            if projection.level in (None, bond.level):
                session.run(_CLEAR.format(type=TYPE_OF[bond.relation]), level=bond.level.value).consume()
        for relation, rows in _batches(projection):
            session.execute_write(_put, relation, rows)
            written += len(rows)
    return written


_CLEAR = (
    "MATCH (:MarqueeEntity)-[r:{type}]->(:MarqueeEntity) WHERE r.level = $level"
    " CALL (r) {{ DELETE r }} IN TRANSACTIONS OF 10000 ROWS"
)
_PUT = (
    "UNWIND $rows AS row MATCH (a:MarqueeEntity {{id: row.head}}) MATCH (b:MarqueeEntity {{id: row.tail}})"
    " MERGE (a)-[t:{type}]->(b) SET t = row.shown"
)


def _put(tx: ManagedTransaction, relation: str, rows: list[dict[str, Any]]) -> None:
    tx.run(_PUT.format(type=TYPE_OF[relation]), rows=rows).consume()


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
