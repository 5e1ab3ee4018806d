"""From Freebase triples to facts of our vocabulary: read, check, and keep the industry."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from demo_kinds import decide
from demo_source import EVERYDAY, PRODUCER_TYPE, ROWS, Label, Triple

from marquee.schema.checks import End, check
from marquee.schema.kinds import COMPANIES, PEOPLE, SCREEN_WORKS, Kind
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.relations import CREDITS, QUALIFIERS, relation


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact between Freebase ids, or to a literal's text; `qualifiers` in order of name."""

    subject: str
    relation: str
    object: str
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def triple(self) -> Triple:
        """The fact without its qualifiers."""
        return self.subject, self.relation, self.object

    def literal(self) -> bool:
        """Whether the object is a value, not an entity."""
        return relation(self.relation).literal is not None


@dataclass(slots=True)
class World:
    """What is known of the entities while facts are gathered: labels, kinds, dates and IMDb ids, by Freebase id."""

    labels: Mapping[str, Label]
    kinds: dict[str, Kind]
    years: dict[str, str] = field(default_factory=dict)
    lives: dict[str, tuple[str, str]] = field(default_factory=dict)
    imdb: dict[str, str] = field(default_factory=dict)

    def end(self, mid: str) -> End:
        """The entity as a check needs it."""
        born, died = self.lives.get(mid, ("", ""))
        return End(self.kinds[mid], self.labels[mid].name, born or None, died or None, self.years.get(mid))

    def aliases(self, mid: str) -> list[str]:
        """The first few other names; of a country no codes, which are words elsewhere (IT, IN, AT)."""
        label = self.labels[mid]
        codes = self.kinds[mid] is Kind.COUNTRY
        kept = [name for name in label.aliases if name in EVERYDAY.get(label.qid, ()) or not (codes and len(name) < 4)]
        return kept[:_MOST_ALIASES]


_MOST_ALIASES = 4
_ARTICLE_YEAR = re.compile(r"\((\d{4})\b[^)]*(?:film|movie|series|serial)\)")
_LEADING_YEAR = re.compile(r"^(?:an? |the )?((?:18|19|20)\d\d)\b")
_NAMED_YEAR = re.compile(r"\b((?:18|19|20)\d\d) (?:\w+ )?(?:film|movie)\b")
_LIFE = re.compile(r"\((\d{4})\s?[-\u2013]\s?(\d{4})\)|\bborn (?:in )?(\d{4})\b")


def world_of(triples: list[Triple], labels: Mapping[str, Label]) -> World:
    """Kinds of all entities, and years of works and lives from descriptions that state them."""
    world = World(labels, {mid: Kind(kind) for mid, kind in decide(triples, labels).items()})
    for mid, kind in world.kinds.items():
        text = labels[mid].description
        if kind in SCREEN_WORKS:
            found = _LEADING_YEAR.search(text) or _NAMED_YEAR.search(text) or _ARTICLE_YEAR.search(labels[mid].article)
            if found:
                world.years[mid] = found[1]
        elif kind is Kind.PERSON and (life := _LIFE.search(text)):
            world.lives[mid] = (life[1] or life[3], life[2] or "")
    return world


_GENDERS = {"Q6581097": "male", "Q44148": "male", "Q6581072": "female", "Q43445": "female"}
_SHOW_AWARDS = re.compile(
    r"^(AACTA|Academy Award|BAFTA|British Academy|Cannes|European Film|Filmfare|Genie|Golden (Bear|Lion|Globe)|Goya"
    r"|Grammy|Hong Kong Film|Hundred Flowers|Independent Spirit|Japan Academy|Louis Delluc|Palme d'Or"
    r"|Primetime Emmy|Screen Actors Guild|Tony Award|Best Screenplay Award)"
)
# A film may be named beside these, but the nominee is a person.
_FOR_PEOPLE = re.compile(
    r"Act(or|ress)\b|Performance|\bDirect(or|ing|ion)\b|Male|Female|\bLead\b|Newcomer|Performer|Host"
)
_LEFT_OUT = frozenset(
    {"German cuisine", "Italian cuisine", "LGBT", "lesbian", "gay", "pedophilia", "pornographic actor", "pin-up girl"}
)


def facts_of(triples: list[Triple], world: World) -> list[Fact]:
    """Every triple that reads as a fact of ours, each once; one value where the relation holds one."""
    executives = _executives(triples, world)
    facts: dict[Triple, Fact] = {}
    for triple in triples:
        fact = _fact(triple, world, executives)
        if fact:
            facts.setdefault(fact.triple, fact)
    return _single(facts.values())


def _fact(triple: Triple, world: World, executives: set[str]) -> Fact | None:
    head, name, tail = triple
    row = ROWS.get(name)
    if row is None or not row.relation or head not in world.labels or tail not in world.labels or head == tail:
        return None
    subject, object_ = (tail, head) if row.swap else (head, tail)
    if row.relation == "gender":
        gender = _GENDERS.get(world.labels[object_].qid)
        return Fact(subject, "gender", gender) if gender else None
    if not _wanted(subject, row.relation, object_, world):
        return None
    kind = "executive_produced" if name.startswith("/tv/tv_producer") and subject in executives else row.relation
    if row.relation == "produced" and world.kinds.get(subject) in COMPANIES:
        return Fact(object_, "production_company", subject)
    if _turned(kind, subject, object_, world):
        subject, object_ = object_, subject
    return Fact(subject, kind, object_, (("role", row.role),) if row.role else ())


