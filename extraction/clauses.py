"""Clauses that leave their work out: "Hans Zimmer wrote the score", "with Ridley Scott directing", "the leads are …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from marquee.extraction.lexicon import words_of
from marquee.extraction.mentions import ORG, PERSON, UNKNOWN
from marquee.extraction.patterns import AUX, CAST, listing, symbol
from marquee.extraction.scene import Found, Scene, follows_source, spoken_of
from marquee.extraction.slots import cast_of, members, subjects
from marquee.schema.kinds import RECORDINGS, Kind

# Words for a part in the making, by the relation they say.
ROLES: tuple[tuple[str, str], ...] = (
    ("executive_produced", r"executive producers?|executive-producers?|exec producers?"),
    ("directed", r"(?:co-)?directors?(?! of photography)|helmers?"),
    ("wrote", r"(?:co-)?writers?|screenwriters?|scriptwriters?|(?:co-)?creators?|showrunners?"),
    ("produced", r"(?:co-)?producers?"),
    ("composed", r"composers?"),
    ("shot", r"cinematographers?|directors? of photography|cameram[ae]n|camera operators?"),
    ("edited", r"(?:film )?editors?"),
)
THINGS: tuple[tuple[str, str], ...] = (
    ("wrote", r"screenplay|script|teleplay|story|writing|scenario|adaptation|screen story"),
    ("composed", r"(?:original |film |musical )?(?:music|score|soundtrack)"),
    ("shot", r"cinematography|(?:director of )?photography|camerawork|camera"),
    ("edited", r"(?:film )?editing|cutting|edit"),
    ("directed", r"direction|directing"),
    ("distributed_by", r"(?:[a-z]+ )?distribution|(?:theatrical |domestic |international )?release"),
    ("production_company", r"production|financing|backing"),
)
VERBS: tuple[tuple[str, str], ...] = (
    ("executive_produced", r"executive[- ]produc(?:es?|ed)"),
    ("directed", r"(?:co-)?direct(?:s|ed)|helm(?:s|ed)"),
    ("wrote", r"(?:co-)?(?:writes|wrote)|script(?:s|ed)|penned"),
    ("produced", r"(?:co-)?produc(?:es?|ed)"),
    ("production_company", r"made|makes|developed|green-?lit|financ(?:es?|ed)|bankroll(?:s|ed)|back(?:s|ed)"),
    ("composed", r"scor(?:es|ed)|compos(?:es|ed)"),
    ("shot", r"shot|shoots|photograph(?:s|ed)|lens(?:es|ed)"),
    ("edited", r"(?:co-)?edit(?:s|ed)|cut"),
    ("acted_in", r"(?:co-)?stars?|(?:co-)?starred"),
    ("distributed_by", r"(?:co-)?distribut(?:es?|ed)|releas(?:es?|ed)|opened|issued"),
    ("broadcast_by", r"air(?:s|ed)|broadcast|carried|ran|streams|streamed"),
)
_FOLLOW = (
    r"(?: it| this one| all of it)?(?=[.;,)]|$| -| (?:and(?= <)|while|as|but|again|together|himself|herself|themselves|alone|from (?:an?|his|her|their|the|<[PX]+\d+>'s) |"
    r"(?:for|with|in|on) (?:the )?<[A-Z]+\d+>|for <M|in (?:the|supporting|leading|smaller)|alongside|opposite|theatrically))"
)
_ROLE = "|".join(role for _, role in ROLES)
_THING = "|".join(thing for _, thing in THINGS)
_VERB = "|".join(verb for _, verb in VERBS)
_SEVERAL = r"(?:(?:,? and (?:the )?|, (?:the )?| & |/)(?:{0})){{0,3}}"

_BARE_VERB_END = re.compile(rf"(?:{_VERB}){_FOLLOW}")
_BARE_VERB = re.compile(
    rf"(?P<s>{listing('who')}){AUX} (?P<v>(?:{_VERB})(?:(?:,? and (?:also )?|, )(?:{_VERB})){{0,4}}+){_FOLLOW}(?: it)?(?: with (?P<with>{listing('who')}))?(?: for (?P<for>{listing('company')}))?"
)
_ROLE_IS = re.compile(
    rf"(?<![a-z>] )(?:\bthe |\bits |'s )?\b(?P<v>(?:{_ROLE}){_SEVERAL.format(_ROLE)}) (?:is|was|are|were|being) (?P<o>{listing('person')})"
)
_THING_BY = re.compile(
    rf"\b(?P<v>(?:{_THING}){_SEVERAL.format(_THING)}),? (?:(?:is|was|are|were|comes|came|went|goes|fell|belongs?|credited|credits?|all|both|again|done|handled|written|composed|supplied|provided|duties|shared|to|being) ){{0,4}}(?:by|from|to|went to|between) (?P<o>{listing('who')})"
)
_WITH_ROLE = re.compile(
    rf"\b(?:with|and) (?P<o>{listing('person')}) (?:(?P<v>directing|writing|producing|executive producing|scoring|composing|editing|shooting|starring|co-starring)|(?:serving |acting |credited |returning |on board )?as (?:the |its |an? )?(?P<v2>(?:{_ROLE}){_SEVERAL.format(_ROLE)})|(?P<v3>at the helm|behind the camera|in the director's chair))"
)
_FROM_ROLE = re.compile(
    rf"(?:\b(?:from|turned to|turns to|hired|hires|brought in|brought on|brings|enlisted|recruited|chose|tapped|reteam[a-z]* with|reunit[a-z]* with|worked with|works with|back with) (?:[a-z-]+ ){{0,2}}|\A(?:the )?|'s )(?P<v>(?:{_ROLE}){_SEVERAL.format(_ROLE)}),? (?P<o>{listing('person')})(?!'s)"
)
_BESIDE = re.compile(
    rf"\b(?P<v>supported by|joined by|alongside|opposite|backed by|headlined by|played by) (?P<o>{CAST})"
)
_OF_ORG = re.compile(
    rf"\b(?:an?|the) (?:<[DLG]+\d+> )*(?P<o>{symbol('company')})(?:/{symbol('company')})? (?:<G\d+> )?(?P<v>production|release|picture|film|movie|series|sitcom|show|drama|comedy|presentation|<G\d+>)\b"
)
_FOR_ORG = re.compile(
    rf"\b(?P<v>made|produced|shot|directed|filmed|created|written|developed|set up|production|development) (?:it )?(?:for|at) (?P<o>{listing('company')})"
)
_THROUGH_ORG = re.compile(
    rf"\b(?P<v>released?|releases|distributed|issued|out|opened|opens|appeared|put out|sold|handled|came) (?:[a-z]+ ){{0,3}}(?:(?:in|on) <[DL]+\d+>,? )?(?:through|via|by|from|on|with) (?:the )?(?P<o>{listing('company')})"
)
_HANDLED = r"(?:handled|handles|took|has|holds|had|is handling|was handling) (?:the |its )?(?:[a-z]+ ){0,2}(?:distribution|release|rights)|put it out|brought it out"
_HANDS = re.compile(rf"(?P<o>{listing('company')}){AUX} (?P<v>{_HANDLED})")
_COMPANY_ENDS = {_HANDS: re.compile(_HANDLED)}

# One of these must stand in a sentence before an expression is tried on it.
_VERB_WORDS = words_of(
    "executive-produced executive-produces produces produced co-produced co-produces directs directed co-directed helms helmed writes wrote "
    "co-wrote scripts scripted penned finances financed bankrolls bankrolled backs backed made makes developed greenlit green-lit scores "
    "scored composes composed shot shoots photographs photographed lenses lensed edits edited co-edited cut star stars starred co-star "
    "co-stars co-starred distributes distributed releases released opened issued airs aired broadcast carried ran streams streamed"
)
_THING_WORDS = words_of(
    "screenplay script teleplay story writing scenario adaptation music score soundtrack cinematography photography camerawork camera "
    "editing cutting edit direction directing distribution release production financing backing"
)
_ROLE_WORDS = words_of(
    "producer producers executive-producer director directors co-director co-directors helmer helmers writer writers co-writer "
    "co-writers screenwriter screenwriters scriptwriter creator creators co-creator co-creators showrunner showrunners co-producer "
    "co-producers composer composers cinematographer cinematographers photography cameraman cameramen operator editor editors"
)
_WITH_WORDS = _ROLE_WORDS | words_of(
    "directing writing producing scoring composing editing shooting starring co-starring helm camera chair"
)
_BESIDE_WORDS = words_of("supported joined alongside opposite backed headlined played")
_ORG_WORDS = words_of(
    "production release picture film movie series sitcom show drama comedy presentation made produced shot directed filmed created "
    "written developed set development released releases distributed issued out opened opens appeared put sold handled came handles "
    "took has holds had handling distribution rights brought"
)
_SURE = 0.79


def by_clauses(scene: Scene) -> Iterator[Found]:
    """Credits of the work spoken of, from clauses that do not name it."""
    yield from _verbs(scene)
    for pattern, table in (
        (_ROLE_IS, ROLES),
        (_THING_BY, THINGS),
        (_FROM_ROLE, ROLES),
    ):
        yield from _tabled(scene, pattern, table)
    yield from _with_roles(scene)
    yield from _casts(scene)
    yield from _companies(scene)


_WHERE = re.compile(r" (?:it )?(?:in|on|at|around) ")


def _verbs(scene: Scene) -> Iterator[Found]:
    for match in scene.each(_BARE_VERB, _VERB_WORDS, _BARE_VERB_END):
        work, factor = spoken_of(scene, match.start())
        if work < 0:
            continue
        if match["v"].startswith(("shot", "shoots")) and _WHERE.match(scene.text, match.end("v")):
            continue
        people = subjects(match["s"], "who")
        if match["with"]:
            people += members(match["with"], "who")
        for relation in named(match["v"], VERBS):
            for who in people:
                yield from _credit(scene, relation, work, who, 0.86 * factor, match.span("v"))
        if match["for"]:
            for who in members(match["for"], "company"):
                yield from _credit(scene, "production_company", work, who, 0.75 * factor, match.span("for"))


def _tabled(scene: Scene, pattern: re.Pattern[str], table: Sequence[tuple[str, str]]) -> Iterator[Found]:
    for match in scene.each(pattern, _THING_WORDS if table is THINGS else _ROLE_WORDS):
        work, factor = spoken_of(scene, match.start())
        if work < 0:
            continue
        people = members(match["o"], "who", scene.text[match.end() :])
        for relation in named(match["v"], table):
            for who in people:
                yield from _credit(scene, relation, work, who, 0.88 * factor, match.span("v"))


def named(text: str, table: Sequence[tuple[str, str]]) -> list[str]:
    """The relations that the words of a table's rows, tried in order, name in a text; each word counts once."""
    relations = []
    for relation, words in table:
        text, count = re.subn(rf"(?<![\w-])(?:{words})(?![\w-])", "", text)
        if count:
            relations.append(relation)
    return relations


