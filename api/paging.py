"""Paging: from first, after, last and before to a window, and from a store's listing to a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from marquee.api.limits import LimitExceeded
from marquee.api.request import Request
from marquee.api.views_page import ListView, RowView, page_info
from marquee.graph.store import Listing
from marquee.schema.errors import CursorError
from marquee.schema.selection import Key, Page

FIRST = 20  # rows of a page unless told


def window(
    request: Request,
    shape: str,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> tuple[Page, bytes | None]:
    """The window asked for, and the owner tag of the cursor that was given, if any.

    Raises LimitExceeded if it is too large, CursorError if a cursor belongs to another list.
    """
    if first is not None and last is not None:
        raise LimitExceeded("`first` and `last` cannot go together.", mend="Ask for one of them.")
    size = _size(request, "last", last) if last is not None else _size(request, "first", first)
    behind, tag = request.cursors.read(shape, after) if after is not None else (None, None)
    ahead, other = request.cursors.read(shape, before) if before is not None else (None, None)
    if tag is not None and other is not None and tag != other:
        raise CursorError("`after` and `before` come from two lists.", mend="Take both from one.")
    return Page(size, behind, ahead, backward=last is not None), tag if tag is not None else other


def listed(
    request: Request,
    shape: str,
    page: Page,
    listing: Listing[Any],
    nodes: Iterable[Any],
    count: Callable[[], int | None],
) -> ListView:
    """A page of a list of the whole store, with `nodes` standing for the listing's items."""

    def cursor(key: Key) -> str:
        return request.cursors.issue(shape, "", key)

    rows = [RowView(cursor(key), node) for key, node in zip(listing.keys, nodes, strict=True)]
    return ListView(rows, page_info(page, listing.more, list(listing.keys), cursor), count)


def check_first(request: Request, first: int, cap: int | None = None, name: str = "first") -> int:
    """`first`, if it lies within the cap. Raises LimitExceeded otherwise."""
    cap = cap or request.limits.page
    if not 1 <= first <= cap:
        raise LimitExceeded(f"`{name}` is {first}; it runs from 1 to {cap}, the cap.")
    return first


def _size(request: Request, name: str, given: int | None) -> int:
    return check_first(request, FIRST if given is None else given, name=name)
