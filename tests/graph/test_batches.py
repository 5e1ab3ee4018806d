"""Batches: all of it, in order, in pieces of the size that was asked for, and no more taken than is given."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count, islice

from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.batches import AT_ONCE, batches

ITEMS, SIZES = st.lists(st.integers(), max_size=60), st.integers(1, 20)


@given(ITEMS, SIZES)
def test_together_they_are_the_items_in_order(items: list[int], size: int) -> None:
    assert list(chain.from_iterable(batches(items, size))) == items


@given(ITEMS, SIZES)
def test_all_are_full_but_the_last_and_none_is_empty(items: list[int], size: int) -> None:
    lengths = [len(batch) for batch in batches(iter(items), size)]

    assert all(length == size for length in lengths[:-1])
    assert all(0 < length <= size for length in lengths[-1:])
    assert len(lengths) == -(-len(items) // size)


@given(SIZES, st.integers(1, 5))
def test_no_more_is_taken_than_is_given(size: int, wanted: int) -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        for number in count():
            taken += 1
            yield number

    assert [batch[0] for batch in islice(batches(endless(), size), wanted)] == [size * at for at in range(wanted)]
    assert taken == size * wanted


def test_without_a_size_they_are_those_of_a_query() -> None:
    assert [len(batch) for batch in batches(range(AT_ONCE + 1))] == [AT_ONCE, 1]
