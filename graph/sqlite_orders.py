"""The orders of a page of statements, as SQL over alias `s`. What is unknown comes last either way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from marquee.graph.paging import NUMBER, TEXT
from marquee.graph.sqlite_codec import ACCEPTED
from marquee.graph.sqlite_page import Sorting
from marquee.graph.sqlite_session import Session, sql
from marquee.graph.sqlite_sql import Belief, Binds
from marquee.schema.selection import Order, Selection

_FAR = "9e99"
_NOWHERE = "-9e99"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an order may need: the words, the belief, and SQL for the other end."""

    session: Session
    at: Belief
    other: str
    last: str  # what stands for the unknown


def sorting(session: Session, selection: Selection, at: Belief, other: str, bind: Binds) -> Sorting:
    """The sorting that a selection asks for; `other` is SQL for the number of the other end."""
    if selection.order is Order.RECORDED:
        return Sorting(("s.id",), (NUMBER,), selection.descending)
    asked = _Asked(session, at, other, _NOWHERE if selection.descending else _FAR)
    types = TEXT if selection.order is Order.NAME else NUMBER
    return Sorting((_COLUMNS[selection.order](asked), "s.id"), (types, NUMBER), selection.descending)


def _probability(asked: _Asked) -> str:
    return f"coalesce({asked.at.column('probability')}, {asked.last})"


def _name(asked: _Asked) -> str:
    return sql("coalesce((SELECT label_key FROM entity WHERE id =", asked.other, "), s.value)")


def _year(asked: _Asked) -> str:
    released = asked.session.code("release_date")
    y = Belief("y", asked.at.known)
    conditions = " AND ".join(
        [f"y.subject = {asked.other}", f"y.relation = {released}", f"{y.column('status')} = {ACCEPTED}", *y.held()]
    )
    return sql(
        "coalesce((SELECT min(CAST(substr(y.value, 1, 4) AS INTEGER)) FROM statement y {join}",
        "WHERE {conditions}), {last})",
        join=y.join(),
        conditions=conditions,
        last=asked.last,
    )


def _billing(asked: _Asked) -> str:
    return sql(
        "coalesce((SELECT min(b.billing) FROM evidence b WHERE b.statement = s.id",
        f"AND {asked.at.live('b')}), {asked.last})",
    )


_COLUMNS: dict[Order, Callable[[_Asked], str]] = {
    Order.PROBABILITY: _probability,
    Order.NAME: _name,
    Order.YEAR: _year,
    Order.BILLING: _billing,
}
