"""Who made a work: verbs between maker and work, participles and nouns before "by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from marquee.extraction.clauses import named
from marquee.extraction.mentions import ORG, PERSON, UNKNOWN, WORK
from marquee.extraction.patterns import ACTIVE, AUX, NOUN_BY, PASSIVE, item, listing
from marquee.extraction.scene import Found, Scene, governing_work
from marquee.extraction.slots import character, members, subjects
from marquee.schema.kinds import RECORDINGS, Kind

_VERB = "|".join(f"(?:{verb})" for _, verb in ACTIVE).replace("(?P<char>", "(?:").replace("(?P<char2>", "(?:")
_ACTIVE_END = re.compile(rf"(?:{_VERB}) (?:both |the )?{item('thing')}")
_ACTIVE = re.compile(
    rf"(?P<s>{listing('who')})(?:,? who)?(?P<aux>{AUX}) (?P<v>(?:{_VERB})(?:(?:, and |, | and |/| & )(?:also )?(?:{_VERB})){{0,4}})"
    rf" (?:both |the )?(?P<o>{listing('thing')})(?P<with>,? (?:together |along )?with {listing('person')})?"
)
_ACTIVE_VERBS = tuple((relation, re.compile(rf"(?<![\w-])(?:{verb})(?![\w-])")) for relation, verb in ACTIVE)
_ACTIVE_SCORE = {"acted_in": 0.97, "directed": 0.96, "wrote": 0.9, "produced": 0.92, "executive_produced": 0.93}
_SHARED_WORK = frozenset(("directed", "wrote", "produced", "composed", "executive_produced"))


def by_active_verbs(scene: Scene) -> Iterator[Found]:
    """ "<P1> wrote and directed <W2>"."""
    for match in scene.each(_ACTIVE, _ACTIVE_TOKENS, _ACTIVE_END):
        works = members(match["o"], "thing", scene.text[match.end("o") :])
        for relation, pattern in _ACTIVE_VERBS:
            if relation == "produced" and "executive" in match["v"]:
                continue
            verb = pattern.search(match["v"])
            if verb:
                people = subjects(match["s"], "who")
                if match["with"] and relation in _SHARED_WORK:
                    people += members(match["with"], "person")
                for who in people:
                    yield from _made(scene, who, relation, works, match, verb)


_ACTIVE_TOKENS = frozenset(
    word
    for _, verb in ACTIVE
    for word in re.findall(r"[a-z]{3,}", re.sub(r"\(\?[:P][^()]*\)|<[^>]*>|\[[^]]*\]", " ", verb))
) | frozenset(
    f"{stem}{tail}" for stem in ("direct", "helm", "perform", "sing", "record", "edit", "produc", "scor", "compos", "headlin", "provid", "writ", "star", "co-star", "co-direct", "co-writ", "co-produc", "co-edit", "topline", "pen", "script", "executive-produc")
    for tail in ("", "s", "d", "ed", "e", "es", "ing", "red", "ring", "ned")
) | frozenset(("wrote", "co-wrote", "written", "co-written", "sang", "cast", "appear", "appears", "appeared", "shot", "shoots", "cut", "created", "creates", "co-created", "adapted", "adapts", "made", "makes", "making", "play", "plays", "played", "portrays", "portrayed", "portray", "voices", "voiced", "act", "acted", "acts", "toplines", "toplined", "photographed", "lensed", "served", "starring", "co-starring"))  # fmt: skip


def _made(
    scene: Scene, who: int, relation: str, works: Sequence[int], match: re.Match[str], verb: re.Match[str]
) -> Iterator[Found]:
    company = ORG in scene.labels(who) and PERSON not in scene.labels(who)
    if relation == "made":
        relation = "produced" if company else "directed"
    company = company and relation == "produced"
    parts = verb.groupdict()
    quals = character(scene, parts.get("char") or parts.get("char2")) if relation == "acted_in" else ()
    for work in works:
        labels = scene.labels(work)
        if WORK not in labels and UNKNOWN not in labels and relation not in ("acted_in", "directed"):
            continue
        if set(labels) == {PERSON} and (relation == "directed" or PERSON in scene.labels(who)):
            continue
        ends = (work, who) if company else (who, work)
        name = "production_company" if company else relation
        score = scene.faded(0.7 if verb[0].startswith("ma") else _ACTIVE_SCORE.get(relation, 0.85), *ends)
        yield Found(ends[0], name, ends[1], score, match.span("v"), quals)


_PART = "|".join(verb for _, verb in PASSIVE)
_PASSIVE = re.compile(
    rf"\b(?P<v>(?:{_PART})(?:(?: by)?(?:,? and (?:then |also )?|, | ?/ ?| & )(?:{_PART})){{0,4}})"
    r"(?: (?:for the screen|and narrated|entirely|jointly|together|solely|theatrically|domestically|internationally|worldwide|on <D\d+>|in (?:the )?<[LD]\d+>)){0,2},?"
    rf" by(?P<star>,? and (?:starring|stars|featuring))?(?: the)? (?P<o>{listing('who')})"
)
_DONE = {"wrote": "|written", "composed": "|written|composed"}  # "a film written by" says nothing of its director
_NOUN_BY = tuple(
    (relation, re.compile(rf"\b(?P<v>(?:{noun})(?: (?:was|is{_DONE.get(relation, '')}))?) by (?P<o>{listing('who')})"))
    for relation, noun in NOUN_BY
)
_NOT_BY = re.compile(rf",? (?:and |but )?not (?:by )?(?P<o>{item('who')})")


def by_participles(scene: Scene) -> Iterator[Found]:
    """ "directed by <P1>", "produced and distributed by <O2>", "music by <P3>"."""
    if "by" not in scene.tokens:
        return
    for match in _PASSIVE.finditer(scene.text):
        verbs = named(match["v"], PASSIVE)
        yield from _by_list(scene, match, [*verbs, *(["acted_in"] if match["star"] else [])])
    for relation, pattern in _NOUN_BY:
        for match in pattern.finditer(scene.text):
            yield from _by_list(scene, match, [relation])


_PASSIVE_SCORE = {
    "directed": 0.97,
    "wrote": 0.92,
    "distributed_by": 0.95,
    "composed": 0.93,
    "acted_in": 0.96,
    "broadcast_by": 0.9,
}


def _by_list(scene: Scene, match: re.Match[str], relations: Sequence[str]) -> Iterator[Found]:
    work, factor = governing_work(scene, match.start())
    if work < 0:
        return
    people = [(number, False) for number in members(match["o"], "who", scene.text[match.end() :])]
    if denial := _NOT_BY.match(scene.text, match.end()):
        people += [(number, True) for number in members(denial["o"], "who")]
    for relation in relations:
        for number, denied in people:
            if relation == "production_company" and ORG not in scene.labels(number):
                continue  # who finances a film need not be its producer
            name, ends = _credited(scene, relation, work, number)
            score = scene.faded(_PASSIVE_SCORE.get(relation, 0.92) * factor, *ends)
            yield Found(ends[0], name, ends[1], score, match.span("v"), denied=denied)


def _credited(scene: Scene, relation: str, work: int, who: int) -> tuple[str, tuple[int, int]]:
    """The relation and its ends: companies stand behind the work, people before it."""
    labels = scene.labels(who)
    if relation == "produced" and ORG in labels and PERSON not in labels:
        return "production_company", (work, who)
    if relation == "distributed_by":
        label = scene.kinds(work) & RECORDINGS or scene.kinds(who) == {Kind.RECORD_LABEL}
        return ("released_by" if label else relation), (work, who)
    if relation in ("broadcast_by", "production_company"):
        return relation, (work, who)
    return relation, (who, work)
