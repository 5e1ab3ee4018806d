"""Centrality: who stands in the middle of a level, by measures of the literature; networkx computes them.

strength     sum of the weights of the ties                                               Barrat et al. 2004
degree       number of the tied
pagerank     share of a random walk along weighted ties, .15 of its steps a jump          Brin and Page 1998
betweenness  share of the shortest paths, by number of steps, that pass; over sampled
             starts where the graph has more                                Freeman 1977, Brandes and Pich 2007
core         the largest k such that k of the tied are tied to k each, and so on                  Seidman 1983
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from marquee.schema.errors import InputError, MissingExtra

if TYPE_CHECKING:
    import networkx

SAMPLE = 100  # starts of shortest paths
_DAMPING = 0.85

Scores = Mapping[str, float]


def strength(graph: networkx.Graph, sample: int, seed: int) -> Scores:
    """Weights added up."""
    return dict(graph.degree(weight="weight"))


def degree(graph: networkx.Graph, sample: int, seed: int) -> Scores:
    """The tied counted."""
    return {node: float(count) for node, count in graph.degree()}


def pagerank(graph: networkx.Graph, sample: int, seed: int) -> Scores:
    """Adds up to 1. Raises MissingExtra where SciPy is not installed, which networkx needs for it."""
    import networkx as nx

    if not len(graph):
        return {}
    try:
        found: Scores = nx.pagerank(graph, alpha=_DAMPING, weight="weight")
    except ImportError:
        raise MissingExtra("scipy", "levels") from None
    return found


def betweenness(graph: networkx.Graph, sample: int, seed: int) -> Scores:
    """In [0, 1]; exact where the graph has no more than `sample` nodes, else an estimate from that many starts."""
    import networkx as nx

    starts = None if len(graph) <= sample else sample
    found: Scores = nx.betweenness_centrality(graph, k=starts, seed=seed)
    return found


def core(graph: networkx.Graph, sample: int, seed: int) -> Scores:
    """The core number."""
    import networkx as nx

    return {node: float(number) for node, number in nx.core_number(graph).items()}


MEASURES: dict[str, Callable[[networkx.Graph, int, int], Scores]] = {
    "strength": strength,
    "degree": degree,
    "pagerank": pagerank,
    "betweenness": betweenness,
    "core": core,
}


def centrality(graph: networkx.Graph, measure: str, sample: int = SAMPLE, seed: int = 0) -> Scores:
    """A measure of every node of an undirected graph with `weight` on its edges. Raises InputError for an
    unknown measure."""
    if measure not in MEASURES:
        raise InputError(f"there is no measure {measure!r}.", mend=f"There are {', '.join(MEASURES)}.")
    return MEASURES[measure](graph, sample, seed)
