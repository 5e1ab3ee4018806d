"""GraphQL types of a statement: what is said, who says so, and how sure we are."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from marquee.api.fields import says
from marquee.api.views import StatementView
from marquee.api.views_detail import qualifiers
from marquee.schema.kinds import Kind, Level
from marquee.schema.literals import LiteralType
from marquee.schema.relations import RELATIONS
from marquee.schema.selection import Direction, Order
from marquee.schema.values import Action, Modality, RunStatus, Status
from marquee.schema.values import Evidence as EvidenceValue
from marquee.schema.values import Locator as LocatorValue

if TYPE_CHECKING:
    from marquee.api.types_entity import Entity

EntityRef = Annotated["Entity", strawberry.lazy("marquee.api.types_entity")]

for _enum, _says in (
    (Kind, "What an entity is."),
    (Level, "A level of the industry; kinds that are SHARED belong to all three."),
    (LiteralType, "The type of a value that is not an entity."),
    (Status, "Where a statement stands. A fact that ended stays ACCEPTED, with validTo."),
    (Action, "What a reviewer does with a statement."),
    (Modality, "How a source puts its claim."),
    (RunStatus, "Where a run stands."),
    (Order, "What a page of facts is ordered by; ties by statement id."),
    (Direction, "Which end of a statement the entity is: OUT its subject, IN its object."),
):
    strawberry.enum(_enum, description=_says)

if TYPE_CHECKING:

    class RelationName(Enum):
        """A relation of the vocabulary; its value is the relation's name."""

else:
    RelationName = strawberry.enum(
        Enum("RelationName", {name.upper(): name for name in RELATIONS}),
        description="A relation of the vocabulary; `vocabulary` says what each means.",
    )


@strawberry.enum(description="Which way an order runs.")
class OrderDirection(Enum):
    """Which way an order runs."""

    ASC = "asc"
    DESC = "desc"


@strawberry.input(description="An order of facts, as `{by: YEAR, direction: DESC}`.")
class FactOrder:
    """An order of facts."""

    by: Order
    direction: OrderDirection = OrderDirection.ASC


@strawberry.input(description="A view of the past.")
class AsOf:
    """A view of the past."""

    valid_at: str | None = strawberry.field(default=None, description='True in the world then, as "1999-12-31".')
    known_at: str | None = strawberry.field(default=None, description='Believed then, as "2024-05-01T00:00:00Z".')


@strawberry.interface(description="Anything with an id that `node` looks up.")
class Node:
    """Anything with an id."""

    id: strawberry.ID = strawberry.field(description="Opaque; it never changes. Merged ids lead on for ever.")

    @classmethod
    def resolve_type(cls, value: Any, *_: Any) -> str:
        return str(getattr(value, "typename", type(value).__name__))


@strawberry.type(description="A value that is not an entity.")
class Literal:
    """A value that is not an entity."""

    type: LiteralType = strawberry.field(description="Its type.")
    value: str = strawberry.field(
        description='Its canonical text: a date as "1999-03" or "1990s", a duration in seconds, a plain decimal.'
    )
    unit: str | None = strawberry.field(description="The currency of money (USD), or the language of a text (en).")
    year: int | None = strawberry.field(description="The year of a date, or whose money it is.")
    number: float | None = strawberry.field(description="The number, where it is one; a duration in seconds.")
    earliest: str | None = strawberry.field(description="The first day that a date may mean.")
    latest: str | None = strawberry.field(description="The last day that a date may mean.")


@strawberry.type(description="What narrows a statement down, as the character of a role or the year of an award.")
class Qualifier:
    """What narrows a statement down."""

    name: str = strawberry.field(description="Its name, as `character` or `year`.")
    text: str = strawberry.field(description="Its value as one reads it.")
    entity: EntityRef | None = strawberry.field(description="The entity it names, as the film of an award.")
    literal: Literal | None = strawberry.field(description="Its value, where that is no entity.")


@strawberry.type(description="A place in a source: a row of a file, or a span of a text.")
class Locator:
    """A place in a source."""

    row: int | None = strawberry.field(description="The row, counted from 1.")

    @says("The file's name, or the text's id.")
    def item(self, root: strawberry.Parent[LocatorValue]) -> str:
        return root.item.rsplit("/", 1)[-1] if root.item.startswith("/") else root.item

    @says("Where the span starts, in code points of the text.")
    def start(self, root: strawberry.Parent[LocatorValue]) -> int | None:
        return root.span[0] if root.span else None

    @says("Where the span ends; that code point is no longer in it.")
    def end(self, root: strawberry.Parent[LocatorValue]) -> int | None:
        return root.span[1] if root.span else None


@strawberry.type(description="One source's word for a statement.")
class Evidence:
    """One source's word for a statement."""

    source: str = strawberry.field(description="Who says so, as the settings name it, or `curator:NAME`.")
    quote: str = strawberry.field(description="The words or fields it was read from.")
    modality: Modality = strawberry.field(description="How the source puts it.")
    score: float = strawberry.field(description="How sure the extractor is, 0 to 1; no probability.")
    extractor: str = strawberry.field(description="What read it.")
    version: str = strawberry.field(description="The extractor's version.")
    observed_at: str = strawberry.field(description="When it was read, in UTC.")
    place: Locator = strawberry.field(name="place", description="Where it stands.", resolver=lambda root: root.locator)

    @says("The qualifiers that this piece says; they go when it is withdrawn.")
    def supports(self, root: strawberry.Parent[EvidenceValue]) -> list[Qualifier]:
        return qualifiers(root.supports)  # type: ignore[return-value]


