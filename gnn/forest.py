"""Gradient-boosted trees as plain arrays: grown by scikit-learn, then read, saved and run without it.

Friedman 2001. Arrays rather than pickled objects, so that an artifact from elsewhere cannot run code, and
so that each prediction can be taken apart: the change of the expected value at each split belongs to the
feature that split (Saabas 2014), and these shares and the base add up to the prediction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marquee.gnn.triples import Floats, Ints
from marquee.schema.errors import MissingExtra

Reals = npt.NDArray[np.float64]
_CHUNK = 256  # rows at once, which with all trees fit the processor's cache


@dataclass(frozen=True, slots=True)
class Forest:
    """T trees of N nodes in all. A leaf's children are itself. The log-odds of a row are `base` plus `scale`
    times the sum of its leaves' values; a missing feature goes left where `missing` is 1."""

    feature: Ints
    threshold: Reals
    left: Ints
    right: Ints
    missing: Ints
    value: Reals
    roots: Ints
    base: float
    scale: float

    def log_odds(self, features: Floats) -> Reals:
        """(N,) log-odds of rows (N, F)."""
        total = np.full(len(features), self.base)
        for start in range(0, len(features), _CHUNK):
            at = self._leaves(features[start : start + _CHUNK])
            total[start : start + _CHUNK] += self.scale * self.value[at].sum(1)
        return total

    def shares(self, features: Floats, group: Ints, groups: int) -> Reals:
        """(N, 1 + groups) summands of the log-odds: the base, then each group of features; `group` (F,)."""
        parts = np.zeros((len(features), groups + 1))
        parts[:, 0] = self.base + self.scale * self.value[self.roots].sum()
        for start in range(0, len(features), _CHUNK):
            rows = features[start : start + _CHUNK]
            owner = np.arange(len(rows))[:, None] * groups
            for at, after in self._steps(rows):
                change = self.value[after] - self.value[at]
                place = (owner + group[self.feature[at]]).ravel()
                added = np.bincount(place, change.ravel(), len(rows) * groups).reshape(len(rows), groups)
                parts[start : start + _CHUNK, 1:] += self.scale * added
        return parts

    def _leaves(self, rows: Floats) -> Ints:
        at = self._roots(rows)
        for _, after in self._steps(rows):
            at = after
        return at

    def _roots(self, rows: Floats) -> Ints:
        return np.tile(self.roots, (len(rows), 1))

    def _steps(self, rows: Floats) -> Iterator[tuple[Ints, Ints]]:
        """Nodes (N, T) of each row in each tree, and those after them, until all are leaves.

        Each value stands twice, once as less than all where it is missing, so that a node needs no question more.
        """
        both = np.concatenate([np.where(np.isnan(rows), -np.inf, rows), rows], axis=1)
        start = np.arange(len(rows))[:, None] * both.shape[1]
        column = self.feature + np.where(self.missing > 0, 0, rows.shape[1])
        children = np.stack([self.left, self.right], axis=1).ravel()
        at = self._roots(rows)
        while True:
            left = both.ravel().take(start + column.take(at)) <= self.threshold.take(at)
            after = children.take(2 * at + ~left)
            if np.array_equal(after, at):
                return
            yield at, after
            at = after


def grow(features: Floats, labels: Ints, seed: int, trees: int = 100, leaves: int = 15) -> Forest:
    """Trees that tell label 1 from label 0; none where only one label occurs.

    Only here is scikit-learn needed: a saved forest runs without it.
    """
    if labels.min() == labels.max():
        return _forest([], 6.0 if labels[0] else -6.0)
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
    except ImportError as error:
        raise MissingExtra("scikit-learn", "gnn") from error
    model = HistGradientBoostingClassifier(
        max_iter=trees,
        max_leaf_nodes=leaves,
        learning_rate=0.1,
        min_samples_leaf=max(5, min(30, len(labels) // 100)),
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
    model.fit(np.where(np.isnan(features).all(0), 0, features), labels)  # it cannot bin a column of nothing
    nodes = [predictor.nodes for (predictor,) in model._predictors]
    return _forest(nodes, float(model._baseline_prediction.item()))


def join(forests: Sequence[Forest]) -> Forest:
    """One forest whose log-odds are the mean of the given ones."""
    offset = np.cumsum([0, *(len(forest.value) for forest in forests)])[:-1]
    shifted = [(f.left + o, f.right + o, f.roots + o) for f, o in zip(forests, offset, strict=True)]
    left, right, roots = (np.concatenate(parts) for parts in zip(*shifted, strict=True))
    return Forest(
        np.concatenate([forest.feature for forest in forests]),
        np.concatenate([forest.threshold for forest in forests]),
        left,
        right,
        np.concatenate([forest.missing for forest in forests]),
        np.concatenate([forest.value for forest in forests]),
        roots,
        float(np.mean([forest.base for forest in forests])),
        1 / len(forests),
    )


_NODE = [
    (name, np.float64)
    for name in ("is_leaf", "left", "right", "value", "count", "feature_idx", "num_threshold", "missing_go_to_left")
]


def _forest(trees: Sequence[np.ndarray], base: float) -> Forest:
    nodes = np.concatenate(trees) if trees else np.zeros(0, dtype=_NODE)
    roots = np.cumsum([0, *map(len, trees)], dtype=np.int64)[:-1]
    start = np.repeat(roots, [len(tree) for tree in trees])
    leaf = nodes["is_leaf"] == 1
    here = np.arange(len(nodes))
    left = np.where(leaf, here, nodes["left"] + start)
    right = np.where(leaf, here, nodes["right"] + start)
    value = _expected(nodes["value"].astype(np.float64), nodes["count"].astype(np.float64), left, right, leaf)
    return Forest(
        np.where(leaf, 0, nodes["feature_idx"]).astype(np.int64),
        np.where(leaf, 0.0, nodes["num_threshold"]).astype(np.float64),
        left.astype(np.int64),
        right.astype(np.int64),
        nodes["missing_go_to_left"].astype(np.int64),
        value,
        roots.astype(np.int64),
        base,
        1.0,
    )


def _expected(value: Reals, count: Reals, left: Ints, right: Ints, leaf: npt.NDArray[np.bool_]) -> Reals:
    """The value of each inner node: the mean of its children's, by count; children stand after parents."""
    value = np.where(leaf, value, 0.0)
    for node in np.flatnonzero(~leaf)[::-1]:
        a, b = left[node], right[node]
        value[node] = (value[a] * count[a] + value[b] * count[b]) / (count[a] + count[b])
    return value
