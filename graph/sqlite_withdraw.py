"""Withdrawing what a source no longer says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from marquee.graph.batches import batches
from marquee.graph.codec import dump, load_qualifiers
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_codec import STATUS_CODE, STATUS_OF
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Row
from marquee.graph.sqlite_stage import END
from marquee.graph.store import Place, Withdrawn
from marquee.graph.times import span
from marquee.graph.withdrawing import Piece, ending, outcome, timed, validity
from marquee.schema.values import Status


def withdraw(changes: Changes, source: str, places: Mapping[Place, Collection[str]]) -> Withdrawn:
    """Ends a source's evidence at those places, but for that of the statements named with each."""
    lost: list[str] = []
    weakened: list[str] = []
    for batch in batches(places.items()):
        did = _withdraw(changes, source, dict(batch))
        lost += did.lost
        weakened += did.weakened
    return Withdrawn(tuple(lost), tuple(weakened))


def _withdraw(changes: Changes, source: str, places: Mapping[Place, Collection[str]]) -> Withdrawn:
    numbers = changes.statement_numbers({id_ for ids in places.values() for id_ in ids})
    keep = {place: {numbers[id_] for id_ in ids if id_ in numbers} for place, ids in places.items()}
    found = _pieces(changes, source, keep)
    ended = ending((piece for piece, _ in found), keep)
    gone = {id(piece) for piece in ended}
    changes.many(END, [(changes.run, *key) for piece, key in found if id(piece) in gone])
    touched = {piece.statement for piece in ended}
    left = {row[0]: None for row in changes.rows(_LEFT, (array(touched),))}
    did, lost = outcome(ended, left)
    changes.set_status(dict.fromkeys(lost, STATUS_CODE[Status.WITHDRAWN]))
    changes.many("UPDATE statement SET review = 0 WHERE id = ?", [(number,) for number in lost])
    _date(changes, timed(ended))
    return did


def _pieces(changes: Changes, source: str, places: Mapping[Place, object]) -> list[tuple[Piece, Row]]:
    """The live pieces of a source at those places, each with its key."""
    codes = changes.all_codes([source, *dict.fromkeys(item for item, _ in places)])
    by_code = dict(zip(codes[1:], dict.fromkeys(item for item, _ in places), strict=True))
    of_item = {item: code for code, item in by_code.items()}
    asked = [[of_item[item], -1 if row is None else row] for item, row in places]
    found = []
    for sid, status, supports, *key in changes.rows(_FIND, (dump(asked), codes[0])):
        item, line = by_code[key[2]], None if key[3] < 0 else key[3]
        found.append((Piece((item, line), key[0], sid, STATUS_OF[status], load_qualifiers(supports)), tuple(key)))
    return found


def _date(changes: Changes, statements: Collection[int]) -> None:
    """Gives statements the start and end that their remaining evidence supports."""
    rows: list[Row] = []
    for number, own, supports in changes.rows(_SUPPORTED, (array(statements),)):
        start, end = validity(load_qualifiers(own), map(load_qualifiers, _texts(supports)))
        rows.append((start, end, *span(start, end), number))
    changes.revise(("valid_from", "valid_to", "valid_first", "valid_last"), rows)


def _texts(joined: str | None) -> Sequence[str]:
    return joined.split("\x1f") if joined else ()


_FIND = (
    "SELECT s.sid, s.status, v.supports, v.statement, v.source, v.item, v.line, v.start, v.stop, v.extractor, v.since"
    " FROM json_each(?) j CROSS JOIN evidence v"
    " ON v.source = ? AND v.item = json_extract(j.value, '$[0]') AND v.line = json_extract(j.value, '$[1]')"
    " CROSS JOIN statement s ON s.id = v.statement WHERE v.until IS NULL"
)
_LEFT = (
    "SELECT j.value FROM json_each(?) j WHERE EXISTS"
    " (SELECT 1 FROM evidence v WHERE v.statement = j.value AND v.until IS NULL)"
)
_SUPPORTED = (
    "SELECT s.id, s.qualifiers, (SELECT group_concat(v.supports, char(31)) FROM evidence v"
    " WHERE v.statement = s.id AND v.until IS NULL AND v.supports IS NOT NULL)"
    " FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value"
)
