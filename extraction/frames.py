"""Frames: what the clauses of a sentence say, by the sense of the verb and the sort of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from marquee.extraction.awards import is_nomination
from marquee.extraction.chunks import Item
from marquee.extraction.clauses import for_kinds
from marquee.extraction.mentions import AWARD, CHARACTER, DATE, ORG, PERSON, PLACE, UNKNOWN, WORK
from marquee.extraction.parsing import Apposition, Clause, Parsed, parse
from marquee.extraction.scene import Found, Qualifiers, Scene, spoken_of
from marquee.extraction.slots import character
from marquee.extraction.verbs import CASTING, COMPANY_CREDITS, FILMS, HAVING, PARTS, ROLES, THINGS, VERBS
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Span

Work = tuple[int, float]  # a mention's number and how sure it is
_NOBODY: Work = (-1, 0.0)
_SURE = 0.84
_JOINED = frozenset(("directed", "wrote", "produced", "composed", "executive_produced", "founded"))
_ACTING = frozenset(("played", "starred", "cast"))


def by_grammar(scene: Scene) -> Iterator[Found]:
    """What the clauses, appositions and phrases of a sentence say."""
    parsed = parse(scene.text)
    for clause in parsed.clauses:
        for sense in dict.fromkeys(sense for verb in clause.verbs for sense in VERBS.get(verb, ())):
            yield from SENSES[sense](_Reading(scene, parsed, clause), sense)
    for apposition in parsed.appositions:
        yield from _beside(scene, apposition)
    yield from _owned(scene, parsed)
    yield from _companions(scene, parsed)


class _Reading:
    """A clause in its scene, and what frames ask of it."""

    def __init__(self, scene: Scene, parsed: Parsed, clause: Clause) -> None:
        self.scene, self.parsed, self.clause = scene, parsed, clause
        self.objects = [item for items in clause.objects for item in items]
        self.at = clause.span

    def works(self, items: Iterable[Item]) -> list[int]:
        return [item.number for item in items if _is_work(self.scene, item)]

    def people(self, items: Iterable[Item]) -> list[Item]:
        return [item for item in items if _is_person(self.scene, item)]

    def work(self, *prepositions: str) -> list[Work]:
        """The works a clause is about: what "which" stands for, its objects, those of its phrases, else the
        one spoken of."""
        clause = self.clause
        if clause.about is not None and _is_work(self.scene, clause.about):
            return [(clause.about.number, 0.97)]
        named = self.works(self.objects) or self.works(clause.behind(*prepositions))
        return [(number, 0.97) for number in named] or self.spoken()

    def spoken(self) -> list[Work]:
        work = spoken_of(self.scene, self.at[0])
        return [work] if work[1] > _SURE else []

    def acting(self) -> bool:
        """Whether another clause of the sentence speaks of a part somebody plays."""
        others = (c for c in self.parsed.clauses if c is not self.clause)
        return any(_ACTING.intersection(VERBS.get(verb, ())) for other in others for verb in other.verbs)


# --- who is what -----------------------------------------------------------------------------------


def _is_work(scene: Scene, item: Item) -> bool:
    return item.number >= 0 and WORK in scene.labels(item.number)


def _is_person(scene: Scene, item: Item) -> bool:
    if item.number < 0:
        return False
    labels = scene.labels(item.number)
    return PERSON in labels or labels == UNKNOWN


def _is_company(scene: Scene, item: Item) -> bool:
    return item.number >= 0 and ORG in scene.labels(item.number) and PERSON not in scene.labels(item.number)


def _acts(scene: Scene, item: Item) -> bool:
    """Whether a name may be an actor's: no band's, no company's."""
    kinds = scene.kinds(item.number) if item.number >= 0 else frozenset()
    return _is_person(scene, item) and (not kinds or Kind.PERSON in kinds)


