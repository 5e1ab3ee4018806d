"""Attributes: numbers computed from the graph, one file each; a new one is its file and its line here."""

from __future__ import annotations

from collections.abc import Callable, Collection

from marquee.graph.collaboration import collaborators
from marquee.graph.popularity import popularity
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Attribute

ATTRIBUTES: dict[str, Callable[[Snapshot, str], list[Attribute]]] = {
    "popularity": popularity,
    "collaborators": collaborators,
}
COLUMNS = ("status", "literals")  # what the snapshot must have for all of them


def compute(snapshot: Snapshot, at: str, names: Collection[str] = tuple(ATTRIBUTES)) -> list[Attribute]:
    """The named attributes of all entities, `at` an ISO 8601 time. Raises KeyError for an unknown name."""
    return [attribute for name in names for attribute in ATTRIBUTES[name](snapshot, at)]
