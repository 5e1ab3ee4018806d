"""Keyset windows: the SQL condition, order and limit of a page, and the rows back in the order asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marquee.graph.paging import check_key
from marquee.graph.sqlite_session import sql
from marquee.graph.sqlite_sql import Binds
from marquee.schema.selection import Key, Page


@dataclass(frozen=True, slots=True)
class Window:
    """SQL of one page. One row more than the page is read, to know whether there are more."""

    conditions: tuple[str, ...]
    order: str
    limit: str


@dataclass(frozen=True, slots=True)
class Sorting:
    """What a list is ordered by: SQL columns, most important first, and the types of each."""

    columns: tuple[str, ...]
    types: tuple[tuple[type, ...], ...]
    descending: bool = False

    def window(self, page: Page, bind: Binds) -> Window:
        """The window of a page. Raises CursorError if a position is none of this list."""
        beyond, short_of = ("<", ">") if self.descending else (">", "<")
        conditions = []
        if page.after is not None:
            conditions.append(self._compare(beyond, page.after, bind))
        if page.before is not None:
            conditions.append(self._compare(short_of, page.before, bind))
        way = "DESC" if self.descending != page.backward else "ASC"
        order = ", ".join(f"{column} {way}" for column in self.columns)
        return Window(tuple(conditions), order, bind(max(page.size, 0) + 1))

    def _compare(self, sign: str, key: Key, bind: Binds) -> str:
        check_key(key, self.types)
        return f"({', '.join(self.columns)}) {sign} ({', '.join(bind(part) for part in key)})"


def first_of(selects: Sequence[str], order: str, limit: str) -> str:
    """The first rows of several SELECTs that are each ordered and limited alike."""
    if len(selects) == 1:
        return selects[0]
    both = " UNION ALL ".join(sql("SELECT * FROM (", select, ")") for select in selects)
    return sql("SELECT * FROM (", both, f") ORDER BY {order} LIMIT {limit}")
