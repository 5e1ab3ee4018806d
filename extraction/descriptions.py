"""What a description says: "a 1997 American disaster film", "is a British actor and producer"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marquee.extraction.lexicon import LOOSE_NOUNS, PROFESSIONS, WORK_NOUNS
from marquee.extraction.masked import LEAD_IN, MODIFIER, SYMBOL, Masked
from marquee.extraction.mentions import DATE, GENRE, LANGUAGE, PERSON, PLACE, PROFESSION, TIME, WORK, Mention
from marquee.extraction.patterns import item, symbol
from marquee.extraction.scene import Found, Scene, number_of
from marquee.schema.kinds import Kind

_PROFESSION = "|".join(sorted(map(re.escape, PROFESSIONS), key=len, reverse=True))
_PROFESSION_WORDS = frozenset(word for name in PROFESSIONS for word in name.split())
_NOUN = "|".join(sorted({*WORK_NOUNS, *LOOSE_NOUNS}, key=len, reverse=True))
_IS = re.compile(
    rf"(?P<w>{symbol('title')}|<X\d+>),?(?: \([^()]{{1,60}}\))?(?:,? (?:is|was|are)|,) (?:an?|the) (?P<d>(?:{MODIFIER}){{0,9}}(?:{_NOUN}|(?:<G\d+>[ -]?)+))(?![\w-])(?P<rest> (?:industry|star|director|producer|franchise)\b)?"
)
_FRONTED = re.compile(
    rf"\A(?:an?|the) (?P<d>(?:{MODIFIER}){{0,9}}(?:{_NOUN}|(?:<G\d+>[ -]?)+))(?![\w-])[^<>.;]{{0,60}}(?:<[LDP]\d+>[^<>.;]{{0,30}})?, (?P<w>{symbol('title')})"
)
_BOTH = re.compile(
    rf"(?P<w>{symbol('title')}(?:(?:, | and |, and )(?:<[DPX]+\d+>'s? )?{symbol('title')}){{1,6}}) (?:is|was|are|were) (?:both |all |each )?(?:an? )?(?P<d>(?:{MODIFIER}){{0,5}}(?:{_NOUN}|<G\d+>)s?)\b"
)
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
    for pattern in (_FRONTED, _BOTH):
        for match in pattern.finditer(scene.masked.text):
            for work in re.finditer(symbol("title"), match["w"]):
                yield from _modified(scene, work[0], match["d"], match.span("d"))
    yield from _inside_references(scene)
    yield from _facts_line(scene)
    yield from _houses(scene)
    for match in LEAD_IN.finditer(scene.masked.text):
        follows = SYMBOL.match(scene.masked.text, match.end())
        if follows and len(match[0]) > 6:
            yield from _modified(scene, follows[0], match[0], match.span())
    for sentence_work, mention in _bracketed(scene):
        yield Found(sentence_work, "release_date", mention, 0.9, (0, 0))


_BARE = re.compile(r"(?:(?P<w><[A-Z]*W[A-Z]*\d+>)[,.:]? ?)?(?:<[LDTGN]\d+>[ ,./·|()-]*)+")
_OF_LINE = _RELATION_OF | {TIME: ("runtime", 0.9)}


_HOUSE_IS = re.compile(
    rf"(?P<w><[A-Z]*[PXOW][A-Z]*\d+>)(?: \([^()]{{1,60}}\))?,? (?:(?:is|was|are|were) )?(?:an?|the) (?P<d>(?:{MODIFIER}){{1,7}}?)"
    r"(?P<n>band|group|duo|trio|quartet|studio|company|label|network|distributor|broadcaster|channel|agency|festival)\b(?! (?:member|singer|act|of))"
)
_BAND_NOUNS = frozenset(("band", "group", "duo", "trio", "quartet"))


def _houses(scene: Scene) -> Iterator[Found]:
    """Country of a band or company, and a band's genre: "<P1> are an <L2> <G3> band"."""
    for match in _HOUSE_IS.finditer(scene.masked.text):
        band, who = match["n"] in _BAND_NOUNS, number_of(match["w"])
        if not band and "O" not in scene.labels(who):
            continue
        for symbol_ in SYMBOL.finditer(match["d"]):
            number = int(symbol_[2])
            if Kind.COUNTRY in scene.mentions[number].kinds:
                yield Found(who, "country", number, 0.9, match.span("d"))
            elif band and symbol_[1] == GENRE:
                yield Found(who, "genre", number, 0.9, match.span("d"))


