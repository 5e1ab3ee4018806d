"""Acting: who plays in a work and what, from verbs, "is", "with" and "as"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from marquee.extraction.arguments import (
    SURE,
    Argued,
    acts,
    credit,
    first_by,
    is_person,
    is_work,
    may_be_played,
    owner,
)
from marquee.extraction.chunks import Item
from marquee.extraction.making import role_of
from marquee.extraction.parsed import Parsed
from marquee.extraction.scene import Found, Qualifiers, Scene, spoken_of
from marquee.extraction.slots import character
from marquee.extraction.verbs import CASTING, HAVING, PARTS, VERBS

_INSTRUMENTS = frozenset(
    ("guitar", "piano", "drums", "bass", "keyboards", "violin", "saxophone", "trumpet", "show", "gig", "concert")
)


def played(argued: Argued, sense: str) -> Iterator[Found]:
    clause, scene = argued.clause, argued.scene
    first = argued.objects[0] if argued.objects else None
    if clause.passive:
        yield from cast(argued, argued.people(first_by(clause)), clause.subject[-1] if clause.subject else None)
        return
    if first is None or (first.number < 0 and first.noun in _INSTRUMENTS):
        return
    others = list(clause.behind("opposite", "alongside"))
    yield from cast(argued, clause.subject, first)
    yield from cast(argued, argued.people(others), None)
    for item in others:
        if item.owner >= 0 and may_be_played(scene, item):
            yield from cast(argued, [owner(scene, item)], item)


def cast(argued: Argued, people: Iterable[Item], part: Item | None) -> Iterator[Found]:
    """Actors of the work of a clause, which is not what they play."""
    scene, played = argued.scene, part.number if part else -1
    about = argued.clause.about
    named = argued.works([about] if about else argued.clause.behind("in"))
    for work, factor in [(n, 0.97) for n in named] or argued.spoken():
        if played >= 0 and scene.mentions[work].full == scene.mentions[played].full:
            continue
        for item in people:
            quals = _character(scene, item, part)
            for found in credit(scene, "acted_in", item, work, 0.9 * factor, argued.at):
                yield Found(found.subject, "acted_in", work, found.score, found.at, quals)


def _character(scene: Scene, actor: Item, part: Item | None) -> Qualifiers:
    if part is not None and part.number >= 0 and may_be_played(scene, part):
        return character(scene, f"<X{part.number}>")
    return character(scene, actor.part) if actor.part else ()


def starred(argued: Argued, sense: str) -> Iterator[Found]:
    clause, scene = argued.clause, argued.scene
    people, works = argued.people(argued.objects), argued.works(clause.subject)
    if HAVING.intersection(clause.verbs) and not (works and people and clause.behind("as")):
        return
    if people and (works or clause.reduced or not argued.people(clause.subject)):
        for work, factor in [(n, 0.97) for n in works] or argued.spoken():
            for item in people:
                for found in credit(scene, "acted_in", item, work, 0.92 * factor, argued.at):
                    yield Found(found.subject, "acted_in", work, found.score, found.at, _character(scene, item, None))
    elif not argued.objects and not _elsewhere(argued):
        part = next(iter(clause.behind("as")), None)
        yield from cast(argued, clause.subject, part)
        yield from cast(argued, argued.people(clause.behind("opposite", "alongside")), None)


def _elsewhere(argued: Argued) -> bool:
    """Whether "appears in …" names something that is neither the work nor a part in it."""
    places = argued.clause.behind("in", "on", "at")
    nouns = [word for item in places if item.number < 0 for word in item.words]
    if any(item.number >= 0 and not is_work(argued.scene, item) for item in places):
        return not argued.works(places)
    return bool(nouns) and not (set(nouns) & (CASTING | PARTS))


def in_cast(argued: Argued, sense: str) -> Iterator[Found]:
    clause = argued.clause
    if clause.passive:
        if argued.acting():
            yield from cast(argued, argued.people(first_by(clause)), None)
        return
    nouns = {word for item in argued.objects if item.number < 0 for word in item.words} | set(clause.words)
    if nouns & (CASTING - {"screen", "part"} if sense == "is" else CASTING) and not argued.works(argued.objects):
        yield from cast(argued, [*clause.subject, *argued.people(clause.behind("with", "alongside"))], None)


def is_played(argued: Argued, sense: str) -> Iterator[Found]:
    """ "is <X1>", "<P2> the lawyer", "are in the cast"."""
    clause, scene, said = argued.clause, argued.scene, argued.said()
    if said is None:
        inside = clause.behind("in")
        if argued.works(inside) or any(item.number < 0 and CASTING.intersection(item.words) for item in inside):
            yield from cast(argued, clause.subject, None)
    elif may_be_played(scene, said) or (said.number < 0 and _plays_a(argued, said)):
        people = [item for item in clause.subject if _known_person(scene, item, argued)]
        yield from cast(argued, people, said if said.number >= 0 else None)


def _plays_a(argued: Argued, said: Item) -> bool:
    """Whether "is a lawyer" says a part, among others in the sentence."""
    told = argued.clause.gapped or argued.acting()
    return told and not role_of(said) and bool(said.article or said.owner >= 0)


def _known_person(scene: Scene, item: Item, argued: Argued) -> bool:
    """Whether "is <X>" may say what a name plays: an actor known or the sentence speaks of parts."""
    return acts(scene, item) and (bool(scene.kinds(item.number)) or argued.acting())


def companions(scene: Scene, parsed: Parsed) -> Iterator[Found]:
    """ "with <P1> as <X2>, <P3> as the lawyer <X4>", "with <P5> as co-director", "<P6>, as <X7>, …"."""
    people: list[Item] = []
    told = _tells_parts(parsed)
    for number, (preposition, items, subject) in enumerate(parsed.loose):
        if preposition == "with":
            told = True
            people = [item for item in items if is_person(scene, item)]
            if people and not parsed.clauses and number == 0 and (people[0].part or len(people) > 1):
                yield from _as(scene, people, None)
            following = parsed.loose[number + 1] if number + 1 < len(parsed.loose) else None
            if people and following and following[0] == "in" and _casts(following[1]):
                yield from _as(scene, people, None)
        elif preposition == "as" and (told or items[0].number >= 0 or role_of(items[0])):
            yield from _as(scene, people[-1:] or subject, items[0])
            yield from _as(scene, people[:-1], None) if people and not role_of(items[0]) else ()
            people = [item for item in items[1:] if is_person(scene, item)]
            if people and not (number + 1 < len(parsed.loose) and parsed.loose[number + 1][0] == "as"):
                yield from _as(scene, people, None)
        else:
            people = []


def _tells_parts(parsed: Parsed) -> bool:
    """Whether "as the doctor" may be a part: behind a verb of acting or no verb at all, not in "named it as his
    favourite", "listed Ann as an influence" or "as part of this plan"."""
    verbs = {verb for clause in parsed.clauses for verb in clause.verbs} - HAVING
    if parsed.clauses:
        return any({"played", "starred"}.intersection(VERBS.get(verb, ())) for verb in verbs)
    return not any(
        items[0].article == "this" or _VERBISH.search(" ".join(before[0].words) if before else "")
        for preposition, items, before in parsed.loose
        if preposition == "as"
    )


# What stands right before a name and is no noun for a role: a verb that the grammar does not know.
_VERBISH = re.compile(r"(?:ed|[^s]s)\b")


def _casts(items: Sequence[Item]) -> bool:
    return any(item.number < 0 and CASTING.intersection(item.words) for item in items)


def _as(scene: Scene, people: Sequence[Item], part: Item | None) -> Iterator[Found]:
    relation = role_of(part) if part is not None and part.number < 0 else "acted_in"
    if not people or (part is not None and part.number >= 0 and not may_be_played(scene, part)):
        return
    at = people[0].span
    work, factor = spoken_of(scene, at[0])
    if factor <= SURE or (
        part is not None and part.number < 0 and not relation and not part.article and part.owner < 0
    ):
        return
    for item in people:
        for found in credit(scene, relation or "acted_in", item, work, 0.87 * factor, at):
            quals = _character(scene, item, part) if found.relation == "acted_in" else ()
            yield Found(found.subject, found.relation, found.object, found.score, at, quals)
