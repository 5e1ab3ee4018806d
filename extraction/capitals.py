"""Runs of capitalised words: names that nothing else may know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marquee.extraction.gazetteer import Word
from marquee.extraction.lexicon import PRONOUNS, SMALL_WORDS, listed
from marquee.extraction.mentions import UNKNOWN, Mention, Origin
from marquee.extraction.page import Case, Page, is_common
from marquee.schema.values import Span

_LINKS = frozenset(listed("of the de del della di da van von der den la le du al bin ibn y e and"))
_TITLES = frozenset(
    listed(
        "director actor actress producer writer star screenwriter composer singer filmmaker president ceo chairman mr mrs "
        "sir dame"
    )
)


def capitalised_mentions(page: Page) -> Iterator[Mention]:
    """Runs of capitalised words that nothing else may know, in sentences whose capitals mean something."""
    for number, span in enumerate(page.sentences):
        if page.cases[number] is Case.MIXED:
            yield from _runs(page, span)


def _runs(page: Page, span: Span) -> Iterator[Mention]:
    text, words = page.text, page.words_in(span)
    at = 0
    while at < len(words):
        word = words[at]
        common = is_common(word.key) and not page.inside(word.start)
        if not text[word.start].isupper() or word.key in _TITLES or (common and word.key in SMALL_WORDS | PRONOUNS):
            at += 1
            continue
        last = at
        while (step := _next(text, words, last)) > last:
            last = step
        end = words[last].stem_end if words[last].stem else words[last].end
        if not (last == at and common):
            yield Mention(word.start, end, UNKNOWN, Origin.CAPITALS)
        at = last + 1


def _next(text: str, words: Sequence[Word], last: int) -> int:
    """The index of the word that goes on with the name that `words[last]` is part of, or `last`."""
    here = words[last]
    if here.stem:
        return last
    for ahead in (1, 2, 3):
        if last + ahead >= len(words):
            return last
        left, word = words[last + ahead - 1], words[last + ahead]
        gap = text[left.end : word.start]
        initial = gap in (". ", ".") and left.end - left.start <= 2
        if gap not in (" ", "-", "\u00a0", " & ", "’", "'") and not initial and word.start != left.start:
            return last
        if text[word.start].isupper() or (text[word.start].isdigit() and ahead == 1):
            return last if word.key in _LINKS and ahead == 1 else last + ahead
        if word.key not in _LINKS or (word.key == "and"):
            return last
    return last
