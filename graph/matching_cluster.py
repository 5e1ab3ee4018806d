"""Choosing among rivals: each row has at most one partner, or none (NIL)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from marquee.graph.match_tables import Pair

_ROUNDS = 6
_LEAST = math.exp(-8.0)  # odds below which a pair leaves its rivals alone


def marginals(log_odds: Mapping[Pair, float]) -> dict[Pair, float]:
    """The probability of each pair when no row has two partners.

    Sum-product messages on the bipartite graph (Huang and Jebara 2009): a row tells a pair how likely it is
    free. Exact where rows and their rivals form trees.
    """
    odds = {pair: math.exp(max(-40.0, min(40.0, value))) for pair, value in log_odds.items()}
    rivals = [pair for pair, value in odds.items() if value > _LEAST]
    mine, theirs = _by_end(rivals, 0), _by_end(rivals, 1)
    free = dict.fromkeys(rivals, 1.0)  # the share of the odds that the row at one end leaves, then the other
    for _ in range(_ROUNDS):
        back = _left_free(mine, odds, free)
        free = _left_free(theirs, odds, back)
    found = {pair: _share(value) for pair, value in odds.items()}
    found.update((pair, _share(odds[pair] * free[pair] * back[pair])) for pair in rivals)
    return found


def _left_free(
    rows: Iterable[Sequence[Pair]], odds: Mapping[Pair, float], other: Mapping[Pair, float]
) -> dict[Pair, float]:
    """For each pair 1 over 1 and the odds of its rivals in these rows."""
    found: dict[Pair, float] = {}
    for pairs in rows:
        if len(pairs) == 1:
            found[pairs[0]] = 1.0
            continue
        loads = [odds[pair] * other[pair] for pair in pairs]
        total = sum(loads)
        for pair, load in zip(pairs, loads, strict=True):
            found[pair] = 1 / (1 + max(0.0, total - load))
    return found


def _by_end(pairs: Iterable[Pair], end: int) -> list[list[Pair]]:
    rows: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        rows[pair[end]].append(pair)
    return list(rows.values())


def _share(odds: float) -> float:
    return odds / (1 + odds)


def one_to_one(probability: Mapping[Pair, float]) -> list[Pair]:
    """Pairs, likeliest first, none with a row that a likelier one has."""
    taken = (set[int](), set[int]())
    chosen = []
    for pair in sorted(probability, key=lambda pair: (-probability[pair], pair)):
        if pair[0] not in taken[0] and pair[1] not in taken[1]:
            chosen.append(pair)
            taken[0].add(pair[0])
            taken[1].add(pair[1])
    return chosen


def accepted(chosen: Sequence[Pair], probability: Mapping[Pair, float]) -> int:
    """How many of the chosen, likeliest first, make the expected F1 greatest by the probabilities themselves.

    Expected F1 is twice the expected hits over those taken and those there are (Ye et al. 2012).
    """
    there = sum(probability.values())
    best, count, hits = 0.0, 0, 0.0
    for number, pair in enumerate(chosen, 1):
        hits += probability[pair]
        if 2 * hits / (number + there) > best:
            best, count = 2 * hits / (number + there), number
    return count
