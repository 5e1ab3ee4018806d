"""Batches: work of any length in pieces that fit a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 2_000


def batches(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Items in lists of up to `size`."""
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
