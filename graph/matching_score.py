"""The weight of agreement, learned without labels: Fellegi and Sunter's model (1969), fitted by EM.

A pair is a pattern of levels, one a field. A level has a chance m among matches and u among others; log(m / u)
summed over the fields is the weight of the pair. Three things keep EM from settling on a wrong split (Winkler
2002): u comes from decoys where they tell; a pattern that is as frequent among decoys as between the tables is
no match, whatever its fields add up to; and the last rounds weigh rivals, as a row has one partner at most.
Pairs in which other fields are known (episodes, films; people) get weights of their own, held near the common.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marquee.graph.match_columns import Shape
from marquee.graph.match_tables import Pair
from marquee.graph.matching_cluster import marginals
from marquee.graph.matching_decoys import Decoys, Pattern, stratum
from marquee.graph.matching_fields import MISSING, Field
from marquee.graph.matching_names import Likeness

Group = tuple[bool, ...]  # which fields are known on both sides
Chances = list[list[float]]  # by field and level
_ROUNDS = 20
_RIVAL_ROUNDS = 3
_FIRM = 2.0  # pseudo-pairs that keep a level's chances from nought
_NEAR = 30.0  # pseudo-pairs that hold the chances of a group near those of its stratum
_LEAST = -12.0  # log-odds below which a pair is out of the question
_SHARED = 0.9  # of matches that agree in a column of identifiers, for a clash to part rows
_EDGE = 9.0  # the most that log-odds can be before lists are looked at
_OUT = 3 * _LEAST  # log-odds of what cannot be


@dataclass(slots=True)
class Weights:
    """Of one group of pairs: the share that match, and the chances of levels among matches and among others.
    `told`: the fields of which decoys tell."""

    share: float
    m: Chances
    u: Chances
    told: tuple[bool, ...]

    def log_odds(self, found: Pattern, most: float = _EDGE) -> float:
        """That a pair of this pattern is a match, before its rivals are looked at.

        `most`: the log-odds that decoys leave it; of the other fields they know nothing, so these add to it.
        """
        ratio, beside = self.share / (1 - self.share), 1.0
        for at, level in enumerate(found):
            if level != MISSING:
                weight = self.m[at][level] / self.u[at][level]
                if self.told[at]:
                    ratio *= weight
                else:
                    beside *= weight
        return min(math.log(ratio + 1e-300), most) + math.log(beside + 1e-300)


@dataclass(slots=True)
class Model:
    """Weights by group, and the log-odds that decoys leave each pattern."""

    groups: dict[Group, Weights] = field(default_factory=dict)
    most: dict[Pattern, float] = field(default_factory=dict)

    def odds(self, pairs: Mapping[Pair, Pattern]) -> dict[Pair, float]:
        """The log-odds of the pairs that are not out of the question."""
        asked = [(found, self.groups.get(group(found))) for found in set(pairs.values())]
        known = {found: weights.log_odds(found, self.most[found]) for found, weights in asked if weights}
        return {pair: known[found] for pair, found in pairs.items() if known.get(found, _LEAST) > _LEAST}


def group(found: Pattern) -> Group:
    """Which fields are known in a pair."""
    return tuple([level != MISSING for level in found])


def fit(fields: Sequence[Field], pairs: Mapping[Pair, Pattern], asked: Mapping[Pattern, int], chance: Decoys) -> Model:
    """A model of candidate pairs.

    `asked`: how often each pattern was met when the left rows were asked for, which decoys are held against.
    """
    model = Model()
    counts = Counter(pairs.values())
    strata: dict[int, Counter[Pattern]] = defaultdict(Counter)
    for found, count in counts.items():
        strata[stratum(fields, found)][found] = count
    for name, patterns in strata.items():
        if name >= 0:
            _fit_stratum(model, name, patterns, asked, chance, fields)
    return _weigh_rivals(model, fields, pairs)


def _fit_stratum(
    model: Model,
    name: int,
    patterns: Counter[Pattern],
    asked: Mapping[Pattern, int],
    chance: Decoys,
    fields: Sequence[Field],
) -> None:
    levels, rows = [one.levels for one in fields], len(fields[0].left)
    caps = _caps(name, patterns, asked, chance, rows)
    alike = {p: count * caps[p] for p, count in patterns.items() if p[name] >= Likeness.LIKE}
    u = [_by_chance(chance, name, at, count, patterns, rows) for at, count in enumerate(levels)]
    m = [_shares(alike, at, count) for at, count in enumerate(levels)]
    share = _share(sum(alike.values()), patterns.total())
    most = {found: _logit(cap) for found, cap in caps.items()}
    whole = _em(Weights(share, m, u, chance.told), patterns, most, {name})
    most.update(dict.fromkeys(_clashing(patterns, fields, whole), _OUT))
    model.most.update(most)
    groups: dict[Group, Counter[Pattern]] = defaultdict(Counter)
    for found, count in patterns.items():
        groups[group(found)][found] = count
    for key, some in groups.items():
        model.groups[key] = _em(whole, some, most, {name}, whole)


def _clashing(patterns: Iterable[Pattern], fields: Sequence[Field], weights: Weights) -> Iterator[Pattern]:
    """Patterns in which an identifier that matches share is another on either side: two ids of one scheme."""
    keys = [at for at, field in enumerate(fields) if field.shape is Shape.KEY and weights.m[at][1] >= _SHARED]
    return (found for found in patterns if any(found[at] == 0 for at in keys))


def _caps(
    name: int, patterns: Iterable[Pattern], asked: Mapping[Pattern, int], chance: Decoys, rows: int
) -> dict[Pattern, float]:
    """The share of each pattern's pairs that decoys leave unexplained, never quite nought: few pairs prove little."""
    met: Counter[Pattern] = Counter()
    for found, count in asked.items():
        met[chance.hidden(found)] += count
    caps = {}
    for found in patterns:
        seen = met[chance.hidden(found)]
        caps[found] = max(0.5 / (seen + 1), 1 - rows * chance.rate(found, name) / max(1, seen))
    return caps


