"""Context: what the words around a name say of its sort, where only the recogniser or its capitals spoke before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from marquee.extraction.houses import HOUSES
from marquee.extraction.lexicon import PROFESSIONS
from marquee.extraction.mentions import ORG, PERSON, PLACE, UNKNOWN, WORK, Mention, Origin
from marquee.schema.kinds import Kind

_PROFESSION = "|".join(sorted(map(re.escape, PROFESSIONS), key=len, reverse=True))
_NETWORK = "|".join(sorted(map(re.escape, HOUSES[Kind.NETWORK]), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Sign:
    """Words before and behind a name of one of `labels` that make it one of `label`."""

    labels: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    label: str


def _sign(labels: str, before: str, after: str, label: str) -> Sign:
    return Sign(labels, re.compile(rf"(?:{before})\Z"), re.compile(after), label)


SIGNS: tuple[Sign, ...] = (
    _sign(WORK + PLACE + ORG, "", rf",? (?:\([^()]{{1,60}}\) )?(?:(?:is|was|became) |)(?:an?|the) (?:[\w’'-]+,? (?:and )?){{0,4}}?(?:{_PROFESSION})\b(?! of)", PERSON),
    _sign(WORK + PLACE, "", r"['’]s? [\"“*_‘][A-Z]", PERSON),
    _sign(WORK, "", r" (?:plays|played|portrays|portrayed|voices|sings|co-stars|stars as|wrote|co-wrote|directed|was born|married|died)\b", PERSON),
    _sign(WORK + PLACE + ORG, "", r" (?:to|will|would|is to|is set to) (?:direct|star|write|produce|play|helm|adapt|score|compose)\b", PERSON),
    _sign(PERSON + PLACE + ORG + UNKNOWN, r"\b(?:album|single|sitcom|EP|debut album|debut film|miniseries|documentary),? ", r"(?:[,.;(]| \(| and\b)", WORK),
    _sign(WORK, r"; |, |\band ", r" is [A-Z][\w’'-]+ [A-Z]", PERSON),
    _sign(PERSON + PLACE + ORG + UNKNOWN, r"(?:^|\n)[ \t]*(?:[-*•–·]|\d{1,3}[.)]) ?[\"“*_]?", r"[\"”*_]? \([A-Z][^()\n]{3,40}, [A-Z][\w .]{2,20}\)", WORK),
    _sign(PERSON + PLACE + ORG + UNKNOWN, rf"(?:^|\n)[^\n]{{0,12}}(?:{_NETWORK}) ?[–—:|-] ", r"", WORK),
)  # fmt: skip


def in_context(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those relabelled that their context says are of another sort; marked and known ones stay."""
    return [_read(text, mention) for mention in mentions]


def _read(text: str, mention: Mention) -> Mention:
    weak = mention.origin in (Origin.PIPELINE, Origin.CAPITALS) and not mention.kinds and mention.year is None
    if not weak:
        return mention
    before = text[max(0, mention.start - 60) : mention.start]
    for sign in SIGNS:
        if (
            set(mention.labels) & set(sign.labels)
            and sign.after.match(text, mention.end)
            and sign.before.search(before)
        ):
            return replace(mention, labels=sign.label)
    return mention
