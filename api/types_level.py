"""GraphQL types of lists over the whole store: entities, and a level as a graph of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from marquee.api import lookups
from marquee.api.fields import says
from marquee.api.request import Request
from marquee.api.types_run import Relation
from marquee.api.types_statement import (
    After,
    Before,
    EntityRef,
    First,
    Last,
    PageInfo,
    RelationName,
    StatementConnection,
    window,
)
from marquee.graph.attributes import ATTRIBUTES
from marquee.schema.errors import InputError
from marquee.schema.kinds import KINDS_OF, Kind, Level
from marquee.schema.relations import RELATIONS
from marquee.schema.relations import Relation as Row
from marquee.schema.selection import EntityFilter, StatementFilter
from marquee.schema.values import Status

if TYPE_CHECKING:

    class EntityOrder(Enum):
        """An order of entities; its value is the attribute's name, or empty."""

else:
    EntityOrder = strawberry.enum(
        Enum("EntityOrder", {"RECORDED": "", **{name.upper(): name for name in ATTRIBUTES}}),
        description="An order of entities: as recorded, or by an attribute, highest first.",
    )

POPULAR = EntityOrder("popularity")


@strawberry.type(description="An entity in a list.")
class EntityEdge:
    """An entity in a list."""

    cursor: str = strawberry.field(description="Its place in the list.")
    node: EntityRef = strawberry.field(description="The entity.")


@strawberry.type(description="A page of entities.")
class EntityConnection:
    """A page of entities."""

    edges: list[EntityEdge] = strawberry.field(description="The entities of the page.")
    page_info: PageInfo = strawberry.field(description="Where it stands in the list.")
    total_count: int | None = strawberry.field(description="How many there are; counted only when asked.")


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level, as resolvers see it."""

    level: Level


def relations_of(level: Level) -> list[Row]:
    """The relations that live within a level and can be claimed."""
    return [row for row in RELATIONS.values() if row.family.value == level.value and not row.computed]


@strawberry.type(description="One level as a graph of its own.")
class LevelGraph:
    """One level as a graph of its own."""

    level: Level = strawberry.field(description="Which one.")

    @says("The kinds that live on it.")
    def kinds(self, root: strawberry.Parent[LevelView]) -> list[Kind]:
        return list(KINDS_OF[root.level])

    @says("The relations within it.")
    def relations(self, root: strawberry.Parent[LevelView]) -> list[Relation]:
        return relations_of(root.level)  # type: ignore[return-value]

    @says("How many entities it has.")
    def count(self, root: strawberry.Parent[LevelView], info: strawberry.Info[Request]) -> int:
        return info.context.service.store.status().by_level.get(root.level, 0)

    @says("Its entities: `level(level: INSTITUTION) { entities(first: 5) { edges { node { name } } } }`")
    def entities(
        self,
        root: strawberry.Parent[LevelView],
        info: strawberry.Info[Request],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        kinds: Annotated[
            list[Kind] | None, strawberry.argument(description="Of these kinds; all of the level unless told.")
        ] = strawberry.UNSET,
        order_by: Annotated[
            EntityOrder,
            strawberry.argument(description="Their order."),
        ] = POPULAR,
    ) -> EntityConnection:
        wanted = tuple(kinds or KINDS_OF[root.level])
        if not set(wanted) <= set(KINDS_OF[root.level]):
            raise InputError(f"a kind does not live on level {root.level}.", mend="`kinds` lists those that do.")
        store = info.context.service.store

        def count() -> int:
            by_kind = store.status().by_kind
            return sum(by_kind.get(kind, 0) for kind in wanted)

        which = EntityFilter(wanted, order_by.value or None)
        return lookups.list_entities(info._raw_info, which, window(first, after, last, before), count)  # type: ignore[return-value]

    @says("Facts within it, as recorded.")
    def facts(
        self,
        root: strawberry.Parent[LevelView],
        info: strawberry.Info[Request],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        relations: Annotated[
            list[RelationName] | None,
            strawberry.argument(description="Which ones; all of the level unless told."),
        ] = strawberry.UNSET,
        status: Annotated[
            list[Status] | None, strawberry.argument(description="Where they stand; ACCEPTED unless told.")
        ] = strawberry.UNSET,
    ) -> StatementConnection:
        own = {row.name for row in relations_of(root.level)}
        wanted = tuple(one.value for one in relations or ()) or tuple(sorted(own))
        if not set(wanted) <= own:
            raise InputError(
                f"a relation does not live on level {root.level}.", mend="`relations` lists those that do."
            )
        which = StatementFilter(tuple(status or (Status.ACCEPTED,)), wanted)
        return lookups.list_statements(  # type: ignore[return-value]
            info._raw_info, which, window(first, after, last, before), lambda: None
        )
