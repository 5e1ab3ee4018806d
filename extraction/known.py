"""Known names: the gazetteer's matches that are meant, and not the common words that some titles are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from marquee.extraction.gazetteer import Entry, Gazetteer, Match, folded
from marquee.extraction.lexicon import COUNTRY_NAMES, PRONOUNS, SMALL_WORDS
from marquee.extraction.mentions import GENRE, LABEL_OF, LANGUAGE, PROFESSION, WORK, Mention, Origin
from marquee.extraction.page import Case, Page, is_common
from marquee.extraction.shared import is_spoken
from marquee.schema.kinds import COMPANIES, Kind
from marquee.schema.values import Span


def known_mentions(page: Page, gazetteer: Gazetteer, ents: Mapping[Span, str]) -> Iterator[Mention]:
    """Matches that stand for a name; `ents` are the labels that the pipeline gives to spans."""
    matches = gazetteer.find(page.text, page.words)
    page.bridge(match.span for match in matches if match.last - match.first > 1)
    for match in matches:
        kinds = frozenset(e.kind for e in match.entries if e.kind in LABEL_OF and _same_case(page, match.span, e.name))
        if folded(page.text[slice(*match.span)]) in COUNTRY_NAMES and kinds <= COMPANIES:
            continue
        if _ASKED.match(page.text, match.span[0]):
            continue
        if kinds == {Kind.LANGUAGE} and not is_spoken(page.text, match.span):
            continue
        labels = "".join(sorted({LABEL_OF[kind] for kind in kinds}))
        span = _with_stop(page.text, match)
        if labels and (ents.get(span, "") in set(labels) or _stands(page, match, span, labels)):
            single = match.last - match.first == 1 and not is_marked(page.text, span, WORK in labels)
            name = _shared_name(match.entries, labels)
            yield Mention(*span, labels, Origin.GAZETTEER, kinds, name=name, single=single)


_ASKED = re.compile(r"[QA]: ")


def _with_stop(text: str, match: Match) -> Span:
    """The span with the full stop of "Warner Bros." where the name has one."""
    start, end = match.span
    if text[end : end + 1] in ("!", "?", ".") and any(entry.name.endswith(text[end]) for entry in match.entries):
        end += 1
    return start, end


def _shared_name(entries: Sequence[Entry], labels: str) -> str:
    """The gazetteer's own form for genres and the like, which texts write in many ways."""
    return entries[0].name if labels in (GENRE, LANGUAGE, PROFESSION) else ""


def _same_case(page: Page, span: Span, name: str) -> bool:
    """Whether letters that stand for words ("US", "AI") are also written so."""
    return not (name.isupper() and len(name) < 5) or page.text[slice(*span)].isupper()


def _stands(page: Page, match: Match, span: Span, labels: str) -> bool:
    """Whether a known name is meant here and not the common words it is made of."""
    if labels == GENRE and _is_trade_word(page, match, span):
        return False
    if labels in (GENRE, LANGUAGE, PROFESSION):
        return True
    words = [word.key for word in page.words[match.first : match.last]]
    if is_marked(page.text, span, WORK in labels):
        return True
    case = page.case_at(span[0])
    rare = not all(is_common(word) for word in words)
    if case is Case.LOWER and page.lower:
        return rare or sum(word not in SMALL_WORDS for word in words) > 1
    if case is not Case.MIXED:
        set_off = len(words) > 1 and bool(_ITEM_END.match(page.text, span[1]))
        return rare or (case is Case.TITLE and (len(words) > 2 or set_off))
    if not _capital(page.text, span, words):
        return False
    if rare:
        return True
    if WORK in labels and words[0] not in PRONOUNS and AS_WORK.match(page.text, span[1]):
        return True
    if WORK in labels and words[0] not in PRONOUNS and _is_list_item(page, span):
        return True
    solid = sum(len(word) > 2 and not word.isdigit() for word in words) > 1
    if words[0] in PRONOUNS and len(words) == 1:
        return page.inside(span[0]) and page.text[span[0]].isupper()
    return solid or (page.inside(span[0]) and not words[0].isdigit())


