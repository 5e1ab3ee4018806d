"""Measuring the matching of records on a folder of two tables and their gold pairs."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

from marquee.api.progress import Steps
from marquee.graph import matching, matching_labels
from marquee.graph.match_tables import read_folder
from marquee.graph.matching_measure import score
from marquee.schema.errors import InputError


def evaluate(
    steps: Steps, data: Path, labels: int, model: Path | None = None, save: Path | None = None, seed: int = 0
) -> dict[str, Any]:
    """Precision, recall and F1 of matching the tables of a folder.

    `labels`: how many gold pairs, drawn at random, it learns from; they are left out of the score. `model`: what was
    learned elsewhere, as `save` writes it. Raises InputError, ModelError.
    """
    with steps.step("read"):
        folder = read_folder(data)
        known = _drawn(folder.gold, labels, seed, data)
        learned = matching_labels.load(model) if model else None
    started = time.perf_counter()
    with steps.step("match"):
        found = matching.match(folder.left, folder.right, known=known, labels=learned, seed=seed)
    seconds = time.perf_counter() - started
    if save:
        found.labels.save(save)
    scored = score({(m.left, m.right) for m in found.matches} - set(known), set(folder.gold) - set(known), seed)
    return {
        "precision": round(scored.precision, 4),
        "recall": round(scored.recall, 4),
        "f1": round(scored.f1, 4),
        "interval": [round(end, 4) for end in scored.interval],
        "seconds": round(seconds, 2),
        "pairs_compared": found.compared,
        "matches": len(found.matches),
        "doubtful": len(found.doubtful),
        "gold": len(folder.gold),
        "labels": len(known),
        "left_out": folder.unknown,
    }


def _drawn(gold: tuple[tuple[int, int], ...], labels: int, seed: int, data: Path) -> list[tuple[int, int]]:
    if labels > len(gold):
        raise InputError(
            f"has {len(gold)} gold pairs, fewer than the {labels} to learn from.",
            where=str(data),
            mend=f"Ask for at most {len(gold)} by --labels.",
        )
    return random.Random(seed).sample(sorted(gold), labels)
