"""Relations: what a masked sentence says of its mentions, by rules over types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from marquee.extraction.masked import SYMBOL, Masked
from marquee.extraction.mentions import ORG, UNKNOWN, WORK, Mention
from marquee.extraction.patterns import (
    ACTIVE,
    AUX,
    CAST,
    CAST_INTRO,
    CAST_ITEM,
    NOUN_BY,
    PASSIVE,
    RULES,
    Rule,
    item,
    listing,
    symbol,
)
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Span


@dataclass(frozen=True, slots=True)
class Found:
    """A relation that a rule read: mention numbers of its ends, and where in the masked text its trigger stands.

    `qualifiers` hold literals or mention numbers. `denied`: the rule itself saw that it is not so.
    """

    subject: int
    relation: str
    object: int
    score: float
    at: Span
    qualifiers: tuple[tuple[str, Literal | int], ...] = ()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with all mentions of its page, and the page's raw text."""

    masked: Masked
    mentions: Sequence[Mention]
    raw: str

    @property
    def tokens(self) -> frozenset[str]:
        """The words and signs that rules are chosen by."""
        return frozenset(_TOKEN.findall(self.masked.plain))

    def full(self, number: int) -> Mention:
        """The fullest mention of the same bearer."""
        return self.mentions[self.mentions[number].full]

    def written(self, masked: str) -> str:
        """Raw words for a piece of masked text."""
        return SYMBOL.sub(lambda m: self.raw[slice(*self.mentions[int(m[2])].span)], masked)


_TOKEN = re.compile(r"[a-z][a-z-]*|'s|\(")
Finder = Callable[[Scene], Iterator[Found]]


def find_relations(scene: Scene, finders: Sequence[Finder]) -> list[Found]:
    """What all finders read in a sentence, each statement once and by its surest rule."""
    best: dict[tuple[int, str, int, bool], Found] = {}
    for finder in finders:
        for found in finder(scene):
            ends = scene.mentions[found.subject].full, scene.mentions[found.object].full
            if ends[0] == ends[1]:
                continue
            key = (ends[0], found.relation, ends[1], found.denied)
            held = best.get(key)
            if held is None or (len(found.qualifiers), found.score) > (len(held.qualifiers), held.score):
                best[key] = found
    return list(best.values())


# --- reading slots -----------------------------------------------------------------------------------

_NEW_CLAUSE = re.compile(
    r" (?:is|was|are|were|has|had|will|stars?|starred|features?|directed|wrote|produced|plays?|played|also|won|wins|"
    r"received|earned|grossed|follows|tells|served|serves|appears?|appeared|co-starred|composed|edited)\b"
)
_SECOND_OF_PAIR = re.compile(r"(?:,? and |,? & )[^<]{0,20}<[A-Z]+\d+>\Z")


def members(group: str, slot: str, after: str = "") -> list[int]:
    """The mentions listed in a slot's text, without those of another kind than the first or of a new clause."""
    numbers = [
        (match[1], int(match[2])) for found in _items(slot).finditer(group) for match in SYMBOL.finditer(found["n"])
    ]
    if len(numbers) > 1 and _SECOND_OF_PAIR.search(group) and _NEW_CLAUSE.match(after):
        numbers.pop()
    first = set(numbers[0][0]) if numbers else set()
    return [number for labels, number in numbers if set(labels) & first or UNKNOWN in labels or UNKNOWN in first]


def subjects(group: str, slot: str) -> list[int]:
    """The mentions that are the subject: the whole list if it has an "and", else its last."""
    numbers = [
        (match[1], int(match[2])) for found in _items(slot).finditer(group) for match in SYMBOL.finditer(found["n"])
    ]
    if not numbers:
        return []
    if not re.search(r" and | & |as well as|along with", group):
        return [numbers[-1][1]]
    last = set(numbers[-1][0])
    return [number for labels, number in numbers if set(labels) & last or UNKNOWN in labels or UNKNOWN in last]


@lru_cache(maxsize=64)
def _items(slot: str) -> re.Pattern[str]:
    if slot == "cast":
        return re.compile(rf"(?P<all>{CAST_ITEM.replace(symbol('who'), '(?P<n>' + symbol('who') + ')', 1)})")
    return re.compile(item(slot).replace(symbol(slot), f"(?P<n>{symbol(slot)})"))


_CHARACTER = re.compile(
    r">(?:[^<>,]{0,45}?,? (?:as|playing|portraying) (?P<a>.{1,60})| \((?:as )?(?P<b>[^()]{1,40})\))\Z"
)


