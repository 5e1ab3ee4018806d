"""GraphQL interfaces of entities and of the edges between them. The types of each kind are derived from them."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from marquee.api.fields import derived_list, says
from marquee.api.sharing import WORKS
from marquee.api.types_statement import (
    EntityRef,
    Evidence,
    Evidences,
    FactOrder,
    Literal,
    Node,
    PageInfo,
    RelationName,
    Statement,
    first_pieces,
)
from marquee.api.views import CollaboratorView, EdgeView, EntityView
from marquee.schema.kinds import Kind, Level
from marquee.schema.selection import Direction
from marquee.schema.values import Status


@strawberry.input(description="Which facts a page holds.")
class FactFilter:
    """Which facts a page holds."""

    status: list[Status] | None = strawberry.field(
        default=strawberry.UNSET, description="Where they stand; ACCEPTED unless told."
    )
    kinds: list[Kind] | None = strawberry.field(
        default=strawberry.UNSET, description="Kinds of the other end; any unless told."
    )
    min_probability: float | None = strawberry.field(
        default=strawberry.UNSET, description="Leave out what is less probable."
    )


@strawberry.type(description="A name of an entity.")
class EntityName:
    """A name of an entity."""

    text: str = strawberry.field(description="The name.")
    language: str = strawberry.field(description="Its language, as `en`; empty where unknown.")
    kind: str = strawberry.field(description="`label`, `alias` or `title`.")


@strawberry.type(description="An id of an entity in another data base.")
class ExternalId:
    """An id in another data base."""

    scheme: str = strawberry.field(description="Whose id, as `wikidata`, `imdb` or `tmdb`.")
    value: str = strawberry.field(description="The id, as `Q44578`.")


@strawberry.type(description="A number computed from the graph.")
class Attribute:
    """A number computed from the graph."""

    name: str = strawberry.field(description="What it is, as `popularity`; the docs hold its formula.")
    value: float = strawberry.field(description="The number.")
    unit: str = strawberry.field(description="What it counts.")
    computed_at: str = strawberry.field(description="When, in UTC.")
    inputs: int = strawberry.field(description="How many facts went into it.")


@strawberry.interface(description="A fact as an edge from the entity whose page it is on.")
class Edge:
    """A fact as an edge."""

    cursor: str = strawberry.field(description="Its place in the list.")
    status: Status = strawberry.field(description="Where the fact stands.")
    probability: float | None = strawberry.field(description="Calibrated chance that it is so; null while unjudged.")
    statement: Statement = strawberry.field(description="The fact itself, with all that is known of it.")

    @says("Who says so, best first.")
    def evidence(self, root: strawberry.Parent[EdgeView], first: Evidences = 5) -> list[Evidence]:
        return first_pieces(root.evidence, first)  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, *_: Any) -> bool:
        return True


@strawberry.type(description="Any fact as an edge from the entity whose page it is on.")
class FactEdge(Edge):
    """Any fact as an edge."""

    relation: RelationName = strawberry.field(description="What it says.")
    direction: Direction = strawberry.field(description="OUT where this entity is the subject.")
    node: EntityRef | None = strawberry.field(description="The other end; null where that is a value.")
    literal: Literal | None = strawberry.field(description="The value, where the other end is no entity.")


@strawberry.type(description="A page of facts of any relation.")
class FactConnection:
    """A page of facts."""

    edges: list[FactEdge] = strawberry.field(description="The facts of the page.")
    page_info: PageInfo = strawberry.field(description="Where it stands in the list.")
    total_count: int | None = strawberry.field(description="How many there are; counted only when asked.")


@strawberry.interface(description="A node of the graph: a work, a person, an institution, or what they share.")
class Entity(Node):
    """A node of the graph."""

    kind: Kind = strawberry.field(description="What it is.")
    level: Level = strawberry.field(description="Where it lives.")
    name: str = strawberry.field(description="The name to show.")
    names: list[EntityName] = strawberry.field(description="All its names.")
    aliases: list[str] = strawberry.field(description="Its other names.")
    external_ids: list[ExternalId] = strawberry.field(description="Its ids elsewhere.")
    attributes: list[Attribute] = strawberry.field(description="Numbers computed from the graph.")
    popularity: float | None = strawberry.field(description="How central it is, 0 to 100; null until computed.")

    @says("Any of its facts: `facts(relations: [WON], first: 5) { edges { node { name } } }`")
    def facts(
        self,
        root: strawberry.Parent[EntityView],
        info: strawberry.Info,
        relations: Annotated[
            list[RelationName] | None,
            strawberry.argument(description="Which relations; all unless told."),
        ] = strawberry.UNSET,
        direction: Annotated[Direction, strawberry.argument(description="Which end this entity is.")] = Direction.BOTH,
        first: Annotated[
            int | None, strawberry.argument(description="How many, from the start or from `after`.")
        ] = strawberry.UNSET,
        after: Annotated[
            str | None, strawberry.argument(description="Go on behind this cursor of the list.")
        ] = strawberry.UNSET,
        last: Annotated[
            int | None, strawberry.argument(description="How many, before `before` or the end.")
        ] = strawberry.UNSET,
        before: Annotated[
            str | None, strawberry.argument(description="Stop before this cursor of the list.")
        ] = strawberry.UNSET,
        where: Annotated[
            FactFilter | None, strawberry.argument(description="Which ones; ACCEPTED unless told.")
        ] = strawberry.UNSET,
        order_by: Annotated[FactOrder | None, strawberry.argument(description="Their order.")] = strawberry.UNSET,
    ) -> FactConnection:
        facts: FactConnection = connection(root, info)
        return facts

    @classmethod
    def resolve_type(cls, value: Any, *_: Any) -> str:
        return str(value.typename)

    @classmethod
    def is_type_of(cls, *_: Any) -> bool:
        return True


@strawberry.type(description="Another entity that made the same works.")
class Collaborator:
    """Another entity that made the same works."""

    entity: EntityRef | None = strawberry.field(description="Who.")
    closeness: float = strawberry.field(
        description="Newman's weight: each work adds 1 / (n - 1), n being those who made it."
    )
    count: int = strawberry.field(description=f"How many works, among the first {WORKS} looked at.")
    works: Any = strawberry.field(description="Which ones.", graphql_type=derived_list("Work"))


Partners = Annotated[int, strawberry.argument(description="How many, most works in common first; at most 50.")]


def collaborators(
    root: strawberry.Parent[EntityView], info: strawberry.Info, first: Partners = 10
) -> list[Collaborator]:
    """Those who share most works with an entity."""
    return partners(root, info, first)  # type: ignore[return-value]


def page(
    root: strawberry.Parent[EntityView],
    info: strawberry.Info,
    first: int | None = strawberry.UNSET,
    after: str | None = strawberry.UNSET,
    last: int | None = strawberry.UNSET,
    before: str | None = strawberry.UNSET,
    where: FactFilter | None = strawberry.UNSET,
    order_by: FactOrder | None = strawberry.UNSET,
) -> Any:
    """A page of one relation's facts; the planner read the arguments when it fetched the page."""
    return connection(root, info)


def connection(root: EntityView, info: strawberry.Info) -> Any:
    """The page that was fetched for this field."""
    return root.page(info._raw_info.field_nodes[0])


def partners(root: EntityView, info: strawberry.Info, first: int) -> list[CollaboratorView]:
    """The collaborators that were fetched for this field."""
    return root.collaborators(info._raw_info.field_nodes[0], first)
