"""Sentences of a raw text: spans that never split an abbreviation, an initial or a line of a list in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from marquee.extraction.lexicon import listed
from marquee.schema.values import Span

# No sentence is longer, so that every rule is bounded; longer ones are cut at a space.
LONGEST = 900

_ABBREVIATIONS = frozenset(
    listed(
        "mr mrs ms dr st jr sr vs prof gen col capt lt sgt rev hon vol pt inc ltd co corp bros dept est approx feat ft "
        "dir prod u.s u.k e.g i.e etc jan feb mar apr jun jul aug sept sep oct nov dec ave mt ph.d d.c l.a a.k.a w"
    )
)
# These end a sentence as often as not: only a lower-case word behind them shows that they do not.
_OFTEN_LAST = frozenset(listed("jr sr inc ltd co corp bros etc u.s u.k d.c l.a"))
_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s)|[。！？]")
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_WORD_BEFORE = re.compile(r"([^\s\"'“”‘’(\[*_]+)\Z")
_ITEM = re.compile(r"\s*(?:[-*•–—·▪‣>#]+\s|\d{1,3}[.)]\s|[\w &/'’-]{2,40}:\s|Q\s*[:.]|A\s*[:.])")
_TERMINAL = re.compile(r"[:;]\s*\Z")  # full stops are for `_split` to weigh
_OPENERS = "\"'“‘«([*_—–-•#>"


def sentence_spans(text: str) -> list[Span]:
    """Spans of the sentences of `text` in order, without the white space around them.

    A line break ends a sentence unless the line is hard-wrapped prose: both lines long, no terminal mark,
    no list item or `Key: value` line on either side, and the lines of the block as full as words allow.
    """
    spans: list[Span] = []
    for start, end in _paragraphs(text):
        for piece in _split(text, start, end):
            spans.extend(_bounded(text, *piece))
    return spans


def joined(spans: Iterable[Span], bridges: Iterable[Span]) -> list[Span]:
    """The sentences, those that a bridge (a name with a full stop in it) crosses made one."""
    crossing = sorted(bridges)
    merged: list[Span] = []
    at = 0
    for start, end in spans:
        while at < len(crossing) and crossing[at][1] <= start:
            at += 1
        if merged and at < len(crossing) and crossing[at][0] < merged[-1][1] and crossing[at][1] > start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _paragraphs(text: str) -> Iterator[Span]:
    """Runs of lines that read as one."""
    for block in _blocks(text):
        if _ragged(text, block):
            yield from block
            continue
        start, end = block[0]
        for line in block[1:]:
            if not _wrapped(text, (start, end), line):
                yield start, end
                start = line[0]
            end = line[1]
        yield start, end


def _blocks(text: str) -> Iterator[list[Span]]:
    """Lines with nothing but one line break between them."""
    block: list[Span] = []
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        if block and text[block[-1][1] : line.start()] not in ("\n", "\r\n", "\r"):
            yield block
            block = []
        block.append(line.span())
    if block:
        yield block


def _ragged(text: str, block: list[Span]) -> bool:
    """Whether a block is a list, as headlines are: lines end although the next word would have fitted."""
    width = max(end - start for start, end in block)
    short = 0
    for (start, end), (after, stop) in pairwise(block):
        word = text[after:stop].split(maxsplit=1)[0]
        short += end - start + 1 + len(word) <= width
    return 3 * short > len(block) - 1


def _wrapped(text: str, before: Span, line: Span) -> bool:
    last = text.rfind("\n", before[0], before[1]) + 1 or before[0]
    if before[1] - last < 55:
        return False
    if _ITEM.match(text, line[0], line[1]) or _ITEM.match(text, before[0], before[1]):
        return False
    return not _TERMINAL.search(text[max(before[0], before[1] - 8) : before[1]])


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    for mark in _END.finditer(text, start, end):
        if _ends(text, mark, start, end):
            yield start, mark.end()
            start = mark.end()
    yield start, end


def _ends(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    after = text[mark.end() : min(end, mark.end() + 6)].lstrip().lstrip(_OPENERS)
    if not after:
        return True
    if after[0].islower() or after[0] in ",;:)":
        return False
    if len(mark[0]) > 3 and text[mark.start() - 1 : mark.start()] == " ":
        return False  # dots that lead from an actor to a part
    if mark[0][0] != ".":
        return " " in text[start : mark.start()].strip()  # a lone word is more likely a title's first: "Repo! …"
    before = _WORD_BEFORE.search(text[max(start, mark.start() - 24) : mark.start()])
    word = before[1].lower() if before else ""
    if word in _OFTEN_LAST:
        return _starts_anew(text, mark.end(), end)
    if word == "no":
        return not after[0].isdigit()
    if word.isdigit() and len(word) < 4 and text[start : mark.start()].strip() == word:
        return False  # the number of an item
    return not (word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(?:\w\.)+\w", word))


_STARTERS = frozenset(
    listed(
        "the a an it he she they this that these those in on at after before when while his her its their for with by "
        "as but and however also directed written produced starring set principal filming"
    )
)


def _starts_anew(text: str, at: int, end: int) -> bool:
    words = text[at : min(end, at + 20)].split(maxsplit=1)
    return bool(words) and words[0].strip(_OPENERS).lower() in _STARTERS


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + (text[cut] == " ")
    if start < end:
        yield start, end
