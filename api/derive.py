"""The types of each kind of entity, derived from the tables of kinds and relations.

A relation gives every kind of its domain a field of its own name, and every kind of its range a field of
its inverse's: `person.actedIn`, `film.cast`. Each field is a connection with an edge type of its own, which
carries the relation's qualifiers; a relation to a literal gives a field with that fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from marquee.api.fields import derived, derived_list
from marquee.api.types_entity import Collaborator, Edge, Entity, collaborators, page
from marquee.api.types_literal import LITERAL_FACTS
from marquee.api.types_statement import Literal, PageInfo
from marquee.api.views import EntityView
from marquee.schema.kinds import INSTITUTIONS, PEOPLE, SCREEN_WORKS, TITLED_WORKS, Kind
from marquee.schema.literals import LiteralType
from marquee.schema.relations import CREDITS, QUALIFIERS, RELATIONS, Relation
from marquee.schema.selection import Direction, Order


@dataclass(frozen=True, slots=True)
class RelationField:
    """One field that a relation gives: its GraphQL name, which kinds have it, and the kinds at its other end."""

    name: str
    relation: Relation
    direction: Direction
    kinds: frozenset[Kind]
    far: frozenset[Kind]

    @property
    def order(self) -> Order:
        """The order of its page unless told: a cast by billing."""
        return (
            Order.BILLING if "billing" in self.relation.joining and self.direction is Direction.IN else Order.RECORDED
        )


@dataclass(frozen=True, slots=True)
class SharedField:
    """A computed field: entities that share works with one, over `out` to the works and back."""

    name: str
    out: tuple[str, ...]
    direction: Direction
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Group:
    """An interface that several kinds share."""

    name: str
    kinds: frozenset[Kind]
    says: str


def camel(name: str) -> str:
    """The GraphQL name: `acted_in` is `actedIn`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _fields() -> Iterator[RelationField]:
    for row in RELATIONS.values():
        if row.computed:
            continue
        both = Direction.BOTH if row.symmetric else Direction.OUT
        yield RelationField(camel(row.name), row, both, row.domain, row.tail_kinds)
        if not row.symmetric and row.literal is None:
            yield RelationField(camel(row.inverse), row, Direction.IN, row.tail_kinds, row.domain)


FIELDS: dict[str, RelationField] = {field.name: field for field in _fields()}
SHARED: dict[str, SharedField] = {
    field.name: field
    for field in (
        SharedField("collaborators", CREDITS, Direction.OUT, PEOPLE),
        SharedField("coProducers", ("production_company",), Direction.IN, INSTITUTIONS),
    )
}
# Smallest first: the other end of a field gets the first that holds all its kinds.
GROUPS = (
    Group("ScreenWork", SCREEN_WORKS, "A work for the screen: a film, a series, a season or an episode."),
    Group("Work", TITLED_WORKS, "A work with a title: for the screen, a recording, or a franchise of them."),
    Group("Contributor", PEOPLE, "Who makes works: a person, or a group as a band."),
    Group("Institution", INSTITUTIONS, "A company or body: studio, distributor, network, label, agency, festival."),
)


def far_type(kinds: frozenset[Kind]) -> str:
    """The GraphQL type of an end of these kinds: the kind, the smallest group that holds them, or Entity."""
    if len(kinds) == 1:
        return next(iter(kinds)).value
    return next((group.name for group in GROUPS if kinds <= group.kinds), "Entity")


def _entity_types() -> dict[str, type]:
    types: dict[str, type] = {}
    for group in reversed(GROUPS):
        bases = tuple(types[wider.name] for wider in GROUPS if wider.kinds > group.kinds) or (Entity,)
        types[group.name] = _entity(group.name, bases, group.kinds, group.says, interface=True)
    for kind in Kind:
        bases = tuple(types[group.name] for group in GROUPS if kind in group.kinds)[:1] or (Entity,)
        types[kind.value] = _entity(kind.value, bases, frozenset({kind}), _kind_says(kind), interface=False)
    return types


def _entity(name: str, bases: tuple[type, ...], kinds: frozenset[Kind], says: str, *, interface: bool) -> type:
    inherited = {name for base in bases for name in dir(base)}
    body: dict[str, Any] = {}
    for field in FIELDS.values():
        if kinds <= field.kinds and field.name not in inherited:
            body[field.name] = _literal_field(field) if field.relation.literal else _page_field(field)
    for shared in SHARED.values():
        if kinds <= shared.kinds and shared.name not in inherited:
            body[shared.name] = _shared_field(shared)
    make = strawberry.interface if interface else strawberry.type
    return make(_class(name, bases, body), description=says)


def _page_field(field: RelationField) -> Any:
    says = f"{_says(field)} Example: `{field.name}(first: 3) {{ edges {{ node {{ name }} probability }} }}`"
    return strawberry.field(resolver=page, name=field.name, description=says, graphql_type=derived(_connection(field)))


