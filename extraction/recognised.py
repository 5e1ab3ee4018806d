"""Recognised names: what the pipeline found, without its slips at edges, credit keys and common words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from marquee.extraction.capitals import KEY
from marquee.extraction.gazetteer import Word, folded
from marquee.extraction.known import is_marked
from marquee.extraction.lexicon import (
    COUNTRIES,
    COUNTRY_NAMES,
    GENRES,
    LANGUAGES,
    ORG_TAILS,
    PROFESSIONS,
    SMALL_WORDS,
    listed,
)
from marquee.extraction.mentions import ORG, PERSON, PIPELINE_LABELS, WORK, Mention, Origin
from marquee.extraction.page import Case, Page, is_common
from marquee.extraction.pipeline import Found
from marquee.schema.values import Span


def recognised_mentions(page: Page, found: Sequence[Found], known: Sequence[Mention]) -> Iterator[Mention]:
    """The pipeline's entities as mentions, one label for one name all over the page.

    `known`: the gazetteer's mentions. An entity that merely adds lower-case words to one, or joins two, is
    left out in its favour.
    """
    spans = [(*_mended(page, f), PIPELINE_LABELS.get(f.label, "")) for f in found]
    kept = [(a, b, label) for a, b, label in spans if label and a < b and _holds(page, (a, b), label, known)]
    agreed = _agreed(page.text, kept)
    for start, end, label in kept:
        yield Mention(start, end, agreed.get(folded(page.text[start:end]), label), Origin.PIPELINE)


_EDGE = "\"'“”‘’*_()[],;: \t\n-–—"


_PARTICLES = frozenset(listed("de van von der den di da del della la le du al el bin ibn dos ten"))
_COMPANY_TAILS = (ORG_TAILS.keys() - {"artists", "academy", "talent", "network"}) | {
    "company",
    "corporation",
    "entertainment",
}
_TAILS = ORG_TAILS.keys() | frozenset(("award", "awards", "prize", "festival", "bros"))


def _mended(page: Page, found: Found) -> Span:
    """The span without quotes, lower-case words around it and a leading year, and with the tail word it misses."""
    start, end = _trim(page.text, found.start, found.end)
    words = list(page.words_in((start, end)))
    if len(words) < 2 or page.case_at(start) is not Case.MIXED:
        return start, end
    stop = next((n for n, word in enumerate(words) if n and _is_prose(page.text, word)), len(words))
    if found.label == "AWARD":
        stop = min(stop, _end_of_award(words))
    words = words[:stop]
    while words and not _raised(page.text, words[-1]):
        words.pop()
    while words and not _raised(page.text, words[0]) and words[0].key not in _PARTICLES:
        words.pop(0)
    if not words:
        return start, start
    if found.label in ("ORG", "AWARD") and words[0].key.isdigit() and len(words) > 1:
        words.pop(0)
    whole = words[-1].end >= end - 3
    start, end = words[0].start, end if whole else words[-1].end
    start = _with_head(page, start) if found.label in ("ORG", "WORK") else start
    behind = page.words_in((end, end + 14))
    if (
        found.label in ("ORG", "AWARD")
        and behind
        and behind[0].key in _TAILS
        and behind[0].start == end + 1
        and _raised(page.text, behind[0])
    ):
        end = behind[0].end
    return start, end


_HEADS = frozenset(listed("film films picture pictures television movie music studio studios"))


def _with_head(page: Page, start: int) -> int:
    """Where a name begins that a word of the trade with a capital stands before: "Film Booking Offices"."""
    before = page.words_in((max(0, start - 12), start))
    head = before[-1] if before else None
    if head is None or head.key not in _HEADS or head.end != start - 1 or not page.inside(head.start):
        return start
    return head.start if _raised(page.text, head) else start


def _end_of_award(words: Sequence[Word]) -> int:
    """The index of the word that ends an award's name: "for" what it is given is part of it, for which work is not."""
    for number, word in enumerate(words[:-1]):
        following = words[number + 1].key
        if word.key in ("on", "at", "from", "during", "with") or (word.key == "for" and following not in _GIVEN_FOR):
            return max(1, number)
    return len(words)


_GIVEN_FOR = frozenset(
    listed("best outstanding most lifetime excellence achievement distinguished individual album song record")
)