def _may_be_played(scene: Scene, item: Item) -> bool:
    """Whether a name may be a character's: one the graph does not know as a person's."""
    if item.number < 0:
        return False
    labels = set(scene.labels(item.number))
    return bool(labels & {PERSON, UNKNOWN, CHARACTER}) and Kind.PERSON not in scene.kinds(item.number)


# --- credits ---------------------------------------------------------------------------------------


def _credit(reading: _Reading, sense: str) -> Iterator[Found]:
    clause = reading.clause
    if clause.passive:
        agents = _first_by(clause)
        works = [(n, 0.97) for n in reading.works(clause.subject)] or _unnamed_work(reading)
        yield from _credits(reading, sense, agents, works)
        yield from _for_companies(reading, works)
        return
    relation = _by_thing(reading, sense)
    if not relation or (relation == "shot" and not reading.objects and clause.behind("in", "at", "on")):
        return
    agents = list(clause.subject)
    if relation in _JOINED:
        agents += reading.people(clause.behind("with"))
    works = reading.work("for", "on", "of")
    yield from _credits(reading, relation, agents, works)
    yield from _for_companies(reading, works)


def _for_companies(reading: _Reading, works: Sequence[Work]) -> Iterator[Found]:
    """Whom it was made for, and with whom in association."""
    clause = reading.clause
    companies = [item for item in clause.behind("for") if _is_company(reading.scene, item)]
    if clause.passive and any(_is_company(reading.scene, item) for item in _first_by(clause)):
        companies += [item for item in clause.behind("with") if _is_company(reading.scene, item)]
    if {"directed", "produced", "made", "wrote"} & {sense for verb in clause.verbs for sense in VERBS[verb]}:
        yield from _credits(reading, "production_company", companies, works)


def _first_by(clause: Clause) -> list[Item]:
    return next((items for preposition, items in clause.phrases if preposition == "by"), [])


def _unnamed_work(reading: _Reading) -> list[Work]:
    """The work of a passive whose subject is a part of it, or that only describes what stands before."""
    subject = reading.clause.subject
    owners = [(item.owner, 0.95) for item in subject if item.number < 0 and _owns_work(reading.scene, item)]
    if owners or reading.clause.reduced or not subject:
        return owners or reading.spoken()
    return reading.spoken() if subject[-1].number < 0 and subject[-1].noun in PARTS | THINGS.keys() else []


def _owns_work(scene: Scene, item: Item) -> bool:
    return item.owner >= 0 and WORK in scene.labels(item.owner)


def _by_thing(reading: _Reading, sense: str) -> str:
    """The relation of an active verb, by what it has for an object: who "wrote the music" composed; "" for none."""
    objects = reading.objects
    nouns = [word for item in objects if item.number < 0 for word in item.words]
    nouns += [] if objects else reading.clause.words
    thing = next((THINGS[noun] for noun in nouns if noun in THINGS), "")
    if thing:
        return thing
    if sense == "supplied" or any(item.number < 0 and item.noun not in PARTS for item in objects):
        return ""
    return sense if not objects or reading.works(objects) or nouns or sense == "performed" else ""


def _credits(reading: _Reading, relation: str, agents: Sequence[Item], works: Sequence[Work]) -> Iterator[Found]:
    for item in agents:
        for work, factor in works:
            yield from credit(reading.scene, relation, item, work, 0.9 * factor, reading.at)


def credit(scene: Scene, relation: str, who: Item, work: int, score: float, at: Span) -> Iterator[Found]:
    """The claim, if who is credited is of the sort that the relation takes."""
    if who.number < 0 or scene.mentions[who.number].full == scene.mentions[work].full:
        return
    if relation in ("produced", "made", "production_company") and _is_company(scene, who):
        relation = "production_company"
    if relation in COMPANY_CREDITS:
        if _is_company(scene, who):
            name = for_kinds(relation, scene.kinds(work), scene.kinds(who.number))
            yield Found(work, name, who.number, scene.faded(score, work, who.number), at)
    elif relation != "made" and _is_person(scene, who) and (relation != "acted_in" or _acts(scene, who)):
        yield Found(who.number, relation, work, scene.faded(score, who.number, work), at)


