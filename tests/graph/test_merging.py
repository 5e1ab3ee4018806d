from __future__ import annotations

import pytest

from marquee.graph.merging import pairs, rank
from marquee.schema.errors import NotFound, StoreError
from marquee.schema.values import Status

NUMBERS = {"a": (1, "a"), "b": (2, "b"), "c": (3, "c")}


def test_chains_end_at_the_last() -> None:
    assert pairs({"a": "b", "b": "c"}, NUMBERS) == [(1, 3), (2, 3)]
    assert pairs({"a": "a"}, NUMBERS) == []


def test_circles_and_strangers_are_refused() -> None:
    with pytest.raises(StoreError, match="circle"):
        pairs({"a": "b", "b": "a"}, NUMBERS)
    with pytest.raises(NotFound, match="'x'"):
        pairs({"a": "x"}, NUMBERS)


def test_the_best_believed_then_the_oldest_stays() -> None:
    ranks = [rank(Status.ACCEPTED, 9), rank(Status.PENDING, 1), rank(Status.REJECTED, 1), rank(Status.WITHDRAWN, 2)]
    assert ranks == sorted(ranks)
