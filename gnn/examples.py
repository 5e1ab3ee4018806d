"""Rows to calibrate and to measure on: held-out facts with corrupted ones, and ranked guesses with hidden facts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from marquee.gnn import negatives
from marquee.gnn.features import compute
from marquee.gnn.ground import Ground
from marquee.gnn.predict import sweep
from marquee.gnn.triples import Floats, Graph, Ints, Triples

_FALSE = 3
_GUESSES = 12000  # rows that predictions are calibrated on, about


@dataclass(frozen=True, slots=True)
class Examples:
    """N described triples: features (N, F), relation and label 0 or 1 (N,), the fact each was made from (N,)."""

    features: Floats
    relation: Ints
    labels: Ints
    owner: Ints


def judged(ground: Ground, known: Graph, true: Triples, seed: int) -> Examples:
    """Held-out facts, and corruptions of them and of as many facts of the graph, some three for each.

    The corruptions of the graph's own facts are what a false claim often looks like: the true value is
    already there. `known` holds all true facts, which are never taken for false. Every relation has its
    share of each label, so that being of a rare relation is no evidence.
    """
    inside = sample(ground.graph.triples, len(true), seed + 1)
    out = negatives.corrupt(true, ground.graph, ground.pools, seed + 2, each=2, known=known)
    within = negatives.corrupt(inside, ground.graph, ground.pools, seed + 3, each=2, known=known)
    false = np.concatenate([out.triples, within.triples])
    made_from = np.concatenate([out.owner, within.owner + len(true)])
    kept = _in_proportion(false[:, 1], true[:, 1], seed)
    rows = np.concatenate([true, false[kept]])
    labels = np.repeat([1, 0], [len(true), len(kept)])
    owner = np.concatenate([np.arange(len(true)), made_from[kept]])
    return Examples(compute(ground, rows), rows[:, 1], labels, owner)


def _in_proportion(false: Ints, true: Ints, seed: int) -> Ints:
    """Positions of false rows, at random, at most `_FALSE` for each true one of the same relation."""
    order = np.random.default_rng(seed).permutation(len(false))
    order = order[np.argsort(false[order], kind="stable")]
    relation = false[order]
    place = np.arange(len(order)) - np.searchsorted(relation, relation, "left")
    allowed = _FALSE * np.bincount(true, minlength=int(max(relation, default=0)) + 1)
    return np.sort(order[place < allowed[relation]])


def guessed(ground: Ground, hidden: Graph) -> Examples:
    """The best unknown triples of every relation, more of the common ones; label 1 for the hidden facts."""
    relations = ground.graph.relations
    share = np.bincount(hidden.triples[:, 1], minlength=relations) / max(1, len(hidden))
    sizes = np.clip(share * _GUESSES, _GUESSES // 100, len(hidden) * 3).astype(np.int64)
    rows = np.concatenate([sweep(ground, relation, int(sizes[relation])) for relation in range(relations)])
    labels = hidden.has(*rows.T).astype(np.int64)
    return Examples(compute(ground, rows), rows[:, 1], labels, np.arange(len(rows)))


def sample(facts: Triples, size: int, seed: int) -> Triples:
    """So many of the facts at random, in their order; all of them when there are fewer."""
    if len(facts) <= size:
        return facts
    return facts[np.sort(np.random.default_rng(seed).choice(len(facts), size, replace=False))]
