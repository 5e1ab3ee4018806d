"""Withdrawing what a source no longer says."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from marquee.graph.batches import batches
from marquee.graph.codec import load_qualifiers
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_stage import END
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
        changes.breathe()
    return Withdrawn(tuple(lost), tuple(weakened))


def _withdraw(changes: Changes, source: str, places: Mapping[Place, Collection[str]]) -> Withdrawn:
    numbers = changes.statement_numbers({id_ for ids in places.values() for id_ in ids})
    keep = {place: {numbers[id_] for id_ in ids if id_ in numbers} for place, ids in places.items()}
    found = _pieces(changes, source, keep)
    ended = ending((piece for piece, _ in found), keep)
    gone = {id(piece) for piece in ended}
    changes.write(END, [{"of": piece.statement, "n": number} for piece, number in found if id(piece) in gone])
    left = {row[0]: None for row in changes.rows(_LEFT, numbers=list({piece.statement for piece in ended}))}
    did, lost = outcome(ended, left)
    changes.set_status(dict.fromkeys(lost, str(Status.WITHDRAWN)), review=dict.fromkeys(lost))
    _date(changes, timed(ended))
    return did


def _pieces(changes: Changes, source: str, places: Collection[Place]) -> list[tuple[Piece, int]]:
    """The live pieces of a source at those places, each with its number."""
    rows = changes.rows(_AT_ROWS, source=source, places=[list(place) for place in places if place[1] is not None])
    rows += changes.rows(_IN_ITEMS, source=source, items=[item for item, row in places if row is None])
    return [
        (Piece((item, line), number, id_, Status(status), load_qualifiers(supports)), piece)
        for item, line, number, id_, status, supports, piece in rows
    ]


def _date(changes: Changes, statements: Collection[int]) -> None:
    """Gives statements the start and end that their remaining evidence supports."""
    rows = []
    for number, own, supports in changes.rows(_SUPPORTED, numbers=list(statements)):
        start, end = validity(load_qualifiers(own), map(load_qualifiers, supports))
        first, last = span(start, end)
        values = {"valid_from": start, "valid_to": end, "valid_first": first, "valid_last": last}
        rows.append({"n": number, "set": values})
    changes.revise(rows)


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