def cast_of(scene: Scene, group: str, after: str = "") -> Iterator[tuple[int, tuple[tuple[str, Literal | int], ...]]]:
    """Each actor of a cast list, with the character as a qualifier where one is named."""
    kept = set(members(group, "cast", after))
    for found in _items("cast").finditer(group):
        match = SYMBOL.fullmatch(found["n"])
        if match and int(match[2]) in kept:
            part = _CHARACTER.search(found["all"])
            yield int(match[2]), character(scene, (part["a"] or part["b"]) if part else "")


def character(scene: Scene, masked: str | None) -> tuple[tuple[str, Literal | int], ...]:
    """The qualifier for a character as written, none for an empty one or a mere description."""
    name = scene.written(masked or "").strip(" ,")
    if not name or not ("<" in (masked or "") or name.endswith("sel") or name.endswith("selves")):
        return ()
    return (("character", Literal(LiteralType.TEXT, name)),)


# --- rules of the table ------------------------------------------------------------------------------


def by_rules(scene: Scene) -> Iterator[Found]:
    """The table of `patterns`."""
    tokens = scene.tokens
    for rule in RULES:
        if tokens.isdisjoint(rule.words):
            continue
        for match in rule.pattern.finditer(scene.masked.plain):
            yield from _from_rule(scene, rule, match)


def _from_rule(scene: Scene, rule: Rule, match: re.Match[str]) -> Iterator[Found]:
    at = match.span("v") if "v" in rule.pattern.groupindex else match.span()
    extra = _qualifiers(scene, match)
    for subject, quals in _filled(scene, match, "s", rule.subject):
        for object_, _ in _filled(scene, match, "o", rule.object):
            yield Found(
                subject, rule.relation, object_, _faded(scene, rule.score, (subject, object_)), at, extra + quals
            )


def _filled(
    scene: Scene, match: re.Match[str], group: str, slot: str
) -> Iterator[tuple[int, tuple[tuple[str, Literal | int], ...]]]:
    """The mentions of a slot: before the trigger as a subject is read, behind it as a list."""
    after = scene.masked.plain[match.end(group) :]
    if slot == "cast":
        yield from cast_of(scene, match[group], after)
    elif match.start(group) == match.start():
        yield from ((number, ()) for number in subjects(match[group], slot.rstrip("+")))
    else:
        yield from ((number, ()) for number in members(match[group], slot.rstrip("+"), after))
    if group == "s" and "co" in match.re.groupindex:
        yield from ((number, ()) for number in members(match["co"], "person"))


def _qualifiers(scene: Scene, match: re.Match[str]) -> tuple[tuple[str, Literal | int], ...]:
    groups = match.groupdict()
    return tuple(
        (name, Literal(LiteralType.TEXT, scene.written(groups[name]).strip()))
        for name in ("role", "territory")
        if groups.get(name)
    )


def _faded(scene: Scene, score: float, ends: tuple[int, int]) -> float:
    """A rule's score, less for ends that only capitals speak for and for references."""
    for number in ends:
        mention = scene.mentions[number]
        if scene.full(number).labels == UNKNOWN:
            score *= 0.85
        elif mention.full != number and mention.start != scene.full(number).start:
            score *= 0.96
    return round(score, 3)


# --- who made it -------------------------------------------------------------------------------------

_VERB = "|".join(f"(?:{verb})" for _, verb in ACTIVE).replace("(?P<char>", "(?:").replace("(?P<char2>", "(?:")
_ACTIVE = re.compile(
    rf"(?P<s>{listing('who')})(?:,? who)?(?P<aux>{AUX}) (?P<v>(?:{_VERB})(?:(?:, and |, | and |/| & )(?:also )?(?:{_VERB})){{0,4}})"
    rf" (?:both |the )?(?P<o>{listing('thing')})"
)
_ACTIVE_VERBS = tuple((relation, re.compile(rf"(?<![\w-])(?:{verb})(?![\w-])")) for relation, verb in ACTIVE)
_PLAIN_OBJECT = {"acted_in": 0.97, "directed": 0.96, "wrote": 0.9, "produced": 0.92, "executive_produced": 0.93}


def by_active_verbs(scene: Scene) -> Iterator[Found]:
    """ "<P1> wrote and directed <W2>"."""
    for match in _ACTIVE.finditer(scene.masked.plain):
        works = members(match["o"], "thing", scene.masked.plain[match.end() :])
        for relation, pattern in _ACTIVE_VERBS:
            verb = pattern.search(match["v"])
            if verb:
                for who in subjects(match["s"], "who"):
                    yield from _made(scene, who, relation, works, match, verb)