def _facts_line(scene: Scene) -> Iterator[Found]:
    """ "2012, USA, 86 min." about the work at hand, "<W1>, 1983." about its own."""
    match = _BARE.fullmatch(scene.masked.text)
    work = (number_of(match["w"]) if match["w"] else scene.masked.work) if match else -1
    if work >= 0 and match:
        for symbol_ in SYMBOL.finditer(scene.masked.text):
            number, told = int(symbol_[2]), _OF_LINE.get(symbol_[1])
            if told and _fits(scene.mentions[number], told[0]):
                yield Found(work, told[0], number, told[1] * 0.95, symbol_.span())


def _inside_references(scene: Scene) -> Iterator[Found]:
    """What "the 1997 British thriller" says of the work it refers to."""
    around: tuple[int, Mention] | None = None
    for number, mention in scene.inside():
        if around and mention.end <= around[1].end and mention.start >= around[1].start:
            for label in mention.labels:
                relation = _RELATION_OF.get(label) if WORK in around[1].labels else _PERSON_OF.get(label)
                if relation and _fits(mention, relation[0]) and not _other(scene, around[1]):
                    yield Found(around[0], relation[0], number, relation[1] * 0.95, (0, 0))
        elif mention.full != number and (WORK in mention.labels or _is_nationality(scene, number, mention)):
            around = (number, mention)


def _other(scene: Scene, reference: Mention) -> bool:
    """Whether "the 2009 remake" speaks of another than the work it is taken for."""
    return bool(_REMADE.search(scene.raw[reference.start : reference.end]))


_REMADE = re.compile(r"\b(?:remake|reboot|revival)\Z", re.IGNORECASE)
_PERSON_OF = {PLACE: ("nationality", 0.88), PROFESSION: ("profession", 0.85)}
_PRONOUNS = frozenset(("he", "she", "his", "her", "him", "i", "you", "my", "your"))


def _is_nationality(scene: Scene, number: int, mention: Mention) -> bool:
    """Whether a reference to a person says a country of theirs: "the French director"."""
    words = scene.raw[mention.start : mention.end].lower()
    inner = (m for _, m in scene.inside() if mention.start < m.start and m.end <= mention.end)
    return PERSON in mention.labels and words not in _PRONOUNS and any(Kind.COUNTRY in m.kinds for m in inner)


def _modified(scene: Scene, work: str, words: str, at: tuple[int, int]) -> Iterator[Found]:
    match = SYMBOL.match(work)
    for symbol_ in SYMBOL.finditer(words):
        number = int(symbol_[2])
        mention = scene.mentions[number]
        relation = next((_RELATION_OF[label] for label in symbol_[1] if label in _RELATION_OF), None)
        if match and relation and _fits(mention, relation[0]):
            work_ = int(match[2])
            yield Found(work_, relation[0], number, scene.faded(relation[1], work_), at)


def _fits(mention: Mention, relation: str) -> bool:
    """An adjective for a country says where a work is from; a place name before a noun mostly does not."""
    return relation not in ("country", "nationality") or Kind.COUNTRY in mention.kinds


def _bracketed(scene: Scene) -> Iterator[tuple[int, int]]:
    """ "<W1> (<D2>)": the mentions of work and year, where the year stands in brackets right behind."""
    for number, mention in scene.inside():
        if mention.year and number + 1 < len(scene.mentions):
            following = scene.mentions[number + 1]
            if following.labels == DATE and following.literal and following.start - mention.end < 5:
                yield number, number + 1


