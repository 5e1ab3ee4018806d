"""Calibration: what a rule's score has come to on texts that no rule was written for.

Rules carry weights set by hand, faded for bare and second-hand names; `chance` turns such a weight into the
share of readings that were right at about that weight. The knots are fitted by
`scripts/calibrate_reading.py`, which says from which texts and how.
"""

from __future__ import annotations

from bisect import bisect_right

# (score of the rules, share right); between two of them lies a straight line.
KNOTS: tuple[tuple[float, float], ...] = (
    (0.0, 0.0), (0.5, 0.378), (0.7, 0.607), (0.82, 0.659), (0.86, 0.762), (0.9, 0.921), (0.94, 0.973), (1.0, 0.99),
)  # fmt: skip


def chance(score: float) -> float:
    """The chance in [0, 1] that what was read at a rule score in [0, 1] is right; rises with the score.

    >>> chance(0.0), chance(0.9)
    (0.0, 0.921)
    """
    at = min(bisect_right(KNOTS, (score, 1.0)), len(KNOTS) - 1)
    (low, least), (high, most) = KNOTS[at - 1], KNOTS[at]
    return least + (most - least) * (score - low) / (high - low)
