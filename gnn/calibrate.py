"""From features to a likelihood ratio: boosted trees, cross-fitted, then isotonic on the held-out folds.

Cross-fitting: every row's log-odds come from trees that saw neither it nor another row made from the same
fact. Isotonic regression (Zadrozny and Elkan 2002) on bins of these maps them to shares that were true.
The likelihood ratio is the calibrated odds over the base odds, so that any prior can be put before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from marquee.gnn import features as columns
from marquee.gnn.forest import Forest, Reals, grow, join
from marquee.gnn.triples import Floats, Ints

FOLDS = 3
_BIN = 40  # rows in a bin of the curve, about
_LEAST_SLOPE = 0.1
_PRIOR = 1.0  # pseudo-counts, so that no bin is certain


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising map from raw log-odds to calibrated ones: bin centres `raw`, `level` in log-odds, `count` of each."""

    raw: Reals
    level: Reals
    count: Reals

    def __call__(self, raw: Reals) -> Reals:
        """Calibrated log-odds, straight lines between bin centres, flat outside."""
        return np.asarray(np.interp(raw, self.raw, self.level))

    def interval(self, raw: Reals) -> tuple[Reals, Reals]:
        """The 95 % Wilson interval of the share in the bin, in log-odds."""
        share, count = sigmoid(self(raw)), np.interp(raw, self.raw, self.count)
        low, high = wilson(share, count)
        return logit(low), logit(high)


@dataclass(frozen=True, slots=True)
class Calibrator:
    """Trees, a curve for rows with the learned score and one for rows without, and what each relation adds.

    `base`: log-odds of the rows it was fitted on. offsets (R,): in log-odds, by relation.
    """

    forest: Forest
    full: Curve
    blind: Curve
    base: float
    offsets: Reals

    def levels(self, features: Floats, relation: Ints) -> tuple[Reals, Reals, Reals]:
        """Calibrated log-odds of rows (N, F) with relations (N,), and the ends of their interval: (N,) each."""
        raw = self.forest.log_odds(features)
        blind = np.isnan(features[:, columns.NAMES.index("tail_z")])
        full = (self.full(raw), *self.full.interval(raw))
        without = (self.blind(raw), *self.blind.interval(raw))
        offset = self.offsets[relation]
        level, low, high = (np.where(blind, b, a) + offset for a, b in zip(full, without, strict=True))
        return level, low, high

    def log_ratio(self, features: Floats, relation: Ints) -> tuple[Reals, Reals, Reals]:
        """The same as log likelihood ratios: without the base odds of the sample."""
        level, low, high = self.levels(features, relation)
        return level - self.base, low - self.base, high - self.base

    def shares(self, features: Floats) -> Reals:
        """(N, 1 + G) summands of the trees' log-odds: the base, then each group of `features.COLUMNS`."""
        return self.forest.shares(features, _group_of_column(), len(columns.COLUMNS))


def fit(features: Floats, labels: Ints, relation: Ints, owner: Ints, relations: int, seed: int) -> Calibrator:
    """A calibrator of rows (N, F) with labels 0 or 1 and relations (N,) of R.

    `owner`: the fact a row was made from; its rows stay in one fold. Each row is learned twice, once
    without its learned score.
    """
    fold = np.random.default_rng(seed).permutation(owner.max() + 1)[owner] % FOLDS
    hidden = columns.blind(features)
    forests, raw, raw_blind = [], np.zeros(len(labels)), np.zeros(len(labels))
    for number in range(FOLDS):
        inside, outside = fold != number, fold == number
        rows = np.concatenate([features[inside], hidden[inside]])
        forests.append(grow(rows, np.tile(labels[inside], 2), seed + number))
        raw[outside] = forests[-1].log_odds(features[outside])
        raw_blind[outside] = forests[-1].log_odds(hidden[outside])
    full, blind = curve(raw, labels), curve(raw_blind, labels)
    offsets = _offsets(full(raw), labels, relation, relations)
    return Calibrator(join(forests), full, blind, float(logit(labels.mean())), offsets)


def _offsets(level: Reals, labels: Ints, relation: Ints, relations: int, spread: float = 1.0) -> Reals:
    """What each relation adds to the log-odds: maximum likelihood under a normal prior, by Newton's method.

    A relation the trees saw little of would else inherit what is true of the common ones: that two people
    are not near in the graph says much of co-workers and little of spouses.
    """
    offsets = np.zeros(relations)
    for _ in range(8):
        share = sigmoid(level + offsets[relation])
        slope = np.bincount(relation, labels - share, relations) - offsets / spread**2
        bend = np.bincount(relation, share * (1 - share), relations) + 1 / spread**2
        offsets += slope / bend
    return offsets


def curve(raw: Reals, labels: Ints) -> Curve:
    """The isotonic curve of labels over raw log-odds, on bins of about forty rows, fewer where rows are few."""
    from sklearn.isotonic import isotonic_regression

    order = np.argsort(raw, kind="stable")
    parts = np.array_split(order, max(1, min(250, len(order) // _BIN), min(10, len(order) // 15)))
    count = np.array([len(part) for part in parts], dtype=np.float64)
    true = np.array([labels[part].sum() for part in parts], dtype=np.float64)
    base = labels.mean()
    share = isotonic_regression((true + _PRIOR * base) / (count + _PRIOR), sample_weight=count)
    return Curve(np.array([raw[part].mean() for part in parts]), logit(np.asarray(share)), count)


def correction(log_odds: Reals, labels: Ints, firmness: float = 10.0) -> tuple[float, float]:
    """(slope, shift) that bring log-odds in line with decisions: a logistic (Platt 1999) held near (1, 0).

    `firmness`: pseudo-decisions that speak for no change. The slope never turns the order of statements
    round. Newton's method.
    """
    inputs = np.stack([log_odds, np.ones(len(log_odds))], axis=1)
    slope, shift = _platt(inputs, labels, np.array([1.0, 0.0]), firmness)
    if slope >= _LEAST_SLOPE:
        return slope, shift
    (shift,) = _platt(inputs[:, 1:], labels, np.zeros(1), firmness, _LEAST_SLOPE * log_odds)
    return _LEAST_SLOPE, shift


def _platt(inputs: Reals, labels: Ints, held: Reals, firmness: float, given: Reals | float = 0.0) -> list[float]:
    """Weights of inputs (N, K), held near `held`, beside log-odds that are given."""
    weights = held
    for _ in range(20):
        share = sigmoid(inputs @ weights + given)
        rise = inputs.T @ (labels - share) - firmness * (weights - held)
        bend = (inputs * (share * (1 - share))[:, None]).T @ inputs + firmness * np.eye(len(held))
        weights = weights + np.linalg.solve(bend, rise)
    return [float(weight) for weight in weights]


def wilson(share: Reals, count: Reals, z: float = 1.96) -> tuple[Reals, Reals]:
    """The Wilson score interval of a share seen in `count` rows (Wilson 1927)."""
    middle = share + z * z / (2 * count)
    spread = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - spread) / (1 + z * z / count), (middle + spread) / (1 + z * z / count)


def logit(share: Reals) -> Reals:
    """Log-odds of a probability, kept within one in a million."""
    kept = np.clip(share, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(kept) - np.log1p(-kept))


def sigmoid(log_odds: Reals) -> Reals:
    """The probability of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -50, 50))))


def _group_of_column() -> Ints:
    group = [number for number, names in enumerate(columns.COLUMNS.values()) for _ in names]
    return np.array(group, dtype=np.int64)
