"""Lives: where people are from and what they do, who founded, leads or belongs to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marquee.extraction.arguments import Argued, first_by, is_company, is_person
from marquee.extraction.chunks import Item
from marquee.extraction.mentions import PERSON, PLACE, Origin
from marquee.extraction.parsed import Apposition, Parsed
from marquee.extraction.scene import Found, Scene
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Span

_POSTS = frozenset(
    (
        "president",
        "chairman",
        "chairwoman",
        "chair",
        "ceo",
        "chief",
        "executive",
        "head",
        "boss",
        "chief executive",
        "employee",
    )
)
_PLAYERS = frozenset(
    (
        "singer", "vocalist", "frontman", "frontwoman", "guitarist", "drummer", "bassist", "keyboardist", "member", "members",
        "singers", "guitarists", "vocalists", "saxophonist", "pianist", "violinist",
    )
)  # fmt: skip


def is_group(scene: Scene, item: Item) -> bool:
    """Whether a name is a band's."""
    return item.number >= 0 and scene.kinds(item.number) == {Kind.GROUP}


def born(argued: Argued, sense: str) -> Iterator[Found]:
    """ "were born in <L1>"."""
    scene, clause = argued.scene, argued.clause
    for place in clause.behind("in", "at"):
        if place.number >= 0 and PLACE in scene.labels(place.number):
            for item in argued.people(clause.subject):
                yield Found(item.number, "born_in", place.number, scene.faded(0.9, item.number), argued.at)
            return


def founded(argued: Argued, sense: str) -> Iterator[Found]:
    """ "<P1> founded <O2> with <P3>", "<O2>, which <P1> founded"."""
    scene, clause = argued.scene, argued.clause
    agents = first_by(clause) if clause.passive else [*clause.subject, *argued.people(clause.behind("with"))]
    things = clause.subject if clause.passive else [clause.about] if clause.about else argued.objects
    for item in things:
        if is_group(scene, item) or is_company(scene, item):
            for who in argued.people(agents):
                yield _found(scene, who, "founded", item, 0.88, argued.at)


def is_from(argued: Argued, sense: str) -> Iterator[Found]:
    """ "<P1> is <L2>": an adjective says a nationality, or a band's country."""
    said, scene = argued.said(), argued.scene
    if (
        said is None
        or said.number < 0
        or said.article
        or argued.scene.text[said.span[1] :][:1] not in (",", ".", ";", "")
    ):
        return
    mention = scene.mentions[said.number]
    if mention.origin is Origin.LEXICON and Kind.COUNTRY in mention.kinds:
        for item in argued.people(argued.clause.subject):
            yield _found(scene, item, "country" if is_group(scene, item) else "nationality", said, 0.88, argued.at)


def is_post(argued: Argued, sense: str) -> Iterator[Found]:
    """ "was president of <O1>", "are subsidiaries of <O2>", "is the drummer of <P3>"."""
    said = argued.said()
    if said is not None and said.number < 0:
        owners = [*_owner_of(argued.scene, said), *argued.clause.behind("of", "at", "for")]
        for item in argued.clause.subject:
            yield from _post(argued.scene, item, said, owners, argued.at)


def posted(argued: Argued, sense: str) -> Iterator[Found]:
    """ "was named president of <O1>", "joined <O1> as head of drama"."""
    clause, scene = argued.clause, argued.scene
    posts = [
        item for item in (*argued.objects, *clause.behind("as")) if item.number < 0 and _POSTS.intersection(item.words)
    ]
    owners = [item for item in (*argued.objects, *clause.behind("of", "at")) if is_company(scene, item)]
    for item in argued.people(clause.subject):
        for post in posts[:1]:
            yield from _post(scene, item, post, [*_owner_of(scene, post), *owners], argued.at)


def bought(argued: Argued, sense: str) -> Iterator[Found]:
    """ "<O1> bought <O2>", "<O2>, which <O1> bought", "was acquired by <O1>"."""
    scene, clause = argued.scene, argued.clause
    buyers = first_by(clause) if clause.passive else clause.subject
    things = clause.subject if clause.passive else [clause.about] if clause.about else argued.objects[:1]
    for item in things:
        for buyer in buyers:
            if is_company(scene, item) and is_company(scene, buyer):
                yield _found(scene, item, sense, buyer, 0.88, argued.at)


