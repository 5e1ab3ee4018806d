"""Names: the mentions of a page from gazetteer, pipeline and the page's own marks, without overlap."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from marquee.extraction.capitals import capitalised_mentions
from marquee.extraction.context import in_context
from marquee.extraction.figures import Figure, figures
from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.houses import house_mentions
from marquee.extraction.known import known_mentions
from marquee.extraction.letters import without_letters
from marquee.extraction.marks import described_mentions, marked_mentions, with_years
from marquee.extraction.mentions import (
    DATE,
    GENRE,
    LABEL_OF,
    LANGUAGE,
    MONEY,
    PERSON,
    PIPELINE_LABELS,
    PROFESSION,
    TIME,
    UNKNOWN,
    Mention,
    Origin,
)
from marquee.extraction.nicknames import nicknamed_mentions
from marquee.extraction.others import with_others
from marquee.extraction.page import Page
from marquee.extraction.pipeline import Found
from marquee.extraction.prizes import prize_mentions
from marquee.extraction.recognised import recognised_mentions
from marquee.extraction.shared import shared_mentions
from marquee.schema.literals import LiteralType
from marquee.schema.values import Span

_FIGURE_LABELS = {LiteralType.DATE: DATE, LiteralType.MONEY: MONEY, LiteralType.DURATION: TIME}


def find_mentions(page: Page, gazetteer: Gazetteer, found: Sequence[Found]) -> list[Mention]:
    """All mentions of a page in order, none overlapping: of two that overlap the longer and surer stays."""
    known = list(known_mentions(page, gazetteer, {(f.start, f.end): PIPELINE_LABELS.get(f.label, "") for f in found}))
    proposals = [
        *known,
        *recognised_mentions(page, found, known),
        *house_mentions(page, gazetteer),
        *prize_mentions(page, gazetteer),
        *marked_mentions(page),
        *nicknamed_mentions(page, gazetteer),
        *described_mentions(page),
        *shared_mentions(page, gazetteer),
        *(_from_figure(figure) for figure in figures(page.text)),
        *capitalised_mentions(page),
    ]
    whole = without_letters(page.text, _without_overlap(page, proposals))
    found_ = with_others(page.text, with_years(page.text, whole))
    return with_surnames(page.text, in_context(page.text, found_))


def with_surnames(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The mentions, a first name that shares the surname behind it given in full: "Joel and Ethan Coen"."""
    named = list(found)
    for at, (mention, following) in enumerate(itertools.pairwise(named)):
        first, second = text[mention.start : mention.end], text[following.start : following.end].split()
        gap = text[mention.end : following.start]
        bare = mention.labels in (PERSON, UNKNOWN) and not mention.kinds and first.isalpha()
        whole = following.labels == PERSON and len(second) == 2 and gap in (" and ", " & ")
        if bare and whole and not _is_surname(text, first, mention):
            named[at] = replace(mention, labels=PERSON, name=f"{first} {second[-1]}")
    return named


def _is_surname(text: str, word: str, mention: Mention) -> bool:
    """Whether the page calls somebody by a full name that ends so."""
    return bool(re.search(rf"\b[A-Z][\w’'-]+ {re.escape(word)}\b", text)) or text[mention.end : mention.end + 1] == "."


def _from_figure(figure: Figure) -> Mention:
    label = _FIGURE_LABELS[figure.type]
    return Mention(*figure.span, label, Origin.FIGURE, literal=figure.literal, problem=figure.problem)


# --- overlap ---------------------------------------------------------------------------------------


def _without_overlap(page: Page, proposals: Sequence[Mention]) -> list[Mention]:
    taken: list[Mention] = []
    covered = bytearray(len(page.text) + 1)
    merged = _merged(proposals)
    partial = _parts(merged) | _short(page.text, merged)
    for mention in sorted(merged, key=lambda m: _rank(m, m.span in partial)):
        whole = not any(covered[mention.start : mention.end])
        for part in [mention] if whole else _left_over(page.text, mention, covered):
            covered[part.start : part.end] = b"\x01" * (part.end - part.start)
            taken.append(part)
    return sorted(taken, key=lambda mention: mention.start)