def _is_prose(text: str, word: Word) -> bool:
    """A lower-case word that names do not hold: the sentence has gone on."""
    joined = text[word.start - 1 : word.start] == "-"
    return not (joined or _raised(text, word) or word.key in SMALL_WORDS or word.key in _PARTICLES)


def _raised(text: str, word: Word) -> bool:
    return not text[word.start].islower() or text[word.start + 1 : word.start + 2] in ("'", "’")


def _trim(text: str, start: int, end: int) -> Span:
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


_SHARED = frozenset((*COUNTRIES, *COUNTRY_NAMES, *GENRES, *PROFESSIONS, *LANGUAGES))
_ASKED = re.compile(r"[QA]\s?[:.]\s")


def _holds(page: Page, span: Span, label: str, known: Sequence[Mention]) -> bool:
    sentence = page.sentences[page.sentence_at(span[0])]
    key = KEY.match(page.text, *sentence)
    if (key and span[0] < key.end()) or _ASKED.match(page.text, *span):
        return False
    words = page.words_in(span)
    if all(part in _SHARED for part in folded(page.text[slice(*span)]).split()) or _owned(page.text, span, known):
        return False
    if not page.lower and not any(_raised(page.text, word) for word in words):
        return False
    if all(is_common(word.key) for word in words) and not is_marked(page.text, span, work=True):
        rises = page.text[span[0]].isupper() and page.case_at(span[0]) is Case.MIXED
        if len(words) < 2 and not (rises and page.inside(span[0])):
            return False
    return _adds_to_known(page, span, label, known)


def _owned(text: str, span: Span, known: Sequence[Mention]) -> bool:
    """Whether a span runs from a known owner to what is owned: "U2's Bono"."""
    at = bisect_left(known, span[0], key=lambda mention: mention.start)
    owner = known[at] if at < len(known) else None
    return bool(
        owner
        and owner.start == span[0]
        and owner.end < span[1]
        and text[owner.end : owner.end + 2] in ("'s", "’s")
        and WORK not in owner.labels
    )


def _adds_to_known(page: Page, span: Span, label: str, known: Sequence[Mention]) -> bool:
    """Whether an entity around a known name is a longer title or company of its own: "Star Trek Beyond"."""
    at = bisect_left(known, span[0], key=lambda mention: mention.start)
    inside = []
    while at < len(known) and known[at].end <= span[1]:
        inside.append(known[at])
        at += 1
    inside = [mention for mention in inside if mention.span != span and not mention.single]
    if not inside:
        return True
    mention = inside[0]
    rest = page.words_in((span[0], mention.start)), page.words_in((mention.end, span[1]))
    if (
        label == PERSON
        and mention.start == span[0]
        and mention.labels == PERSON
        and _PLAYING.search(_sentence(page, span))
    ):
        return False
    opening = bool(rest[0]) and all(is_common(word.key) for word in rest[0])
    raised = any(_raised(page.text, word) for words in rest for word in words)
    beside = page.text[mention.end : mention.end + 2]
    apart = label == PERSON and not (beside[:1] == " " and beside[1:].isupper() and mention.start == span[0])
    longer = label in mention.labels and not apart and raised and not opening
    return len(inside) == 1 and longer and page.case_at(span[0]) is Case.MIXED


# A sentence that hands out parts may leave its verb out: "Ann plays Rose, Bob Jones Jack".
_PLAYING = re.compile(r"\b(?:plays?|played|voices|voiced|portrays) \S")


def _sentence(page: Page, span: Span) -> str:
    return page.text[slice(*page.sentences[page.sentence_at(span[0])])]


def _agreed(text: str, kept: Sequence[tuple[int, int, str]]) -> dict[str, str]:
    """One label for each name: a person's if it ends a person's full name, else what it was most often given."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    lasts = set()
    for start, end, label in kept:
        words = folded(text[start:end]).split()
        votes[" ".join(words)][label] += 1
        if label == PERSON and len(words) > 1:
            lasts.add(words[-1])
    return {name: _label(name, lasts, given) for name, given in votes.items()}


def _label(name: str, lasts: set[str], given: Counter[str]) -> str:
    words = name.split()
    label = given.most_common(1)[0][0]
    if label == PERSON and len(words) > 1 and words[-1] in _COMPANY_TAILS:
        return ORG
    return PERSON if name in lasts else label
