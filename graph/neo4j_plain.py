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

# The server plans once, when there is little: it is told to go from the number to the statement to its ends, and
# what is between two ends is looked for by itself, from the end that has less. From a genre, it would never end.
_STATEMENT = "MATCH (s:MarqueeStatement {n: r[0]}) USING INDEX SEEK s:MarqueeStatement(n)"
_ENDS = "MATCH (s)-[:SUBJECT]->(a) MATCH (s)-[:OBJECT]->(b)"


def follow(write: Write, statements: Collection[int], fresh: Mapping[int, str]) -> None:
    """Brings the plain relationships of statements, by number, to what is believed of them.

    `fresh`: new statements, which have none yet, with their relation.
    """
    numbers = [[number] for number in statements]
    write(f"{_STATEMENT} WHERE s.plain AND s.status <> 'accepted' {_BETWEEN} DELETE p }} REMOVE s.plain", numbers)
    write(
        f"{_STATEMENT} WHERE s.plain AND s.status = 'accepted' {_BETWEEN} SET p.probability = s.probability }}", numbers
    )
    lacking = write(f"{_FRESH} AND EXISTS {{ (s)-[:OBJECT]->() }} RETURN r[0], s.relation", numbers)
    relations = dict(fresh) | {row[0]: row[1] for row in lacking}  # each once, or it would be made twice
    write(f"{_FRESH} {_ENDS}{_MAKE}", [[number, TYPE_OF[relation]] for number, relation in relations.items()])


_FRESH = f"{_STATEMENT} WHERE s.status = 'accepted' AND s.plain IS NULL"
_BETWEEN = f"{_ENDS} CALL (s, a, b) {{ MATCH (a)-[p]->(b) WHERE p.statement = s.id"
_MAKE = " CREATE (a)-[:$(r[1]) {statement: s.id, probability: s.probability}]->(b) SET s.plain = true"
