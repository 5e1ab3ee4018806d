"""Shortest paths, by the server's own search over the plain relationships of accepted statements."""

from __future__ import annotations

from marquee.graph.neo4j_cypher import entity_of
from marquee.graph.neo4j_schema import TYPE_OF, WALKED
from marquee.graph.neo4j_session import HEAD, Session
from marquee.schema.selection import Deadline
from marquee.schema.values import PathStep

_NAME_OF = {type_: name for name, type_ in TYPE_OF.items()}
_FAR = 50  # hops beyond which nobody asks


def path(session: Session, start: str, end: str, max_hops: int, deadline: Deadline) -> list[PathStep] | None:
    """A shortest path, or None. Between the ends it does not pass entities of shared kinds."""
    ends = session.rows(
        f"{HEAD} UNWIND [$start, $end] AS asked {entity_of('asked')} RETURN asked, e.id", start=start, end=end
    )
    ids = dict(ends)
    if start not in ids or end not in ids:
        deadline.check()
        return None
    if ids[start] == ids[end] or max_hops < 1:
        return [] if ids[start] == ids[end] else None
    rows = session.rows(
        "MATCH (a:MarqueeEntity {id: $start}), (b:MarqueeEntity {id: $end})"
        f" MATCH p = shortestPath((a)-[:{WALKED}*..{min(int(max_hops), _FAR)}]-(b))"
        " WHERE all(x IN nodes(p) WHERE x = a OR x = b OR NOT x:MarqueeShared)"
        " AND all(r IN relationships(p) WHERE r.statement IS NOT NULL)"
        " RETURN [x IN nodes(p) | x.id], [r IN relationships(p) | [startNode(r).id, type(r), endNode(r).id, r.statement]]",
        deadline,
        start=ids[start],
        end=ids[end],
    )
    if not rows:
        return None
    passed, walked = rows[0]
    return [
        PathStep(head, _NAME_OF[type_], tail, statement, forward=head == from_)
        for from_, (head, type_, tail, statement) in zip(passed, walked, strict=False)
    ]
