"""A page: a raw text with its words and sentences, and what its capitals can be trusted to say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from importlib.resources import files

from marquee.extraction.gazetteer import Word, words
from marquee.extraction.lexicon import SMALL_WORDS, listed
from marquee.extraction.sentences import joined, sentence_spans
from marquee.schema.values import Span


class Case(Enum):
    """How a sentence uses capitals. Only in MIXED does a capital speak for a name."""

    MIXED = "mixed"
    TITLE = "title"
    UPPER = "upper"
    LOWER = "lower"


@dataclass(eq=False)
class Page:
    """A text and what is computed of it once; spans are code points of `text`."""

    text: str

    @cached_property
    def words(self) -> list[Word]:
        """The folded words."""
        return words(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences."""
        return sentence_spans(self.text)

    def bridge(self, spans: Iterable[Span]) -> None:
        """Makes one of sentences that a name with a full stop in it joins; before anything else is asked."""
        self.__dict__["sentences"] = joined(self.sentences, spans)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def cases(self) -> list[Case]:
        """The case of every sentence."""
        return [_case(self.text, self.words_in(span)) for span in self.sentences]

    @cached_property
    def lower(self) -> bool:
        """Whether the text has no capitals at all, so that their absence says nothing."""
        return self.text == self.text.lower()

    @cached_property
    def turns(self) -> list[tuple[int, str]]:
        """Where the questions (Q) and answers (A) of an interview begin."""
        return [(match.start(), match["t"]) for match in _TURN.finditer(self.text)]

    def answers(self, position: int) -> bool | None:
        """Whether a position stands in an interview's answer; None outside interviews."""
        at = bisect_right(self.turns, (position, "Z"))
        return self.turns[at - 1][1] == "A" if at else None

    def words_in(self, span: Span) -> Sequence[Word]:
        """The words that start in a span."""
        starts = self._word_starts
        return self.words[bisect_right(starts, span[0] - 1) : bisect_right(starts, span[1] - 1)]

    def sentence_at(self, position: int) -> int:
        """The number of the sentence around a position; the first for a position before all."""
        return max(0, bisect_right(self._starts, position) - 1)

    def case_at(self, position: int) -> Case:
        """The case of the sentence around a position."""
        return self.cases[self.sentence_at(position)] if self.sentences else Case.MIXED

    def inside(self, position: int) -> bool:
        """Whether words stand before `position` in its clause, so that a capital there is meant."""
        at = position - 1
        while at >= 0 and self.text[at] in " \t\n*_'\"“‘([":
            at -= 1
        start = self.sentences[self.sentence_at(position)][0] if self.sentences else 0
        return at >= start and self.text[at] not in '.!?:–—-•*#>"”'


_TURN = re.compile(r"^[ \t]*[*_]{0,2}(?P<t>Q|A)[*_]{0,2} ?[:.] ", re.MULTILINE)


def _case(text: str, words: Sequence[Word]) -> Case:
    heads = [text[word.start] for word in words if text[word.start].isalpha()]
    if not any(head.isupper() for head in heads):
        return Case.LOWER
    letters = [text[word.start : word.end] for word in words if len(word.key) > 1 and text[word.start].isalpha()]
    if letters and sum(word.isupper() for word in letters) > 0.7 * len(letters) and len(letters) > 2:
        return Case.UPPER
    plain = [word for word in letters if word[0].islower() and word not in _SMALL_IN_TITLES]
    return Case.TITLE if len(letters) > 1 and not plain and not _closed(text, words) else Case.MIXED


_SMALL_IN_TITLES = SMALL_WORDS | frozenset(("into", "over", "via", "after", "vs", "per", "s"))


def _closed(text: str, words: Sequence[Word]) -> bool:
    """Whether the last word is followed by a full stop."""
    return text[words[-1].end : words[-1].end + 1] == "."


def is_common(key: str) -> bool:
    """Whether a folded word is also written in lower case, so that alone it is no name; numbers are too."""
    return key in _common() or key.isdigit() or len(key) < 2


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    listed = files("marquee.extraction").joinpath("model", "words.txt").read_text("utf-8").split()
    return frozenset(listed) | _CALENDAR


_CALENDAR = frozenset(
    listed(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december christmas i mr mrs ms dr jr sr"
    )
)
