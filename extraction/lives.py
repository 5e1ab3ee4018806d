"""Lives: births, and who founded what."""

from __future__ import annotations

from collections.abc import Iterator

from marquee.extraction.arguments import Argued, first_by, is_company
from marquee.extraction.mentions import PLACE
from marquee.extraction.scene import Found
from marquee.schema.kinds import Kind


def born(argued: Argued, sense: str) -> Iterator[Found]:
    scene, clause = argued.scene, argued.clause
    for place in clause.behind("in", "at"):
        if place.number >= 0 and PLACE in scene.labels(place.number):
            for item in argued.people(clause.subject):
                yield Found(item.number, "born_in", place.number, scene.faded(0.9, item.number), argued.at)
            return


def founded(argued: Argued, sense: str) -> Iterator[Found]:
    scene, clause = argued.scene, argued.clause
    passive = clause.passive
    agents = first_by(clause) if passive else [*clause.subject, *argued.people(clause.behind("with"))]
    founded = clause.subject if passive else [clause.about] if clause.about else argued.objects
    for item in founded:
        group = item.number >= 0 and Kind.GROUP in scene.kinds(item.number)
        if item.number >= 0 and (group or is_company(scene, item)):
            for who in argued.people(agents):
                yield Found(who.number, "founded", item.number, scene.faded(0.88, who.number, item.number), argued.at)
