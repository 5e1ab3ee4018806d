"""A sentence with its mentions masked, so that rules are written over types and not over names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marquee.extraction.coreference import refer
from marquee.extraction.letters import unlettered
from marquee.extraction.lexicon import LOOSE_NOUNS, WORK_NOUNS
from marquee.extraction.mentions import PROFESSION, Mention
from marquee.extraction.page import Page
from marquee.schema.values import Span


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence as rules see it: lower case, each mention as `<P12>`, its labels and number on the page.

    `text` keeps "the 1997 film <W3>"; `plain` writes it `<W3>`. `work`: the number of the work at hand when
    the sentence begins, -1 for none.
    """

    span: Span
    text: str
    plain: str
    work: int


SYMBOL = re.compile(r"<([A-Z]+)(\d+)>")


def masked_sentences(page: Page, mentions: Sequence[Mention]) -> tuple[list[Mention], list[list[Masked]]]:
    """The page's mentions with their references, and the readings of its sentences, the literal one first.

    A second reading leaves appositions out and repeats the subject before each further verb.
    """
    resolved, works = refer(page, mentions)
    return resolved, list(_masks(page, resolved, works))


def _masks(page: Page, mentions: Sequence[Mention], works: Sequence[int]) -> Iterator[list[Masked]]:
    at, heading = 0, ""
    for number, (span, work) in enumerate(zip(page.sentences, works, strict=True)):
        begin = at
        while at < len(mentions) and mentions[at].start < span[1]:
            at += 1
        text = _tidy(_mask(page.text, span, mentions, begin, at))
        literal = Masked(span, text, _plain(text), work)
        if heading and not _is_item(page, number):
            heading = ""
        forms = [simplified(literal.plain), *_under(heading, literal.plain), *_listed(literal.plain)]
        yield [literal, *(Masked(span, form, form, work) for form in dict.fromkeys(forms) if form != literal.plain)]
        if literal.plain.endswith(":") or _opens_list(page, number, literal.plain):
            heading = literal.plain


_MARKER = re.compile(r"(?:[-*•–—·▪#]+|\d{1,3}[.)]) *")
_INLINE = re.compile(r"(?P<h>[^:]{4,140}): (?P<items><[A-Z]*W[A-Z]*\d+>.*)\Z")


def _opens_list(page: Page, number: int, plain: str) -> bool:
    """Whether a sentence without names stands over a list: "Ten scores for a long drive"."""
    if "<" in plain or plain.endswith((",", ";")) or number + 1 >= len(page.sentences):
        return False
    return not plain.endswith(".") and bool(_MARKER.match(page.text, page.sentences[number + 1][0]))


def _is_item(page: Page, number: int) -> bool:
    """Whether a sentence stands on a line of its own, right under the one before."""
    between = page.text[page.sentences[number - 1][1] : page.sentences[number][0]]
    return 1 <= between.count("\n") <= 2


_MADE = {
    "score": "music", "composer": "music", "soundtrack": "music", "director": "directed", "film": "directed", "movie": "directed", "writer": "written",
    "screenwriter": "written", "screenplay": "written", "script": "written", "producer": "produced", "editor": "edited", "cinematographer": "shot",
    "cameraman": "shot", "cameramen": "shot", "creator": "created",
}  # fmt: skip
_PAIR = re.compile(
    r"(?P<a><[A-Z]*[PW][A-Z]*\d+>(?:(?:,? and |, )<[PX]+\d+>){0,3})(?: \([^()]*\))?(?: - | ?: |, (?:by )?)(?P<b><[A-Z]*[PW][A-Z]*\d+>(?:(?:,? and |, )<[PX]+\d+>){0,3})"
)


def _paired(heading: str, bare: str) -> list[str]:
    """ "<W1> - <P2>" under "ten scores" as "<W1>, music by <P2>"; "<P1>: <L2>" under "where they were born"."""
    birth = re.match(r"(<[PX]+\d+>) ?(?::| -) ?(<L[A-Z]*\d+>)", bare)
    if birth and "born" in heading:
        return [f"{birth[1]} was born in {birth[2]}"]
    said = next(
        (_MADE[word] for noun in re.findall(r"[a-z]+", heading) for word in (noun, noun.rstrip("s")) if word in _MADE),
        "",
    )
    pair = _PAIR.match(bare)
    if not said or not pair or ("W" in pair["a"]) == ("W" in pair["b"]):
        return []
    work, people = (pair["a"], pair["b"]) if "W" in pair["a"] else (pair["b"], pair["a"])
    return [f"{work}, {said} by {people}"]


def _under(heading: str, item: str) -> list[str]:
    """An item of a list with the words of its heading: "<W1>, films directed by <P2>"."""
    if not heading:
        return []
    bare = _MARKER.sub("", item, count=1) if _MARKER.match(item) else item
    if paired := _paired(heading, bare):
        return paired
    if not heading.endswith(":"):
        return []
    heading = heading[:-1]
    bare = _MARKER.sub("", item, count=1) if _MARKER.match(item) else item
    first = re.match(r"<[A-Z]*W[A-Z]*\d+>", bare)
    return [f"{first[0]}, {heading}"] if first else [f"{heading}: {bare}"]