@strawberry.type(description="The range of probabilities that are likely.")
class Interval:
    """The range of probabilities that are likely."""

    low: float = strawberry.field(description="Its lower end.")
    high: float = strawberry.field(description="Its upper end.")


@strawberry.type(description="One summand of a judgement, in log-odds.")
class Part:
    """One summand of a judgement."""

    name: str = strawberry.field(description="What it is, as `support` or `graph`.")
    log_odds: float = strawberry.field(description="What it adds; above 0 speaks for the statement.")
    value: float | None = strawberry.field(description="What it was computed from.")
    note: str = strawberry.field(description="More about it.")


@strawberry.type(description="One number behind a candidate's rank.")
class Feature:
    """One number behind a candidate's rank."""

    name: str = strawberry.field(description="What it is.")
    value: float = strawberry.field(description="The number; higher speaks for the candidate.")


@strawberry.type(description="An entity that an open name may mean.")
class Candidate:
    """An entity that an open name may mean."""

    entity: EntityRef | None = strawberry.field(description="The entity.")
    score: float = strawberry.field(description="0 to 1; ranks, no probability.")
    features: list[Feature] = strawberry.field(description="Why it ranks there.")


@strawberry.type(description="A name of a pending statement that is not resolved yet.")
class OpenName:
    """A name that is not resolved yet."""

    end: str = strawberry.field(description="Which end of the statement: `subject` or `object`.")
    name: str = strawberry.field(description="The name as written.")
    candidates: list[Candidate] = strawberry.field(description="What it may mean, best first.")
    none_of_these: float = strawberry.field(description="How much speaks for none of them, 0 to 1.")


def first_pieces(pieces: Sequence[EvidenceValue], first: int) -> Sequence[EvidenceValue]:
    """The best pieces of evidence; the planner fetched as many and refused too large a `first`."""
    return pieces[:first]


Evidences = Annotated[int, strawberry.argument(description="How many pieces, best first; at most 20.")]


@strawberry.type(
    description="A fact or a claim: subject, relation and object or value, with its evidence, belief and both times."
)
class Statement(Node):
    """A fact or a claim."""

    sentence: str = strawberry.field(description='As one reads it: "Tom Hanks acted in Big".')
    subject: EntityRef | None = strawberry.field(description="What it is about.")
    relation: RelationName = strawberry.field(description="What it says.")
    object: EntityRef | None = strawberry.field(description="The other end; null where that is a value.")
    literal: Literal | None = strawberry.field(description="The value, where the other end is no entity.")
    qualifiers: list[Qualifier] = strawberry.field(description="What narrows it down.")
    status: Status = strawberry.field(description="Where it stands.")
    probability: float | None = strawberry.field(description="Calibrated chance that it is so; null while unjudged.")
    interval: Interval | None = strawberry.field(description="Where the probability likely lies.")
    parts: list[Part] = strawberry.field(description="What the probability is made of.")
    support: float | None = strawberry.field(description="What the sources together say, 0 to 1.")
    reasons: list[str] = strawberry.field(description="Why the gate or a reviewer put it where it stands.")
    valid_from: str | None = strawberry.field(description="Since when it is true in the world.")
    valid_to: str | None = strawberry.field(description="Until when it was.")
    recorded_from: str = strawberry.field(description="Since when this store believes it, in UTC.")
    recorded_to: str | None = strawberry.field(description="Until when it did; null while it still does.")
    candidates: list[OpenName] = strawberry.field(description="Names of it that are not resolved yet.")

    @says("Who says so, best first.")
    def evidence(self, root: strawberry.Parent[StatementView], first: Evidences = 5) -> list[Evidence]:
        return first_pieces(root.statement.evidence, first)  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, *_: Any) -> bool:
        return True


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = strawberry.field(description="Whether `after: endCursor` would give more.")
    has_previous_page: bool = strawberry.field(description="Whether `before: startCursor` would give more.")
    start_cursor: str | None = strawberry.field(description="The first edge's cursor.")
    end_cursor: str | None = strawberry.field(description="The last edge's cursor.")


@strawberry.type(description="A statement in a list.")
class StatementEdge:
    """A statement in a list."""

    cursor: str = strawberry.field(description="Its place in the list.")
    node: Statement = strawberry.field(description="The statement.")


@strawberry.type(description="A page of statements.")
class StatementConnection:
    """A page of statements."""

    edges: list[StatementEdge] = strawberry.field(description="The statements of the page.")
    page_info: PageInfo = strawberry.field(description="Where it stands in the list.")
    total_count: int | None = strawberry.field(
        description="How many there are; null where counting them would cost too much."
    )


First = Annotated[int | None, strawberry.argument(description="How many, from the start or from `after`.")]
After = Annotated[str | None, strawberry.argument(description="Go on behind this cursor of the list.")]
Last = Annotated[int | None, strawberry.argument(description="How many, before `before` or the end.")]
Before = Annotated[str | None, strawberry.argument(description="Stop before this cursor of the list.")]


def window(first: int | None, after: str | None, last: int | None, before: str | None) -> dict[str, Any]:
    """The paging arguments as given; what was left out is None."""
    given = {"first": first, "after": after, "last": last, "before": before}
    return {name: value if value is not strawberry.UNSET else None for name, value in given.items()}
