"""Gradient-boosted trees as plain arrays: grown by scikit-learn, then read, saved and run without it.

Friedman 2001. Arrays rather than pickled objects, so that an artifact from elsewhere cannot run code, and
so that each prediction can be taken apart: the change of the expected value at each split belongs to the
feature that split (Saabas 2014), and these shares and the base add up to the prediction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marquee.gnn.triples import Floats, Ints
from marquee.schema.errors import MissingExtra

Reals = npt.NDArray[np.float64]
_CHUNK = 4096


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
            at = np.tile(self.roots, (len(rows), 1))
            owner = np.arange(len(rows))[:, None] * groups
            while (after := self._step(rows, at)) is not None:
                change = self.value[after] - self.value[at]
                place = (owner + group[self.feature[at]]).ravel()
                added = np.bincount(place, change.ravel(), len(rows) * groups).reshape(len(rows), groups)
                parts[start : start + _CHUNK, 1:] += self.scale * added
                at = after
        return parts

    def _leaves(self, rows: Floats) -> Ints:
        at = np.tile(self.roots, (len(rows), 1))
        while (after := self._step(rows, at)) is not None:
            at = after
        return at

    def _step(self, rows: Floats, at: Ints) -> Ints | None:
        """The next node of each row in each tree, or None when all are leaves."""
        if bool((self.left[at] == at).all()):
            return None
        values = rows[np.arange(len(rows))[:, None], self.feature[at]]
        goes_left = np.where(np.isnan(values), self.missing[at] > 0, values <= self.threshold[at])
        return np.where(goes_left, self.left[at], self.right[at])


def grow(features: Floats, labels: Ints, seed: int, trees: int = 100, leaves: int = 15) -> Forest:
    """Trees that tell label 1 from label 0. Only here is scikit-learn needed: a saved forest runs without it."""
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
    model.fit(features, labels)
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


def _forest(trees: Sequence[np.ndarray], base: float) -> Forest:
    nodes = np.concatenate(trees)
    start = np.repeat(np.cumsum([0, *map(len, trees)])[:-1], [len(tree) for tree in trees])
    roots = np.cumsum([0, *map(len, trees)])[:-1]
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
