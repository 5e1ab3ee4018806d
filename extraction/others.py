"""Others: novels, plays, games and characters that a text names, which are no film or song of that name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from marquee.extraction.lexicon import LOOSE_OTHERS, OTHER_NOUNS
from marquee.extraction.mentions import CHARACTER, ORG, OTHER, PERSON, PLACE, UNKNOWN, WORK, Mention, Origin
from marquee.extraction.sources import FROM, leads_from


def _any(nouns: Collection[str]) -> str:
    return "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))


_NOUN, _LOOSE = _any(OTHER_NOUNS), _any(LOOSE_OTHERS)
_MARK = r"[\"“”'‘’*_]{0,2}"
# The noun is what the phrase ends with, and does not describe another one: "a novel by", not "a novel approach".
_ENDS = (
    r"(?!\w|['’-])(?=\W*\Z|[^\w\s]| (?-i:[^a-z])| (?:by|of|that|which|from|written|about|in|for|with|set|to|as|and|or|but|who|"
    r"whose|where|when|first|he|she|they|it|his|her|is|was|are|were|has|had|sold|sells|won|became|came|tells|also|later|until|since|before|after|at|on)\b"
    r"| (?!(?:animated|acclaimed|celebrated|renowned|beloved|red)\b)[a-z]+ed\b)(?! (?:of the same|on words))"
)
_CALLED = rf"(?:called |titled |entitled |named )?{_MARK}\Z"
_BEFORE = re.compile(
    rf"(?<![\w’'-])(?:(?P<n>{_NOUN}|characters?)|(?:the|his|her|['’]s|(?:18|19|20)\d\d) (?P<loose>{_LOOSE}))(?P<comma>,)? {_CALLED}",
    re.IGNORECASE,
)
_LOOSELY_BEFORE = re.compile(rf"\b{FROM} (?:(?!by\b|and\b)[\w’'-]+ ){{0,4}}(?:{_LOOSE}) {_CALLED}", re.IGNORECASE)
# "Who play Batman", "she plays Alien".
_NOT_BEFORE = re.compile(
    r"(?:\b(?:who|to|they|we|you|will|also|and|both|would|can|not|[a-z]+ly) play"
    r"|(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!['’]s )(?<!\bstage )(?<!\d )plays) (?:called |titled )?\W{0,2}\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"{_MARK} (?:novels|books|plays|comics|games|(?:novel|manga|comic book|comic strip|video game|book|novella|"
    rf"short story|stage play)(?: series)?){_ENDS}",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"{_MARK}(?:, (?:an?|the|his|her) (?:(?!(?:of|from|by|about|based|film|movie|on|in|to|adaptation|version|series)\b)[\w’'-]+ ){{0,4}}?"
    rf"(?:(?P<n>{_NOUN})|(?P<loose>{_LOOSE})){_ENDS}|"
    rf" \((?:an? |the )?(?:(?:18|19|20)\d\d )?(?:novel|play|book|novella|comic book|comic){_ENDS})",
    re.IGNORECASE,
)


def with_others(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The mentions, those marked as no work of the vocabulary's that the words beside them call a novel, a play,
    a game or a character."""
    return [_read(text, mention) for mention in found]


def _read(text: str, mention: Mention) -> Mention:
    if not {WORK, UNKNOWN, CHARACTER} & set(mention.labels) or mention.literal is not None:
        return mention
    label = _label(text, mention)
    if not label:
        return mention
    return replace(mention, labels=label, origin=Origin.DESCRIBED, kinds=frozenset(), single=False, name="")


def _label(text: str, mention: Mention) -> str:
    """What the words beside it call it, "" for nothing that counts."""
    before = text[max(0, mention.start - 60) : mention.start]
    if noun := _noun_before(text, mention, before):
        return CHARACTER if noun.startswith("character") else OTHER
    if set(mention.labels) & {PERSON, ORG, PLACE}:
        return ""
    said = _SAID.match(text, mention.end)
    loose = said is not None and said["loose"] is not None and not leads_from(before)
    return OTHER if _AFTER.match(text, mention.end) or (said and not loose) else ""


def _noun_before(text: str, mention: Mention, before: str) -> str:
    """The noun that a name stands behind, "" for none; behind a comic there may also be his name, and behind
    "based on his novel," the film's own."""
    named = _BEFORE.search(before)
    if named is None:
        return "story" if WORK in mention.labels and _LOOSELY_BEFORE.search(before) else ""
    noun = (named["n"] or named["loose"]).lower()
    if _NOT_BEFORE.search(before) or (WORK not in mention.labels and noun == "comic"):
        return ""
    if named["comma"] and (named["loose"] or not _SET_OFF.match(text, mention.end)):
        return ""
    return noun


_SET_OFF = re.compile(rf"{_MARK}(?:[,.;:)]|\s*\Z)")
