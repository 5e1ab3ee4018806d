"""Matching: which rows of two tables are the same thing, with what probability, and why.

Columns are aligned, rows blocked, pairs weighed without labels, rivals weighed against each other; labels, where
there are some, correct the probabilities. Each step is a module of its own: matching_fields, matching_blocks,
matching_decoys, matching_score, matching_cluster, matching_labels.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from marquee.graph.match_columns import Shape
from marquee.graph.match_tables import Pair, Table
from marquee.graph.matching_blocks import Index
from marquee.graph.matching_cluster import accepted, marginals, one_to_one
from marquee.graph.matching_decoys import Pattern, decoys, pattern
from marquee.graph.matching_fields import MISSING, Field, align
from marquee.graph.matching_labels import Describer, Features, Labels, learn
from marquee.graph.matching_names import Likeness
from marquee.graph.matching_score import fit

DOUBTFUL = (0.1, 0.9)  # probabilities between which a pair is for a clerk to decide
_SLIGHT = 0.001  # probability below which a pair is not described


@dataclass(frozen=True, slots=True)
class Match:
    """A pair of rows. `why`: for each pair of columns, how far they agree."""

    left: int
    right: int
    probability: float
    why: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """`matches`: the best partner of each row, likeliest first, as far as it pays to believe them; `doubtful`: best
    partners that a clerk should look at, whether among the matches or not; `compared`: pairs that were compared."""

    matches: tuple[Match, ...]
    doubtful: tuple[Match, ...]
    compared: int
    labels: Labels


def match(
    left: Table, right: Table, *, known: Collection[Pair] = (), labels: Labels | None = None, seed: int = 0
) -> Matching:
    """Matches the rows of two tables, each of which lists a thing once.

    `known`: pairs that match, to learn from; `labels`: what was learned elsewhere.
    """
    if not left.size or not right.size:
        return Matching((), (), 0, labels or Labels({}, 0.0))
    fields = align(left, right, seed)
    indexes = Index(fields, False), Index(fields, True)
    pairs, asked = _pairs(fields, indexes, left.size, right.size)
    compared = len(pairs)
    pairs.update((pair, pattern(fields, *pair)) for pair in known if pair not in pairs)
    odds = fit(fields, pairs, asked, decoys(fields, *indexes, seed)).odds(pairs)
    likely = marginals(odds)
    if known or labels:
        described = _described(fields, pairs, odds, likely, known)
        labels = labels or learn([described[pair] for pair in known], _expected(described, likely))
        likely = _corrected(odds, described, labels, known)
    return _matching(fields, pairs, likely, compared, labels or Labels({}, 0.0))


def _pairs(
    fields: Sequence[Field], indexes: tuple[Index, Index], mine: int, theirs: int
) -> tuple[dict[Pair, Pattern], Counter[Pattern]]:
    """Candidate pairs with their patterns, and how often each pattern was met when left rows were asked for."""
    pairs = {(a, b): pattern(fields, a, b) for a in range(mine) for b in sorted(indexes[1].near(a, False))}
    asked = Counter(pairs.values())
    for b in range(theirs):
        for a in sorted(indexes[0].near(b, True)):
            if (a, b) not in pairs:
                pairs[a, b] = pattern(fields, a, b)
    return pairs, asked


def _matching(
    fields: Sequence[Field],
    pairs: Mapping[Pair, Pattern],
    likely: Mapping[Pair, float],
    compared: int,
    labels: Labels,
) -> Matching:
    best = one_to_one(likely)
    count = accepted(best, likely)
    told = [
        Match(*pair, round(likely[pair], 4), _why(fields, pairs[pair])) for pair in best if likely[pair] >= DOUBTFUL[0]
    ]
    taken = set(best[:count])
    return Matching(
        tuple(one for one in told if (one.left, one.right) in taken),
        tuple(one for one in told if one.probability < DOUBTFUL[1]),
        compared,
        labels,
    )


def _why(fields: Sequence[Field], found: Pattern) -> tuple[tuple[str, str, str], ...]:
    """The headers of each pair of columns that both rows fill, and how far they agree."""
    return tuple(
        (
            *field.headers,
            Likeness(level).name.lower() if field.shape is Shape.NAME else f"{level} of {field.levels - 1}",
        )
        for field, level in zip(fields, found, strict=True)
        if level != MISSING
    )


# --- labels --------------------------------------------------------------------------------------


def _described(
    fields: Sequence[Field],
    pairs: Mapping[Pair, Pattern],
    odds: Mapping[Pair, float],
    likely: Mapping[Pair, float],
    known: Collection[Pair],
) -> dict[Pair, Features]:
    """The features of known pairs and of those that are not out of the question."""
    describer = Describer(fields)
    beside: dict[tuple[int, int], list[float]] = defaultdict(list)
    for pair, value in odds.items():
        for end, row in enumerate(pair):
            beside[end, row].append(value)
    wanted = dict.fromkeys((*known, *(pair for pair, share in likely.items() if share > _SLIGHT)))
    return {pair: describer.features(pair, pairs[pair], _rivals(pair, odds.get(pair, 0.0), beside)) for pair in wanted}


def _rivals(pair: Pair, own: float, beside: Mapping[tuple[int, int], Sequence[float]]) -> int:
    """How many pairs with a row of this one are about as likely as it or more."""
    return sum(value >= own - 1 for end, row in enumerate(pair) for value in beside.get((end, row), ())) - 2


def _expected(described: Mapping[Pair, Features], likely: Mapping[Pair, float]) -> dict[Features, float]:
    expected: dict[Features, float] = defaultdict(float)
    for pair, features in described.items():
        expected[features] += likely.get(pair, 0.0)
    return expected


def _corrected(
    odds: Mapping[Pair, float], described: Mapping[Pair, Features], labels: Labels, known: Collection[Pair]
) -> dict[Pair, float]:
    """Probabilities in line with labels: rivals are weighed by the corrected odds, and what is left is corrected."""
    mine, theirs = {a for a, _ in known}, {b for _, b in known}
    ratio = {pair: labels.log_ratio(features) for pair, features in described.items()}
    left = {
        pair: value + ratio.get(pair, 0.0)
        for pair, value in odds.items()
        if pair[0] not in mine and pair[1] not in theirs
    }
    likely = marginals(left)
    found = {pair: share * math.exp(ratio.get(pair, 0.0)) for pair, share in likely.items()}
    return found | dict.fromkeys(known, 1.0)