def _shared_field(shared: SharedField) -> Any:
    says = f"Who shares most works with it, counted from the graph. Example: `{shared.name}(first: 3) {{ count }}`"
    return strawberry.field(resolver=collaborators, name=shared.name, description=says, graphql_type=list[Collaborator])


Territory = Annotated[str | None, strawberry.argument(description="Where, as `US`; the best-known one unless told.")]


def _best(root: strawberry.Parent[EntityView], info: strawberry.Info) -> Any:
    """The most probable of a literal field's facts, or None."""
    facts = root.facts(info._raw_info.field_nodes[0])
    return max(facts, key=lambda fact: fact.statement.probability or 0.0, default=None)


def _best_in(
    root: strawberry.Parent[EntityView], info: strawberry.Info, territory: Territory = strawberry.UNSET
) -> Any:
    """The same, of one territory."""
    facts = root.facts(info._raw_info.field_nodes[0])
    if territory:
        facts = [fact for fact in facts if fact.territory.lower() == territory.lower()]
    return max(facts, key=lambda fact: (not fact.territory, fact.statement.probability or 0.0), default=None)


def _literal_field(field: RelationField) -> Any:
    row = field.relation
    resolver = _best_in if "territory" in row.identifying else _best
    kind = LITERAL_FACTS[row.literal or LiteralType.TEXT]
    return strawberry.field(resolver=resolver, name=field.name, description=_says(field), graphql_type=kind | None)


def _connection(field: RelationField) -> str:
    return f"{field.name[0].upper()}{field.name[1:]}Connection"


def _connection_types() -> dict[str, type]:
    types: dict[str, type] = {}
    for field in FIELDS.values():
        if field.relation.literal is None:
            name = _connection(field)
            edge = name.replace("Connection", "Edge")
            types[edge] = strawberry.type(
                _class(edge, (Edge,), _edge_body(field)), description=f"One fact of `{field.name}`."
            )
            types[name] = strawberry.type(
                _class(name, (), _connection_body(edge)), description=f"A page of `{field.name}`."
            )
    return types


def _edge_body(field: RelationField) -> dict[str, Any]:
    body: dict[str, Any] = {"node": _plain(derived(far_type(field.far)), "The other end.")}
    for name in field.relation.qualifiers:
        body[name] = _plain(_qualifier_type(name), _QUALIFIER_SAYS[name], name)
    return body


def _connection_body(edge: str) -> dict[str, Any]:
    return {
        "edges": _plain(derived_list(edge), "The facts of the page."),
        "page_info": _plain(PageInfo, "Where it stands in the list."),
        "total_count": _plain(int | None, "How many there are; counted only when asked."),
    }


def _qualifier_type(name: str) -> Any:
    wanted = QUALIFIERS[name]
    if isinstance(wanted, frozenset):
        return derived(far_type(wanted)) | None
    return _QUALIFIER_TYPES.get(wanted, str) | None


_QUALIFIER_TYPES: dict[LiteralType, Any] = {
    LiteralType.COUNT: int,
    LiteralType.YEAR: int,
    LiteralType.RATING: float,
    LiteralType.MONEY: Literal,
}
_QUALIFIER_SAYS = {
    "character": "Whom they play; several are parted by a slash.",
    "billing": "The place in the credits, from 1.",
    "role": "What they did, as the source has it.",
    "year": "The year of the award.",
    "category": "The award's category.",
    "work": "The work it was for.",
    "territory": "Where it holds.",
    "medium": "For which medium.",
    "date": "When.",
    "start": "Since when.",
    "end": "Until when.",
    "share": "Which share, 0 to 1 or in percent as the source has it.",
    "price": "What was paid.",
    "ordinal": "Its number in the whole.",
}


def _says(field: RelationField) -> str:
    row = field.relation
    source = f" Wikidata {row.wikidata}." if row.wikidata else ""
    if row.literal:
        return f"Its {row.label}.{source}"
    if field.direction is Direction.IN:
        return f"Whatever stands before \u201c{row.label}\u201d this.{source}"
    return f"What this stands before in \u201c{row.label}\u201d.{source}"


def _kind_says(kind: Kind) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.value).strip()
    return f"{'An' if words[0] in 'aeiou' else 'A'} {words}."


def _plain(annotation: Any, says: str, name: str | None = None) -> Any:
    return strawberry.field(name=name, description=says, graphql_type=annotation)


def _class(name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
    """A class as if written in this module, so that Strawberry finds what its annotations name."""
    annotations = dict.fromkeys(body, Any)
    return type(name, bases, {**body, "__annotations__": annotations, "__module__": __name__})


ENTITY_TYPES = _entity_types()
CONNECTION_TYPES = _connection_types()
globals().update(ENTITY_TYPES, **CONNECTION_TYPES)
