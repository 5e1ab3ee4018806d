"""Rows to calibrate and to measure on: held-out facts with corrupted ones, and ranked guesses with hidden facts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from marquee.gnn import calibrate, negatives
from marquee.gnn.calibrate import Calibrator, Curve
from marquee.gnn.features import compute
from marquee.gnn.ground import Ground
from marquee.gnn.predict import sweep
from marquee.gnn.triples import Floats, Graph, Ints, Triples

_FALSE = 3
_GUESSES = 12000  # rows that the curve of predictions is fitted on


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


def expected(ground: Ground, calibrator: Calibrator, seen: Graph, hidden: Graph) -> Curve:
    """How often a guess is one of the hidden facts, by the trees' log-odds.

    Guesses are the best unknown triples of every relation. Those in `seen` (hidden too, but the trees
    learned from them) are left out, and the odds corrected for them.
    """
    relations = ground.graph.relations
    share = np.bincount(hidden.triples[:, 1], minlength=relations) / max(1, len(hidden))
    sizes = np.maximum(20, share * _GUESSES).astype(np.int64)
    guesses = np.concatenate([sweep(ground, relation, int(sizes[relation])) for relation in range(relations)])
    guesses = guesses[~seen.has(*guesses.T)]
    if not len(guesses):
        return Curve(np.zeros(1), np.full(1, -5.0), np.ones(1))
    raw = calibrator.forest.log_odds(compute(ground, guesses))
    curve = calibrate.curve(raw, hidden.has(*guesses.T).astype(np.int64))
    return Curve(curve.raw, curve.level + np.log((len(seen) + len(hidden)) / max(1, len(hidden))), curve.count)


def sample(facts: Triples, size: int, seed: int) -> Triples:
    """So many of the facts at random, in their order; all of them when there are fewer."""
    if len(facts) <= size:
        return facts
    return facts[np.sort(np.random.default_rng(seed).choice(len(facts), size, replace=False))]
