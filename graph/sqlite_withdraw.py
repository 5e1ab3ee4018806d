"""Withdrawing what a source no longer says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from marquee.graph.codec import dump, load_qualifiers
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_codec import STATUS_CODE, STATUS_OF
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Row
from marquee.graph.sqlite_stage import END
from marquee.graph.store import Place, Withdrawn
from marquee.graph.times import span
from marquee.graph.withdrawing import Piece, validity, withdrawn
from marquee.schema.values import Status


def withdraw(changes: Changes, source: str, places: Mapping[Place, Collection[str]]) -> Withdrawn:
    """Ends a source's evidence at those places, but for that of the statements named with each."""
    return withdrawn(_Shelf(changes, source), places)


class _Shelf:
    """One source's evidence; a piece's key is that of its row."""

    def __init__(self, changes: Changes, source: str) -> None:
        self.changes, self.source = changes, source
        self.numbers = changes.statement_numbers

    def pieces(self, places: Collection[Place]) -> dict[Row, Piece]:
        """The live pieces at those places."""
        items = list(dict.fromkeys(item for item, _ in places))
        source, *codes = self.changes.all_codes([self.source, *items])
        item_of = dict(zip(codes, items, strict=True))
        code_of = dict(zip(items, codes, strict=True))
        asked = [[code_of[item], -1 if row is None else row] for item, row in places]
        found = {}
        for sid, status, supports, *key in self.changes.rows(_FIND, (dump(asked), source)):
            place = item_of[key[2]], None if key[3] < 0 else key[3]
            found[tuple(key)] = Piece(place, key[0], sid, STATUS_OF[status], load_qualifiers(supports))
        return found

    def end(self, pieces: Mapping[Row, Piece]) -> None:
        """Ends them."""
        self.changes.many(END, [(self.changes.run, *key) for key in pieces])

    def supported(self, statements: Collection[int]) -> list[int]:
        """Those of the statements that have evidence."""
        return [row[0] for row in self.changes.rows(_LEFT, (array(statements),))]

    def withdraw(self, statements: Collection[int]) -> None:
        """Gives statements the status withdrawn, and ends their wait."""
        self.changes.set_status(dict.fromkeys(statements, STATUS_CODE[Status.WITHDRAWN]))
        self.changes.many("UPDATE statement SET review = 0 WHERE id = ?", [(number,) for number in statements])

    def date(self, statements: Collection[int]) -> None:
        """Gives statements the start and end that their remaining evidence supports."""
        rows: list[Row] = []
        for number, own, supports in self.changes.rows(_SUPPORTED, (array(statements),)):
            start, end = validity(load_qualifiers(own), map(load_qualifiers, _texts(supports)))
            rows.append((start, end, *span(start, end), number))
        self.changes.revise(("valid_from", "valid_to", "valid_first", "valid_last"), rows)


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
