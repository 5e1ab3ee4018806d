"""Withdrawing as any store does it: which pieces end, what their statements become, which dates they keep."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from marquee.graph.store import Place, Withdrawn
from marquee.schema.literals import Literal
from marquee.schema.values import Qualifiers, Status

_LOSES = frozenset({Status.PENDING, Status.ACCEPTED})  # others are decided otherwise, and stay what they are
_TIMES = ("start", "end")


@dataclass(frozen=True, slots=True)
class Piece:
    """A live piece of evidence at a place, the number, id and status of its statement, and what it supports."""

    place: Place
    statement: int
    id: str
    status: Status
    supports: Qualifiers


def ending(pieces: Iterable[Piece], keep: Mapping[Place, Collection[int]]) -> list[Piece]:
    """The pieces whose statement, by number, is not kept at their place."""
    return [piece for piece in pieces if piece.statement not in keep[piece.place]]


def outcome(ended: Iterable[Piece], left: Mapping[int, object]) -> tuple[Withdrawn, list[int]]:
    """What withdrawing did, and the numbers of the statements to be withdrawn. `left`: those with evidence."""
    by_number = {piece.statement: piece for piece in ended}
    lost = [piece for number, piece in by_number.items() if number not in left and piece.status in _LOSES]
    weakened = tuple(piece.id for number, piece in by_number.items() if number in left)
    return Withdrawn(tuple(piece.id for piece in lost), weakened), [piece.statement for piece in lost]


def timed(ended: Iterable[Piece]) -> set[int]:
    """Numbers of statements that lost a piece which said when they began or ended."""
    return {piece.statement for piece in ended if any(name in _TIMES for name, _ in piece.supports)}


def validity(own: Qualifiers, supported: Iterable[Qualifiers]) -> tuple[str | None, str | None]:
    """Start and end by a statement's own qualifiers, else by what its evidence supports."""
    pairs = [*own, *(pair for qualifiers in supported for pair in qualifiers)]
    start, end = (
        next((value.value for key, value in pairs if key == name and isinstance(value, Literal)), None)
        for name in _TIMES
    )
    return start, end
