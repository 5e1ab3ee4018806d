"""Merging entities: ids redirect for ever, and statements that become one are joined.

Identity is of today, belief of then: a past state is read with today's entities, and the rows that were
moved are noted in `moved`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from marquee.graph.codec import dump_qualifiers, load_qualifiers
from marquee.graph.merging import pairs, rank
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_codec import MERGED, STATUS_OF
from marquee.graph.sqlite_put import relabel
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Row, sql
from marquee.graph.sqlite_stage import EVIDENCE, redirect
from marquee.schema.ids import statement_id
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Qualifiers

# What points at an entity, and how it is found.
_POINTERS = (("statement", "subject"), ("statement", "object"), ("external", "entity"))


def merge(changes: Changes, redirects: Mapping[str, str]) -> None:
    """Redirects entities. Raises NotFound on an unknown id, StoreError on a circle."""
    moves = pairs(redirects, changes.entity_numbers({*redirects, *redirects.values()}))
    for loser, winner in moves:
        _move_names(changes, loser, winner)
        for table, column in _POINTERS:
            _move(changes, table, column, loser, winner)
        _move_mentions(changes, loser, winner)
        changes.many("DELETE FROM attribute WHERE entity = ?", [(loser,)])
        changes.many(
            "UPDATE entity SET merged = ?, until = coalesce(until, ?), degree = 0 WHERE id = ? OR merged = ?",
            [(winner, changes.run, loser, loser)],
        )
    winners = {winner for _, winner in moves}
    _join(changes, winners)
    _count_degrees(changes, winners)
    relabel(changes, winners)


# --- moving --------------------------------------------------------------------------------------


def _move(changes: Changes, table: str, column: str, was: int, now: int) -> None:
    where = sql("WHERE", column, "= ?")
    changes.many(
        sql("INSERT INTO moved (run, what, thing, was) SELECT ?, ?, id, ? FROM", table, where),
        [(changes.run, f"{table}.{column}", was, was)],
    )
    changes.many(sql("UPDATE", table, "SET", column, "= ?", where), [(now, was)])


def _move_names(changes: Changes, loser: int, winner: int) -> None:
    """Names that the winner has already end; of the others, labels become aliases."""
    same = "EXISTS (SELECT 1 FROM name w WHERE w.entity = ? AND w.text = name.text AND w.language = name.language)"
    changes.many(
        sql("UPDATE name SET until = ? WHERE entity = ? AND until IS NULL AND", same), [(changes.run, loser, winner)]
    )
    moving = changes.rows("SELECT id FROM name WHERE entity = ? AND until IS NULL", (loser,))
    changes.insert("moved", "run, what, thing, was", [(changes.run, "name.entity", name, loser) for (name,) in moving])
    changes.many(
        "UPDATE name SET entity = ?, kind = iif(kind = ?, ?, kind) WHERE id = ?",
        [(winner, changes.intern("label"), changes.intern("alias"), name) for (name,) in moving],
    )


def _move_mentions(changes: Changes, loser: int, winner: int) -> None:
    """Qualifiers that name the loser name the winner."""
    old, new = (changes.one("SELECT eid FROM entity WHERE id = ?", (number,)) for number in (loser, winner))
    rows = changes.rows(
        "SELECT s.id, s.qualifiers FROM mention m JOIN statement s ON s.id = m.statement WHERE m.entity = ?", (loser,)
    )
    changes.many(
        "UPDATE statement SET qualifiers = ? WHERE id = ?",
        [(dump_qualifiers(_renamed(load_qualifiers(text), old, new)), number) for number, text in rows],
    )
    changes.insert(
        "moved", "run, what, thing, was", [(changes.run, "statement.qualifiers", number, loser) for number, _ in rows]
    )
    changes.many("UPDATE OR IGNORE mention SET entity = ? WHERE entity = ?", [(winner, loser)])
    changes.many("DELETE FROM mention WHERE entity = ?", [(loser,)])


def _renamed(qualifiers: Qualifiers, old: str, new: str) -> Qualifiers:
    return tuple((name, new if value == old else value) for name, value in qualifiers)


# --- joining -------------------------------------------------------------------------------------

_TOUCHING = """
SELECT s.id, s.sid, a.eid, t.text, b.eid, y.text, s.value, s.unit, s.year, s.qualifiers, s.status
FROM statement s JOIN entity a ON a.id = s.subject JOIN term t ON t.id = s.relation
LEFT JOIN entity b ON b.id = s.object LEFT JOIN term y ON y.id = s.type
WHERE s.status <> 9 AND s.id IN (
  SELECT id FROM statement WHERE subject IN (SELECT value FROM json_each(:winners))
  UNION SELECT id FROM statement WHERE object IN (SELECT value FROM json_each(:winners))
  UNION SELECT statement FROM mention WHERE entity IN (SELECT value FROM json_each(:winners)))
