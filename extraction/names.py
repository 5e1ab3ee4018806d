"""Mentions: the names of a page from the gazetteer, the pipeline and the page's own marks, without overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from marquee.extraction.figures import Figure, figures
from marquee.extraction.gazetteer import Entry, Gazetteer, Match, Word
from marquee.extraction.lexicon import listed
from marquee.extraction.page import Case, Page, is_common
from marquee.extraction.pipeline import Found
from marquee.schema.kinds import COMPANIES, PEOPLE, TITLED_WORKS, Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Span

# One letter a label, so that a rule can ask for "person or unknown" as the class [PX].
PERSON, WORK, ORG, AWARD, GENRE, PLACE = "P", "W", "O", "A", "G", "L"
LANGUAGE, PROFESSION, CHARACTER, DATE, MONEY, TIME, UNKNOWN = "N", "R", "C", "D", "M", "T", "X"

LABEL_OF: dict[Kind, str] = {
    **dict.fromkeys(TITLED_WORKS | {Kind.SEASON, Kind.EPISODE}, WORK),
    **dict.fromkeys(PEOPLE, PERSON),
    **dict.fromkeys(COMPANIES | {Kind.FESTIVAL, Kind.AWARD_BODY}, ORG),
    Kind.AWARD: AWARD,
    Kind.CEREMONY: AWARD,
    Kind.GENRE: GENRE,
    Kind.COUNTRY: PLACE,
    Kind.PLACE: PLACE,
    Kind.LANGUAGE: LANGUAGE,
    Kind.PROFESSION: PROFESSION,
    Kind.CHARACTER: CHARACTER,
}
_PIPELINE_LABELS = {
    "PERSON": PERSON, "PER": PERSON, "GROUP": PERSON, "WORK": WORK, "WORK_OF_ART": WORK, "TITLE": WORK, "ORG": ORG,
    "AWARD": AWARD, "GENRE": GENRE, "PLACE": PLACE, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE, "CHARACTER": CHARACTER,
}  # fmt: skip
_FIGURE_LABELS = {LiteralType.DATE: DATE, LiteralType.MONEY: MONEY, LiteralType.DURATION: TIME}


class Origin(IntEnum):
    """What found a mention, the most trusted last."""

    CAPITALS = 0
    FIGURE = 1
    LEXICON = 2
    MARKS = 3
    PIPELINE = 4
    GAZETTEER = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or figure where it stands in a page.

    `labels`: what it may be, as letters; `kinds`: those the gazetteer knows under it; `name`: the form to
    give where it is not the raw text; `full`: the index of the mention it is short for, -1 for none;
    `single`: a known name of one unmarked word, which may be part of a longer one.
    """

    start: int
    end: int
    labels: str
    origin: Origin
    kinds: frozenset[Kind] = frozenset()
    name: str = ""
    literal: Literal | None = None
    problem: str = ""
    year: int | None = None
    full: int = -1
    single: bool = False

    @property
    def span(self) -> Span:
        """The raw span."""
        return self.start, self.end


def find_mentions(page: Page, gazetteer: Gazetteer, found: Sequence[Found]) -> list[Mention]:
    """All mentions of a page in order, none overlapping: of two that overlap the longer and surer stays."""
    from marquee.extraction.shared import shared_mentions

    proposals = [
        *_known(page, gazetteer, {(f.start, f.end): _PIPELINE_LABELS.get(f.label, "") for f in found}),
        *_from_pipeline(page, found),
        *_marked(page),
        *shared_mentions(page, gazetteer),
        *(_from_figure(figure) for figure in figures(page.text)),
        *_capitalised(page),
    ]
    return _with_years(page.text, _without_overlap(page, proposals))


# --- from the gazetteer ----------------------------------------------------------------------------


def _known(page: Page, gazetteer: Gazetteer, ents: dict[Span, str]) -> Iterator[Mention]:
    for match in gazetteer.find(page.text, page.words):
        kinds = frozenset(e.kind for e in match.entries if e.kind in LABEL_OF and _same_case(page, match.span, e.name))
        labels = "".join(sorted({LABEL_OF[kind] for kind in kinds}))
        span = _with_stop(page.text, match)
        if labels and (ents.get(span, "") in set(labels) or _stands(page, match, span, labels)):
            single = match.last - match.first == 1 and not _is_marked(page.text, span, WORK in labels)
            name = _shared_name(match.entries, labels)
            yield Mention(*span, labels, Origin.GAZETTEER, kinds, name=name, single=single)


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


_PRONOUNS = frozenset(listed("it her us he she they him them his this that these those i me you we one who what"))