# --- casts -----------------------------------------------------------------------------------------

_INSTRUMENTS = frozenset(
    ("guitar", "piano", "drums", "bass", "keyboards", "violin", "saxophone", "trumpet", "show", "gig", "concert")
)


def _played(reading: _Reading, sense: str) -> Iterator[Found]:
    clause, scene = reading.clause, reading.scene
    first = reading.objects[0] if reading.objects else None
    if clause.passive:
        yield from _cast(reading, reading.people(_first_by(clause)), clause.subject[-1] if clause.subject else None)
        return
    if first is None or (first.number < 0 and first.noun in _INSTRUMENTS):
        return
    others = list(clause.behind("opposite", "alongside"))
    yield from _cast(reading, clause.subject, first)
    yield from _cast(reading, reading.people(others), None)
    for item in others:
        if item.owner >= 0 and _may_be_played(scene, item):
            yield from _cast(reading, [_owner(scene, item)], item)


def _owner(scene: Scene, item: Item) -> Item:
    return Item(item.owner, scene.labels(item.owner), (), -1, item.span)


def _cast(reading: _Reading, people: Iterable[Item], part: Item | None) -> Iterator[Found]:
    """Actors of the work of a clause, which is not what they play."""
    scene, played = reading.scene, part.number if part else -1
    about = reading.clause.about
    named = reading.works([about] if about else reading.clause.behind("in"))
    for work, factor in [(n, 0.97) for n in named] or reading.spoken():
        if played >= 0 and scene.mentions[work].full == scene.mentions[played].full:
            continue
        for item in people:
            quals = _character(scene, item, part)
            for found in credit(scene, "acted_in", item, work, 0.9 * factor, reading.at):
                yield Found(found.subject, "acted_in", work, found.score, found.at, quals)


def _character(scene: Scene, actor: Item, part: Item | None) -> Qualifiers:
    if part is not None and part.number >= 0 and _may_be_played(scene, part):
        return character(scene, f"<X{part.number}>")
    return character(scene, actor.part) if actor.part else ()


def _starred(reading: _Reading, sense: str) -> Iterator[Found]:
    clause, scene = reading.clause, reading.scene
    people, works = reading.people(reading.objects), reading.works(clause.subject)
    if HAVING.intersection(clause.verbs) and not (works and people and clause.behind("as")):
        return
    if people and (works or clause.reduced or not reading.people(clause.subject)):
        for work, factor in [(n, 0.97) for n in works] or reading.spoken():
            for item in people:
                for found in credit(scene, "acted_in", item, work, 0.92 * factor, reading.at):
                    yield Found(found.subject, "acted_in", work, found.score, found.at, _character(scene, item, None))
    elif not reading.objects and not _elsewhere(reading):
        part = next(iter(clause.behind("as")), None)
        yield from _cast(reading, clause.subject, part)
        yield from _cast(reading, reading.people(clause.behind("opposite", "alongside")), None)


def _elsewhere(reading: _Reading) -> bool:
    """Whether "appears in …" names something that is neither the work nor a part in it."""
    places = reading.clause.behind("in", "on", "at")
    nouns = [word for item in places if item.number < 0 for word in item.words]
    if any(item.number >= 0 and not _is_work(reading.scene, item) for item in places):
        return not reading.works(places)
    return bool(nouns) and not (set(nouns) & (CASTING | PARTS))


def _in_cast(reading: _Reading, sense: str) -> Iterator[Found]:
    clause = reading.clause
    if clause.passive:
        if reading.acting():
            yield from _cast(reading, reading.people(_first_by(clause)), None)
        return
    nouns = {word for item in reading.objects if item.number < 0 for word in item.words} | set(clause.words)
    if nouns & (CASTING - {"screen", "part"} if sense == "is" else CASTING) and not reading.works(reading.objects):
        yield from _cast(reading, [*clause.subject, *reading.people(clause.behind("with", "alongside"))], None)