def _by_chance(
    chance: Decoys, name: int, at: int, count: int, patterns: Mapping[Pattern, float], rows: int
) -> list[float]:
    """u of a field: from decoys, or from all candidates, of which few match, where decoys do not tell.

    Of the name, decoys count how many pairs are alike by chance; those that are not alike are as many as there are.
    """
    if not chance.told[at]:
        return _shares(patterns, at, count)
    rates = {p: chance.rate(p, name) * rows for p in chance.patterns() if p[name] != MISSING}
    if at == name:
        rates = {p: rate for p, rate in rates.items() if p[name] >= Likeness.LIKE}
        rates |= {p: n for p, n in patterns.items() if p[name] < Likeness.LIKE}
    return _shares(rates, at, count)


def _em(
    start: Weights,
    patterns: Mapping[Pattern, float],
    most: Mapping[Pattern, float],
    held: set[int],
    near: Weights | None = None,
) -> Weights:
    """Weights of patterns by EM; u of the fields in `held` stays."""
    weights = start
    for _ in range(_ROUNDS):
        match = {p: count * _sigmoid(weights.log_odds(p, most[p])) for p, count in patterns.items()}
        weights = _maximised(weights, patterns, match, held, near)
    return weights


def _maximised(
    weights: Weights,
    patterns: Mapping[Pattern, float],
    match: Mapping[Pattern, float],
    held: set[int],
    near: Weights | None,
) -> Weights:
    other = {p: count - match.get(p, 0.0) for p, count in patterns.items()}
    sizes = [len(row) for row in weights.m]
    m = [_shares(match, at, n, near.m[at] if near else None) for at, n in enumerate(sizes)]
    u = [
        weights.u[at] if at in held else _shares(other, at, n, near.u[at] if near else None)
        for at, n in enumerate(sizes)
    ]
    return Weights(_share(sum(match.values()), sum(patterns.values())), m, u, weights.told)


def _weigh_rivals(model: Model, fields: Sequence[Field], pairs: Mapping[Pair, Pattern]) -> Model:
    """The last rounds of EM: a pair's chance is what its rivals leave it."""
    counts: dict[Group, Counter[Pattern]] = defaultdict(Counter)
    for found in pairs.values():
        counts[group(found)][found] += 1
    for _ in range(_RIVAL_ROUNDS):
        likely = marginals(model.odds(pairs))
        match: dict[Group, dict[Pattern, float]] = defaultdict(lambda: defaultdict(float))
        for pair, share in likely.items():
            match[group(pairs[pair])][pairs[pair]] += share
        for key, weights in model.groups.items():
            held = {stratum(fields, next(iter(counts[key])))}
            model.groups[key] = _maximised(weights, counts[key], match[key], held, weights)
    return model


def _shares(
    patterns: Mapping[Pattern, float], at: int, levels: int, near: Sequence[float] | None = None
) -> list[float]:
    """The share of each level among the patterns where the field is known."""
    firm = _NEAR if near else _FIRM
    counts = [firm * share for share in near or [1 / levels] * levels]
    for found, count in patterns.items():
        if found[at] != MISSING:
            counts[found[at]] += count
    total = sum(counts)
    return [count / total for count in counts]


def _share(matches: float, pairs: float) -> float:
    return min(0.5, max(1e-6, matches / max(1.0, pairs)))


def _logit(share: float) -> float:
    if share <= 0:
        return _OUT
    return min(_EDGE, math.log(share / (1 - share))) if share < 1 else _EDGE


def _sigmoid(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds))))
