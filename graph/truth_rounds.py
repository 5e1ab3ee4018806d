"""Rounds of truth: what is so by the words for it, what words are worth by what is so, until nothing moves.

Expectation and maximisation for relations of one value, as in the model ACCU of Dong et al., "Integrating Conflicting
Data: The Role of Source Dependence" (2009), with a second layer that tells an error of a source from one of its reader
(Dong et al., "Knowledge-Based Trust", 2015).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from marquee.graph.trust import UNKNOWN_SOURCE, Reader, Trust
from marquee.graph.truth_cases import Case, Says, by_source, speakers

WRONG = 10  # wrong values that a relation of one value may have (n of Dong et al.)
AS_CLAIMS = 20.0  # what is taken of a source that nobody spoke of weighs like so many claims
AS_TOLD = 100.0  # and what was configured like so many
_AS_ERRORS = 5.0  # and what a reader's scores foretell like so many errors
_ROUNDS = 100
_STILL = 1e-4
_LOW, _HIGH = 0.02, 0.998
_DECIDED = 0.999  # a reviewer may err, too


def settled(
    cases: Mapping[Case, float],
    configured: Mapping[str, float],
    copies: Mapping[tuple[str, str], float] | None = None,
) -> Trust:
    """Reliabilities and readers' odds of which one more round makes no others. `copies` as in `Trust`."""
    sources = sorted({source for case in cases for source in speakers(case)})
    readers = sorted({(say[1], case.relation) for case in cases for says in case.values for say in says})
    before = {source: configured.get(source, UNKNOWN_SOURCE) for source in sources}
    trust = Trust(before, dict.fromkeys(readers, 1.0), copies=copies or {})
    for _ in range(_ROUNDS):
        after = _round(cases, trust, before, {name: weight(name, configured) for name in sources})
        moved = max((abs(after.sources[name] - trust.sources[name]) for name in sources), default=0.0)
        trust = after
        if moved < _STILL:
            break
    return trust


def truths(case: Case, trust: Trust) -> tuple[float, ...]:
    """The chance of each value of a case by who says it: one of them is so, or none. A reviewer's word stands."""
    if any(case.known):
        return tuple(_known(known, 1 in case.known) for known in case.known)
    weights = [WRONG * math.exp(_log_odds(says, case.relation, trust)) for says in case.values]
    whole = sum(weights) + max(WRONG + 1 - len(weights), 1)
    return tuple(weight / whole for weight in weights)


@dataclass(slots=True)
class _Counts:
    """What a round counts: right and wrong words of sources, errors that readers made and that were foretold."""

    right: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    wrong: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    made: dict[Reader, float] = field(default_factory=lambda: defaultdict(float))
    foretold: dict[Reader, float] = field(default_factory=lambda: defaultdict(float))


def weight(source: str, configured: Mapping[str, float]) -> float:
    """How many claims what is known of a source before weighs like."""
    return AS_TOLD if source in configured else AS_CLAIMS


def _round(
    cases: Mapping[Case, float], trust: Trust, before: Mapping[str, float], weights: Mapping[str, float]
) -> Trust:
    counts = _Counts()
    for case, often in cases.items():
        chances = truths(case, trust)
        said = [by_source(says) for says in case.values]
        for at, chance in enumerate(chances):
            if math.isnan(chance):
                continue
            for source, says in said[at].items():
                elsewhere = sum(chances[i] for i, others in enumerate(said) if i != at and source in others)
                _count(counts, case.relation, says, chance, max(1 - elsewhere, 0.0), trust, often)
    return Trust(
        {
            name: _within(
                (counts.right[name] + weights[name] * q) / (counts.right[name] + counts.wrong[name] + weights[name])
            )
            for name, q in before.items()
        },
        {reader: _odds(counts, reader, odds) for reader, odds in trust.readers.items()},
        copies=trust.copies,
    )


def _count(counts: _Counts, relation: str, says: Says, chance: float, alone: float, trust: Trust, often: float) -> None:
    """Counts a word that is so with `chance`. If it is not, its source erred, or its readers did; the source did not
    where it says the right value, too, which it does not with the chance `alone`."""
    source, reliability = says[0][0], trust.of(says[0][0])
    readings = [trust.reading(extractor, relation, score) for _, extractor, score in says]
    read = 1 - math.prod(1 - reading for reading in readings)
    false = often * (1 - chance)
    of_source = alone * read * (1 - reliability) / (1 - reliability * read)
    counts.right[source] += often * chance
    counts.wrong[source] += false * of_source
    for (_, extractor, _), reading in zip(says, readings, strict=True):
        counts.made[extractor, relation] += false * (1 - of_source)
        counts.foretold[extractor, relation] += often * (1 - reading)


def _odds(counts: _Counts, reader: Reader, odds: float) -> float:
    """Odds nearer to those by which the errors made and foretold meet."""
    return odds * (counts.made[reader] + _AS_ERRORS) / (counts.foretold[reader] + _AS_ERRORS * odds)


def _log_odds(says: Says, relation: str, trust: Trust) -> float:
    """Log-odds of a value by those who say it, each as far as it has its word from none of the surer ones."""
    words = sorted((-_word(mine, relation, trust), source) for source, mine in by_source(says).items())
    sure = [source for _, source in words]
    found = 0.0
    for at, (worth, source) in enumerate(words):
        chance = _within(-worth)
        found += trust.own(source, sure[:at]) * (math.log(chance / (1 - chance)) + (math.log(WRONG) if at else 0.0))
    return found


def _word(says: Says, relation: str, trust: Trust) -> float:
    return trust.word(says[0][0], relation, ((extractor, score) for _, extractor, score in says))


def _known(known: int, found: bool) -> float:
    """The chance of a value by a reviewer; NaN where other values were rejected and nothing is said of this one."""
    if known:
        return _DECIDED if known > 0 else 1 - _DECIDED
    return 1 - _DECIDED if found else math.nan


def _within(chance: float) -> float:
    return min(max(chance, _LOW), _HIGH)
