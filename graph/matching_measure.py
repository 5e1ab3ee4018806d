"""How good a matching is against pairs known to be right."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from marquee.graph.match_tables import Pair

_DRAWS = 300


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, in [0, 1]; `interval`: the 95 % interval of F1 by the bootstrap over left rows."""

    precision: float
    recall: float
    f1: float
    interval: tuple[float, float]


def score(found: Collection[Pair], gold: Collection[Pair], seed: int = 0) -> Score:
    """The score of found pairs against the right ones."""
    tallies = _tallies(set(found), set(gold))
    draw = random.Random(seed)
    drawn = sorted(_f1(draw.choices(tallies, k=len(tallies))) for _ in range(_DRAWS)) if tallies else [0.0]
    hits = len(set(found) & set(gold))
    return Score(
        hits / len(found) if found else 0.0,
        hits / len(gold) if gold else 0.0,
        _f1(tallies),
        (drawn[int(0.025 * len(drawn))], drawn[int(0.975 * (len(drawn) - 1))]),
    )


def _tallies(found: set[Pair], gold: set[Pair]) -> list[tuple[int, int]]:
    """By left row with a pair: hits, and the sum of pairs found and pairs there are."""
    hits = Counter(a for a, _ in found & gold)
    pairs = Counter(a for some in (found, gold) for a, _ in some)
    return [(hits[row], count) for row, count in sorted(pairs.items())]


def _f1(tallies: Sequence[tuple[int, int]]) -> float:
    return 2 * sum(hits for hits, _ in tallies) / max(1, sum(count for _, count in tallies))