def _listed(plain: str) -> list[str]:
    """ "Films directed by <P1>: <W2>, <W3>" item by item."""
    match = _INLINE.match(plain)
    if not match or re.search(r"<[A-Z]*W[A-Z]*\d+>", match["h"]) or "<" not in match["h"]:
        return []
    return [f"{item}, {match['h']}" for item in re.findall(r"<[A-Z]*W[A-Z]*\d+>", match["items"])[:20]]


def _mask(text: str, span: Span, mentions: Sequence[Mention], begin: int, end: int) -> str:
    parts: list[str] = []
    done = span[0]
    for number in range(begin, end):
        mention = mentions[number]
        if mention.labels == PROFESSION or mention.start < done:
            continue
        parts.append(_outside(text[done : mention.start]))
        parts.append(f"<{mentions[mention.full].labels}{number}>")
        if mention.full != number and text[mention.start : mention.end].lower() in ("his", "her", "its", "my", "your"):
            parts.append("'s")
        done = mention.end
    parts.append(_outside(text[done : span[1]]))
    return "".join(parts)


_PLAIN_CHARS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'", "–": " - ", "—": " - ", "―": " - "}
    | {"<": "(", ">": ")", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "", "\u00ad": ""}
)


def _outside(text: str) -> str:
    return _PICTURES.sub("", text.lower().translate(_PLAIN_CHARS))


_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200e\u200f\u202a-\u202e]+")
_SPACES = re.compile(r"\s+")
_QUOTED = re.compile(r"[\"'*_]{1,3}(<[A-Z]+\d+>)([,.]?)[\"'*_]{1,3}(?=$|[^a-z])")
_ITALIC = re.compile(r"[*_]{1,3}(<[A-Z]+\d+>)('s)?[*_]{1,3}")
_YEAR_BEHIND = re.compile(r"(<[A-Z]*[WX][A-Z]*\d+>) ?\(<D\d+>(?: [a-z -]{1,30})?\)")


def _tidy(text: str) -> str:
    text = _SPACES.sub(" ", text).strip()
    text = _ITALIC.sub(r"\1\2", text)
    text = _QUOTED.sub(r"\1\2", text)
    return unlettered(_YEAR_BEHIND.sub(r"\1", text))


_NOUNS = "|".join(sorted({*WORK_NOUNS, *LOOSE_NOUNS}, key=len, reverse=True))
MODIFIER = r"(?:<[DLGNAXT]+\d+>|(?!(?:of|in|by|for|with|on|at|to|from|and|as|that|who|the|a|an|is|was)\b)[a-z][a-z'-]*)(?:[ -]|, |/| and (?=<G))"
LEAD_IN = re.compile(
    rf"(?:\b(?:the|an?|this|his|her|their|its|new|upcoming) |(?:'s|(?<=>)') )(?:{MODIFIER}){{0,6}}(?:{_NOUNS}|<G\d+>),? (?:called |titled |entitled )?(?=<[A-Z]*[WX][A-Z]*\d+>)"
    rf"|\b(?:film|movie|series|sitcom|album|song|single|miniseries|documentary) (?=<[A-Z]*[WX][A-Z]*\d+>)"
)


def _plain(text: str) -> str:
    """ "'s 1997 film <W3>" keeps its possessive."""
    return LEAD_IN.sub(lambda match: "'s " if match[0].startswith("'") else "", text)


_VERBS = (
    r"(?:airs|is|was|comes|hails|works|lives|won|wrote|co-wrote|directed|co-directed|produced|received|earned|grossed|released|premiered|stars?|starred|co-starred|aired|"
    r"married|acquired|bought|founded|co-founded|composed|scored|edited|shot|filmed|nominated|appeared|appears|plays|played|distributed|"
    r"written|runs|opened|signed|joined|left|features|featured|recorded|performed|sang|cost|made|took|born|died|dropped|moved|became|served|debuted)\b"
)
_ALSO = r"(?:(?:is|was|were|are|has|had|have|been|also|later|then|now|subsequently|eventually|will|would|did|does|to be|[a-z]+ly) ){0,4}"
_APPOSITION = re.compile(
    rf"(<[A-Z]+\d+>), (?:an?|the|who|whose|which|one of|his|her|its|then|now|formerly|founded|based|directed|written|produced|starring|known|born|set|made|led|run|formed|owned|released|distributed)\b[^;]{{1,90}}?, (?={_ALSO}{_VERBS})"
)
_SECOND_VERB = re.compile(rf"(?<=[>)%\w])(?<!\bto)(,? and|,? but|,? then|;) (?={_ALSO}{_VERBS})")
_VERB_BEFORE = re.compile(rf"\b{_VERBS}\Z")
_FIRST_SUBJECT = re.compile(r"<[A-Z]*[PWOX][A-Z]*\d+>")


def simplified(plain: str) -> str:
    """ "<P1>, a baker, wrote <W2> and won <A3>" as "<P1> wrote <W2> and <P1> won <A3>"."""
    text = _APPOSITION.sub(r"\1 ", plain)
    subject = _FIRST_SUBJECT.search(text)
    if not subject or subject.start() > 40:
        return text

    def repeat(match: re.Match[str]) -> str:
        joined = match.start() <= subject.end() or _VERB_BEFORE.search(text[: match.start()])
        return match[0] if joined else f"{match[1]} {subject[0]} "

    return _SECOND_VERB.sub(repeat, text)
