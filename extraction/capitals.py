"""Runs of capitalised words: names that nothing else may know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from marquee.extraction.gazetteer import Word
from marquee.extraction.lexicon import NO_NAMES, ORG_TAILS, PRONOUNS, SMALL_WORDS, listed
from marquee.extraction.mentions import ORG, UNKNOWN, Mention, Origin
from marquee.extraction.page import Case, Page, is_common
from marquee.schema.values import Span

_LINKS = frozenset(listed("of the de del della di da van von der den la le du al bin ibn y e and"))
_TITLES = frozenset(
    listed(
        "director actor actress producer writer star screenwriter composer singer filmmaker president ceo chairman mr mrs "
        "sir dame"
    )
)


# A "Key: value" line may write its key in capitals too; the value's still mean something.
KEY = re.compile(
    r"[-*•\s]{0,4}[A-Z][\w /&'’-]{1,32}(?::| - | – |\.\.+)\s*"
    r"|\s{0,4}(?:[-*•–·]\s+|\d{1,3}[.)]\s+)"
    r"|[-*•\s]{0,4}(?:Directed|Written|Produced|Edited|Music|Screenplay|Story|Cinematography|Score|Starring|Created|Distributed|Shot|Cast)\b(?: (?:and|&) \w{4,12})?(?: [Bb]y)? "
)


def capitalised_mentions(page: Page) -> Iterator[Mention]:
    """Runs of capitalised words that nothing else may know, in sentences whose capitals mean something."""
    for number, span in enumerate(page.sentences):
        key = KEY.match(page.text, *span)
        if key:
            yield from _runs(page, (key.end(), span[1]), keyed=True)
        elif page.cases[number] is Case.MIXED:
            yield from _runs(page, span)


def _runs(page: Page, span: Span, keyed: bool = False) -> Iterator[Mention]:
    text, words = page.text, page.words_in(span)
    at = 0
    while at < len(words):
        word = words[at]
        common = is_common(word.key) and not page.inside(word.start) and not (keyed and word.start == span[0])
        if not _raised(text, word) or word.key in _TITLES or (common and word.key in SMALL_WORDS | PRONOUNS):
            at += 1
            continue
        last = at
        while (step := _next(text, words, last)) > last:
            last = step
        end = words[last].stem_end if words[last].stem else words[last].end
        keys = {each.key for each in words[at : last + 1]}
        if not (last == at and common) and not keys <= NO_NAMES:
            yield from _split(text, words[at : last + 1], end)
        at = last + 1


_ORG_WORDS = ORG_TAILS.keys() | frozenset(
    listed("group media entertainment company corporation corp guild foundation classics holdings")
)


def _split(text: str, words: Sequence[Word], end: int) -> Iterator[Mention]:
    """The run as one name, or "Ann Lee of Kestrel Films" as two."""
    org = words[-1].key in _ORG_WORDS and len(words) > 1
    of = next((n for n, word in enumerate(words) if word.key == "of"), 0)
    if (
        org
        and of == 2
        and len(words) - of > 2
        and not any(word.key in _ORG_WORDS or is_common(word.key) for word in words[:2])
    ):
        yield Mention(words[0].start, words[1].end, UNKNOWN, Origin.CAPITALS)
        words = words[3:]
    acronym = len(words) == 1 and 2 < end - words[0].start < 6 and text[words[0].start : end].isupper()
    label = ORG if org else ORG + UNKNOWN if acronym and text[words[0].start : end].isalpha() else UNKNOWN
    yield Mention(words[0].start, end, label, Origin.CAPITALS)


def _raised(text: str, word: Word) -> bool:
    """A capital, also behind an elided article: Palme d'Or."""
    return text[word.start].isupper() or (
        text[word.start + 1 : word.start + 2] in ("'", "’") and text[word.start + 2 : word.start + 3].isupper()
    )


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
        if _raised(text, word) or (ahead == 1 and (text[word.start].isdigit() or gap == "-")):
            return last if word.key in _LINKS and ahead == 1 else last + ahead
        if word.key not in _LINKS or (word.key == "and"):
            return last
    return last
