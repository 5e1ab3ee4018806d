"""Others: novels, plays, games and characters that a text names, which are no film or song of that name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from marquee.extraction.lexicon import OTHER_NOUNS
from marquee.extraction.mentions import CHARACTER, ORG, OTHER, PERSON, PLACE, UNKNOWN, WORK, Mention, Origin

_NOUN = "|".join(sorted(map(re.escape, OTHER_NOUNS), key=len, reverse=True))
_MARK = r"[\"“”'‘’*_]{0,2}"
_BEFORE = re.compile(rf"(?<![\w’'-])(?P<n>{_NOUN}),? (?:called |titled |entitled |named )?{_MARK}\Z", re.IGNORECASE)
# "Who play Batman"; and a soap opera is a series.
_NOT_BEFORE = re.compile(
    r"(?:\b(?:who|to|they|will|also|and|both|would|can|not|[a-z]+ly) play|\bsoap opera) (?:called |titled )?\W{0,2}\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"{_MARK} (?P<n>(?:novel|manga|comic(?: book| strip)?|(?:video )?game|book|novella|short story|stage play|character)s?)"
    r"(?: series)?\b(?! (?:adaptation|author|writer|film|movie|of the same))",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"{_MARK}, (?:an?|the|his|her) (?:(?!(?:of|from|by|about|based|film|movie|on|in|to|adaptation|version|series)\b)[\w’'-]+ ){{0,4}}?"
    rf"(?P<n>{_NOUN})\b(?! (?:film|movie|adaptation))|{_MARK} \((?:an? |the )?(?:(?:18|19|20)\d\d )?(?P<m>novel|play|book|novella|comic)\b",
    re.IGNORECASE,
)


def with_others(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The mentions, those marked as no work of the vocabulary's that the words beside them call a novel, a play,
    a game or a character."""
    return [_read(text, mention) for mention in found]


def _read(text: str, mention: Mention) -> Mention:
    if not {WORK, UNKNOWN, CHARACTER} & set(mention.labels) or mention.literal is not None:
        return mention
    noun = _noun_beside(text, mention)
    if not noun:
        return mention
    label = CHARACTER if noun.lower().startswith("character") else OTHER
    return replace(mention, labels=label, origin=Origin.DESCRIBED, kinds=frozenset(), single=False, name="")


def _noun_beside(text: str, mention: Mention) -> str:
    """The word that says what it is, "" where none does; behind a comic there may also be his name."""
    before = text[max(0, mention.start - 60) : mention.start]
    named = _BEFORE.search(before)
    if named and not _NOT_BEFORE.search(before) and not (WORK not in mention.labels and named["n"].lower() == "comic"):
        return named["n"]
    if set(mention.labels) & {PERSON, ORG, PLACE}:
        return ""
    if after := _AFTER.match(text, mention.end):
        return after["n"]
    said = _SAID.match(text, mention.end)
    return (said["n"] or said["m"]) if said else ""
