"""Copying: which sources have their words from one another, seen by the wrong values that they share.

After Dong, Berti-Equille and Srivastava, "Integrating Conflicting Data: The Role of Source Dependence" (2009): two
sources that say the same wrong value, of the many there are, are likelier to have copied than two that say the same
right one; that they differ speaks against it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from marquee.graph.trust import Trust
from marquee.graph.truth_cases import Case
from marquee.graph.truth_rounds import WRONG, truths

_COPY = 0.8  # of a copier's words, the share that is copied
_BEFORE = 0.1  # chance that two sources copy, before their words are seen
_LEAST = 20  # things that both must speak of
Pair = tuple[str, str]


def copying(cases: Mapping[Case, float], trust: Trust) -> dict[Pair, float]:
    """By pair of sources, in order of name, the share of words that one has from the other; pairs that seem
    independent are left out. Of relations of one value alone."""
    same: dict[Pair, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])  # right, wrong, different
    for case, often in cases.items():
        if not case.single or any(case.known):
            continue
        chances = truths(case, trust)
        said = [(source, at) for at, says in enumerate(case.values) for source in sorted({say[0] for say in says})]
        for (one, mine), (other, theirs) in combinations(sorted(said), 2):
            if one != other:
                count = same[one, other]
                if mine == theirs:
                    count[0] += often * chances[mine]
                    count[1] += often * (1 - chances[mine])
                else:
                    count[2] += often
    shares = {pair: _COPY * _chance(counts, trust, pair) for pair, counts in same.items() if sum(counts) >= _LEAST}
    return {pair: share for pair, share in sorted(shares.items()) if share > _COPY / 2}


def _chance(counts: list[float], trust: Trust, pair: Pair) -> float:
    """The posterior chance that one of a pair copies the other."""
    one, other = (trust.of(source) for source in pair)
    right, wrong = one * other, (1 - one) * (1 - other) / WRONG
    apart = max(1 - right - wrong, 1e-9)
    mean = (one + other) / 2
    odds = math.log(_BEFORE / (1 - _BEFORE))
    odds += counts[0] * math.log((_COPY * mean + (1 - _COPY) * right) / right)
    odds += counts[1] * math.log((_COPY * (1 - mean) + (1 - _COPY) * wrong) / wrong)
    odds += counts[2] * math.log((1 - _COPY) * apart / apart)
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))
