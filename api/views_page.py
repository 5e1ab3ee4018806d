"""Views of lists: where a page stands, and pages of the whole store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from marquee.schema.selection import Key, Page


@dataclass(frozen=True, slots=True)
class PageInfoView:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start: Callable[[], str] | None
    end: Callable[[], str] | None

    @property
    def start_cursor(self) -> str | None:
        return self.start() if self.start else None

    @property
    def end_cursor(self) -> str | None:
        return self.end() if self.end else None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a list of the whole store: its cursor and what it holds."""

    cursor: str
    node: Any


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list of the whole store."""

    edges: list[RowView]
    page_info: PageInfoView
    count: Callable[[], int | None]

    @property
    def total_count(self) -> int | None:
        return self.count()


def page_info(page: Page, more: bool, keys: list[Key], cursor: Callable[[Key], str]) -> PageInfoView:
    """Relay's page info: beyond the window's own start a page is known only by the cursor it came from."""
    return PageInfoView(
        has_next_page=page.before is not None if page.backward else more,
        has_previous_page=more if page.backward else page.after is not None,
        start=partial(cursor, keys[0]) if keys else None,
        end=partial(cursor, keys[-1]) if keys else None,
    )
