"""Trust: what the words of sources and of their readers are worth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Reader = tuple[str, str]  # an extractor and a relation
Part = tuple[str, str]  # a source and a relation
UNKNOWN_SOURCE = 0.95  # the reliability of a source that no setting speaks of, as in values.Source


@dataclass(frozen=True, slots=True)
class Trust:
    """What words are worth. `sources`: the chance that what a source says is so, by its name. `readers`: odds of
    misreading, in those that the scores say, by extractor and relation. `complete`: by source and relation, the
    chance that it says what is so of a thing that it speaks of. `copies`: the share of its words that one source has
    from the other, by pair of names in order."""

    sources: Mapping[str, float] = field(default_factory=dict)
    readers: Mapping[Reader, float] = field(default_factory=dict)
    complete: Mapping[Part, float] = field(default_factory=dict)
    copies: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def of(self, source: str) -> float:
        """The reliability of a source."""
        return self.sources.get(source, UNKNOWN_SOURCE)

    def reading(self, extractor: str, relation: str, score: float) -> float:
        """The chance that the source says what the extractor read, given its score. A score of 1 is not doubted: so
        records are read."""
        odds = self.readers.get((extractor, relation), 1.0)
        return score if odds == 1 or not score else score / (score + odds * (1 - score))

    def word(self, source: str, relation: str, readings: Iterable[tuple[str, float]]) -> float:
        """What a source's word is worth, by who read it with which score: that at least one of them read it right."""
        missed = math.prod(1 - self.reading(extractor, relation, score) for extractor, score in readings)
        return self.of(source) * (1 - missed)

    def silence(self, source: str, relation: str) -> float:
        """What the odds of a statement are multiplied by where a source speaks of the thing, and does not say it."""
        return 1 - self.complete.get((source, relation), 0.0)

    def own(self, source: str, others: Iterable[str]) -> float:
        """The share of a source's words that it has from none of the others."""
        if not self.copies:
            return 1.0
        pairs = ((source, other) if source < other else (other, source) for other in others)
        return math.prod(1 - self.copies.get(pair, 0.0) for pair in pairs)
