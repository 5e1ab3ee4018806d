"""Plain relationships: each accepted statement between entities once more, for anyone's Cypher.

`(:Person)-[:ACTED_IN {statement, probability}]->(:Film)`. They follow what is believed: a small run writes them
in its one transaction, a large one right after the commit that makes it visible. `plain` on a statement says that
its relationship is there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from marquee.graph.neo4j_schema import TYPE_OF
from marquee.graph.neo4j_session import Row

Write = Callable[[str, Sequence[Any]], list[Row]]  # a query over `$rows`, unwound as `r`

# The server plans once, when there is little: it is told to go from the number to the statement to its ends.
_STATEMENT = "MATCH (s:MarqueeStatement {n: r}) USING INDEX SEEK s:MarqueeStatement(n)"
_FRESH = f"{_STATEMENT} WHERE s.status = 'accepted' AND s.plain IS NULL"
_ENDS = "WITH s MATCH (s)-[:SUBJECT]->(a) WITH s, a MATCH (s)-[:OBJECT]->(b)"


def follow(write: Write, statements: Collection[int], fresh: Mapping[int, str]) -> None:
    """Brings the plain relationships of statements, by number, to what is believed of them.

    `fresh`: new statements, which have none yet, with their relation.
    """
    numbers = list(statements)
    write(f"{_STATEMENT} WHERE s.plain AND s.status <> 'accepted' {_ENDS}{_GONE}", numbers)
    write(f"{_STATEMENT} WHERE s.plain AND s.status = 'accepted' {_ENDS}{_AGAIN}", numbers)
    lacking = write(f"{_FRESH} AND EXISTS {{ (s)-[:OBJECT]->() }} RETURN r, s.relation", numbers)
    by_relation: dict[str, list[int]] = {}
    relations = dict(fresh) | {row[0]: row[1] for row in lacking}  # each once, or it would be made twice
    for number, relation in relations.items():
        by_relation.setdefault(relation, []).append(number)
    for relation, rows in by_relation.items():
        write(f"{_FRESH} {_ENDS}{_MAKE.format(type=TYPE_OF[relation])}", rows)


_GONE = " MATCH (a)-[p]->(b) WHERE p.statement = s.id DELETE p REMOVE s.plain"
_AGAIN = " MATCH (a)-[p]->(b) WHERE p.statement = s.id SET p.probability = s.probability"
_MAKE = " CREATE (a)-[:{type} {{statement: s.id, probability: s.probability}}]->(b) SET s.plain = true"