# Words of the trade that are also genres, and what makes them so.
_TRADE_WORDS = {
    "music": re.compile(r"(?!)"),
    "film": re.compile(r"(?!)"),
    "television": re.compile(r"(?!)"),
    "puppet": re.compile(r" film"),
    "country": re.compile(r" (?:music|singer|song|album|band|star|artist|act|rock|record)"),
    "period": re.compile(r" (?:drama|film|piece|comedy|crime|thriller)"),
    "house": re.compile(r" (?:music|track|producer|dj)"),
    "short": re.compile(r" film"),
    "remake": re.compile(r"(?!)"),
    "sequel": re.compile(r"(?!)"),
}


def _is_trade_word(page: Page, match: Match, span: Span) -> bool:
    """Whether a word names no genre where it stands: "the music", "Country: France"."""
    key = page.words[match.first].key
    calls = _TRADE_WORDS.get(key) if match.last - match.first == 1 else None
    return calls is not None and not calls.match(page.text, span[1])


_ITEM_END = re.compile(r"\s*(?:[,(–—:;|-]|\Z|\n)")


def _is_list_item(page: Page, span: Span) -> bool:
    """Whether a name opens a list's item and is set off from what follows."""
    before = page.text[max(0, span[0] - 6) : span[0]]
    return bool(re.search(r"(?:\A|\n)\s*(?:[-*•–·]|\d{1,3}[.)])\s*\Z", before)) and bool(
        _ITEM_END.match(page.text, span[1])
    )


def _capital(text: str, span: Span, words: Sequence[str]) -> bool:
    """Whether the words that carry a name are capitalised; figures and scripts without case pass."""
    written = [word for word in re.split(r"[\s\-–—/]+", text[slice(*span)]) if word[:1].isalpha()]
    heavy = [re.sub(r"^[dlDL]['’]", "", word) for word in written if len(word) > 3] or written
    return all(not word[0].islower() for word in heavy)


AS_WORK = re.compile(
    r",[\"”’]? (?:an?|the) (?:[\w'’-]+ ){0,5}(?:film|movie|series|sitcom|drama|comedy|thriller|documentary|spin-off|sequel|prequel|remake|western|musical)\b|"
    r" (?:(?:is|was) (?:also )?(?:an? |the (?:sequel|prequel|remake|first|second|third|film|story|directorial)|directed|written|"
    r"produced|made|released|filmed|shot|based|nominated|distributed|set |scored|edited|created|broadcast|cast\b)|stars? [A-Z]|features [A-Z]|"
    r"(?:starred|starring|grossed|premiered|won|opened|opens|follows|tells|earned|received|runs|ran|aired|airs|cost|costs|debuted)\b)"
)
_NOUN_BEFORE = re.compile(
    r"\b(?:film|movie|picture|series|sitcom|show|miniseries|album|song|single|musical|sequel|drama|comedy|thriller|"
    r"documentary|western|feature|franchise|titled|entitled|called)[,:]? ?[\"'“‘*_]{0,2}\Z",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"[\"'”’*_]{0,2} ?\((?:18|19|20)\d\d\b")
_QUOTES = {'"': '"', "“": "”", "‘": "’", "'": "'", "*": "*", "_": "_", "«": "»", "„": "“"}


def is_marked(text: str, span: Span, work: bool) -> bool:
    """Whether a span has the marks of a title: quotes, italics, a year in brackets behind, or, of a work, the word for one before it."""
    before, after = text[max(0, span[0] - 1) : span[0]], text[span[1] : span[1] + 2]
    if before in _QUOTES and before and _QUOTES[before] in after.lstrip(",.")[:1] and after:
        return True
    if not work:
        return False
    if _YEAR_AFTER.match(text, span[1]):
        return True
    return bool(_NOUN_BEFORE.search(text[max(0, span[0] - 24) : span[0]])) and not text[span[0]].islower()
