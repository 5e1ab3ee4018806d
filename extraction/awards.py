"""Awards: who won or was nominated for what, when, in which category and for which work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marquee.extraction.masked import SYMBOL
from marquee.extraction.mentions import DATE, WORK
from marquee.extraction.patterns import item, listing, symbol
from marquee.extraction.scene import Found, Scene, number_of
from marquee.extraction.slots import members, subjects
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType

_AWARDS = rf"(?:the |an? |his |her |its |their )?(?:(?:first|second|third|only|coveted|prestigious|<D\d+>) )?{symbol('award')}(?:(?:, and |, | and )(?:the |an? )?{symbol('award')}){{0,8}}"
_WENT_TO = re.compile(
    rf"(?P<a>{_AWARDS}) (?P<v>went to|was won by|goes to|was awarded to|was given to|was presented to) (?P<s>{listing('honoured')})"
)
_EARNED = re.compile(
    rf"(?P<v>earned|earns|brought|brings|won|wins|got|gets|gave|gives|landed|handed) (?P<s>{item('person')}) (?:both |the |an? |his |her |their )?(?:first |second |only )?(?P<a>{_AWARDS})"
)
_NOMINEES = re.compile(
    rf"(?P<v>nominees?|nominated|contenders?|shortlist) (?:for|in) (?P<a>{_AWARDS})(?: [a-z]+){{0,3}}?(?: (?:is|are|was|were|include|includes|included)|:) (?P<s>{listing('honoured')})"
)
_AWARD_IS = re.compile(
    rf"(?P<a>{symbol('award')})(?: [a-z]+)? (?P<v>winners?|nominees?|honou?rees?)(?: (?:is|are|was|were|include|includes|included)|:)?,? (?P<s>{listing('honoured')})"
)
_LINE = re.compile(rf"\A(?:[-*] )?(?P<a>{symbol('award')})(?: \(<D\d+>\))?(?P<v>:| -) (?P<s>{listing('honoured')})")
_WINNER = re.compile(
    rf"(?P<a>{symbol('award')})[- ](?P<v>winning|winner|nominated|nominee) (?:[a-z-]+ ){{0,3}}(?P<s>{symbol('honoured')})"
)
_FOR_WORK = re.compile(
    rf"\A<[A-Z]*[PX][A-Z]*\d+>[^;.]{{0,60}}?(?:\b(?:for|in) (?:(?:his|her|their|the|<[PX]+\d+>'s) (?:[a-z-]+ ){{0,6}}(?:in |of |on )?)?|, ?| \(| - )(?P<w>{symbol('title')})"
)
_YEAR = re.compile(r"\A[^;.]{0,90}?\b(?:in|at the|of|at) (?P<d><D\d+>)")
_AT_CEREMONY = re.compile(rf"\b(?:at|during) (?:the )?(?:<D\d+> )?(?P<c>{symbol('award')})")
_PATTERNS = (
    (_EARNED, "won", 0.85),
    (_NOMINEES, "nominated_for", 0.88),
    (_AWARD_IS, "won", 0.85),
    (_LINE, "won", 0.85),
    (_WENT_TO, "won", 0.88),
)


def by_awards(scene: Scene) -> Iterator[Found]:
    """Awards won and nominations, with year and work where the sentence ties them to the award."""
    text = scene.text
    if "<A" not in text and "A" not in "".join(match[1] for match in SYMBOL.finditer(text)):
        return
    for match in _WINNER.finditer(text):
        relation = "won" if match["v"].startswith("winn") else "nominated_for"
        who = number_of(match["s"])
        yield Found(who, relation, number_of(match["a"]), scene.faded(0.8, who), match.span("v"))
    for pattern, relation, score in _PATTERNS:
        for match in scene.each(pattern):
            yield from _honours(scene, match, relation, score)


def _honours(scene: Scene, match: re.Match[str], relation: str, score: float) -> Iterator[Found]:
    before_verb = match.start("s") < match.start("v")
    after = scene.text[match.end() :]
    honoured = subjects(match["s"], "honoured") if before_verb else members(match["s"], "honoured", after)
    if match.re is _LINE and len(honoured) > 2:
        return  # as likely a list of nominees
    ceremonies = [number_of(found["c"]) for found in _AT_CEREMONY.finditer(scene.text)]
    for award in _awards(match["a"]):
        name = "nominated_for" if is_nomination(scene, award, match["v"] + after) else relation
        plural = scene.raw[: scene.mentions[award].end].endswith("wards")
        for who in honoured:
            quals = tuple(_qualifiers(scene, who, match["s"] + after, match["a"]))
            yield Found(who, name, award, scene.faded(score * (0.75 if plural else 1.0), who), match.span("v"), quals)
    for ceremony in ceremonies:
        if Kind.CEREMONY in scene.kinds(ceremony):
            yield from (Found(w, "honored_at", ceremony, scene.faded(0.85, w), match.span("v")) for w in honoured)


def is_nomination(scene: Scene, award: int, after: str) -> bool:
    """Whether the award's name or the words behind the verb speak of a nomination."""
    mention = scene.mentions[award]
    return "nomination" in scene.raw[mention.start : mention.end].lower() or bool(
        re.match(r"(?:nomin|[^<]{0,40} nominations?\b)", after)
    )


def _awards(group: str) -> list[int]:
    return [int(match[2]) for match in SYMBOL.finditer(group) if "A" in match[1]]


def _qualifiers(scene: Scene, who: int, after: str, group: str) -> Iterator[tuple[str, Literal | int]]:
    dates = [m for m in SYMBOL.finditer(group) if m[1] == DATE]
    year = _YEAR.search(after)
    number = int(dates[0][2]) if dates else int(SYMBOL.match(year["d"])[2]) if year else -1  # type: ignore[index]
    literal = scene.mentions[number].literal if number >= 0 else None
    if literal and len(literal.value) >= 4 and literal.value[:4].isdigit() and not literal.value.endswith("s"):
        yield "year", Literal(LiteralType.YEAR, literal.value[:4])
    work = _FOR_WORK.search(after)
    symbol_ = SYMBOL.match(work["w"]) if work else None
    if symbol_ and WORK not in scene.full(who).labels:
        yield "work", int(symbol_[2])
