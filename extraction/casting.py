"""Casts that no plain verb joins to their work: "starring", "with … in the lead", "<C> is played by <P>"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marquee.extraction.patterns import AUX, CAST, CAST_INTRO, item, symbol
from marquee.extraction.scene import Found, Qualifiers, Scene, governing_work, number_of
from marquee.extraction.slots import cast_of, character, members
from marquee.schema.values import Span

_LOOSE_CAST = re.compile(
    rf"(?:(?<![a-z])(?P<v>{CAST_INTRO}) (?P<o>{CAST}))"
    rf"|\b(?P<v2>with) (?P<o2>{CAST}) (?:in|as|playing) (?:the )?(?:[a-z]+ ){{0,2}}(?:roles?|leads?|parts?)\b"
)
_PLAYED_BY = re.compile(
    rf"(?P<c>{symbol('any')}),? (?:is |was |are |were |to be |will be )?(?:an? [^<>,.]{{1,40}},? )?(?P<v>(?:played|portrayed|voiced) by) (?P<o>{item('person')})"
)
_PLAYS = re.compile(
    rf"(?P<o>{item('person')}){AUX} (?P<v>plays?|played|portrays?|portrayed|voices|voiced|playing) (?:the )?(?P<c>(?:[a-z]+ ){{0,3}}?{symbol('any')}(?: {symbol('any')})?)(?! in\b)"
)
_CAST_TOKENS = frozenset(
    (
        "cast",
        "star",
        "stars",
        "starred",
        "starring",
        "co-starring",
        "features",
        "featured",
        "featuring",
        "with",
        "reprising",
    )
)
_ROLE_TOKENS = frozenset(("play", "plays", "played", "portray", "portrays", "portrayed", "voices", "voiced", "playing"))


def by_cast_words(scene: Scene) -> Iterator[Found]:
    """Casts and roles, of the work that governs the words."""
    if not scene.tokens.isdisjoint(_CAST_TOKENS):
        for match in _LOOSE_CAST.finditer(scene.text):
            yield from _cast_list(scene, match, "" if match["o"] else "2")
    if not scene.tokens.isdisjoint(_ROLE_TOKENS):
        for pattern in (_PLAYED_BY, _PLAYS):
            for match in pattern.finditer(scene.text):
                yield from _role(scene, match)


def _cast_list(scene: Scene, match: re.Match[str], tail: str) -> Iterator[Found]:
    work, factor = governing_work(scene, match.start())
    if work >= 0:
        for number, quals in cast_of(scene, match[f"o{tail}"], scene.text[match.end() :]):
            yield _cast(scene, number, work, 0.96 * factor, match.span(f"v{tail}"), quals)


def _role(scene: Scene, match: re.Match[str]) -> Iterator[Found]:
    work, factor = governing_work(scene, match.start())
    named = number_of(match["c"])
    if work < 0 or scene.mentions[work].full == scene.mentions[named].full or scene.labels(named) == "O":
        return
    for number in members(match["o"], "person"):
        yield _cast(scene, number, work, 0.9 * factor, match.span("v"), character(scene, match["c"]))


def _cast(scene: Scene, who: int, work: int, score: float, at: Span, quals: Qualifiers) -> Found:
    return Found(who, "acted_in", work, scene.faded(score, who, work), at, quals)