def _is(reading: _Reading, sense: str) -> Iterator[Found]:
    clause, scene = reading.clause, reading.scene
    said = reading.objects[0] if reading.objects else None
    if said is None:
        yield from _in(reading)
    elif said.number >= 0 and AWARD in scene.labels(said.number):
        yield from _honours(reading, "won", said)
    elif said.number >= 0 and (_may_be_played(scene, said) or reading.clause.gapped):
        if _may_be_played(scene, said):
            yield from _cast(reading, [item for item in clause.subject if _known_person(scene, item, reading)], said)
    elif said.number < 0:
        yield from _in_role(reading, said)
        if (clause.gapped or reading.acting()) and not role_of(said) and (said.article or said.owner >= 0):
            yield from _cast(reading, [item for item in clause.subject if _known_person(scene, item, reading)], None)


def _known_person(scene: Scene, item: Item, reading: _Reading) -> bool:
    """Whether "is <X>" may say what a name plays: an actor known or the sentence speaks of parts."""
    return _acts(scene, item) and (bool(scene.kinds(item.number)) or reading.acting())


def _in(reading: _Reading) -> Iterator[Found]:
    """ "are in the cast", "is in <W1>", "is among the producers"."""
    clause = reading.clause
    inside = clause.behind("in")
    if reading.works(inside) or any(item.number < 0 and CASTING.intersection(item.words) for item in inside):
        yield from _cast(reading, clause.subject, None)
    for item in clause.behind("among"):
        if item.number < 0:
            yield from _in_role(reading, item)
    if any(item.noun == "camera" for item in clause.behind("behind")):
        yield from _credits(reading, "shot", clause.subject, reading.work("of", "on"))


_OTHER_TRADES = frozenset(
    ("art", "photography", "casting", "music", "managing", "artistic", "story", "line", "song", "record", "sound")
)


def role_of(item: Item) -> str:
    """The relation that a noun for a part in the making says, "" if it is none."""
    if item.noun in ("lady", "man") and "leading" in item.words:
        return "acted_in"
    relation = "" if _OTHER_TRADES.intersection(item.words) else ROLES.get(item.noun, "")
    return "executive_produced" if relation == "produced" and "executive" in item.words else relation


def _in_role(reading: _Reading, said: Item) -> Iterator[Found]:
    """ "was the director (of <W1>)"; "is a director" is what somebody does for a living."""
    relation, clause = role_of(said), reading.clause
    if not relation or (
        said.article in ("a", "an") and clause.verbs[0] in ("is", "are", "remains") and "executive" not in said.words
    ):
        return
    if any(item.noun == "photography" for item in clause.behind("of")):
        relation = "shot"
    works = [(said.owner, 0.95)] if _owns_work(reading.scene, said) else reading.work("of", "on", "for", "behind")
    yield from _credits(reading, relation, clause.subject, works)


# --- awards ----------------------------------------------------------------------------------------


def _won(reading: _Reading, sense: str) -> Iterator[Found]:
    clause = reading.clause
    awards = reading.objects if sense == "won" else clause.behind("for")
    if clause.passive == (sense == "won"):
        return
    for item in awards:
        if item.number >= 0 and AWARD in scene_labels(reading, item):
            yield from _honours(reading, sense, item)
    yield from _at_ceremony(reading)


def _named(reading: _Reading, sense: str) -> Iterator[Found]:
    """ "was named best picture at <A1>": the award is an object, whatever the voice."""
    for item in reading.objects:
        if item.number >= 0 and AWARD in scene_labels(reading, item):
            yield from _honours(reading, "won", item)
    yield from _at_ceremony(reading)


