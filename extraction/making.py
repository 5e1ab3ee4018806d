"""Making: credits of the clauses, appositions and owners of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marquee.extraction.arguments import (
    SURE,
    Argued,
    Work,
    credit,
    credits,
    first_by,
    is_company,
    is_work,
    owner,
    owns_work,
)
from marquee.extraction.chunks import Item
from marquee.extraction.mentions import DATE, PERSON
from marquee.extraction.parsed import Apposition, Parsed
from marquee.extraction.scene import Found, Scene, spoken_of
from marquee.extraction.verbs import FILMS, PARTS, RECORDS, ROLES, SEQUELS, THINGS, VERBS
from marquee.schema.kinds import Kind

_JOINED = frozenset(("directed", "wrote", "produced", "composed", "executive_produced", "founded"))


def made(argued: Argued, sense: str) -> Iterator[Found]:
    clause = argued.clause
    if clause.passive:
        agents = first_by(clause)
        works = [(n, 0.97) for n in argued.works(clause.subject)] or _unnamed_work(argued)
        relation = _of_parts(clause.subject) if sense == "supplied" else "broadcast_by" if sense == "aired" else sense
        yield from credits(argued, relation, agents, works) if relation else ()
        yield from _for_companies(argued, works)
        return
    relation = "broadcast_by" if sense == "aired" else _by_thing(argued, sense)
    if not relation or (relation == "shot" and not argued.objects and clause.behind("in", "at", "on")):
        return
    agents = list(clause.subject)
    if relation in _JOINED:
        agents += argued.people(clause.behind("with"))
    works = argued.work("for", "on", "of")
    yield from credits(argued, relation, agents, works)
    yield from _for_companies(argued, works)


def _for_companies(argued: Argued, works: Sequence[Work]) -> Iterator[Found]:
    """Whom it was made for, and with whom in association."""
    clause = argued.clause
    companies = [item for item in clause.behind("for") if is_company(argued.scene, item)]
    if clause.passive and any(is_company(argued.scene, item) for item in first_by(clause)):
        companies += [item for item in clause.behind("with") if is_company(argued.scene, item)]
    if {"directed", "produced", "made", "wrote"} & {sense for verb in clause.verbs for sense in VERBS[verb]}:
        yield from credits(argued, "production_company", companies, works)


def _unnamed_work(argued: Argued) -> list[Work]:
    """The work of a passive whose subject is a part of it, or that only describes what stands before."""
    subject = argued.clause.subject
    owners = [(item.owner, 0.95) for item in subject if item.number < 0 and owns_work(argued.scene, item)]
    if owners or argued.clause.reduced or not subject:
        return owners or argued.spoken()
    return argued.spoken() if subject[-1].number < 0 and subject[-1].noun in PARTS | THINGS.keys() else []


def _of_parts(items: Sequence[Item]) -> str:
    """The relation of what was supplied, by what it is called: who supplied "the music" composed; "" for none."""
    nouns = [word for item in items if item.number < 0 for word in item.words]
    return next((THINGS[noun] for noun in nouns if noun in THINGS), "")


def _by_thing(argued: Argued, sense: str) -> str:
    """The relation of an active verb, by what it has for an object: who "wrote the music" composed; "" for none."""
    objects = argued.objects
    nouns = [word for item in objects if item.number < 0 for word in item.words]
    nouns += [] if objects else argued.clause.words
    if thing := next((THINGS[noun] for noun in nouns if noun in THINGS), ""):
        return thing
    if sense == "supplied" or any(item.number < 0 and item.noun not in PARTS for item in objects):
        return ""
    return sense if not objects or argued.works(objects) or nouns or sense == "performed" else ""


_OTHER_TRADES = frozenset(
    ("art", "photography", "casting", "music", "managing", "artistic", "story", "line", "song", "record", "sound")
)


def role_of(item: Item) -> str:
    """The relation that a noun for a part in the making says, "" if it is none."""
    if item.noun in ("lady", "man") and "leading" in item.words:
        return "acted_in"
    relation = "" if _OTHER_TRADES.intersection(item.words) else ROLES.get(item.noun, "")
    return "executive_produced" if relation == "produced" and "executive" in item.words else relation


def aired(argued: Argued, sense: str) -> Iterator[Found]:
    """ "ran on <O1> from <D2>", "first shown by <O1> in <D2>": networks, and when a series began."""
    clause, scene = argued.clause, argued.scene
    works = [(n, 0.97) for n in argued.works(clause.subject)]
    works = works or ([] if clause.subject and clause.subject[-1].number >= 0 else argued.spoken())
    networks = [item for item in clause.behind("on", "by", "to", "over") if is_network(scene, item)]
    dates = [item for item in clause.behind("from", "since", "in", "on") if item.number >= 0 and DATE in item.labels]
    for work, factor in works:
        for item in networks:
            yield Found(work, "broadcast_by", item.number, scene.faded(0.88 * factor, work, item.number), argued.at)
        if dates and (networks or Kind.SERIES in scene.kinds(work)):
            yield Found(work, "release_date", dates[0].number, scene.faded(0.82 * factor, work), argued.at)


def is_network(scene: Scene, item: Item) -> bool:
    """Whether a company may broadcast: a known network, or one that nothing is known of."""
    return is_company(scene, item) and (not scene.kinds(item.number) or Kind.NETWORK in scene.kinds(item.number))


def is_maker(argued: Argued, sense: str) -> Iterator[Found]:
    """ "was the director (of <W1>)", "is among its producers", "was behind the camera"."""
    clause, said = argued.clause, argued.said()
    if said is not None and said.number < 0:
        yield from _in_role(argued, said)
    if said is None:
        for item in clause.behind("among"):
            if item.number < 0:
                yield from _in_role(argued, item)
        if any(item.noun == "camera" for item in clause.behind("behind")):
            yield from credits(argued, "shot", clause.subject, argued.work("of", "on"))


def _in_role(argued: Argued, said: Item) -> Iterator[Found]:
    """ "is a director" is what somebody does for a living, "was the director" a credit."""
    relation, clause = role_of(said), argued.clause
    if not relation or (
        said.article in ("a", "an") and clause.verbs[0] in ("is", "are", "remains") and "executive" not in said.words
    ):
        return
    if any(item.noun == "photography" for item in clause.behind("of")):
        relation = "shot"
    works = [(said.owner, 0.95)] if owns_work(argued.scene, said) else argued.work("of", "on", "for", "behind")
    yield from credits(argued, relation, clause.subject, works)


def beside(scene: Scene, apposition: Apposition) -> Iterator[Found]:
    """ "its producer, <P1>", "<P1>, star of <W2>"."""
    said, item = apposition.said, apposition.item
    relation = role_of(said) if said.number < 0 else ""
    if said.number < 0 and said.noun in FILMS and said.owner >= 0 and is_work(scene, item):
        yield from credit(scene, "directed", owner(scene, said), item.number, 0.75, said.span)
    if said.number < 0 and RECORDS.intersection(said.words) and said.owner >= 0 and is_work(scene, item):
        yield from credit(scene, "performed", owner(scene, said), item.number, 0.85, said.span)
    told = scene.text[said.span[1] :].startswith((" to ", " of ", " from "))  # then a rule reads of which
    if said.number < 0 and said.noun in SEQUELS and is_work(scene, item) and not told:
        yield from _follows(scene, item, SEQUELS[said.noun], said)
    if not relation:
        return
    works = [said.owner] if owns_work(scene, said) else []
    inside = ("of", "on", "in") if relation == "acted_in" else ("of", "on")
    works += [i.number for prep, items in apposition.phrases if prep in inside for i in items if is_work(scene, i)]
    for work in works[:1]:
        yield from credit(scene, relation, item, work, 0.88, said.span)


def _follows(scene: Scene, item: Item, relation: str, said: Item) -> Iterator[Found]:
    """ "a sequel, <W1>, followed": of the work spoken of."""
    work, factor = (said.owner, 0.97) if owns_work(scene, said) else spoken_of(scene, said.span[0])
    if factor > SURE and scene.mentions[work].full != scene.mentions[item.number].full:
        yield Found(item.number, relation, work, scene.faded(0.85 * factor, item.number, work), said.span)


def owned(scene: Scene, parsed: Parsed) -> Iterator[Found]:
    """ "<P1>'s score", "<P1>'s script"."""
    for item in parsed.items:
        if is_work(scene, item) and item.owner >= 0:
            yield from _made_by_owner(scene, item)
        relation = THINGS.get(item.noun, "") if item.number < 0 and item.owner >= 0 else ""
        if relation and PERSON in scene.labels(item.owner):
            work, factor = spoken_of(scene, item.span[0])
            if factor > SURE:
                yield from credit(scene, relation, owner(scene, item), work, 0.85 * factor, item.span)


def _made_by_owner(scene: Scene, item: Item) -> Iterator[Found]:
    """ "Pixar's <W1>", "HBO's <W2>": known companies only."""
    kinds = scene.kinds(item.owner)
    relation = "broadcast_by" if kinds == {Kind.NETWORK} else "production_company" if kinds == {Kind.STUDIO} else ""
    if relation and not item.part:
        yield from credit(scene, relation, owner(scene, item), item.number, 0.75, item.span)
