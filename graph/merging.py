"""Merging as any store does it: where chains of redirects end, and which of two like statements stays."""

from __future__ import annotations

from collections.abc import Mapping

from marquee.schema.errors import NotFound, StoreError
from marquee.schema.values import Status

_RANK = {Status.ACCEPTED: 0, Status.PENDING: 1}


def pairs(redirects: Mapping[str, str], numbers: Mapping[str, tuple[int, str]]) -> list[tuple[int, int]]:
    """(loser, winner) numbers, chains followed to their end; `numbers`: (number, id) by asked id.

    Raises NotFound on an unknown id, StoreError on a circle.
    """
    for asked in (*redirects, *redirects.values()):
        if asked not in numbers:
            raise NotFound(f"no entity {asked!r}.", mend="Put it first.")
    steps = {numbers[loser][0]: numbers[winner][0] for loser, winner in redirects.items()}
    return [(loser, _end_of(loser, steps)) for loser in steps if steps[loser] != loser]


def rank(status: Status, number: int) -> tuple[int, int]:
    """Orders statements that say the same: the best believed and then the oldest stays."""
    return _RANK.get(status, 2), number


def _end_of(loser: int, steps: Mapping[int, int]) -> int:
    winner, passed = steps[loser], {loser}
    while winner in steps and steps[winner] != winner:
        if winner in passed:
            raise StoreError("the merges go round in a circle.", mend="Name one entity that stays.")
        passed.add(winner)
        winner = steps[winner]
    return winner
