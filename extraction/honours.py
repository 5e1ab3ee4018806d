"""Honours: awards won and nominated for, and ceremonies, from the clauses of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from marquee.extraction.arguments import Argued, owns_work
from marquee.extraction.awards import is_nomination
from marquee.extraction.chunks import Item
from marquee.extraction.mentions import AWARD, DATE, ORG, PERSON, UNKNOWN, WORK
from marquee.extraction.scene import Found
from marquee.extraction.verbs import THINGS
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType


def won(argued: Argued, sense: str) -> Iterator[Found]:
    clause = argued.clause
    awards = argued.objects if sense == "won" else clause.behind("for")
    if clause.passive == (sense == "won"):
        return
    for item in awards:
        if item.number >= 0 and AWARD in argued.scene.labels(item.number):
            yield from _honours(argued, sense, item)
    yield from at_ceremony(argued)
    for item in clause.behind("at"):
        if item.number >= 0 and Kind.FESTIVAL in argued.scene.kinds(item.number):
            yield from (Found(work, "shown_at", item.number, 0.85, argued.at) for work in argued.works(clause.subject))


def is_honoured(argued: Argued, sense: str) -> Iterator[Found]:
    """ "was best supporting actor"."""
    said = argued.said()
    if said is not None and said.number >= 0 and AWARD in argued.scene.labels(said.number):
        yield from _honours(argued, "won", said)


def named(argued: Argued, sense: str) -> Iterator[Found]:
    """ "was named best picture at <A1>": the award is an object, whatever the voice."""
    for item in argued.objects:
        if item.number >= 0 and AWARD in argued.scene.labels(item.number):
            yield from _honours(argued, "won", item)
    yield from at_ceremony(argued)


def _honours(argued: Argued, sense: str, item: Item) -> Iterator[Found]:
    scene, award = argued.scene, item.number
    if Kind.CEREMONY in scene.kinds(award) and Kind.AWARD not in scene.kinds(award):
        return
    after = scene.text[item.span[1] :]
    relation = "nominated_for" if sense == "won" and is_nomination(scene, award, after) else sense
    for who in _honoured(argued):
        quals = tuple(_award_qualifiers(argued, who))
        yield Found(who, relation, award, scene.faded(0.9, who), argued.at, quals)


def _honoured(argued: Argued) -> list[int]:
    """Those who are honoured: names, or the work whose score or script it is."""
    scene, found = argued.scene, []
    for item in argued.people(argued.objects) or argued.clause.subject:
        if item.number >= 0 and set(scene.labels(item.number)) & {PERSON, WORK, ORG, UNKNOWN}:
            found.append(item.number)
        elif item.number < 0 and item.noun in THINGS:
            works = [(item.owner, 1.0)] if owns_work(scene, item) else argued.spoken()
            found += [work for work, _ in works]
    return found


def _award_qualifiers(argued: Argued, who: int) -> Iterator[tuple[str, Literal | int]]:
    scene, clause = argued.scene, argued.clause
    for item in clause.behind("in"):
        literal = scene.mentions[item.number].literal if item.number >= 0 and DATE in item.labels else None
        if literal and literal.value[:4].isdigit() and not literal.value.endswith("s"):
            yield "year", Literal(LiteralType.YEAR, literal.value[:4])
            break
    works = argued.works(clause.behind("for"))
    if works and WORK not in scene.full(who).labels:
        yield "work", works[0]


def at_ceremony(argued: Argued, sense: str = "") -> Iterator[Found]:
    scene = argued.scene
    for item in argued.clause.behind("at", "during"):
        if item.number >= 0 and Kind.CEREMONY in scene.kinds(item.number):
            for who in _honoured(argued):
                yield Found(who, "honored_at", item.number, scene.faded(0.88, who), argued.at)