def _turned(name: str, subject: str, object_: str, world: World) -> bool:
    """Whether a fact stands the wrong way round: a symmetric one out of order, or a sequel before its forerunner."""
    if name == "sequel_of" and subject in world.years and object_ in world.years:
        return world.years[subject] < world.years[object_]
    return relation(name).symmetric and subject > object_


def _wanted(subject: str, name: str, object_: str, world: World) -> bool:
    """No awards of other trades, none to a film that are a person's, and nothing private."""
    if world.labels[object_].name in _LEFT_OUT:
        return False
    if name not in ("nominated_for", "won", "presented_at", "presented_by"):
        return True
    award = subject if name.startswith("presented") else object_
    if world.kinds.get(award) is not Kind.AWARD:
        return True
    label = world.labels[award].name
    of_a_work = name in ("nominated_for", "won") and world.kinds.get(subject) in SCREEN_WORKS
    return bool(_SHOW_AWARDS.match(label)) and not (of_a_work and _FOR_PEOPLE.search(label))


def _executives(triples: list[Triple], world: World) -> set[str]:
    """People all of whose credits in series, as far as they are told, are as executive producer."""
    types = defaultdict(set)
    for head, name, tail in triples:
        if name == PRODUCER_TYPE and tail in world.labels:
            types[head].add(world.labels[tail].name)
    return {mid for mid, told in types.items() if told == {"executive producer"}}


def _single(facts: Iterable[Fact]) -> list[Fact]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for fact in sorted(facts, key=lambda fact: fact.triple):
        if relation(fact.relation).single and (fact.subject, fact.relation) in seen:
            continue
        seen.add((fact.subject, fact.relation))
        kept.append(fact)
    return kept


def checked(facts: list[Fact], world: World) -> list[Fact]:
    """Facts the schema has nothing against, hard or soft."""
    return [fact for fact in facts if not _problems(fact, world)]


def _problems(fact: Fact, world: World) -> bool:
    literal = relation(fact.relation).literal
    if fact.subject not in world.kinds or (literal is None and fact.object not in world.kinds):
        return True
    object_ = canonical(literal, fact.object) if literal else world.end(fact.object)
    quals = [(name, _qualifier(name, value, world)) for name, value in fact.qualifiers]
    return bool(check(fact.relation, world.end(fact.subject), object_, quals))


def _qualifier(name: str, value: str, world: World) -> End | Literal:
    wanted = QUALIFIERS[name]
    return canonical(wanted, value) if isinstance(wanted, LiteralType) else world.end(value)


# How many credits, companies, labels and kinds of music an entity must have to be told of at all.
_LEAST_TOLD = {Kind.FILM: 8, Kind.SERIES: 4, Kind.PERSON: 4, Kind.GROUP: 4}
_TELLING = frozenset(
    {*CREDITS, "production_company", "distributed_by", "broadcast_by", "sequel_of", "released_by", "member_of"}
)
_CORE = frozenset(row.relation for row in ROWS.values() if row.core) | {"executive_produced"}


def industry(facts: list[Fact], world: World) -> list[Fact]:
    """The well-told part: works and people with enough credits among themselves, and what is said of them.

    A fact that makes nobody part of the industry stays if its subject is, and between two people or firms
    if both are.
    """
    out: set[str] = set()
    while thin := _thin(facts, world) - out:
        out |= thin
        facts = [fact for fact in facts if fact.subject not in out and fact.object not in out]
    core = {mid for fact in facts if fact.relation in _CORE for mid in (fact.subject, fact.object)}
    return [fact for fact in facts if fact.relation in _CORE or _told_of(fact, core)]


def _thin(facts: list[Fact], world: World) -> set[str]:
    told: Counter[str] = Counter()
    for fact in facts:
        if fact.relation in _TELLING:
            told.update((fact.subject, fact.object))
        elif fact.relation == "genre" and world.kinds[fact.subject] in PEOPLE:
            told[fact.subject] += 1
    mids = {mid for fact in facts for mid in (fact.subject, fact.object)}
    return {mid for mid in mids if told[mid] < _LEAST_TOLD.get(world.kinds.get(mid, Kind.GENRE), 0)}


def _told_of(fact: Fact, core: set[str]) -> bool:
    between = relation(fact.relation).family in ("person", "institution", "between")
    return fact.subject in core and (fact.object in core or not between)


def dated(facts: list[Fact], world: World) -> list[Fact]:
    """Release, birth and death dates of every entity that has a fact."""
    mids = sorted({mid for fact in facts for mid in (fact.subject, fact.object) if mid in world.kinds})
    dates = [Fact(mid, "release_date", world.years[mid]) for mid in mids if mid in world.years]
    lives = [(mid, *world.lives[mid]) for mid in mids if mid in world.lives]
    dates += [Fact(mid, "birth_date", born) for mid, born, _ in lives if born]
    return dates + [Fact(mid, "death_date", died) for mid, _, died in lives if died]