def _stands(page: Page, match: Match, span: Span, labels: str) -> bool:
    """Whether a known name is meant here and not the common words it is made of."""
    if labels in (GENRE, LANGUAGE, PROFESSION):
        return True
    words = [word.key for word in page.words[match.first : match.last]]
    if _is_marked(page.text, span, WORK in labels):
        return True
    case = page.case_at(span[0])
    rare = not all(is_common(word) for word in words)
    if case is not Case.MIXED:
        return rare or (case is Case.TITLE and len(words) > 2)
    if not _capital(page.text, span, words):
        return False
    if rare:
        return True
    solid = sum(len(word) > 2 and not word.isdigit() for word in words) > 1
    if words[0] in _PRONOUNS and len(words) == 1:
        return page.inside(span[0]) and page.text[span[0]].isupper()
    return solid or (page.inside(span[0]) and not words[0].isdigit())


def _capital(text: str, span: Span, words: Sequence[str]) -> bool:
    """Whether the words that carry a name are capitalised; figures and scripts without case pass."""
    written = [word for word in re.split(r"[\s\-–—/]+", text[slice(*span)]) if word[:1].isalpha()]
    heavy = [word for word in written if len(word) > 3] or written
    return all(not word[0].islower() for word in heavy)


_NOUN_BEFORE = re.compile(
    r"\b(?:film|movie|picture|series|sitcom|show|miniseries|album|song|single|musical|sequel|drama|comedy|thriller|"
    r"documentary|western|feature|franchise|titled|entitled|called)[,:]? ?[\"'“‘*_]{0,2}\Z",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"[\"'”’*_]{0,2} ?\((?:18|19|20)\d\d\b")
_QUOTES = {'"': '"', "“": "”", "‘": "’", "'": "'", "*": "*", "_": "_", "«": "»", "„": "“"}


def _is_marked(text: str, span: Span, work: bool) -> bool:
    """Quotes, italics, a year in brackets behind, or the word for a work before it."""
    before, after = text[max(0, span[0] - 1) : span[0]], text[span[1] : span[1] + 2]
    if before in _QUOTES and before and _QUOTES[before] in after.lstrip(",.")[:1] and after:
        return True
    if not work:
        return False
    if _YEAR_AFTER.match(text, span[1]):
        return True
    return bool(_NOUN_BEFORE.search(text[max(0, span[0] - 24) : span[0]])) and not text[span[0]].islower()


# --- from the pipeline, marks, figures and capitals ------------------------------------------------


def _from_pipeline(page: Page, found: Iterable[Found]) -> Iterator[Mention]:
    for entity in found:
        label = _PIPELINE_LABELS.get(entity.label)
        start, end = _trim(page.text, entity.start, entity.end)
        if label and end > start:
            yield Mention(start, end, label, Origin.PIPELINE)


_EDGE = "\"'“”‘’*_()[],;: \t\n-–—"


def _trim(text: str, start: int, end: int) -> Span:
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


_IN_QUOTES = re.compile(
    r"[“\"](?P<a>[^\s“”\"\n][^“”\"\n]{0,70})[”\"]|(?<![\w’'])[‘'](?P<b>[A-Z0-9][^‘’'\n]{0,60}(?:[’'][a-z]{1,2}\b[^‘’'\n]{0,40})?)[’'](?!\w)"
    r"|(?<![\w*])\*(?P<c>[^\s*][^*\n]{0,70})\*(?![\w*])|(?<![\w_])_(?P<d>[^\s_][^_\n]{0,70})_(?![\w_])"
)


def _marked(page: Page) -> Iterator[Mention]:
    """Titles in quotes or italics."""
    for match in _IN_QUOTES.finditer(page.text):
        group = match.lastgroup or "a"
        start, end = match.span(group)
        while end > start and page.text[end - 1] in ",. ":
            end -= 1
        title = page.text[start:end]
        if _is_title(title) and not _nickname(page.text, match.span()) and page.case_at(start) is not Case.LOWER:
            yield Mention(start, end, WORK, Origin.MARKS)


_SMALL = frozenset(listed("a an the of in on at to for and or from with by de la le du van von vs as is"))


def _is_title(title: str) -> bool:
    words = title.split()
    if not words or len(words) > 10 or not (title[0].isupper() or title[0].isdigit()):
        return False
    heavy = [word for word in words if word.strip(".,!?:'’").lower() not in _SMALL]
    return bool(heavy) and all(not word.lstrip("(\"'“‘").lstrip("-–—")[:1].islower() for word in heavy)


def _nickname(text: str, span: Span) -> bool:
    """Dwayne "The Rock" Johnson."""
    before, after = text[max(0, span[0] - 2) : span[0]], text[span[1] : span[1] + 2]
    return bool(re.fullmatch(r"\w ", before)) and bool(re.fullmatch(r" [^\W\d_]", after)) and after[1].isupper()


def _from_figure(figure: Figure) -> Mention:
    label = _FIGURE_LABELS[figure.type]
    return Mention(*figure.span, label, Origin.FIGURE, literal=figure.literal, problem=figure.problem)


