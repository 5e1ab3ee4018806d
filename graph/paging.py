"""Keyset paging as any store does it: positions that were given by a list, and the rows of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from marquee.schema.errors import CursorError
from marquee.schema.selection import Key, Page

if TYPE_CHECKING:
    from marquee.graph.store import Listing

T = TypeVar("T")

NUMBER: tuple[type, ...] = (int, float)
TEXT: tuple[type, ...] = (str,)
_LARGEST = 2**63


def pages(read: Callable[[Page], Listing[T]], size: int) -> Iterator[Sequence[T]]:
    """A list to its end, `size` items at a time."""
    page: Page | None = Page(size)
    while page:
        listing = read(page)
        yield listing.items
        page = replace(page, after=listing.keys[-1]) if listing.more else None


def check_key(key: Key, types: Sequence[tuple[type, ...]]) -> None:
    """Raises CursorError where a position is none of a list that is ordered by values of those types."""
    if len(key) != len(types) or not all(map(_fits, key, types)):
        raise CursorError("this cursor was not given by this list.", mend="Start again without a cursor.")


def turned(rows: Sequence[T], page: Page) -> tuple[list[T], bool]:
    """The rows of the page in the order of the list, and whether there are more in the page's direction."""
    size = max(page.size, 0)
    kept = list(rows[:size])
    return (kept[::-1] if page.backward else kept), len(rows) > size


def _fits(part: object, types: tuple[type, ...]) -> bool:
    if isinstance(part, bool) or not isinstance(part, types):
        return False
    return not isinstance(part, int) or -_LARGEST <= part < _LARGEST
