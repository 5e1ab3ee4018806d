"""Search by name: full text over folded names, the last word as a prefix, any script."""

from __future__ import annotations

from collections.abc import Collection

from marquee.graph.neo4j_cypher import entity, live, read_entity
from marquee.graph.neo4j_read import DEGREE
from marquee.graph.neo4j_schema import WORDS
from marquee.graph.neo4j_session import HEAD, Session
from marquee.graph.words import spread
from marquee.schema.kinds import Kind
from marquee.schema.selection import Deadline, Hit
from marquee.schema.text import fold, title_key

# As the embedded store scores: see there. The share of the name that was asked for, then how well connected.
_SCORE = (
    "CASE WHEN x.key = $key OR coalesce(x.title, x.key) = $title THEN 2.0"
    " WHEN size($key) >= size(x.key) THEN 1.0 ELSE size($key) * 1.0 / size(x.key) END"
    " + 0.4 * degree / (degree + 50.0)"
)


def matching(key: str) -> str:
    """The Lucene query for a folded name; "" where it has no word.

    Folding leaves letters, digits and marks, in lower case: none of Lucene's signs and words gets in. Words are
    quoted but the last, which is a prefix.
    """
    words = [spread(word).split() for word in key.split()]
    parts = [f'"{" ".join(word)}"' for word in words[:-1]]
    if words:
        *whole, last = words[-1]
        parts += [f'"{" ".join(whole)}"'] if whole else []
        parts.append(f"{last}*" if last == spread(last) else f'"{" ".join(words[-1])}"')
    return " AND ".join(parts)


def search(session: Session, text: str, kinds: Collection[Kind], limit: int, deadline: Deadline) -> list[Hit]:
    """Entities by name, best first: exact names, then the better covered and better connected."""
    key = fold(text)
    query = matching(key)
    if not query:
        deadline.check()
        return []
    rows = session.rows(
        f"{HEAD} CALL db.index.fulltext.queryNodes('{WORDS}', $query) YIELD node AS x"
        f" WITH head, x WHERE {live('x')} MATCH (x)-[:NAMES]->(e) WHERE $kinds = [] OR e.kind IN $kinds"
        f" WITH head, x, e, {DEGREE} AS degree WITH head, e, x.text AS name, x.n AS n, {_SCORE} AS score"
        " ORDER BY score DESC, n WITH head, e, max(score) AS score, collect(name)[0] AS name"
        " ORDER BY score DESC, e.n LIMIT $limit"
        f" RETURN {entity()}, name, score ORDER BY score DESC, e.n",
        deadline,
        query=query,
        key=key,
        title=title_key(text),
        kinds=[str(kind) for kind in kinds],
        limit=limit,
    )
    return [Hit(read_entity(found), name, score) for found, name, score in rows]
