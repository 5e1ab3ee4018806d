"""False facts to learn from: true ones with an end or the relation swapped, of the right kind, known facts left out.

Easy negatives teach little (Safavi and Koutra 2020), so most are near: an entity two steps away, one
that stands in the same role elsewhere, or another person of the same film.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from marquee.gnn.pools import Pools
from marquee.gnn.triples import Bools, Graph, Ints, Triples, invert


@dataclass(frozen=True, slots=True)
class Negatives:
    """M false triples (M, 3), and for each the position of the fact it was made from and the way, by `WAYS`."""

    triples: Triples
    owner: Ints
    way: Ints


@dataclass(frozen=True, slots=True)
class Swap:
    """N true facts as seen from the kept end: (kept, relation, out), relation one of 2R."""

    graph: Graph
    pools: Pools
    kept: Ints
    relation: Ints
    out: Ints
    rng: np.random.Generator

    def draw(self, size: int) -> Ints:
        """Uniform integers below `size`, one for each fact."""
        return self.rng.integers(0, size, len(self.kept))


def corrupt(
    facts: Triples, graph: Graph, pools: Pools, seed: int, each: int = 3, known: Graph | None = None
) -> Negatives:
    """About `each` negatives for every fact; entities near by are found in `graph`, `known` ones are left out."""
    rng = np.random.default_rng(seed)
    owner = np.repeat(np.arange(len(facts)), each)
    way = rng.choice(len(WAYS), len(owner), p=_SHARES)
    made = facts[owner].copy()
    back = rng.random(len(owner)) < 0.5
    for number, sampler in enumerate(WAYS.values()):
        for side in (False, True):
            mine = np.flatnonzero((way == number) & (back == side))
            made[mine] = sampler(_swap(facts[owner[mine]], side, graph, pools, rng), side)
    good = _valid(made, known or graph, facts[owner])
    return Negatives(made[good], owner[good], way[good])


def _swap(facts: Triples, back: bool, graph: Graph, pools: Pools, rng: np.random.Generator) -> Swap:
    head, relation, tail = facts.T
    if back:
        return Swap(graph, pools, tail, invert(relation, graph.relations), head, rng)
    return Swap(graph, pools, head, relation, tail, rng)


def _valid(made: Triples, known: Graph, facts: Triples) -> Bools:
    head, relation, tail = made.T
    fresh = (head >= 0) & (tail >= 0) & (head != tail) & (made != facts).any(1)
    fresh[fresh] = ~known.has(head[fresh], relation[fresh], tail[fresh])
    fresh[fresh] = ~known.has(tail[fresh], relation[fresh], head[fresh])  # a symmetric fact the other way round
    return np.asarray(fresh)


def _restore(swap: Swap, out: Ints, back: bool) -> Triples:
    ends = (out, invert(swap.relation, swap.graph.relations), swap.kept) if back else (swap.kept, swap.relation, out)
    return np.stack(ends, axis=1)


def _same_kind(swap: Swap, back: bool) -> Triples:
    """Any entity of the same kind."""
    return _restore(swap, _of_kind(swap, swap.pools.kinds[swap.out]), back)


def _other_kind(swap: Swap, back: bool) -> Triples:
    """One of another kind that the relation takes as well: a group that edits, a network that wins."""
    pools = swap.pools
    allowed = pools.allowed[swap.relation] & (np.bincount(pools.kinds, minlength=pools.allowed.shape[1]) > 0)
    allowed[np.arange(len(allowed)), pools.kinds[swap.out]] = False
    wanted = np.where(allowed.any(1), (allowed * swap.rng.random(allowed.shape)).argmax(1), -1)
    return _restore(swap, _of_kind(swap, wanted), back)


def _same_role(swap: Swap, back: bool) -> Triples:
    """One that stands at the same end of the same relation elsewhere, as often as it does."""
    graph = swap.graph
    order = np.argsort(graph.relation, kind="stable")
    first = np.searchsorted(graph.relation[order], swap.relation, "left")
    last = np.searchsorted(graph.relation[order], swap.relation, "right")
    at = first + (swap.rng.random(len(first)) * (last - first)).astype(np.int64)
    at = np.minimum(at, len(order) - 1)
    return _restore(swap, np.where(last > first, graph.tail[order[at]], -1), back)


def _beside(swap: Swap, back: bool) -> Triples:
    """A neighbour of the kept end: another person of the film, as the director."""
    return _restore(swap, _like(swap, swap.kept, 1), back)


def _near_out(swap: Swap, back: bool) -> Triples:
    """One that shares a neighbour with the entity it takes the place of."""
    return _restore(swap, _like(swap, swap.out, 2), back)


def _near_kept(swap: Swap, back: bool) -> Triples:
    """One that is three steps from the kept end."""
    return _restore(swap, _like(swap, swap.kept, 3), back)


def _relation(swap: Swap, back: bool) -> Triples:
    """Another relation between the same two: "wrote" for "directed"."""
    relations = swap.graph.relations
    other = swap.draw(relations) + relations * (swap.relation >= relations)
    fits = swap.pools.fits(other, swap.out) & swap.pools.fits(invert(other, relations), swap.kept)
    made = _restore(swap, np.where(fits, swap.out, -1), back)
    made[:, 1] = other % relations
    return made


def _of_kind(swap: Swap, wanted: Ints) -> Ints:
    """A random entity of each wanted kind, -1 where there is none."""
    order = np.argsort(swap.pools.kinds, kind="stable")
    kinds = swap.pools.kinds[order]
    first, last = np.searchsorted(kinds, wanted, "left"), np.searchsorted(kinds, wanted, "right")
    at = first + (swap.rng.random(len(first)) * (last - first)).astype(np.int64)
    return np.where(last > first, order[np.minimum(at, len(order) - 1)], -1)


def _like(swap: Swap, start: Ints, steps: int, tries: int = 6) -> Ints:
    """The end of a random walk, when it has the kind of the entity taken out; -1 after so many tries."""
    found = np.full(len(start), -1, dtype=np.int64)
    for _ in range(tries):
        at = start
        for _ in range(steps):
            at = _step(swap.graph, at, swap.rng)
        kinds = swap.pools.kinds
        good = (found < 0) & (at >= 0) & (kinds[at] == kinds[swap.out]) & (at != swap.out) & (at != swap.kept)
        found[good] = at[good]
    return found


def _step(graph: Graph, at: Ints, rng: np.random.Generator) -> Ints:
    """A random neighbour of each, -1 where there is none."""
    if not len(graph.tail):
        return np.full(len(at), -1, dtype=np.int64)
    edges = graph.edges(np.maximum(at, 0))
    position = edges.start + (rng.random(len(at)) * edges.length).astype(np.int64)
    return np.where((at >= 0) & (edges.length > 0), graph.tail[np.minimum(position, len(graph.tail) - 1)], -1)


WAYS: dict[str, Callable[[Swap, bool], Triples]] = {
    "same kind": _same_kind,
    "other kind": _other_kind,
    "same role": _same_role,
    "beside": _beside,
    "near out": _near_out,
    "near kept": _near_kept,
    "relation": _relation,
}
_SHARES = (0.15, 0.1, 0.25, 0.15, 0.15, 0.1, 0.1)