def signed(argued: Argued, sense: str) -> Iterator[Found]:
    """ "<P1> signed to <O2>", "recorded for <O2>": labels; an agency represents."""
    clause, scene = argued.clause, argued.scene
    signers, houses = argued.people(clause.subject), [*clause.behind("to", "with", "for", "on"), *first_by(clause)]
    if not clause.passive and any(is_company(scene, item) for item in clause.subject):
        signers, houses = argued.people(argued.objects), clause.subject
    for house in houses:
        if not is_company(scene, house):
            continue
        kinds = scene.kinds(house.number)
        relation = "released_by" if Kind.RECORD_LABEL in kinds else "represented_by" if Kind.AGENCY in kinds else ""
        for item in _bands(scene, signers) if relation else ():
            yield _found(scene, item, relation, house, 0.86, argued.at)


def belonged(argued: Argued, sense: str) -> Iterator[Found]:
    """ "<P1> and <P2> belonged to <P3>", "left the band": members."""
    clause, scene = argued.clause, argued.scene
    groups = [item for item in (*argued.objects, *clause.behind("to", "with", "in", "from")) if is_group(scene, item)]
    for group in groups[:1]:
        for item in argued.people(clause.subject):
            if not is_group(scene, item):
                yield _found(scene, item, "member_of", group, 0.86, argued.at)


# --- beside and around names -----------------------------------------------------------------------


def placed(scene: Scene, apposition: Apposition) -> Iterator[Found]:
    """ "<P1>, president of <O2>", "<O3>, a unit of <O4>", "its parent, <O5>"."""
    said, item = apposition.said, apposition.item
    if said.number < 0:
        behind = [i for prep, items in apposition.phrases if prep in ("of", "at", "for") for i in items]
        yield from _post(scene, item, said, [*_owner_of(scene, said), *behind], said.span)


def grouped(scene: Scene, parsed: Parsed) -> Iterator[Found]:
    """ "<P1>'s <P2> and <P3>", "<P1>, with <P2> and <P3>, …" of a band."""
    for item in parsed.items:
        if item.owner >= 0 and item.number >= 0 and scene.kinds(item.owner) == {Kind.GROUP} and is_person(scene, item):
            yield Found(item.number, "member_of", item.owner, scene.faded(0.82, item.number), item.span)
    for preposition, items, subject in parsed.loose:
        groups = [item for item in subject if is_group(scene, item)]
        if preposition == "with" and len(groups) == 1:
            for item in items:
                if is_person(scene, item) and not is_group(scene, item):
                    yield _found(scene, item, "member_of", groups[0], 0.75, item.span)


_PARTS_OF_A_HOUSE = frozenset(
    (
        "subsidiary",
        "subsidiaries",
        "division",
        "divisions",
        "unit",
        "units",
        "arm",
        "imprint",
        "imprints",
        "label",
        "labels",
        "banner",
        "branch",
    )
)


def _post(scene: Scene, item: Item, said: Item, owners: Iterable[Item], at: Span) -> Iterator[Found]:
    """What a noun says of a name and those it belongs to: a post, a part of a house, a part in a band."""
    words = set(said.words)
    for house in owners:
        if is_company(scene, house):
            if words & _PARTS_OF_A_HOUSE and is_company(scene, item):
                yield _found(scene, item, "subsidiary_of", house, 0.88, at)
            elif "parent" in words and is_company(scene, item):
                yield _found(scene, house, "subsidiary_of", item, 0.85, at)
            elif words & _POSTS and is_person(scene, item):
                role = Literal(LiteralType.TEXT, " ".join(said.words))
                yield Found(
                    item.number, "employed_by", house.number, scene.faded(0.86, item.number), at, (("role", role),)
                )
        elif is_group(scene, house) and words & _PLAYERS and is_person(scene, item) and not is_group(scene, item):
            yield _found(scene, item, "member_of", house, 0.86, at)


def _owner_of(scene: Scene, said: Item) -> list[Item]:
    return [Item(said.owner, scene.labels(said.owner), (), -1, said.span)] if said.owner >= 0 else []


def _bands(scene: Scene, items: Iterable[Item]) -> list[Item]:
    """The bands of a list, if it has any: their members stand beside them."""
    people = [item for item in items if is_person(scene, item) and PERSON in scene.labels(item.number)]
    return [item for item in people if is_group(scene, item)] or people


def _found(scene: Scene, one: Item, relation: str, other: Item, score: float, at: Span) -> Found:
    return Found(one.number, relation, other.number, scene.faded(score, one.number, other.number), at)
