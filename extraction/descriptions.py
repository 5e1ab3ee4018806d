"""What a description says: "a 1997 American disaster film", "is a British actor and producer"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marquee.extraction.lexicon import WORK_NOUNS
from marquee.extraction.masked import LEAD_IN, MODIFIER, SYMBOL, Masked
from marquee.extraction.mentions import DATE, GENRE, LANGUAGE, PLACE, PROFESSION, Mention
from marquee.extraction.patterns import item, symbol
from marquee.extraction.scene import Found, Scene
from marquee.schema.kinds import Kind

_NOUN = "|".join(sorted(WORK_NOUNS, key=len, reverse=True))
_IS = re.compile(
    rf"(?P<w>{symbol('title')}|<X\d+>),?(?: \([^()]{{1,60}}\))?,? (?:is|was|are) (?:an?|the) (?P<d>(?:{MODIFIER}){{0,9}}(?:{_NOUN}|(?:<G\d+>[ -]?)+))(?![\w-])(?P<rest> (?:industry|star|director|producer|franchise))?"
)
_MADE_IN = re.compile(rf"(?P<w>{symbol('title')}),?(?: was)? (?:filmed|made|produced) in <N\d+>")
_RELATION_OF = {
    GENRE: ("genre", 0.92),
    PLACE: ("country", 0.9),
    DATE: ("release_date", 0.93),
    LANGUAGE: ("language", 0.9),
}


def by_descriptions(scene: Scene) -> Iterator[Found]:
    """Genre, country, language and year of a work from the words that describe it."""
    for match in _IS.finditer(scene.masked.text):
        if not match["rest"]:
            yield from _modified(scene, match["w"], match["d"], match.span("d"))
    for match in LEAD_IN.finditer(scene.masked.text):
        work = SYMBOL.match(scene.masked.text, match.end())
        if work and len(match[0]) > 6:
            yield from _modified(scene, work[0], match[0], match.span())
    for sentence_work, mention in _bracketed(scene):
        yield Found(sentence_work, "release_date", mention, 0.9, (0, 0))


def _modified(scene: Scene, work: str, words: str, at: tuple[int, int]) -> Iterator[Found]:
    match = SYMBOL.match(work)
    for symbol_ in SYMBOL.finditer(words):
        number = int(symbol_[2])
        mention = scene.mentions[number]
        relation = next((_RELATION_OF[label] for label in symbol_[1] if label in _RELATION_OF), None)
        if match and relation and _fits(mention, relation[0]):
            yield Found(int(match[2]), relation[0], number, relation[1], at)


def _fits(mention: Mention, relation: str) -> bool:
    """An adjective for a country says where a work is from; a place name before a noun mostly does not."""
    return relation != "country" or Kind.COUNTRY in mention.kinds


def _bracketed(scene: Scene) -> Iterator[tuple[int, int]]:
    """ "<W1> (<D2>)": the mentions of work and year, where the year stands in brackets right behind."""
    start, end = scene.masked.span
    for number, mention in enumerate(scene.mentions):
        if mention.start >= end:
            break
        if mention.start >= start and mention.year and number + 1 < len(scene.mentions):
            following = scene.mentions[number + 1]
            if following.labels == DATE and following.literal and following.start - mention.end < 5:
                yield number, number + 1


_PERSON_IS = re.compile(
    rf"(?P<p>{item('person')})(?: \([^()]{{1,90}}\))?,? (?:is|was|,) an? (?P<d>[^.;]{{3,120}}?)(?= who\b| known\b| best\b| whose\b| born\b| from\b| for\b| of\b| in\b| with\b| and the\b| that\b| noted\b| based\b|[,.;]? ?$|, who|\. )"
)


def by_biographies(scene: Scene) -> Iterator[Found]:
    """Nationality and professions: "<P1> is an <L2> actor and producer"."""
    for match in _PERSON_IS.finditer(scene.masked.text):
        person = SYMBOL.search(match["p"])
        professions = list(_professions(scene, match["d"]))
        if not person or not professions:
            continue
        who = int(person[2])
        for number in professions:
            yield Found(who, "profession", number, 0.93, match.span("d"))
        for symbol_ in SYMBOL.finditer(match["d"]):
            if Kind.COUNTRY in scene.mentions[int(symbol_[2])].kinds:
                yield Found(who, "nationality", int(symbol_[2]), 0.92, match.span("d"))


def _professions(scene: Scene, words: str) -> Iterator[int]:
    """Mentions of the professions that stand in a piece of masked text, where they are not masked."""
    for number, mention in _in_sentence(scene):
        if mention.labels == PROFESSION and re.search(
            rf"(?<![\w-]){re.escape(scene.raw[mention.start : mention.end].lower())}(?![\w-])", words
        ):
            yield number


def _in_sentence(scene: Scene) -> Iterator[tuple[int, Mention]]:
    start, end = scene.masked.span
    for number, mention in enumerate(scene.mentions):
        if mention.start >= end:
            return
        if mention.start >= start:
            yield number, mention


def noted_kinds(masked: Masked) -> Iterator[tuple[int, Kind]]:
    """The kind that a text gives a work by what it calls it: "the album <W1>", "<W2> is a sitcom"."""
    for match in _IS.finditer(masked.text):
        yield from _kind(match["w"], match["d"])
    for match in LEAD_IN.finditer(masked.text):
        work = SYMBOL.match(masked.text, match.end())
        if work:
            yield from _kind(work[0], match[0])


def _kind(work: str, words: str) -> Iterator[tuple[int, Kind]]:
    match = SYMBOL.match(work)
    nouns = [word for word in re.findall(r"[a-z-]+", words) if word in WORK_NOUNS]
    if match and nouns:
        yield int(match[2]), WORK_NOUNS[nouns[-1]]
