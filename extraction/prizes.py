"""Prizes: awards and ceremonies by the many ways that texts write them, under the names they go by.

"the Oscar for best actress", "best actress Oscar", "named best picture at the 85th Academy Awards".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.mentions import AWARD, Mention, Origin
from marquee.extraction.page import Page
from marquee.schema.kinds import Kind

# what texts call a prize -> the name of its awards; the ceremony's is its plural
BODIES: dict[str, str] = {
    "academy award": "Academy Award",
    "oscar": "Academy Award",
    "primetime emmy": "Primetime Emmy Award",
    "emmy": "Primetime Emmy Award",
    "grammy": "Grammy Award",
    "golden globe": "Golden Globe Award",
    "bafta": "BAFTA Award",
    "tony": "Tony Award",
    "screen actors guild": "Screen Actors Guild Award",
    "sag": "Screen Actors Guild Award",
    "independent spirit": "Independent Spirit Award",
    "critics' choice": "Critics' Choice Award",
    "césar": "César Award",
    "goya": "Goya Award",
    "brit": "Brit Award",
}
_BODY = "|".join(sorted(map(re.escape, BODIES), key=len, reverse=True))
_WORD = (
    r"(?:supporting|leading|lead|actors?|actress|director|directing|direction|picture|motion|original|adapted|screenplay|writing|written|score|song|"
    r"music|film|editing|cinematography|production|design|art|costumes?|makeup|make-up|hairstyling|visual|effects|sound|mixing|animated|animation|"
    r"feature|documentary|short|subject|foreign|language|international|drama|comedy|limited|series|musical|television|tv|miniseries|special|"
    r"performance|performer|role|new|artist|album|record|year|rap|rock|pop|vocal|country|alternative|male|female|solo|live|action|british|play|guest|reality|variety|casting|ensemble|cast)"
)
_LINK = r"(?:[ -]| in an? | by an? | for an? | of the | or | and | in a leading | in a supporting |, )"
CATEGORY = rf"(?:best|outstanding) {_WORD}(?:{_LINK}{_WORD}){{0,7}}"
_OF_BODY = re.compile(
    rf"\b(?P<b>{_BODY})s?(?: awards?)?(?:['’]s?)? ?(?:nominations? |nods? |prizes? )?(?:for|as|in) (?:the )?(?P<c>{CATEGORY})\b",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    rf"\b(?P<c>{CATEGORY}|(?:supporting |leading )?(?:actor|actress|director)['’]s) (?P<b>{_BODY})(?: award)?(?:s\b(?! \w*ceremony)|\b)(?!-)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\b(?P<c>{CATEGORY})\b(?! (?:of|ever|since|known|in (?:years|town|the world))\b)", re.IGNORECASE)
_CEREMONY = re.compile(rf"\b(?P<o>\d{{1,3}}(?:st|nd|rd|th))(?: annual)? (?P<b>{_BODY})(?: award)?s\b", re.IGNORECASE)
_NICKNAME = re.compile(
    r"\b(?:an?|the|his|her|their|its|two|three|four|five|six|seven|first|second|third|only|won|wins|win|competitive|honorary) "
    r"(?P<b>Oscar|Emmy|Grammy|Golden Globe|BAFTA|Bafta|César|Goya|Tony)s?\b(?!-| (?:Award|for [Bb]est|for [Oo]utst|[A-Z]))"
)
_ANY_BODY = re.compile(rf"\b(?P<b>{_BODY})(?: award)?s?\b", re.IGNORECASE)


def prize_mentions(page: Page, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Awards and ceremonies in words of their own, each under its full name."""
    text = page.text
    for pattern in (_OF_BODY, _FRONTED):
        for match in pattern.finditer(text):
            name = _full(gazetteer, BODIES[match["b"].lower()], match["c"])
            yield Mention(*match.span(), AWARD, Origin.GAZETTEER, frozenset((Kind.AWARD,)), name=name)
    bodies = list(_ANY_BODY.finditer(text))
    for match in _ALONE.finditer(text) if bodies else ():
        name = _in_context(bodies, gazetteer, match)
        if name:
            yield Mention(*match.span(), AWARD, Origin.GAZETTEER, frozenset((Kind.AWARD,)), name=name)
    for match in _CEREMONY.finditer(text):
        name = _ceremony(gazetteer, match)
        yield Mention(*match.span(), AWARD, Origin.GAZETTEER, frozenset((Kind.CEREMONY,)), name=name)
    for match in _NICKNAME.finditer(text):
        name = BODIES[match["b"].lower()]
        yield Mention(match.start("b"), match.end(), AWARD, Origin.DESCRIBED, frozenset((Kind.AWARD,)), name=name)


def _full(gazetteer: Gazetteer, body: str, category: str) -> str:
    """The award's name as the gazetteer has it, else put together."""
    words = re.sub(r"['’]s\b", "", category).split()
    if words[0].lower() not in ("best", "outstanding"):
        words.insert(0, "best")
    name = f"{body} for {' '.join(_raised(word) for word in words)}"
    return _known(gazetteer, name, Kind.AWARD) or name


def _raised(word: str) -> str:
    return (
        word.lower()
        if word.lower() in ("in", "a", "an", "or", "and", "of", "the", "for", "by")
        else word[0].upper() + word[1:]
    )


def _known(gazetteer: Gazetteer, name: str, kind: Kind) -> str:
    return next((entry.name for entry in gazetteer.lookup(name) if entry.kind is kind), "")


def _in_context(bodies: Sequence[re.Match[str]], gazetteer: Gazetteer, match: re.Match[str]) -> str:
    """The award that a bare category means: of the prize last spoken of, if the gazetteer has it."""
    before = bisect_right(bodies, match.start(), key=lambda body: body.end())
    nearest = bodies[max(0, before - 1)]
    name = _full(gazetteer, BODIES[nearest["b"].lower()], match["c"])
    return _known(gazetteer, name, Kind.AWARD)


def _ceremony(gazetteer: Gazetteer, match: re.Match[str]) -> str:
    ordinal, plural = match["o"].lower(), f"{BODIES[match['b'].lower()]}s"
    names = (f"{ordinal} {plural}", f"{ordinal} Annual {plural}")
    return next((known for name in names if (known := _known(gazetteer, name, Kind.CEREMONY))), names[0])
