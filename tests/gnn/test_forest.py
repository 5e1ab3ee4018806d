from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from marquee.gnn import forest


@pytest.fixture(scope="module")
def rows() -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    rng = np.random.default_rng(0)
    features = rng.normal(size=(600, 4)).astype(np.float32)
    labels = (features[:, 0] + features[:, 1] * features[:, 2] > 0).astype(np.int64)
    features[rng.random(features.shape) < 0.1] = np.nan
    return features, labels


def test_arrays_predict_as_the_library_does(rows) -> None:  # type: ignore[no-untyped-def]
    features, labels = rows
    mine = forest.grow(features, labels, seed=3, trees=20)
    theirs = HistGradientBoostingClassifier(
        max_iter=20, max_leaf_nodes=15, learning_rate=0.1, min_samples_leaf=6, l2_regularization=1.0,
        early_stopping=False, random_state=3,
    ).fit(features, labels)  # fmt: skip
    assert mine.log_odds(features) == pytest.approx(theirs.decision_function(features), abs=1e-6)


def test_shares_add_up_to_the_log_odds(rows) -> None:  # type: ignore[no-untyped-def]
    features, labels = rows
    grown = forest.grow(features, labels, seed=3, trees=20)
    shares = grown.shares(features, np.array([0, 1, 1, 2]), 3)
    assert shares.shape == (len(features), 4)
    assert shares.sum(1) == pytest.approx(grown.log_odds(features), abs=1e-9)
    assert np.abs(shares[:, 3]).mean() < np.abs(shares[:, 1]).mean()


def test_a_joined_forest_is_the_mean_of_its_parts(rows) -> None:  # type: ignore[no-untyped-def]
    features, labels = rows
    parts = [forest.grow(features[at::2], labels[at::2], seed=at, trees=10) for at in range(2)]
    mean = (parts[0].log_odds(features) + parts[1].log_odds(features)) / 2
    assert forest.join(parts).log_odds(features) == pytest.approx(mean)


def test_where_nothing_parts_the_classes_there_is_no_split() -> None:
    features = np.zeros((30, 2), dtype=np.float32)
    grown = forest.grow(features, np.array([0, 1] * 15), seed=0, trees=3)
    assert grown.log_odds(features) == pytest.approx(np.zeros(30), abs=1e-6)


@pytest.mark.parametrize(("label", "sign"), [(0, -1), (1, 1)])
def test_one_class_alone_grows_no_tree(label: int, sign: int) -> None:
    features = np.zeros((30, 2), dtype=np.float32)
    grown = forest.grow(features, np.full(30, label), seed=0)
    assert (np.sign(grown.log_odds(features)) == sign).all()
    assert grown.shares(features, np.array([0, 1]), 2).sum(1) == pytest.approx(grown.log_odds(features))
    other = forest.grow(features, np.array([0, 1] * 15), seed=0, trees=3)
    assert forest.join([grown, other]).log_odds(features) == pytest.approx(np.full(30, sign * 3.0), abs=1e-6)


def test_a_feature_that_is_always_missing_is_no_trouble(rows) -> None:  # type: ignore[no-untyped-def]
    features, labels = rows
    more = np.concatenate([features, np.full((len(features), 1), np.nan, dtype=np.float32)], axis=1)
    grown, plain = forest.grow(more, labels, seed=3, trees=20), forest.grow(features, labels, seed=3, trees=20)
    assert grown.log_odds(more) == pytest.approx(plain.log_odds(features), abs=1e-6)