_LINKS = frozenset(listed("of the de del della di da van von der den la le du al bin ibn y e and"))
_TITLES = frozenset(
    listed(
        "director actor actress producer writer star screenwriter composer singer filmmaker president ceo chairman mr mrs "
        "sir dame"
    )
)


def _capitalised(page: Page) -> Iterator[Mention]:
    """Runs of capitalised words that nothing else may know, in sentences whose capitals mean something."""
    for number, span in enumerate(page.sentences):
        if page.cases[number] is Case.MIXED:
            yield from _runs(page, span)


def _runs(page: Page, span: Span) -> Iterator[Mention]:
    text, words = page.text, page.words_in(span)
    at = 0
    while at < len(words):
        word = words[at]
        common = is_common(word.key) and not page.inside(word.start)
        if not text[word.start].isupper() or word.key in _TITLES or (common and word.key in _SMALL | _PRONOUNS):
            at += 1
            continue
        last = at
        while (step := _next(text, words, last)) > last:
            last = step
        end = words[last].stem_end if words[last].stem else words[last].end
        if not (last == at and common):
            yield Mention(word.start, end, UNKNOWN, Origin.CAPITALS)
        at = last + 1


def _next(text: str, words: Sequence[Word], last: int) -> int:
    """The index of the word that goes on with the name that `words[last]` is part of, or `last`."""
    here = words[last]
    if here.stem:
        return last
    for ahead in (1, 2, 3):
        if last + ahead >= len(words):
            return last
        left, word = words[last + ahead - 1], words[last + ahead]
        gap = text[left.end : word.start]
        initial = gap in (". ", ".") and left.end - left.start <= 2
        if gap not in (" ", "-", "\u00a0", " & ", "’", "'") and not initial and word.start != left.start:
            return last
        if text[word.start].isupper() or (text[word.start].isdigit() and ahead == 1):
            return last if word.key in _LINKS and ahead == 1 else last + ahead
        if word.key not in _LINKS or (word.key == "and"):
            return last
    return last


# --- overlap ---------------------------------------------------------------------------------------


def _without_overlap(page: Page, proposals: Sequence[Mention]) -> list[Mention]:
    taken: list[Mention] = []
    covered = bytearray(len(page.text) + 1)
    merged = _merged(proposals)
    partial = _parts(merged)
    for mention in sorted(merged, key=lambda m: _rank(m, m.span in partial)):
        if not any(covered[mention.start : mention.end]):
            covered[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            taken.append(mention)
    return sorted(taken, key=lambda mention: mention.start)


def _merged(proposals: Sequence[Mention]) -> list[Mention]:
    """One mention a span: a known name keeps its kinds; the pipeline chooses among its labels."""
    best: dict[Span, Mention] = {}
    for mention in sorted(proposals, key=lambda m: -m.origin):
        held = best.get(mention.span)
        if held is None:
            best[mention.span] = mention
        elif held.origin is Origin.GAZETTEER and mention.origin is Origin.PIPELINE and mention.labels in held.labels:
            kinds = frozenset(kind for kind in held.kinds if LABEL_OF[kind] == mention.labels)
            best[mention.span] = replace(held, labels=mention.labels, kinds=kinds)
    return list(best.values())


def _parts(merged: Sequence[Mention]) -> set[Span]:
    """Spans of known single words that are only part of a longer capitalised name, as Paris of Paris Hilton."""
    runs = [mention for mention in merged if mention.origin is Origin.CAPITALS]
    singles = {m.start: m for m in merged if m.origin is Origin.GAZETTEER and m.single}
    parts = set()
    for run in runs:
        inside = [singles[at] for at in range(run.start, run.end) if at in singles]
        if all(single.end <= run.end and single.span != run.span for single in inside):
            parts |= {single.span for single in inside}
    return parts


def _rank(mention: Mention, part: bool) -> tuple[int, int, int]:
    """Names before figures before bare capitals; then the longer, then the surer."""
    length = mention.end - mention.start
    if part:
        return 3, -length, 0
    if mention.origin >= Origin.MARKS and mention.labels not in (GENRE, LANGUAGE, PROFESSION):
        return 0, -length, -mention.origin
    if mention.origin is Origin.CAPITALS:
        return 2, -length, 0
    return 1, -length, -mention.origin


# --- years -----------------------------------------------------------------------------------------

_YEAR = re.compile(r"[\"'”’*_]{0,2}[ \u00a0]?\(((?:18|19|20)\d\d)(?: [\w -]{1,30})?\)")


def _with_years(text: str, found: list[Mention]) -> list[Mention]:
    """A year in brackets behind a name makes it a dated work, unless it is known to be something else."""
    dated = []
    for mention in found:
        match = _YEAR.match(text, mention.end) if mention.labels != DATE else None
        if match and (WORK in mention.labels or mention.labels == UNKNOWN):
            labels = WORK if mention.labels == UNKNOWN else mention.labels
            mention = replace(mention, year=int(match[1]), labels=labels)
        dated.append(mention)
    return dated
