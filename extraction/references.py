"""References: the words of a page that mean somebody spoken of before: "he", "the film", "its", "the studio"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from marquee.extraction.mentions import DATE, GENRE, LANGUAGE, PERSON, PLACE, PROFESSION, WORK, Mention, Origin
from marquee.extraction.page import Page
from marquee.extraction.sources import leads_from, leads_up

OPEN = -2  # the `full` of a reference whose bearer is yet to be found

_FILM = "film movie picture feature series show sitcom album song sequel drama comedy thriller documentary musical remake biopic romance fantasy satire comedy-drama mystery rom-com epic whodunit miniseries western single record production adaptation project franchise reboot"
_PEOPLE = "director actor actress star filmmaker singer writer producer screenwriter composer comedian rapper musician performer"
BANDS = "band group duo trio quartet"
_COMPANIES = "studio company network label distributor agency streamer broadcaster"
_NO_HEAD = r"(?!\w|['’](?!s\b))(?![ -](?:industry|business|version|rights|school|festival|studio|studios|company|critic|critics|career|world|set|maker|makers|adaptation|scene|community|director|producer|star|writer|series|was made|noir|library|market|team|to|of)\b)"
_REFERENCE = re.compile(
    rf"(?<![\w’'-])(?:(?P<W>(?:the|this)(?: (?:[a-z-]{{2,14}}|\d{{4}})){{0,3}} (?:{'|'.join(_FILM.split())}){_NO_HEAD}|its?(?![’'\w])|this(?= (?:is|was) (?:the|an?) ))"
    rf"|(?P<P>(?:he|she|his|her|him|i|you|my|your)(?![\w’'])|(?:the )(?:[a-z-]{{3,14}} )?(?:{'|'.join(_PEOPLE.split())})(?![\w’'-])(?! of\b| for\b))"
    rf"|(?P<B>(?:the )(?:{'|'.join(BANDS.split())})(?![\w’'-])(?! of\b))|(?P<O>(?:the )(?:[a-z-]{{3,14}} )?(?:{'|'.join(_COMPANIES.split())})(?![\w’'-])(?! of\b| that\b)))",
    re.IGNORECASE,
)
_NO_PLAIN_HEAD = re.compile(
    r"\b(?:of|in|on|and|with|for|by|first|same|best|last|only|other|next|whole|entire|second|third|fourth|fifth|debut|final|latest|new|upcoming|original|directorial|original)\b",
    re.IGNORECASE,
)
_COPULA = re.compile(r"\b(?:is|was|be|as|became|are|were) \Z", re.IGNORECASE)
_IT_IS_SAID = re.compile(
    r"[ ](?:is|was|has been|had been) (?:\w+ ){0,2}(?:said|reported|announced|believed|unclear|confirmed|revealed|"
    r"rumou?red|thought|expected|hoped|possible|likely|known that)|[ ](?:seems|appears|turns out|remains)\b",
    re.IGNORECASE,
)
OBJECT = re.compile(
    r"\b(?:starred|stars|star|appeared|appears) in $|\b(?:is|are|was|were)(?: also| both| all)? in $|\b(?:directed|wrote|produced|edited|scored|shot|cut|made|financed|released|distributed|photographed|composed|aired|created|adapted|helmed|opened|backed|of|for) $"
)


def with_references(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the page's references between them, each of which is still open."""
    starts = [mention.start for mention in mentions]
    references = []
    for match in _REFERENCE.finditer(page.text):
        at = bisect_left(starts, match.end())
        overlaps = at > 0 and mentions[at - 1].end > match.start()
        lexicon = overlaps and mentions[at - 1].labels in _INNER and mentions[at - 1].end <= match.end()
        if (overlaps and not lexicon) or not _meant(
            page, match, _before(mentions, at, match.start()), mentions[at] if at < len(mentions) else None
        ):
            continue
        label = match.lastgroup or WORK
        references.append(Mention(*match.span(), PERSON if label == "B" else label, Origin.CAPITALS, full=OPEN))
    return sorted([*references, *mentions], key=lambda m: (m.start, -m.end))


# What may stand inside a reference: "the 1997 British thriller".
_INNER = (GENRE, PLACE, DATE, LANGUAGE, PROFESSION)


def _before(mentions: Sequence[Mention], at: int, start: int) -> Mention | None:
    """The last mention that ends before `start`, of those before number `at`."""
    return next((mentions[n] for n in range(at - 1, -1, -1) if mentions[n].end <= start), None)


def _meant(page: Page, match: re.Match[str], previous: Mention | None, following: Mention | None) -> bool:
    """Whether the words refer to something said before, and do not lead up to a name."""
    word = match[0].lower()
    if word == "this":
        return match.start() - page.sentences[page.sentence_at(match.start())][0] <= 1
    if word == "it":
        return _leads(page, match.start()) and not _IT_IS_SAID.match(page.text, match.end())
    if word in SPEAKERS:
        return page.answers(match.start()) is (word in ("i", "my"))
    if word == "him" or word in ("he", "she", "his", "her", "its"):
        return True
    if previous and WORK in previous.labels and page.text[previous.end : match.start()].strip(" \"'”’*_)") == ",":
        return leads_up(page.text[max(0, previous.start - 70) : previous.start])
    before = page.text[max(0, match.start() - 24) : match.start()]
    if _NO_PLAIN_HEAD.search(match[0][4:]) or _COPULA.search(before) or leads_from(before):
        return False
    gap = page.text[match.end() : following.start] if following else "."
    return gap.strip(" ,\"'“‘*_") != "" or "," in gap


SPEAKERS = frozenset(("i", "my", "you", "your"))


def _leads(page: Page, start: int) -> bool:
    """Whether "it" opens its sentence or clause, where it is a work or company, not a thing."""
    if OBJECT.search(page.text[max(0, start - 12) : start].lower()):
        return True
    before = page.text[max(0, start - 14) : start].rstrip(" \"“'*_")
    sentence = page.sentences[page.sentence_at(start)][0]
    return start - sentence <= 3 or before.lower().endswith((", and", ";", ", but", "and", ". ", ","))
