"""What labels add: how much likelier than the model thinks a pair of some kind is to be one that people match.

Labels are pairs known to match, drawn at random from such pairs; nothing is labelled a non-match. So they are held
against what the unlabelled model expects (learning from positive and unlabelled data, Elkan and Noto 2008): a
logistic over features of pairs tells labelled pairs from expected ones, and its odds are the ratio by which
probabilities are corrected. Ties among rivals are settled by it, too.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from marquee.graph.match_columns import Shape
from marquee.graph.match_tables import Pair
from marquee.graph.matching_decoys import Pattern
from marquee.graph.matching_fields import MISSING, Field
from marquee.graph.matching_names import Likeness, similarity
from marquee.schema.errors import ModelError

Features = tuple[str, ...]
_FORMAT = "marquee-matching-1"
_STEPS = 150
_FIRM = 3.0  # strength of the normal prior on each weight, in pairs
_FEW = 12  # items of a column that each are a feature
_COMMON = 0.5  # share of labelled pairs that are corrected by nothing


@dataclass(frozen=True, slots=True)
class Labels:
    """Weights of features, and the log ratio of pairs that are corrected by nothing."""

    weights: Mapping[str, float]
    level: float

    def log_ratio(self, features: Features) -> float:
        """By how much, in logs, the probability of a pair of this kind is to be lowered; at most 0."""
        return min(0.0, sum(self.weights.get(name, 0.0) for name in features) - self.level)

    def save(self, path: Path) -> None:
        """Writes the weights as JSON."""
        body = {"format": _FORMAT, "level": self.level, "weights": dict(sorted(self.weights.items()))}
        path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(path: Path) -> Labels:
    """Labels as saved. Raises ModelError."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        if body["format"] != _FORMAT:
            raise ValueError(body["format"])
        return Labels({str(name): float(weight) for name, weight in body["weights"].items()}, float(body["level"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        mend = "Give a file written by: marquee evaluate matching --save FILE"
        raise ModelError(f"is no model of matching: {error}.", where=str(path), mend=mend) from error


def learn(known: Iterable[Features], expected: Mapping[Features, float]) -> Labels:
    """Labels of the features of known matches, and of what the model expects: features by expected pairs."""
    yes = Counter(known)
    total, there = yes.total(), sum(expected.values())
    if not total or not there:
        return Labels({}, 0.0)
    kinds = dict.fromkeys((*yes, *expected))
    rows = {kind: (float(yes[kind]), total * expected.get(kind, 0.0) / there) for kind in kinds}
    weights = _logistic(rows)
    ratios = sorted(sum(weights.get(name, 0.0) for name in features) for features in yes.elements())
    return Labels(weights, ratios[int(_COMMON * (len(ratios) - 1))])


def _logistic(rows: Mapping[Features, tuple[float, float]]) -> dict[str, float]:
    """Weights that tell the first count of each row from the second: each weight's own Newton steps, damped."""
    weights: dict[str, float] = defaultdict(float)
    for _ in range(_STEPS):
        slope: dict[str, float] = defaultdict(float)
        bend: dict[str, float] = defaultdict(lambda: _FIRM)
        for features, (yes, no) in rows.items():
            share = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[name] for name in features)))))
            rise, curve = yes - share * (yes + no), share * (1 - share) * (yes + no)
            for name in features:
                slope[name] += rise
                bend[name] += curve * len(features)
        for name, rise in slope.items():
            weights[name] += (rise - _FIRM * weights[name]) / bend[name]
    return dict(weights)


# --- features ------------------------------------------------------------------------------------


class Describer:
    """The features of pairs of two tables. Those of a pair's likeness are the same for all tables; those of items
    in lists of few, like professions, are of these columns alone."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = fields
        self._few = [(side, number) for number, field in enumerate(fields) for side in (0, 1) if _is_few(field, side)]

    def features(self, pair: Pair, found: Pattern, rivals: int) -> Features:
        """Of a pair with this pattern; `rivals`: rows that are as likely as it is."""
        names = [at for at, field in enumerate(self._fields) if field.shape is Shape.NAME and found[at] != MISSING]
        alike = max((found[at] for at in names), default=MISSING)
        parts = [f"name {alike}", f"rivals {min(rivals, 3)}"]
        if names and Likeness.NUMBERS < alike < Likeness.EXACT:
            parts.append(f"letters {self._letters(pair, names)}")
        for shape in (Shape.DATE, Shape.NUMBER, Shape.LIST, Shape.PROSE):
            known = [found[at] for at, f in enumerate(self._fields) if f.shape is shape and found[at] != MISSING]
            parts.append(f"{shape} {min(known)}" if known else f"no {shape}")
        return (*parts, *self._items(pair))

    def _letters(self, pair: Pair, names: Sequence[int]) -> int:
        """The share of letters that agree, in tenths."""
        sides = ((self._fields[at].left[pair[0]], self._fields[at].right[pair[1]]) for at in names)
        return int(10 * max(similarity(a.key, b.key) for mine, theirs in sides for a in mine for b in theirs))

    def _items(self, pair: Pair) -> list[str]:
        found = []
        for side, number in self._few:
            field = self._fields[number]
            rows = (field.left, field.right)[side][pair[side]]
            found += [f"{field.headers[side]}: {item}" for items in rows for item in sorted(items)]
        return found


def _is_few(field: Field, side: int) -> bool:
    rows = (field.left, field.right)[side]
    return field.shape is Shape.LIST and len({item for row in rows for items in row for item in items}) <= _FEW