def scene_labels(reading: _Reading, item: Item) -> str:
    """What the bearer of an item may be."""
    return reading.scene.labels(item.number)


def _honours(reading: _Reading, sense: str, item: Item) -> Iterator[Found]:
    scene, award = reading.scene, item.number
    if Kind.CEREMONY in scene.kinds(award) and Kind.AWARD not in scene.kinds(award):
        return
    after = scene.text[item.span[1] :]
    relation = "nominated_for" if sense == "won" and is_nomination(scene, award, after) else sense
    for who in _honoured(reading):
        quals = tuple(_award_qualifiers(reading, who))
        yield Found(who, relation, award, scene.faded(0.9, who), reading.at, quals)


def _honoured(reading: _Reading) -> list[int]:
    """Those who are honoured: names, or the work whose score or script it is."""
    scene, found = reading.scene, []
    for item in reading.people(reading.objects) or reading.clause.subject:
        if item.number >= 0 and set(scene.labels(item.number)) & {PERSON, WORK, ORG, UNKNOWN}:
            found.append(item.number)
        elif item.number < 0 and item.noun in THINGS:
            works = [(item.owner, 1.0)] if _owns_work(scene, item) else reading.spoken()
            found += [work for work, _ in works]
    return found


def _award_qualifiers(reading: _Reading, who: int) -> Iterator[tuple[str, Literal | int]]:
    scene, clause = reading.scene, reading.clause
    for item in clause.behind("in"):
        literal = scene.mentions[item.number].literal if item.number >= 0 and DATE in item.labels else None
        if literal and literal.value[:4].isdigit() and not literal.value.endswith("s"):
            yield "year", Literal(LiteralType.YEAR, literal.value[:4])
            break
    works = reading.works(clause.behind("for"))
    if works and WORK not in scene.full(who).labels:
        yield "work", works[0]


def _at_ceremony(reading: _Reading, sense: str = "") -> Iterator[Found]:
    scene = reading.scene
    for item in reading.clause.behind("at", "during"):
        if item.number >= 0 and Kind.CEREMONY in scene.kinds(item.number):
            for who in _honoured(reading):
                yield Found(who, "honored_at", item.number, scene.faded(0.88, who), reading.at)


# --- lives and companies ---------------------------------------------------------------------------


def _born(reading: _Reading, sense: str) -> Iterator[Found]:
    scene, clause = reading.scene, reading.clause
    for place in clause.behind("in", "at"):
        if place.number >= 0 and PLACE in scene.labels(place.number):
            for item in reading.people(clause.subject):
                yield Found(item.number, "born_in", place.number, scene.faded(0.9, item.number), reading.at)
            return


def _founded(reading: _Reading, sense: str) -> Iterator[Found]:
    scene, clause = reading.scene, reading.clause
    passive = clause.passive
    agents = _first_by(clause) if passive else [*clause.subject, *reading.people(clause.behind("with"))]
    founded = clause.subject if passive else [clause.about] if clause.about else reading.objects
    for item in founded:
        group = item.number >= 0 and Kind.GROUP in scene.kinds(item.number)
        if item.number >= 0 and (group or _is_company(scene, item)):
            for who in reading.people(agents):
                yield Found(who.number, "founded", item.number, scene.faded(0.88, who.number, item.number), reading.at)


# --- what stands outside clauses -------------------------------------------------------------------


def _beside(scene: Scene, apposition: Apposition) -> Iterator[Found]:
    """ "its producer, <P1>", "<P1>, star of <W2>"."""
    said, item = apposition.said, apposition.item
    relation = role_of(said) if said.number < 0 else ""
    if said.number < 0 and said.noun in FILMS and said.owner >= 0 and _is_work(scene, item):
        yield from credit(scene, "directed", _owner(scene, said), item.number, 0.75, said.span)
    if not relation:
        return
    works = [said.owner] if _owns_work(scene, said) else []
    inside = ("of", "on", "in") if relation == "acted_in" else ("of", "on")
    works += [i.number for prep, items in apposition.phrases if prep in inside for i in items if _is_work(scene, i)]
    for work in works[:1]:
        yield from credit(scene, relation, item, work, 0.88, said.span)