_STOP = r"(?= who\b| known\b| best\b| whose\b| born\b| from\b| for\b| of\b| in\b| with\b| and the\b| that\b| noted\b| based\b|[,.;]|$| -)"
_PERSON_IS = re.compile(
    rf"(?P<p>{item('person')})(?: \([^()]{{1,90}}\))?(?:,? (?:is|was|became)|,) (?:an?|the(?= [^.;,]{{0,30}}<[A-Z]*L)) (?P<d>[^.;,]{{3,120}}?){_STOP}"
)
_CALLED = re.compile(
    rf"(?P<d>(?:<[A-Z]*L[A-Z]*\d+>(?:-born|-based)? |[a-z]+-winning |veteran |late )*(?:{_PROFESSION})(?:(?:, | and |/|-)(?:{_PROFESSION})){{0,3}}) (?:sir |dame |lord )?(?P<p>{symbol('person')})"
)
_FROM = re.compile(
    rf"(?P<p>{symbol('person')}),?(?: (?:who )?(?:comes|came|hails|hailed|is|was))? from (?P<l><L\d+>)(?=[,.;]|$| and )"
)
_BORN = re.compile(r"(?P<l><[A-Z]*L[A-Z]*\d+>)-born")


def by_biographies(scene: Scene) -> Iterator[Found]:
    """Nationality, professions and birthplace: "<P1> is an <L2> actor", "<L3> director <P4>"."""
    for match in _PERSON_IS.finditer(scene.text):
        if _is_credit(scene, match):
            continue
        yield from _life(scene, match["p"], match["d"], match.span("d"), 0.93)
    for match in scene.each(_CALLED, _PROFESSION_WORDS):
        if _is_credit(scene, match):
            continue
        yield from _life(scene, match["p"], match["d"], match.span("d"), 0.85)
    for match in _FROM.finditer(scene.text):
        yield Found(number_of(match["p"]), "born_in", number_of(match["l"]), 0.6, match.span())


_CREW = re.compile(
    r"(?:co-)?(?:director|producer|writer|screenwriter|composer|editor|cinematographer|film director|film producer|filmmaker|creator)s?\Z"
)


def _is_credit(scene: Scene, match: re.Match[str]) -> bool:
    """Whether the word says a part in a film ("as guitarist <P1>") or a job on it, not what somebody is."""
    before = scene.text[: match.start()].removesuffix("the ").removesuffix("a ").removesuffix("an ")
    if before.endswith((" as ", " play ", " plays ", " played ", " played by ", "> ")):
        return True
    return scene.masked.work >= 0 and "<" not in match["d"] and bool(_CREW.search(match["d"]))


def _life(scene: Scene, person: str, words: str, at: tuple[int, int], score: float) -> Iterator[Found]:
    who = number_of(person)
    professions = list(_professions(scene, words))
    for number in professions:
        yield Found(who, "profession", number, scene.faded(score, who), at)
    born = _BORN.search(words)
    for symbol_ in SYMBOL.finditer(words if professions else ""):
        number = int(symbol_[2])
        if born and born["l"] == symbol_[0] and Kind.COUNTRY not in scene.mentions[number].kinds:
            yield Found(who, "born_in", number, scene.faded(score, who), at)
        elif Kind.COUNTRY in scene.mentions[number].kinds:
            yield Found(who, "nationality", number, scene.faded(score, who), at)


def _professions(scene: Scene, words: str) -> Iterator[int]:
    """Mentions of the professions that stand in a piece of masked text, where they are not masked."""
    for number, mention in scene.inside():
        if mention.labels == PROFESSION and re.search(
            rf"(?<![\w-]){re.escape(scene.raw[mention.start : mention.end].lower())}(?![\w-])", words
        ):
            yield number


def noted_kinds(masked: Masked) -> Iterator[tuple[int, Kind]]:
    """The kind that a text gives a work by what it calls it: "the album <W1>", "<W2> is a sitcom"."""
    for match in _IS.finditer(masked.text):
        yield from _kind(match["w"], match["d"])
    for match in _HOUSE_IS.finditer(masked.text):
        if match["n"] in _BAND_NOUNS:
            yield number_of(match["w"]), Kind.GROUP
    for match in LEAD_IN.finditer(masked.text):
        work = SYMBOL.match(masked.text, match.end())
        if work:
            yield from _kind(work[0], match[0])


def _kind(work: str, words: str) -> Iterator[tuple[int, Kind]]:
    match = SYMBOL.match(work)
    nouns = [word for word in re.findall(r"[a-z-]+", words) if word in WORK_NOUNS]
    if match and nouns:
        yield int(match[2]), WORK_NOUNS[nouns[-1]]