_DOING = {"directing": "directed", "writing": "wrote", "producing": "produced", "executive producing": "executive_produced", "scoring": "composed", "composing": "composed", "editing": "edited", "shooting": "shot", "starring": "acted_in", "co-starring": "acted_in"}  # fmt: skip


def _with_roles(scene: Scene) -> Iterator[Found]:
    for match in scene.each(_WITH_ROLE, _WITH_WORDS):
        work, factor = spoken_of(scene, match.start())
        if work < 0:
            continue
        relations = [_DOING[match["v"]]] if match["v"] else ["directed"] if match["v3"] else []
        relations += named(match["v2"] or "", ROLES)
        for who in members(match["o"], "person"):
            for relation in relations:
                yield from _credit(scene, relation, work, who, 0.88 * factor, match.span())


def _casts(scene: Scene) -> Iterator[Found]:
    for match in scene.each(_BESIDE, _BESIDE_WORDS):
        work, factor = spoken_of(scene, match.start())
        if work < 0:
            continue
        for who, quals in cast_of(scene, match["o"], scene.text[match.end() :]):
            if PERSON in scene.labels(who) or UNKNOWN in scene.labels(who):
                yield Found(who, "acted_in", work, scene.faded(0.87 * factor, who, work), match.span("v"), quals)


