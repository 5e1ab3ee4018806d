"""Properties of many nodes as a table: what all of them share is sent once, the rest as lists without names.

Packing names and values is most of what a load costs on this side of the wire.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """`shared` values by name, and a row of values for each node, in the order of `names`."""

    names: tuple[str, ...]
    shared: Mapping[str, Any]
    rows: list[list[Any]]

    def properties(self, row: str, shared: str, first: int = 0) -> str:
        """A node's properties as Cypher; `row` is the list, whose values begin at `first`, `shared` the parameter."""
        own = [f"{name}: {row}[{place}]" for place, name in enumerate(self.names, first)]
        return ", ".join([*own, *(f"{name}: ${shared}.{name}" for name in self.shared)])


def table(nodes: Sequence[Mapping[str, Any]]) -> Table:
    """The table of nodes that have all the same names. Values that are null for all are left out."""
    names = list(nodes[0]) if nodes else []
    columns = {name: [node[name] for node in nodes] for name in names}
    same = {name for name, column in columns.items() if all(_same(value, column[0]) for value in column)}
    own = tuple(name for name in names if name not in same)
    shared = {name: columns[name][0] for name in names if name in same and columns[name][0] is not None}
    rows = [list(row) for row in zip(*(columns[name] for name in own), strict=True)] if own else [[] for _ in nodes]
    return Table(own, shared, rows)


def _same(one: object, other: object) -> bool:
    return one is other or (type(one) is type(other) and one == other)
