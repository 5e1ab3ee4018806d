"""Sharing: who made the same works as an entity, counted from a page of its works with a page of their makers."""

from __future__ import annotations

from marquee.graph.collaboration import Tie, newman
from marquee.schema.selection import Edges, Node

WORKS, MAKERS = 500, 200  # credits that are looked at, and makers of each work, at most
BACK = "back"  # the page, on the works, of those who made them


def ties(node: Node, name: str, first: int) -> list[Tie]:
    """The `first` entities closest to a node, counted from its page of that name; see `newman`."""
    page = node.pages.get(name, Edges((), False))
    works = [edge.node for edge in page.items if edge.node]
    crews = {work.entity.id: _makers(work) for work in works}
    return newman(crews, node.entity.id)[:first]


def _makers(work: Node) -> set[str]:
    return {back.node.entity.id for back in work.pages[BACK].items if back.node}