_ORG_NOUN = {"release": "distributed_by", "series": "broadcast_by", "sitcom": "broadcast_by", "show": "broadcast_by"}


def _companies(scene: Scene) -> Iterator[Found]:
    for pattern in (_OF_ORG, _FOR_ORG, _THROUGH_ORG, _HANDS):
        for match in scene.each(pattern, _ORG_WORDS, _COMPANY_ENDS.get(pattern)):
            work, factor = spoken_of(scene, match.start())
            if work < 0 or follows_source(scene, match.start()):
                continue
            relation = (
                "distributed_by"
                if pattern in (_THROUGH_ORG, _HANDS)
                else _ORG_NOUN.get(match["v"], "production_company")
            )
            for who in members(match["o"], "company"):
                yield from _credit(scene, relation, work, who, 0.8 * factor, match.span("v"))


_COMPANY = frozenset(("production_company", "distributed_by", "broadcast_by"))


def _credit(scene: Scene, relation: str, work: int, who: int, score: float, at: tuple[int, int]) -> Iterator[Found]:
    """The claim, if the one credited is of the sort that the relation takes: here the words alone are too little."""
    if scene.mentions[work].full == scene.mentions[who].full or score < _SURE * 0.8:
        return
    labels = scene.labels(who)
    company = ORG in labels and PERSON not in labels
    if relation == "produced" and company:
        relation = "production_company"
    if relation in _COMPANY:
        if ORG not in labels:
            return
        relation = for_kinds(relation, scene.kinds(work), scene.kinds(who))
        yield Found(work, relation, who, scene.faded(score, work, who), at)
    elif PERSON in labels or labels == UNKNOWN:
        yield Found(who, relation, work, scene.faded(score, work, who), at)


def for_kinds(relation: str, work: frozenset[Kind], company: frozenset[Kind]) -> str:
    """What a company is to a work by what both are: a label releases an album, a network airs what is no film."""
    if relation == "distributed_by" and (work & RECORDINGS or company == {Kind.RECORD_LABEL}):
        return "released_by"
    if relation == "production_company" and company == {Kind.NETWORK} and work != {Kind.FILM}:
        return "broadcast_by"
    return relation
