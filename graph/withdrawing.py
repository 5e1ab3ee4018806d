"""Withdrawing as any store does it: which pieces end, what their statements become, which dates they keep."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from marquee.graph.batches import batches
from marquee.graph.store import Place, Withdrawn
from marquee.schema.literals import Literal
from marquee.schema.values import Qualifiers, Status

K = TypeVar("K")
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


class Shelf(Protocol[K]):
    """One source's evidence in a store, each piece under a key of the store's own."""

    def numbers(self, ids: Collection[str]) -> Mapping[str, int]:
        """Numbers of statements by id; unknown ids are absent."""

    def pieces(self, places: Collection[Place]) -> Mapping[K, Piece]:
        """The live pieces at those places."""

    def end(self, pieces: Mapping[K, Piece]) -> None:
        """Ends them."""

    def supported(self, statements: Collection[int]) -> Collection[int]:
        """Those of the statements, by number, that have evidence."""

    def withdraw(self, statements: Collection[int]) -> None:
        """Gives statements the status withdrawn, and ends their wait for review."""

    def date(self, statements: Collection[int]) -> None:
        """Gives statements the start and end that their remaining evidence supports."""


def withdrawn(shelf: Shelf[K], places: Mapping[Place, Collection[str]]) -> Withdrawn:
    """Ends the evidence at those places, but for that of the statements named with each; tells what that did."""
    did = [_batch(shelf, dict(batch)) for batch in batches(places.items())]
    return Withdrawn(tuple(id_ for one in did for id_ in one.lost), tuple(id_ for one in did for id_ in one.weakened))


def _batch(shelf: Shelf[K], places: Mapping[Place, Collection[str]]) -> Withdrawn:
    numbers = shelf.numbers({id_ for ids in places.values() for id_ in ids})
    keep = {place: {numbers[id_] for id_ in ids if id_ in numbers} for place, ids in places.items()}
    found = shelf.pieces(places)
    ended = {key: piece for key, piece in found.items() if piece.statement not in keep[piece.place]}
    shelf.end(ended)
    by_number = {piece.statement: piece for piece in ended.values()}
    left = set(shelf.supported(by_number))
    lost = [piece for number, piece in by_number.items() if number not in left and piece.status in _LOSES]
    shelf.withdraw([piece.statement for piece in lost])
    shelf.date({piece.statement for piece in ended.values() if any(name in _TIMES for name, _ in piece.supports)})
    weakened = (piece.id for number, piece in by_number.items() if number in left)
    return Withdrawn(tuple(piece.id for piece in lost), tuple(weakened))


def validity(own: Qualifiers, supported: Iterable[Qualifiers]) -> tuple[str | None, str | None]:
    """Start and end by a statement's own qualifiers, else by what its evidence supports."""
    pairs = [*own, *(pair for qualifiers in supported for pair in qualifiers)]
    start, end = (
        next((value.value for key, value in pairs if key == name and isinstance(value, Literal)), None)
        for name in _TIMES
    )
    return start, end
