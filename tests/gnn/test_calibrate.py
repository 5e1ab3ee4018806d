from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.gnn import calibrate, reliability


def drawn(log_odds: np.ndarray, seed: int = 0) -> np.ndarray:  # type: ignore[type-arg]
    """Labels that are true as often as the log-odds say."""
    return (np.random.default_rng(seed).random(len(log_odds)) < calibrate.sigmoid(log_odds)).astype(np.int64)


def test_a_curve_mends_overconfidence() -> None:
    true = np.random.default_rng(1).normal(size=6000) * 1.5
    labels = drawn(true)
    curve = calibrate.curve(true * 3, labels)
    before = reliability.ece(calibrate.sigmoid(true * 3), labels)
    after = reliability.ece(calibrate.sigmoid(curve(true * 3)), labels)
    assert after < 0.02 < before


@given(st.lists(st.tuples(st.floats(-5, 5, width=32), st.integers(0, 1)), min_size=2, max_size=400))
def test_a_curve_never_falls_and_never_is_certain(rows: list[tuple[float, int]]) -> None:
    raw, labels = np.array([r for r, _ in rows]), np.array([label for _, label in rows])
    curve = calibrate.curve(raw, labels)
    levels = curve(np.sort(raw))
    assert (np.diff(levels) >= -1e-9).all()
    low, high = curve.interval(np.sort(raw))
    assert (low <= levels + 1e-6).all()
    assert (levels <= high + 1e-6).all()


def test_a_relation_unlike_the_others_gets_its_own_offset_and_a_rare_one_little() -> None:
    relation = np.repeat([0, 1, 2], [1000, 1000, 2])
    level = np.zeros(len(relation))
    labels = np.where(relation == 1, drawn(level + 2), drawn(level, 3))
    labels[relation == 2] = 1
    offsets = calibrate._offsets(level, labels, relation, 4)
    assert offsets[0] == pytest.approx(0, abs=0.2)
    assert offsets[1] == pytest.approx(2, abs=0.3)
    assert 0 < offsets[2] < 1
    assert offsets[3] == 0


def test_few_decisions_change_little_and_many_are_followed() -> None:
    stated = np.random.default_rng(2).normal(size=2000)
    labels = drawn(0.5 * stated - 1)
    assert calibrate.correction(stated[:3], labels[:3]) == pytest.approx((1, 0), abs=0.3)
    assert calibrate.correction(stated, labels) == pytest.approx((0.5, -1), abs=0.2)


def test_decisions_against_all_that_was_stated_never_turn_the_order_round() -> None:
    stated = np.random.default_rng(4).normal(size=2000)
    slope, shift = calibrate.correction(stated, drawn(-2 * stated + 1))
    assert slope == pytest.approx(0.1)
    assert 0 < shift < 2


def test_wilson_of_a_textbook_example() -> None:
    low, high = calibrate.wilson(np.array([0.9]), np.array([10.0]))
    assert (low[0], high[0]) == pytest.approx((0.596, 0.982), abs=0.002)


def test_figures_of_reliability() -> None:
    labels = np.array([0, 0, 1, 1])
    assert reliability.auroc(np.array([0.1, 0.2, 0.3, 0.4]), labels) == 1
    assert reliability.auroc(np.array([0.5, 0.5, 0.5, 0.5]), labels) == 0.5
    assert reliability.auroc(np.array([0.5]), np.array([1])) == 0.5
    assert reliability.brier(np.array([0.0, 0.0, 1.0, 1.0]), labels) == 0
    assert reliability.ece(np.array([0.0, 0.0, 1.0, 1.0]), labels) == 0
    (first, last) = reliability.bins(np.array([0.05, 0.05, 0.95, 0.95]), labels)
    assert (first["true"], last["true"], first["n"]) == (0, 1, 2)
