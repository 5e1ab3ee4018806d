"""Truth: how far each source, and each reader of a source, can be trusted, learned from where they agree.

What a source says is so with chance q, its *reliability*; what a reader takes from it is what the source says with
chance e, so that a word is worth q x e (telling the two apart: Dong et al., "Knowledge-Based Trust", 2015). A reader
gives each claim its own chance, the extraction score; learned is how many times as often, in odds, it misreads a
relation as its scores say.

Values of a relation of one value exclude each other: there disagreement tells (Dong et al., "Integrating Conflicting
Data: The Role of Source Dependence", 2009; here by expectation and maximisation over counts of cases that are alike).
Of other relations a source may list a part, and what it does not list may still be so: there reliability is learned
from reviewers alone, and disagreement is put down to *completeness*, the chance that a source says what is so of a
thing that it speaks of at all (cf. the two-sided quality of Zhao et al., "A Bayesian Approach to Discovering Truth",
2012). More cannot be told from agreement: what is well known is said by all, so that sources that list little seem to
agree on what is complete.

Reliability begins at what was configured, a reader at what its scores say; both weigh like some claims of their own.
Nothing is drawn at random.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from marquee.graph.trust import UNKNOWN_SOURCE, Part, Reader, Trust
from marquee.graph.truth_cases import Case, Says, by_source, speakers
from marquee.graph.truth_copying import copying
from marquee.graph.truth_rounds import AS_CLAIMS, settled

LEAST = 30  # checked claims below which nothing is said of a source or a reader
_AS_VALUES = 20.0  # a source is taken to list nothing, by so many values, until it is seen to
_MOST_COMPLETE = 0.97


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned. `trust` is to be used; in it a source is believed more than it was given credit for only as
    far as is certain. `estimates`: its likeliest reliability. `checked`: claims that a reviewer decided, or of one
    value, which another source says, too, or otherwise."""

    trust: Trust
    estimates: Mapping[str, float] = field(default_factory=dict)
    checked: Mapping[str, float] = field(default_factory=dict)

    def interval(self, source: str) -> tuple[float, float]:
        """The ends of the 95 % interval of a reliability."""
        return _interval(self.estimates[source], self.checked.get(source, 0.0))


def learn(cases: Mapping[Case, float], configured: Mapping[str, float]) -> Learned:
    """The trust that `cases`, with how often each occurs, speak for. `configured`: reliabilities to begin with.

    Cases in which a single source speaks say nothing and need not be there. Time grows with the different cases and
    the rounds, memory with the cases.
    """
    known = {case: often for case, often in cases.items() if case.single or any(case.known)}
    checked = _checked(known)
    found = settled(known, configured)
    if copies := copying(known, found):
        found = settled(known, configured, copies)
    many = {case: often for case, often in cases.items() if not case.single}
    found = _spoken(found, known, checked, configured)
    estimates = {name: found.of(name) for name in sorted(checked) if checked[name] >= LEAST}
    sure = {name: _certain(q, configured.get(name, UNKNOWN_SOURCE), checked[name]) for name, q in estimates.items()}
    used = replace(found, sources={**configured, **sure})
    return Learned(replace(used, complete=_complete(many, used)), estimates, checked)


def _certain(estimate: float, given: float, checked: float) -> float:
    """The reliability to use: the lower end of its interval where that is above what was given."""
    return min(estimate, max(given, _interval(estimate, checked)[0]))


def _interval(mean: float, checked: float) -> tuple[float, float]:
    """The ends of the 95 % interval: normal approximation of a Beta of that mean, and a weight of what was checked
    and of what was known before."""
    spread = 1.96 * math.sqrt(mean * (1 - mean) / (checked + AS_CLAIMS + 1))
    return max(0.0, mean - spread), min(1.0, mean + spread)


def _checked(cases: Mapping[Case, float]) -> dict[str, float]:
    """By source, claims that another source says, too, or says otherwise, or that a reviewer decided."""
    checked: dict[str, float] = defaultdict(float)
    for case, often in cases.items():
        speak = speakers(case)
        for source in speak:
            checked[source] += often * (len(speak) > 1 or any(case.known))
    return dict(checked)


def _spoken(
    trust: Trust, cases: Mapping[Case, float], checked: Mapping[str, float], configured: Mapping[str, float]
) -> Trust:
    """What rests on enough claims; of the rest what was configured, and what the scores say."""
    readers: dict[Reader, float] = defaultdict(float)
    for case, often in cases.items():
        for reader in {(say[1], case.relation) for says in case.values for say in says}:
            readers[reader] += often
    learned = {name: q for name, q in trust.sources.items() if checked.get(name, 0) >= LEAST}
    odds = {reader: odds for reader, odds in trust.readers.items() if readers[reader] >= LEAST and odds != 1}
    return replace(trust, sources={**configured, **learned}, readers=odds)


# --- relations of many values --------------------------------------------------------------------


def _complete(cases: Mapping[Case, float], trust: Trust) -> dict[Part, float]:
    """By source and relation, how much it lists of what others say rightly of the things that it speaks of."""
    listed: dict[Part, float] = defaultdict(float)
    listable: dict[Part, float] = defaultdict(float)
    for case, often in cases.items():
        said = by_source(case.values[0])
        words = {source: trust.word(source, case.relation, _read(says)) for source, says in said.items()}
        for source in (*said, *case.silent):
            others = [worth for name, worth in words.items() if name != source]
            if others:
                listable[source, case.relation] += often * max(others)
                listed[source, case.relation] += often * (source in said)
    return {part: min(listed[part] / (of + _AS_VALUES), _MOST_COMPLETE) for part, of in sorted(listable.items())}


def _read(says: Says) -> list[tuple[str, float]]:
    return [(extractor, score) for _, extractor, score in says]
