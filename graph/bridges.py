"""Bridges: who ties communities together, and which.

    participation(i) = 1 - sum over communities c of (w(i, c) / w(i))^2          Guimera and Amaral 2005

w(i) is the weight of i's ties and w(i, c) that of those into c: 0 for who keeps to one community, near 1 for who is
tied to many alike. A bridge has ties into other communities than its own and lies on many shortest paths; bridges
are ranked by betweenness times participation, so that neither a busy insider nor a bystander at a border leads.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marquee.graph.centrality import SAMPLE, Scores, betweenness
from marquee.graph.communities import Partition

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class Bridge:
    """A node between communities. `links`: each community that it is tied into, its own too, with the share of its
    ties' weight, the largest first."""

    node: str
    home: int
    betweenness: float
    participation: float
    links: tuple[tuple[int, float], ...]


def bridges(
    graph: networkx.Graph, partition: Partition, first: int, sample: int = SAMPLE, seed: int = 0
) -> list[Bridge]:
    """The `first` bridges of a graph, the most important first."""
    passed: Scores = betweenness(graph, sample, seed)
    found = [_bridge(graph, partition, node, passed[node]) for node in partition.home if passed[node] > 0]
    between = [bridge for bridge in found if len(bridge.links) > 1]
    return sorted(between, key=lambda one: (-one.betweenness * one.participation, one.node))[:first]


def _bridge(graph: networkx.Graph, partition: Partition, node: str, passed: float) -> Bridge:
    into: dict[int, float] = defaultdict(float)
    for other, tie in graph[node].items():
        into[partition.home[other]] += tie["weight"]
    total = sum(into.values())
    links = sorted(((number, weight / total) for number, weight in into.items()), key=lambda one: (-one[1], one[0]))
    return Bridge(node, partition.home[node], passed, 1 - sum(share**2 for _, share in links), tuple(links))
