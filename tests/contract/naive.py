"""`fetch` as one would evaluate it by hand over all statements: what the stores are held against."""

from __future__ import annotations

from collections.abc import Mapping

from tests.contract.world import everything

from marquee.graph.store import Reader
from marquee.schema.literals import Literal, interval
from marquee.schema.relations import RELATIONS
from marquee.schema.selection import Direction, Edges, Key, Order, Page, Selection
from marquee.schema.text import fold
from marquee.schema.values import Entity, Statement, Status

Shape = tuple[str, dict[str, object]]  # an entity and its pages, as `shape` gives them


class Naive:
    """All of a small store, and pages of it evaluated one statement at a time."""

    def __init__(self, reader: Reader, entities: Mapping[str, Entity]) -> None:
        self.statements = everything(reader)
        self.entities = entities

    def node(self, id_: str, pages: Mapping[str, Selection]) -> Shape:
        """The entity and its pages, in the form of `shape`."""
        return id_, {name: self.page(id_, selection) for name, selection in pages.items()}

    def page(self, id_: str, selection: Selection) -> object:
        """(rows, more, total) of the first page; a row is (statement, node)."""
        found = self.matches(id_, selection)
        size = selection.page.size
        rows = found[max(len(found) - size, 0) :] if selection.page.backward else found[:size]
        total = len(found) if selection.total else None
        return [self._row(one, other, selection) for one, other in rows], len(found) > size, total

    def matches(self, id_: str, selection: Selection) -> list[tuple[Statement, str | None]]:
        """All statements of a selection with their other end, in its order."""
        found: list[tuple[Key, Statement, str | None]] = []
        for number, one in enumerate(self.statements):
            if self._fits(one, selection) and (other := _other_end(one, id_, selection)) is not None:
                end = other if isinstance(other, str) else None
                if not selection.kinds or (end and self.entities[end].kind in selection.kinds):
                    found.append(((self._value(one, end, selection), number), one, end))
        found.sort(key=lambda row: row[0], reverse=selection.descending)
        return [(one, end) for _, one, end in found]

    def _row(self, one: Statement, other: str | None, selection: Selection) -> tuple[str, Shape | None]:
        return one.id, self.node(other, selection.nested) if other is not None else None

    @staticmethod
    def _fits(one: Statement, selection: Selection) -> bool:
        if one.status not in selection.status:
            return False
        if selection.min_probability is not None and (one.probability or -1) < selection.min_probability:
            return False
        at = selection.as_of.valid_at
        if at is None:
            return True
        starts = one.valid_from is None or interval(one.valid_from)[0] <= interval(at)[1]
        return starts and (one.valid_to is None or interval(one.valid_to)[1] >= interval(at)[0])

    def _value(self, one: Statement, other: str | None, selection: Selection) -> str | float:
        unknown = float("-inf") if selection.descending else float("inf")
        if selection.order is Order.PROBABILITY:
            return unknown if one.probability is None else one.probability
        if selection.order is Order.NAME:
            return fold(self.entities[other].label) if other else str(getattr(one.object, "value", ""))
        if selection.order is Order.YEAR:
            years = [
                int(date.object.value[:4])
                for date in self.statements
                if date.subject == other and date.relation == "release_date" and date.status is Status.ACCEPTED
                if isinstance(date.object, Literal)
            ]
            return min(years, default=unknown)
        if selection.order is Order.BILLING:
            bills = [
                int(value.value) for name, value in one.qualifiers if name == "billing" and isinstance(value, Literal)
            ]
            return min(bills, default=unknown)
        return 0


def _other_end(one: Statement, id_: str, selection: Selection) -> str | Literal | None:
    """The other end of a statement seen from an entity, or None if the selection does not see it."""
    if selection.relations and one.relation not in selection.relations:
        return None
    either = selection.direction is Direction.BOTH or RELATIONS[one.relation].symmetric
    if one.subject == id_ and (either or selection.direction is Direction.OUT):
        return one.object
    if one.object == id_ and (either or selection.direction is Direction.IN):
        return one.subject
    return None


def shape(reader: Reader, id_: str, pages: Mapping[str, Selection]) -> Shape:
    """What the store's own `fetch` gives, in the same form."""
    node = reader.fetch([id_], pages)[id_]
    return node.entity.id, {name: _shape_of(edges) for name, edges in node.pages.items()}


def _shape_of(edges: Edges) -> object:
    rows = [
        (
            edge.statement.id,
            (edge.node.entity.id, {name: _shape_of(page) for name, page in edge.node.pages.items()})
            if edge.node
            else None,
        )
        for edge in edges.items
    ]
    return rows, edges.more, edges.total


def walked(reader: Reader, id_: str, selection: Selection, size: int, backward: bool) -> list[str]:
    """Statement ids of all pages of a selection, one after another, in the selection's order."""
    from dataclasses import replace

    seen: list[str] = []
    page = Page(size, backward=backward)
    while True:
        edges = reader.fetch([id_], {"page": replace(selection, page=page)})[id_].pages["page"]
        ids = [edge.statement.id for edge in edges.items]
        seen = ids + seen if backward else seen + ids
        if not edges.more:
            return seen
        key = edges.items[0 if backward else -1].key
        page = Page(size, before=key, backward=True) if backward else Page(size, after=key)
