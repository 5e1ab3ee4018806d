"""How good are probabilities? Area under the ROC curve, expected calibration error, Brier score."""

from __future__ import annotations

import numpy as np

from marquee.gnn.forest import Reals
from marquee.gnn.triples import Ints


def figures(probability: Reals, labels: Ints) -> dict[str, float]:
    """auroc, ece and brier of (N,) probabilities against labels 0 or 1."""
    return {"auroc": auroc(probability, labels), "ece": ece(probability, labels), "brier": brier(probability, labels)}


def auroc(score: Reals, labels: Ints) -> float:
    """The chance that a true row scores above a false one, ties half; 0.5 where a class is missing."""
    true, false = score[labels == 1], np.sort(score[labels == 0])
    if not len(true) or not len(false):
        return 0.5
    below = np.searchsorted(false, true, "left") + np.searchsorted(false, true, "right")
    return float(below.mean() / (2 * len(false)))


def ece(probability: Reals, labels: Ints, bins: int = 15) -> float:
    """Mean distance of stated and true share over bins of equal count (Naeini et al. 2015; Nixon et al. 2019)."""
    parts = np.array_split(np.argsort(probability, kind="stable"), bins)
    gaps = [abs(probability[part].mean() - labels[part].mean()) * len(part) for part in parts if len(part)]
    return float(sum(gaps) / max(1, len(labels)))


def brier(probability: Reals, labels: Ints) -> float:
    """Mean squared error of the probabilities (Brier 1950)."""
    return float(np.mean((probability - labels) ** 2)) if len(labels) else 0.0


def bins(probability: Reals, labels: Ints, count: int = 10) -> list[dict[str, float]]:
    """A reliability plot's points: stated and true share and rows, in bins of equal width."""
    place = np.minimum((probability * count).astype(np.int64), count - 1)
    return [
        {
            "stated": float(probability[place == number].mean()),
            "true": float(labels[place == number].mean()),
            "n": float((place == number).sum()),
        }
        for number in np.unique(place)
    ]
