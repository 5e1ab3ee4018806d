"""Houses: broadcasters, studios, distributors, labels and festivals that every trade text takes as known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.lexicon import listed
from marquee.extraction.mentions import ORG, Mention, Origin
from marquee.extraction.page import Case, Page, is_common
from marquee.schema.kinds import Kind

HOUSES: dict[Kind, tuple[str, ...]] = {
    Kind.NETWORK: listed(
        "HBO|HBO Max|Netflix|Hulu|Amazon Prime Video|Prime Video|Apple TV+|Disney+|Paramount+|BBC|BBC One|BBC Two|BBC Three|BBC Four|ITV|"
        "Channel 4|Channel 5|Sky Atlantic|RTÉ|ABC|CBS|NBC|The CW|The WB|UPN|PBS|AMC|FX|Showtime|Starz|Comedy Central|Cartoon Network|"
        "Nickelodeon|Disney Channel|MTV|TNT|TBS|USA Network|Syfy|Adult Swim|CBC|ZDF|Arte|Canal+|TF1|NHK|SVT|NRK|Nine Network|Seven Network",
        "|",
    ),
    Kind.STUDIO: listed(
        "A24|Lionsgate|StudioCanal|Film4|BBC Film|Working Title Films|Blumhouse Productions|Legendary Pictures|Amblin Entertainment|Pixar|"
        "Studio Ghibli|Annapurna Pictures|Plan B Entertainment|Screen Ireland|Constantin Film|Gaumont|Pathé|Bad Robot|DreamWorks|"
        "Universal Pictures|Paramount Pictures|Columbia Pictures|Warner Bros.|Metro-Goldwyn-Mayer|20th Century Fox|20th Century Studios|"
        "Walt Disney Pictures|New Line Cinema|United Artists|TriStar Pictures|Touchstone Pictures|Marvel Studios|Lucasfilm|Miramax",
        "|",
    ),
    Kind.DISTRIBUTOR: listed(
        "Focus Features|Searchlight Pictures|Fox Searchlight Pictures|Sony Pictures Classics|IFC Films|Magnolia Pictures|Bleecker Street|"
        "Roadside Attractions|Kino Lorber|Samuel Goldwyn Films|Janus Films|Orion Pictures|Entertainment One|Mubi|Vertical Entertainment",
        "|",
    ),
    Kind.RECORD_LABEL: listed(
        "4AD|Mute Records|Sub Pop|XL Recordings|Columbia Records|Atlantic Records|Capitol Records|Island Records|Interscope Records|EMI|"
        "Def Jam Recordings|RCA Records|Epic Records|Parlophone|Polydor Records|Virgin Records|Geffen Records|Motown|Warner Records|"
        "Sony Music|Universal Music Group|Warner Music Group|Beggars Banquet|Food Records|Rough Trade Records|Decca Records",
        "|",
    ),
}  # fmt: skip
# Short names and the companies that go by them, besides those that only drop a tail as "Pictures".
SHORT: dict[str, tuple[str, ...]] = {
    "disney": ("The Walt Disney Company", "Walt Disney Pictures"),
    "warner": ("Warner Bros.",),
    "mgm": ("Metro-Goldwyn-Mayer",),
    "fox": ("20th Century Fox", "Fox Broadcasting Company"),
    "sony": ("Sony Pictures Entertainment", "Sony Music Entertainment"),
    "weinstein": ("The Weinstein Company",),
}
TAILS = listed("Pictures Records Entertainment Films Studios Company Recordings Productions Media Television Music")
_FESTIVALS = {
    "cannes": "Cannes Film Festival",
    "sundance": "Sundance Film Festival",
    "tribeca": "Tribeca Film Festival",
    "telluride": "Telluride Film Festival",
    "toronto": "Toronto International Film Festival",
    "tiff": "Toronto International Film Festival",
    "berlinale": "Berlin International Film Festival",
    "venice": "Venice Film Festival",
    "locarno": "Locarno Festival",
}
_AT = re.compile(
    rf"\b(?:(?:screened|screens|shown|premiered|premieres|played|debuted|bowed|unveiled|launched|opened) (?:[a-z]+ ){{0,3}}(?:at|in)|at) (?:the )?(?:(?:19|20)\d\d )?"
    rf"(?P<f>{'|'.join(_FESTIVALS)})(?! (?:[A-Z]|film|festival))\b",
    re.IGNORECASE,
)

_FESTIVAL = re.compile(
    r"(?<![\w-])(?P<w>[^\W\d_a-z][\w’'-]*(?: (?:(?:by|of|de|du) )?[^\W\d_a-z][\w’'-]*){0,5}?) "
    r"(?:(?:Film|Music|Comedy|Theatre|Theater|Arts|Television|TV|Documentary|Animation|Jazz|Movie) )?Festival(?![\w-]| [A-Z])"
)


def house_mentions(page: Page, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Well-known companies that the gazetteer does not know, and festivals by the name of their town."""
    text = page.text
    for match in _known_houses().find(text, page.words):
        start, end = match.span
        written = any(text[start:end].rstrip(".") == entry.name.rstrip(".+") for entry in match.entries)
        lone = match.last - match.first == 1 and is_common(page.words[match.first].key)
        if written and not (lone and page.case_at(start) is not Case.MIXED) and not gazetteer.lookup(text[start:end]):
            yield Mention(start, end + (text[end : end + 1] == "+"), ORG, Origin.GAZETTEER, match.kinds)
    for found in _AT.finditer(text):
        if found["f"][0].isupper():
            name = _FESTIVALS[found["f"].lower()]
            yield Mention(*found.span("f"), ORG, Origin.DESCRIBED, frozenset((Kind.FESTIVAL,)), name=name)
    yield from _festival_mentions(page, gazetteer)


def _festival_mentions(page: Page, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Whole names of festivals, in sentences whose capitals mean something, but for those known under less."""
    for found in _FESTIVAL.finditer(page.text):
        words = list(page.words_in(found.span("w")))
        while words and not page.inside(words[0].start) and is_common(words[0].key):
            words.pop(0)
        known = any(gazetteer.lookup(page.text[word.start : found.end()]) for word in words)
        if words and not known and page.case_at(found.start()) is Case.MIXED:
            yield Mention(words[0].start, found.end(), ORG, Origin.PIPELINE, frozenset((Kind.FESTIVAL,)))


def full_names(gazetteer: Gazetteer, short: str, kinds: frozenset[Kind]) -> tuple[str, ...]:
    """What a company's short name is short for among known companies of `kinds`: "Universal", "Geffen"."""
    tries = (*SHORT.get(short.lower(), ()), *(f"{short} {tail}" for tail in TAILS))
    found = [name for name in tries if any(entry.kind in kinds for entry in gazetteer.lookup(name))]
    return tuple(found[:1])


@lru_cache(maxsize=1)
def _known_houses() -> Gazetteer:
    return Gazetteer.build((name, kind, name) for kind, names in HOUSES.items() for name in names)