_CAPITAL = re.compile(r"[^\W\d_][\w'’.-]*(?: (?:[A-Z]\.|[^\W\d_a-z][\w'’-]*|de|van|von|der|del|la|le|di|da))*")


def _left_over(text: str, mention: Mention, covered: bytearray) -> list[Mention]:
    """What known names leave of a run of capitals: "Petra Holm" of "Petra Holm of The Velvet Foxes"."""
    if mention.origin is not Origin.CAPITALS:
        return []
    start = mention.start
    while start < mention.end and covered[start]:
        start += 1
    start += text[start : start + 1] == " " and start > mention.start
    end = start
    while end < mention.end and not covered[end]:
        end += 1
    if start > mention.start:
        return [replace(mention, start=start, end=end)] if text[start:end].istitle() and end - start > 3 else []
    match = _CAPITAL.match(text, start, end)
    if not match or not match[0][0].isupper() or " " not in match[0]:
        return []
    return [replace(mention, end=match.end())]


def _merged(proposals: Sequence[Mention]) -> list[Mention]:
    """One mention a span: what the text calls it, marks and pipeline choose among the labels that the
    gazetteer knows, and its kinds go with the label."""
    best: dict[Span, Mention] = {}
    known = {mention.span: mention for mention in proposals if mention.origin is Origin.GAZETTEER}
    for mention in sorted(proposals, key=lambda m: -m.origin):
        held = known.get(mention.span)
        if held and mention.origin is Origin.DESCRIBED and mention.labels in held.labels:
            kinds = frozenset(kind for kind in held.kinds if LABEL_OF[kind] == mention.labels)
            best[mention.span] = replace(held, labels=mention.labels, kinds=kinds, origin=mention.origin, single=False)
        elif held and mention.origin is Origin.MARKS and mention.labels not in held.labels:
            best[mention.span] = mention
        else:
            best.setdefault(mention.span, mention)
    return list(best.values())


def _parts(merged: Sequence[Mention]) -> set[Span]:
    """Spans of known single words that are only part of a longer capitalised name, as Paris of Paris Hilton."""
    runs = [mention for mention in merged if mention.origin is Origin.CAPITALS]
    singles = {m.start: m for m in merged if m.origin is Origin.GAZETTEER and m.single}
    parts = set()
    for run in runs:
        inside = [singles[at] for at in range(run.start, run.end) if at in singles]
        if all(single.end <= run.end and single.span != run.span for single in inside):
            parts |= {single.span for single in inside}
    return parts


_SHORT = re.compile(r"(?:The|A|An) [^\W\d_a-z][\w’'-]*")


def _short(text: str, merged: Sequence[Mention]) -> set[Span]:
    """Spans of an article and one word with which a longer capitalised name begins: "The Film" of "The Film Arcade".

    Not where another known name follows in the run, nor where marks say that the name is whole.
    """
    runs = {m.start: m for m in merged if m.origin is Origin.CAPITALS}
    named = [m for m in merged if m.origin >= Origin.MARKS and m.end - m.start > 3]
    short = set()
    for mention in merged:
        run = runs.get(mention.start)
        if mention.origin is not Origin.GAZETTEER or not run or text[mention.end : mention.end + 1] != " ":
            continue
        others = (m for m in named if m.start < run.end and run.start < m.end and m.span != mention.span)
        if run.end > mention.end and _SHORT.fullmatch(text, *mention.span) and not any(others):
            short.add(mention.span)
    return short


def _rank(mention: Mention, part: bool) -> tuple[int, int, int]:
    """Names before figures before bare capitals; then the longer, then the surer."""
    length = mention.end - mention.start
    if part:
        return 3, -length, 0
    if mention.origin >= Origin.MARKS and mention.labels not in (GENRE, LANGUAGE, PROFESSION):
        return 0, -length, -mention.origin
    if mention.origin is Origin.CAPITALS:
        return 2, -length, 0
    return 1, -length, -mention.origin