def _owned(scene: Scene, parsed: Parsed) -> Iterator[Found]:
    """ "<P1>'s score", "<P1>'s script"."""
    for item in parsed.items:
        if _is_work(scene, item) and item.owner >= 0:
            yield from _made_by_owner(scene, item)
        relation = THINGS.get(item.noun, "") if item.number < 0 and item.owner >= 0 else ""
        if relation and PERSON in scene.labels(item.owner):
            work, factor = spoken_of(scene, item.span[0])
            if factor > _SURE:
                yield from credit(scene, relation, _owner(scene, item), work, 0.85 * factor, item.span)


def _made_by_owner(scene: Scene, item: Item) -> Iterator[Found]:
    """ "Pixar's <W1>", "HBO's <W2>": known companies only."""
    kinds = scene.kinds(item.owner)
    relation = "broadcast_by" if kinds == {Kind.NETWORK} else "production_company" if kinds == {Kind.STUDIO} else ""
    if relation and not item.part:
        yield from credit(scene, relation, _owner(scene, item), item.number, 0.75, item.span)


def _companions(scene: Scene, parsed: Parsed) -> Iterator[Found]:
    """ "with <P1> as <X2>, <P3> as the lawyer <X4>", "with <P5> as co-director", "<P6>, as <X7>, …"."""
    people: list[Item] = []
    for number, (preposition, items, subject) in enumerate(parsed.loose):
        if preposition == "with":
            people = [item for item in items if _is_person(scene, item)]
            following = parsed.loose[number + 1] if number + 1 < len(parsed.loose) else None
            if people and following and following[0] == "in" and _casts(following[1]):
                yield from _as(scene, people, None)
        elif preposition == "as":
            yield from _as(scene, people[-1:] or subject, items[0])
            yield from _as(scene, people[:-1], None) if people and not role_of(items[0]) else ()
            people = [item for item in items[1:] if _is_person(scene, item)]
            if people and not (number + 1 < len(parsed.loose) and parsed.loose[number + 1][0] == "as"):
                yield from _as(scene, people, None)
        else:
            people = []


def _casts(items: Sequence[Item]) -> bool:
    return any(item.number < 0 and CASTING.intersection(item.words) for item in items)


def _as(scene: Scene, people: Sequence[Item], part: Item | None) -> Iterator[Found]:
    relation = role_of(part) if part is not None and part.number < 0 else "acted_in"
    if not people or (part is not None and part.number >= 0 and not _may_be_played(scene, part)):
        return
    at = people[0].span
    work, factor = spoken_of(scene, at[0])
    if factor <= _SURE or (
        part is not None and part.number < 0 and not relation and not part.article and part.owner < 0
    ):
        return
    for item in people:
        for found in credit(scene, relation or "acted_in", item, work, 0.87 * factor, at):
            quals = _character(scene, item, part) if found.relation == "acted_in" else ()
            yield Found(found.subject, found.relation, found.object, found.score, at, quals)


def _nothing(reading: _Reading, sense: str) -> Iterator[Found]:
    return iter(())


Frame = Callable[[_Reading, str], Iterator[Found]]
SENSES: dict[str, Frame] = {
    **dict.fromkeys(
        ("directed", "wrote", "produced", "executive_produced", "composed", "edited", "shot", "performed", "distributed_by",
         "broadcast_by", "production_company", "made", "supplied"), _credit,
    ),
    "played": _played, "starred": _starred, "cast": _in_cast, "is": _is, "won": _won, "nominated_for": _won,
    "honored_at": _at_ceremony, "named": _named, "born_in": _born, "founded": _founded, "filmed_in": _nothing,
}  # fmt: skip
