"""Search by name: full text over folded names, the last word as a prefix, any script."""

from __future__ import annotations

from collections.abc import Collection

from marquee.graph.sqlite_codec import read_entity
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Session, sql
from marquee.graph.sqlite_sql import entity_json
from marquee.graph.words import spread
from marquee.schema.kinds import Kind
from marquee.schema.selection import Deadline, Hit
from marquee.schema.text import fold, title_key

# An exact name is worth more than any other; of others, the share of the name that was asked for counts,
# and being well connected for up to two fifths of a name: half of that at 50 facts.
_SCORE = """(CASE WHEN n.key = :key OR coalesce(n.title, n.key) = :title THEN 2.0
  ELSE min(1.0, length(:key) * 1.0 / max(1, length(n.key))) END + 0.4 * e.degree / (e.degree + 50.0))"""


def matching(key: str) -> str:
    """The full-text query for a folded name; "" where it has no word. Words are quoted: no syntax gets in."""
    phrases = ['"' + " ".join(spread(word).split()) + '"' for word in key.split()]
    return " ".join(phrases) + "*" if phrases else ""


def search(session: Session, text: str, kinds: Collection[Kind], limit: int, deadline: Deadline) -> list[Hit]:
    """Entities by name, best first: exact names, then the better covered and better connected."""
    key = fold(text)
    query = matching(key)
    if not query:
        return []
    rows = session.rows(
        sql(
            "WITH hit AS (SELECT n.entity, n.text,",
            _SCORE,
            "AS score FROM name_words w JOIN name n ON n.id = w.rowid JOIN entity e ON e.id = n.entity",
            "WHERE name_words MATCH :query AND n.until IS NULL",
            "AND (:kinds = '[]' OR e.kind IN (SELECT value FROM json_each(:kinds)))),",
            "best AS (SELECT entity, text, max(score) AS score FROM hit GROUP BY entity",
            "ORDER BY score DESC, entity LIMIT :limit)",
            "SELECT",
            entity_json("e"),
            ", b.text, b.score FROM best b JOIN entity e ON e.id = b.entity ORDER BY b.score DESC, b.entity",
        ),
        {
            "query": query,
            "key": key,
            "title": title_key(text),
            "kinds": array(session.all_codes([str(kind) for kind in kinds])),
            "limit": limit,
        },
        deadline,
    )
    return [Hit(read_entity(session, found), name, score) for found, name, score in rows]
