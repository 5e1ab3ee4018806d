"""Withdrawing what a source no longer says."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from marquee.graph.codec import load_qualifiers
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_session import Row
from marquee.graph.neo4j_stage import END, VALIDITY
from marquee.graph.store import Place, Withdrawn
from marquee.graph.times import span
from marquee.graph.withdrawing import Piece, validity, withdrawn
from marquee.schema.values import Status


def withdraw(changes: Changes, source: str, places: Mapping[Place, Collection[str]]) -> Withdrawn:
    """Ends a source's evidence at those places, but for that of the statements named with each."""
    return withdrawn(_Shelf(changes, source), places)


class _Shelf:
    """One source's evidence; a piece's key is the number of its node."""

    def __init__(self, changes: Changes, source: str) -> None:
        self.changes, self.source = changes, source
        self.numbers = changes.statement_numbers

    def pieces(self, places: Collection[Place]) -> dict[int, Piece]:
        """The live pieces at those places."""
        in_rows = [list(place) for place in places if place[1] is not None]
        rows = self.changes.rows(_AT_ROWS, source=self.source, places=in_rows)
        items = [item for item, row in places if row is None]
        rows += self.changes.rows(_IN_ITEMS, source=self.source, items=items)
        return {
            key: Piece((item, line), number, id_, Status(status), load_qualifiers(supports))
            for item, line, number, id_, status, supports, key in rows
        }

    def end(self, pieces: Mapping[int, Piece]) -> None:
        """Ends them."""
        self.changes.write(END, [{"of": piece.statement, "n": number} for number, piece in pieces.items()])
        self.changes.breathe()

    def supported(self, statements: Collection[int]) -> list[int]:
        """Those of the statements that have evidence."""
        return [row[0] for row in self.changes.rows(_LEFT, numbers=list(statements))]

    def withdraw(self, statements: Collection[int]) -> None:
        """Gives statements the status withdrawn, and ends their wait."""
        self.changes.set_status(("review",), [[number, str(Status.WITHDRAWN), None] for number in statements])

    def date(self, statements: Collection[int]) -> None:
        """Gives statements the start and end that their remaining evidence supports."""
        rows: list[Row] = []
        for number, own, supports in self.changes.rows(_SUPPORTED, numbers=list(statements)):
            start, end = validity(load_qualifiers(own), map(load_qualifiers, supports))
            rows.append([number, start, end, *span(start, end)])
        self.changes.revise(VALIDITY, rows)


_FOUND = (
    " WHERE x.until IS NULL MATCH (x)-[:SUPPORTS]->(s:MarqueeStatement)"
    " RETURN x.item, x.row, s.n, s.id, s.status, x.supports, x.n"
)
_AT_ROWS = (
    "UNWIND $places AS place MATCH (x:MarqueeEvidence {source: $source, item: place[0], row: place[1]})"
    f" USING INDEX x:MarqueeEvidence(source, item, row){_FOUND}"
)
_IN_ITEMS = (
    "UNWIND $items AS item MATCH (x:MarqueeEvidence {source: $source, item: item})"
    f" USING INDEX x:MarqueeEvidence(source, item){_FOUND.replace(' WHERE ', ' WHERE x.row IS NULL AND ', 1)}"
)
_LEFT = (
    "UNWIND $numbers AS n MATCH (s:MarqueeStatement {n: n})"
    " WHERE EXISTS { (s)<-[:SUPPORTS]-(x:MarqueeEvidence) WHERE x.until IS NULL } RETURN n"
)
_SUPPORTED = (
    "UNWIND $numbers AS n MATCH (s:MarqueeStatement {n: n}) RETURN n, s.qualifiers,"
    " COLLECT { MATCH (s)<-[:SUPPORTS]-(x:MarqueeEvidence) WHERE x.until IS NULL AND x.supports IS NOT NULL"
    " RETURN x.supports ORDER BY x.n }"
)
