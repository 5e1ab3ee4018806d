"""Communities: groups that are tied more closely among themselves than chance would have it.

Leiden (Traag, Waltman and van Eck 2019, "From Louvain to Leiden"), by graspologic-native, which makes the modularity

    Q = sum over communities c of [ inside(c) / m - resolution x (strength(c) / 2m)^2 ]

as large as it can; m is the weight of all ties, inside(c) of those within c, strength(c) that of its members' ties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marquee.schema.errors import InputError, MissingExtra

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class Community:
    """One community. `members` stand by the weight of their ties within it, the closest first; `inside` and
    `outside` are the weight of all ties within it and of those that leave it."""

    number: int
    members: Sequence[str]
    inside: float
    outside: float


@dataclass(frozen=True, slots=True)
class Partition:
    """Communities, the largest first, and `home`, the number of each node's; who has no tie has none."""

    communities: Sequence[Community]
    home: Mapping[str, int]
    modularity: float


def communities(graph: networkx.Graph, resolution: float = 1.0, seed: int = 0) -> Partition:
    """The communities of an undirected graph with `weight` on its edges; more of them at a higher resolution.

    The same for the same graph and seed. Raises MissingExtra where graspologic-native is not installed,
    InputError for a resolution that is not above 0.
    """
    try:
        import graspologic_native as native
    except ImportError:
        raise MissingExtra("graspologic-native", "levels") from None
    if not 0 < resolution < float("inf"):
        raise InputError(f"a resolution of {resolution} is asked for.", mend="Give a number above 0.")
    edges = [(one, other, weight) for one, other, weight in graph.edges(data="weight")]
    if not edges:
        return Partition((), {}, 0.0)
    modularity, found = native.leiden(edges, resolution=resolution, seed=seed)
    home = _numbered(found)
    return Partition(_described(graph, home), home, modularity)


def _numbered(found: Mapping[str, int]) -> dict[str, int]:
    """Communities numbered from 1, the largest first, then by their first member."""
    members: dict[int, list[str]] = defaultdict(list)
    for node in sorted(found):
        members[found[node]].append(node)
    order = sorted(members.values(), key=lambda some: (-len(some), some[0]))
    return {node: number for number, some in enumerate(order, 1) for node in some}


def _described(graph: networkx.Graph, home: Mapping[str, int]) -> list[Community]:
    within = dict.fromkeys(home, 0.0)
    inside: dict[int, float] = defaultdict(float)
    outside: dict[int, float] = defaultdict(float)
    for one, other, weight in graph.edges(data="weight"):
        if home[one] == home[other]:
            inside[home[one]] += weight
            within[one] += weight
            within[other] += weight
        else:
            outside[home[one]] += weight
            outside[home[other]] += weight
    members: dict[int, list[str]] = defaultdict(list)
    for node in sorted(home, key=lambda node: (-within[node], node)):
        members[home[node]].append(node)
    return [Community(number, members[number], inside[number], outside[number]) for number in sorted(members)]
