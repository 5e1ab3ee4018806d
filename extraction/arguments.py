"""Arguments: a clause in its sentence, what sort of thing its names are, and the credit they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from marquee.extraction.chunks import Item
from marquee.extraction.clauses import for_kinds
from marquee.extraction.mentions import CHARACTER, ORG, PERSON, UNKNOWN, WORK
from marquee.extraction.parsed import Clause, Parsed
from marquee.extraction.scene import Found, Scene, spoken_of
from marquee.extraction.verbs import COMPANY_CREDITS, VERBS
from marquee.schema.kinds import Kind
from marquee.schema.values import Span

Work = tuple[int, float]  # a mention's number and how sure it is
SURE = 0.84  # less sure works are not credited
_ACTING = frozenset(("played", "starred", "cast"))


class Argued:
    """A clause in its scene, and what frames ask of it."""

    def __init__(self, scene: Scene, parsed: Parsed, clause: Clause) -> None:
        self.scene, self.parsed, self.clause = scene, parsed, clause
        self.objects = [item for items in clause.objects for item in items]
        self.at = clause.span

    def works(self, items: Iterable[Item]) -> list[int]:
        return [item.number for item in items if is_work(self.scene, item)]

    def people(self, items: Iterable[Item]) -> list[Item]:
        return [item for item in items if is_person(self.scene, item)]

    def work(self, *prepositions: str) -> list[Work]:
        """The works a clause is about: what "which" stands for, its objects, those of its phrases, else the
        one spoken of."""
        clause = self.clause
        if clause.about is not None and is_work(self.scene, clause.about):
            return [(clause.about.number, 0.97)]
        named = self.works(self.objects) or self.works(clause.behind(*prepositions))
        return [(number, 0.97) for number in named] or self.spoken()

    def said(self) -> Item | None:
        """What a subject is said to be: the first of the objects."""
        return self.objects[0] if self.objects else None

    def spoken(self) -> list[Work]:
        work = spoken_of(self.scene, self.at[0])
        return [work] if work[1] > SURE else []

    def acting(self) -> bool:
        """Whether another clause of the sentence speaks of a part somebody plays."""
        others = (c for c in self.parsed.clauses if c is not self.clause)
        return any(_ACTING.intersection(VERBS.get(verb, ())) for other in others for verb in other.verbs)


def is_work(scene: Scene, item: Item) -> bool:
    return item.number >= 0 and WORK in scene.labels(item.number)


def is_person(scene: Scene, item: Item) -> bool:
    if item.number < 0:
        return False
    labels = scene.labels(item.number)
    return PERSON in labels or labels == UNKNOWN


def is_company(scene: Scene, item: Item) -> bool:
    return item.number >= 0 and ORG in scene.labels(item.number) and PERSON not in scene.labels(item.number)


def acts(scene: Scene, item: Item) -> bool:
    """Whether a name may be an actor's: no band's, no company's."""
    kinds = scene.kinds(item.number) if item.number >= 0 else frozenset()
    return is_person(scene, item) and (not kinds or Kind.PERSON in kinds)


def may_be_played(scene: Scene, item: Item) -> bool:
    """Whether a name may be a character's: one the graph does not know as a person's."""
    if item.number < 0:
        return False
    labels = set(scene.labels(item.number))
    return bool(labels & {PERSON, UNKNOWN, CHARACTER}) and Kind.PERSON not in scene.kinds(item.number)


def owner(scene: Scene, item: Item) -> Item:
    return Item(item.owner, scene.labels(item.owner), (), -1, item.span)


def owns_work(scene: Scene, item: Item) -> bool:
    return item.owner >= 0 and WORK in scene.labels(item.owner)


def first_by(clause: Clause) -> list[Item]:
    return next((items for preposition, items in clause.phrases if preposition == "by"), [])


def credits(argued: Argued, relation: str, agents: Sequence[Item], works: Sequence[Work]) -> Iterator[Found]:
    for item in agents:
        for work, factor in works:
            yield from credit(argued.scene, relation, item, work, 0.9 * factor, argued.at)


def credit(scene: Scene, relation: str, who: Item, work: int, score: float, at: Span) -> Iterator[Found]:
    """The claim, if who is credited is of the sort that the relation takes."""
    if who.number < 0 or scene.mentions[who.number].full == scene.mentions[work].full:
        return
    if relation in ("produced", "made", "production_company") and is_company(scene, who):
        relation = "production_company"
    if relation in COMPANY_CREDITS:
        if is_company(scene, who):
            name = for_kinds(relation, scene.kinds(work), scene.kinds(who.number))
            yield Found(work, name, who.number, scene.faded(score, work, who.number), at)
    elif relation != "made" and is_person(scene, who) and (relation != "acted_in" or acts(scene, who)):
        yield Found(who.number, relation, work, scene.faded(score, who.number, work), at)