ORDER BY s.id"""


def _join(changes: Changes, winners: Collection[int]) -> None:
    """Of statements that say the same, the best believed and then the oldest takes the evidence of the others.

    The id that each would be given today redirects to it.
    """
    alike: dict[str, list[Row]] = {}
    for row in changes.rows(_TOUCHING, {"winners": array(winners)}):
        alike.setdefault(_id_today(row), []).append(row)
    for rows in alike.values():
        rows.sort(key=lambda row: rank(STATUS_OF[row[-1]], row[0]))
        for row in rows[1:]:
            _fold_into(changes, row[0], rows[0][0])
    known = changes.statement_numbers(list(alike))
    redirect(changes, [(today, rows[0][0]) for today, rows in alike.items() if today not in known])


def _id_today(row: Row) -> str:
    _, _, subject, relation, object_, type_, value, unit, year, qualifiers, _ = row
    tail = object_ if object_ is not None else Literal(LiteralType(type_), value, unit, year)
    return statement_id(subject, relation, tail, load_qualifiers(qualifiers))


def _fold_into(changes: Changes, loser: int, survivor: int) -> None:
    """Joins a statement's evidence, decisions and wait for review to another, and redirects it there."""
    changes.many(_COPY_EVIDENCE, [(survivor, changes.run, loser, survivor)])
    changes.many("UPDATE evidence SET until = ? WHERE statement = ? AND until IS NULL", [(changes.run, loser)])
    _move(changes, "decision", "statement", loser, survivor)
    changes.many("UPDATE OR IGNORE open_name SET statement = ? WHERE statement = ?", [(survivor, loser)])
    changes.many(
        "UPDATE statement SET review = max(review, (SELECT review FROM statement WHERE id = ?)) WHERE id = ?",
        [(loser, survivor)],
    )
    changes.set_status({loser: MERGED})
    changes.many("UPDATE statement SET merged = ?, review = 0 WHERE id = ? OR merged = ?", [(survivor, loser, loser)])


_COPY_EVIDENCE = sql(
    "INSERT INTO evidence (",
    EVIDENCE,
    ") SELECT ?, v.source, v.item, v.line, v.start, v.stop, v.extractor, ?, v.passage, v.version, v.observed,",
    "v.score, v.supports, v.billing, v.modality FROM evidence v WHERE v.statement = ? AND v.until IS NULL",
    "AND NOT EXISTS (SELECT 1 FROM evidence w WHERE w.statement = ? AND w.until IS NULL",
    "AND (w.source, w.item, w.line, w.start, w.stop, w.extractor)",
    "= (v.source, v.item, v.line, v.start, v.stop, v.extractor))",
)


def _count_degrees(changes: Changes, winners: Collection[int]) -> None:
    changes.flush()
    changes.many(
        "UPDATE entity SET degree = (SELECT count(*) FROM statement s WHERE s.status = 1 AND s.subject = entity.id)"
        " + (SELECT count(*) FROM statement s WHERE s.status = 1 AND s.object = entity.id AND s.subject <> s.object)"
        " WHERE id = ?",
        [(winner,) for winner in winners],
    )