def _made(
    scene: Scene, who: int, relation: str, works: Sequence[int], match: re.Match[str], verb: re.Match[str]
) -> Iterator[Found]:
    company = ORG in scene.full(who).labels and relation == "produced"
    parts = verb.groupdict()
    quals = character(scene, parts.get("char") or parts.get("char2")) if relation == "acted_in" else ()
    for work in works:
        labels = scene.full(work).labels
        if WORK not in labels and UNKNOWN not in labels and relation not in ("acted_in", "directed"):
            continue
        if relation == "directed" and set(labels) == {"P"}:
            continue
        ends = (work, who) if company else (who, work)
        name = "production_company" if company else relation
        yield Found(
            ends[0], name, ends[1], _faded(scene, _PLAIN_OBJECT.get(relation, 0.85), ends), match.span("v"), quals
        )


_PART = "|".join(verb for _, verb in PASSIVE)
_PASSIVE = re.compile(
    rf"\b(?P<v>(?:{_PART})(?:(?: by)?(?:,? and (?:then |also )?|, | ?/ ?| & )(?:{_PART})){{0,4}})"
    rf"(?: (?:for the screen|and narrated|entirely|jointly|together|solely|theatrically|domestically|internationally|worldwide|in (?:the )?<[LD]\d+>)){{0,2}}"
    rf" by(?P<star> and starring| and stars)?(?: the)? (?P<o>{listing('who')})"
)
_PARTICIPLES = tuple((relation, re.compile(rf"\b(?:{verb})\b")) for relation, verb in PASSIVE)
_NOUN_BY = tuple(
    (relation, re.compile(rf"\b(?P<v>(?:{noun})(?: (?:was|is|written|composed))?) by (?P<o>{listing('who')})"))
    for relation, noun in NOUN_BY
)
_NOT_BY = re.compile(rf",? (?:and |but )?not (?:by )?(?P<o>{item('who')})")


def by_participles(scene: Scene) -> Iterator[Found]:
    """ "directed by <P1>", "produced and distributed by <O2>", "music by <P3>"."""
    text = scene.masked.plain
    for match in _PASSIVE.finditer(text):
        verbs = [relation for relation, pattern in _PARTICIPLES if pattern.search(match["v"])]
        yield from _by_list(scene, match, [*verbs, *(["acted_in"] if match["star"] else [])])
    for relation, pattern in _NOUN_BY:
        for match in pattern.finditer(text):
            yield from _by_list(scene, match, [relation])


_SCORES = {
    "directed": 0.97,
    "wrote": 0.92,
    "distributed_by": 0.95,
    "composed": 0.93,
    "acted_in": 0.96,
    "broadcast_by": 0.9,
}


def _by_list(scene: Scene, match: re.Match[str], relations: Sequence[str]) -> Iterator[Found]:
    text = scene.masked.plain
    work, factor = governing_work(scene, match.start())
    if work < 0:
        return
    people = [(number, False) for number in members(match["o"], "who", text[match.end() :])]
    if denial := _NOT_BY.match(text, match.end()):
        people += [(number, True) for number in members(denial["o"], "who")]
    for relation in relations:
        for number, denied in people:
            name, ends = _credited(scene, relation, work, number)
            score = _faded(scene, _SCORES.get(relation, 0.92) * factor, ends)
            yield Found(ends[0], name, ends[1], score, match.span("v"), denied=denied)


def _credited(scene: Scene, relation: str, work: int, who: int) -> tuple[str, tuple[int, int]]:
    """The relation and its ends: companies stand behind the work, people before it."""
    labels = scene.full(who).labels
    if relation == "produced" and ORG in labels and "P" not in labels:
        return "production_company", (work, who)
    if relation in ("distributed_by", "broadcast_by"):
        return relation, (work, who)
    return relation, (who, work)


