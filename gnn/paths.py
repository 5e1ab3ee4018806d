"""Paths of two steps between the ends of a fact, and how much each kind of path speaks for a relation.

The weight of a kind of path is a smoothed log-odds: how much oftener it joins the ends of true facts than
of corrupted ones (a first-order rule miner in the manner of AMIE, Galárraga et al. 2013, with counts from
both classes). A path never uses the fact itself, so true facts of the graph can be counted in place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marquee.gnn.triples import Floats, Graph, Ints, Triples, invert, member

_WIDEST = 3000  # edges of the less connected end that are looked at
_HUBS = (20, 200)  # degrees that part specific middles from common ones and from hubs


@dataclass(frozen=True, slots=True)
class Hops:
    """P paths head -first-> middle -second-> tail; `owner` is the fact each belongs to."""

    owner: Ints
    first: Ints
    middle: Ints
    second: Ints


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds by kind of path and by other relation between the same ends: sorted keys and their weights."""

    paths: Ints
    path_weights: Floats
    pairs: Ints
    pair_weights: Floats


def two_hops(graph: Graph, head: Ints, tail: Ints) -> Hops:
    """All paths of two steps between each head and tail; a hub's edges are cut off after the first 3,000."""
    swapped = graph.degree[head] > graph.degree[tail]
    near, far = np.where(swapped, tail, head), np.where(swapped, head, tail)
    edges = graph.edges(near)
    edges.stop[:] = np.minimum(edges.stop, edges.start + _WIDEST)
    position, owner = edges.flat()
    middle, one = graph.tail[position], graph.relation[position]
    open_ = (middle != near[owner]) & (middle != far[owner])
    middle, one, owner = middle[open_], one[open_], owner[open_]
    found, edge = graph.between(middle, far[owner]).flat()
    two = graph.pair_relation[found]
    owner, middle, one = owner[edge], middle[edge], one[edge]
    turned = swapped[owner]
    first = np.where(turned, invert(two, graph.relations), one)
    second = np.where(turned, invert(one, graph.relations), two)
    return Hops(owner, first, middle, second)


def others(graph: Graph, head: Ints, relation: Ints, tail: Ints) -> tuple[Ints, Ints]:
    """The other relations between the ends of each fact, and the fact each belongs to."""
    found, owner = graph.between(head, tail).flat()
    between = graph.pair_relation[found]
    mine = between != relation[owner]
    return between[mine], owner[mine]


def path_keys(graph: Graph, relation: Ints, hops: Hops) -> Ints:
    """The kind of each path: relation asked for, the two walked, and how common the middle is."""
    hub = np.searchsorted(_HUBS, graph.degree[hops.middle])
    both = (relation[hops.owner] * 2 * graph.relations + hops.first) * 2 * graph.relations + hops.second
    return np.asarray(both * (len(_HUBS) + 1) + hub, dtype=np.int64)


def pair_keys(graph: Graph, relation: Ints, between: Ints, owner: Ints) -> Ints:
    """The kind of each other relation: relation asked for, relation held."""
    return np.asarray(relation[owner] * 2 * graph.relations + between, dtype=np.int64)


def learn(graph: Graph, true: Triples, false: Triples) -> Weights:
    """Weights from true facts (of the graph or not) and corrupted ones."""
    paths, pairs = [], []
    for facts in (true, false):
        head, relation, tail = facts.T
        hops = two_hops(graph, head, tail)
        paths.append(_once(path_keys(graph, relation, hops), hops.owner))
        between, owner = others(graph, head, relation, tail)
        pairs.append(_once(pair_keys(graph, relation, between, owner), owner))
    counts = [np.bincount(facts[:, 1], minlength=graph.relations).astype(np.float64) for facts in (true, false)]
    kinds = 4 * graph.relations**2 * (len(_HUBS) + 1)
    return Weights(*_log_odds(paths, counts, kinds), *_log_odds(pairs, counts, 2 * graph.relations))


def weigh(keys: Ints, known: Ints, weights: Floats) -> Floats:
    """The weight of each key, 0 of unknown ones."""
    if not len(known):
        return np.zeros(len(keys), dtype=np.float32)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(member(keys, known), weights[at], np.float32(0))


def _once(keys: Ints, owner: Ints) -> Ints:
    """Keys, each counted once for a fact."""
    return np.unique(np.stack([owner, keys], axis=1), axis=0)[:, 1]


def _log_odds(
    keys: list[Ints], counts: list[npt.NDArray[np.float64]], kinds: int, least: int = 5
) -> tuple[Ints, Floats]:
    known, at = np.unique(np.concatenate(keys), return_inverse=True)
    true = np.bincount(at[: len(keys[0])], minlength=len(known))
    false = np.bincount(at[len(keys[0]) :], minlength=len(known))
    relation = known // kinds
    facts, lies = counts[0][relation] + 1, counts[1][relation] + 1
    prior = facts / (facts + lies)
    weight = np.log((true + 2 * prior) / facts) - np.log((false + 2 * (1 - prior)) / lies)
    often = true + false >= least
    return known[often], weight[often].astype(np.float32)
