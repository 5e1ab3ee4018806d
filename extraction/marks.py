"""Titles by their marks: quotes, italics, a year in brackets, or a sentence that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from marquee.extraction.lexicon import LOOSE_NOUNS, PRONOUNS, SMALL_WORDS, WORK_NOUNS
from marquee.extraction.mentions import DATE, PLACE, UNKNOWN, WORK, Mention, Origin
from marquee.extraction.page import Case, Page
from marquee.schema.kinds import Kind
from marquee.schema.values import Span

_IN_QUOTES = re.compile(
    r"[“\"](?P<a>[^\s“”\"\n][^“”\"\n]{0,70})[”\"]|(?<![\w’'])[‘'](?P<b>[A-Z0-9][^‘’'\n]{0,60}(?:[’'][a-z]{1,2}\b[^‘’'\n]{0,40})?)[’'](?!\w)"
    r"|(?<![\w*])\*(?P<c>[^\s*][^*\n]{0,70})\*(?![\w*])|(?<![\w_])_(?P<d>[^\s_][^_\n]{0,70})_(?![\w_])"
)


def marked_mentions(page: Page) -> Iterator[Mention]:
    """Titles in quotes or italics."""
    for match in _IN_QUOTES.finditer(page.text):
        group = match.lastgroup or "a"
        start, end = match.span(group)
        while end > start and page.text[end - 1] in ",. ":
            end -= 1
        title = page.text[start:end]
        if (
            (_is_title(title) or _is_called(page.text, match.start(), title))
            and not _nickname(page.text, match.span())
            and page.case_at(start) is not Case.LOWER
        ):
            called = _CALLED.search(page.text[max(0, match.start() - 24) : match.start()])
            yield Mention(start, end, WORK, Origin.DESCRIBED if called else Origin.MARKS)


_NOUNS = "|".join(sorted(WORK_NOUNS, key=len, reverse=True))
# What a work's word may describe: "a film director", "a drama graduate".
_NOT_OF_IT = (
    r"(?! (?:actor|actress|director|producer|star|writer|editor|composer|critic|company|studio|and television|school|student|"
    r"teacher|graduate|historian|executive|theat(?:er|re)|festival|archive|magazine|label|channel|network|club|parent|mother|father)s?\b)"
)
_DESCRIBED = re.compile(
    rf"(?P<w>[^\n;.\"“”]{{1,90}}?)(?:,? (?:also known as|also titled|a\.k\.a\.|\(|(?<=, )or )[^\n;]{{1,80}}?)?,? (?:is|was) (?:an?|the) (?P<d>[^\n;.]{{0,110}}?)\b(?:{_NOUNS})\b{_NOT_OF_IT}",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"\b(?:is|was|are|were|has|had|who|which|directed|starring|by|it)\b|, (?:a|an|the) ", re.IGNORECASE
)


def described_mentions(page: Page) -> Iterator[Mention]:
    """Titles that open a sentence which says what they are: "Heat is a 1995 American film"."""
    for number, (start, end) in enumerate(page.sentences):
        heading = _HEADING.match(page.text, start)
        if heading and _heads(page, heading):
            yield Mention(*heading.span("t"), WORK, Origin.DESCRIBED)
            continue
        match = _DESCRIBED.match(page.text, start, end)
        title = match["w"].strip(" *_,") if match else ""
        if match and _may_be_title(title, page.cases[number]) and not _NO_TITLE.search(match["d"]):
            begin = page.text.index(title, start)
            yield Mention(begin, begin + len(title), WORK, Origin.DESCRIBED)


# A line that is a title, over lines of credits: "FIRST REFORMED (2017)".
_HEADING = re.compile(
    r"(?P<t>[A-Z0-9][^\n()\"“”:;]{0,60}?)[,.]?(?: \((?P<y>(?:18|19|20)\d\d)\)| ?, (?:18|19|20)\d\d\.)?[ \t]*(?:\n|\Z)"
)
_CREDIT_LINE = re.compile(
    r"\s*(?:[^\n]{0,40}\n\s*)?(?:[-*•] )?(?:Written|Directed|Produced|Director|Dir\.|Cast|Starring|Screenplay|A film by|Created|With [A-Z]|(?:18|19|20)\d\d\b|D: )"
)


def _heads(page: Page, heading: re.Match[str]) -> bool:
    """Whether a line of its own names what the credits below it are of."""
    start = heading.start()
    alone = start == 0 or page.text[:start].rstrip(" \t").endswith("\n\n")
    title = heading["t"].rstrip(" ,.")
    words = title.split()
    heavy = [word for word in words if word.lower() not in SMALL_WORDS]
    raised = bool(heavy) and all(word[0].isupper() or word[0].isdigit() for word in heavy)
    return (
        alone
        and raised
        and len(words) < 9
        and bool(_CREDIT_LINE.match(page.text, heading.end()))
        and not _KEYED.match(title)
    )


_KEYED = re.compile(
    r"(?:Written|Directed|Produced|Starring|Screenplay|Music|Edited|Cast|Credits|Distributed|Cinematography|With)\b"
)


def _may_be_title(title: str, case: Case) -> bool:
    words = title.split()
    if not words or _NO_TITLE.search(title) or (words[-1].lower() in PRONOUNS and (len(words) == 1 or ":" in title)):
        return False
    if (
        words[0].lower() in ("the", "this", "his", "her", "its", "their", "another")
        and len(words) > 1
        and words[-1].islower()
    ):
        return False
    return case is not Case.MIXED or _is_title(title)


def _is_title(title: str) -> bool:
    words = title.split()
    if not words or len(words) > 10 or not (title[0].isupper() or title[0].isdigit()):
        return False
    heavy = [word for word in words if word.strip(".,!?:'’").lower() not in SMALL_WORDS]
    return bool(heavy) and all(not word.lstrip("(\"'“‘").lstrip("-–—")[:1].islower() for word in heavy)


_CALLED = re.compile(rf"\b(?:{_NOUNS}|called|titled|entitled)[,:]? \Z", re.IGNORECASE)


def _is_called(text: str, start: int, title: str) -> bool:
    """Whether the word for a work stands before the quotes, so that a title of a foreign style is one as well."""
    return title[:1].isupper() and len(title.split()) < 8 and bool(_CALLED.search(text[max(0, start - 24) : start]))


def _nickname(text: str, span: Span) -> bool:
    """Dwayne "The Rock" Johnson."""
    before, after = text[max(0, span[0] - 2) : span[0]], text[span[1] : span[1] + 2]
    return bool(re.fullmatch(r"\w ", before)) and bool(re.fullmatch(r" [^\W\d_]", after)) and after[1].isupper()


_YEAR = re.compile(
    r"[\"'”’*_]{0,2}(?:[ \u00a0]?\(((?:18|19|20)\d\d)(?: [\w -]{1,30})?\)|(?: \([^()]{1,80}\))?,? (?:is|was) an? ((?:18|19|20)\d\d) [A-Za-z])"
)

_LOOSELY = "|".join(
    sorted({*LOOSE_NOUNS, "horror", "romance", "fantasy", "farce", "melodrama", "satire", "mockumentary"})
)
_IS_WORK = re.compile(
    rf"(?: (?!(?:of|in|by|about|for|who|from)\b)[\w'’-]+){{0,5}}?[ -](?:{_NOUNS}|{_LOOSELY})\b{_NOT_OF_IT}",
    re.IGNORECASE,
)


_WHERE = re.compile(r"\b(?:in|to|from|at|near|around|of|outside|across|through|for) (?:the )?\Z", re.IGNORECASE)
_IN_A_WORK = re.compile(
    r"\b(?:star|appear|role|part|cast|play|act|performance|work|seen|lead|cameo|turn|debut|featur)\w*(?: \w+){0,3} (?:in|for|from|to|of) (?:the )?\Z",
    re.IGNORECASE,
)


def _placed(text: str, mention: Mention) -> Mention:
    """A name that a place and a work share is the place behind a preposition, but for "starred in Chicago"."""
    before = text[max(0, mention.start - 40) : mention.start]
    if not _WHERE.search(before) or _IN_A_WORK.search(before) or _YEAR.match(text, mention.end):
        return mention
    return replace(mention, labels=PLACE, kinds=mention.kinds & {Kind.PLACE, Kind.COUNTRY})


_NOUN_BEFORE = re.compile(
    rf"\b(?:{_NOUNS}|remake of|sequel to)[,:]? (?:called |titled |entitled )?[\"'“‘*_]{{0,2}}\Z", re.IGNORECASE
)


def with_years(text: str, found: list[Mention]) -> list[Mention]:
    """A year in brackets behind a name, or "is a 1939 film", makes it a dated work, the word for a work before it
    a work, unless it is known to be something else; "is a 1939" alone dates what is a work already."""
    dated = []
    for mention in found:
        if set(mention.labels) >= {PLACE, WORK} and mention.labels != PLACE:
            mention = _placed(text, mention)
        if mention.labels == UNKNOWN and _NOUN_BEFORE.search(text[max(0, mention.start - 34) : mention.start]):
            mention = replace(mention, labels=WORK)
        match = _YEAR.match(text, mention.end) if mention.labels != DATE else None
        if match and mention.labels == UNKNOWN and (match[1] or _IS_WORK.match(text, match.end(2))):
            mention = replace(mention, labels=WORK)
        if match and WORK in mention.labels:
            mention = replace(mention, year=int(match[1] or match[2]))
        dated.append(mention)
    return dated