_WORK_SYMBOL = re.compile(rf"{symbol('title')}|{symbol('work')}")
_ADJACENT = re.compile(
    rf"(?P<w>{symbol('work')})(?: \([^()]{{1,40}}\))?,?(?: (?:which|that))?(?:,? (?:is|was|were|has been|had been|being|be|will be|to be|also|and|both|not|never|reportedly|[a-z]+ly|originally|has|have|it))*,? ?\Z"
)
_SOURCE = re.compile(
    r"\b(?:based (?:up)?on|adapted from|adaptation of|sequel to|sequel of|remake of|reboot of|version of|spin-?off (?:of|from)|"
    r"prequel to|inspired by|follow-up to|follows|like|unlike|after|since|than|author of|creator of|director of|star of|"
    r"maker of|behind|from|between|by|with)(?: (?:the|his|her|a|an|their|its))?(?:(?: [a-z0-9'-]+| <[DLGNXP]+\d+>(?:'s)?)){0,5} ?\Z"
)


def governing_work(scene: Scene, at: int) -> tuple[int, float]:
    """The work that a participle at `at` speaks of, and how sure that is: the one beside it, else the
    sentence's own, else the work at hand. (-1, 0) where there is none."""
    before = scene.masked.plain[:at]
    beside = _ADJACENT.search(before)
    if (
        beside
        and (WORK in scene.full(_number(beside["w"])).labels or beside.start() < 3)
        and not _SOURCE.search(before[: beside.start()])
    ):
        return _number(beside["w"]), 1.0
    eligible = [m for m in _WORK_SYMBOL.finditer(before) if not _SOURCE.search(before[: m.start()])]
    titles = [m for m in eligible if WORK in scene.full(_number(m[0])).labels]
    if titles:
        return _number(titles[0][0]), 1.0 if len(titles) == 1 else 0.8
    if eligible and eligible[0].start() < 3:
        return _number(eligible[0][0]), 0.85
    work = scene.masked.work
    opens = len(before) < 3 or not SYMBOL.search(before)
    return (work, 0.93 if opens else 0.6) if work >= 0 else (-1, 0.0)


def _number(symbol_text: str) -> int:
    match = SYMBOL.search(symbol_text)
    return int(match[2]) if match else -1


# --- cast without a verb of its own --------------------------------------------------------------------

_LOOSE_CAST = re.compile(
    rf"(?:(?<![a-z])(?P<v>{CAST_INTRO}) (?P<o>{CAST}))"
    rf"|\b(?P<v2>with) (?P<o2>{CAST}) (?:in|as|playing) (?:the )?(?:[a-z]+ ){{0,2}}(?:roles?|leads?|parts?)\b"
)
_PLAYED_BY = re.compile(
    rf"(?P<c>{symbol('any')}|<C\d+>),? (?:is |was |are |were |to be |will be )?(?:a [^<>,.]{{1,40}},? )?(?P<v>(?:played|portrayed|voiced) by) (?P<o>{item('person')})"
)
_PLAYS = re.compile(
    rf"(?P<s>{item('person')}){AUX} (?P<v>plays?|played|portrays?|portrayed|voices|voiced|playing) (?:the )?(?P<c>(?:[a-z]+ ){{0,3}}?{symbol('any')}(?: {symbol('any')})?)(?! in\b)"
)


def by_cast_words(scene: Scene) -> Iterator[Found]:
    """ "starring <P1> as <X2>", "with <P1> in the lead", "<X2> is played by <P1>"."""
    text = scene.masked.plain
    for match in _LOOSE_CAST.finditer(text):
        group = "o" if match["o"] else "o2"
        work, factor = governing_work(scene, match.start())
        if work >= 0:
            for number, quals in cast_of(scene, match[group], text[match.end() :]):
                yield _cast(scene, number, work, 0.95 * factor, match.span("v" if group == "o" else "v2"), quals)
    for pattern in (_PLAYED_BY, _PLAYS):
        for match in pattern.finditer(text):
            yield from _role(scene, match, "o" if pattern is _PLAYED_BY else "s")


def _role(scene: Scene, match: re.Match[str], group: str) -> Iterator[Found]:
    work, factor = governing_work(scene, match.start())
    labels = scene.full(_number(match["c"])).labels
    if work < 0 or scene.mentions[work].full == scene.mentions[_number(match["c"])].full or labels in ("D", "O", "G"):
        return
    for number in members(match[group], "person"):
        yield _cast(scene, number, work, 0.9 * factor, match.span("v"), character(scene, match["c"]))


def _cast(
    scene: Scene, who: int, work: int, score: float, at: Span, quals: tuple[tuple[str, Literal | int], ...]
) -> Found:
    return replace(Found(who, "acted_in", work, 0.0, at, quals), score=_faded(scene, score, (who, work)))


FINDERS: tuple[Finder, ...] = (by_rules, by_active_verbs, by_participles, by_cast_words)
