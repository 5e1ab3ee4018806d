"""GraphQL types of what runs changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import strawberry

from marquee.api import lookups
from marquee.api.fields import says
from marquee.api.paging import listed, window
from marquee.api.request import Info
from marquee.api.selecting import plan_statements
from marquee.api.types_statement import PageInfo, RelationName, Statement
from marquee.api.views import StatementView
from marquee.api.views_detail import rounded
from marquee.api.views_page import ListView
from marquee.graph.changed import Belief as BeliefValue
from marquee.graph.changed import Change, Shift
from marquee.schema.values import Status

Shifts = strawberry.enum(Shift, name="Shift", description="What became of a statement.")


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change, and its statement as it stands today."""

    change: Change
    statement: StatementView | None


@strawberry.type(description="What was believed of a statement at a moment.")
class Belief:
    """What was believed of a statement at a moment."""

    status: Status = strawberry.field(description="Where it stood.")

    @says("Calibrated chance that it is so; null while unjudged.")
    def probability(self, root: strawberry.Parent[BeliefValue]) -> float | None:
        return None if root.probability is None else rounded(root.probability)

    @says("What the sources together said, 0 to 1.")
    def support(self, root: strawberry.Parent[BeliefValue]) -> float | None:
        return None if root.support is None else rounded(root.support)

    @says("Since when it was said to be true in the world.")
    def valid_from(self, root: strawberry.Parent[BeliefValue]) -> str | None:
        return root.valid[0]

    @says("Until when.")
    def valid_to(self, root: strawberry.Parent[BeliefValue]) -> str | None:
        return root.valid[1]


@strawberry.type(description="A statement that runs touched.")
class StatementChange:
    """A statement that runs touched."""

    @says("The statement as it stands today; what was joined to another answers as that one.")
    def statement(self, root: strawberry.Parent[ChangeView]) -> Statement | None:
        return root.statement  # type: ignore[return-value]

    @says("Its id as it was then.")
    def id(self, root: strawberry.Parent[ChangeView]) -> strawberry.ID:
        return strawberry.ID(root.change.statement)

    @says("What it says.")
    def relation(self, root: strawberry.Parent[ChangeView]) -> RelationName:
        return RelationName(root.change.relation)

    @says("The most that became of it.")
    def shift(self, root: strawberry.Parent[ChangeView]) -> Shifts:  # type: ignore[valid-type]
        return root.change.shift

    @says("What was believed before; null where it was not known.")
    def before(self, root: strawberry.Parent[ChangeView]) -> Belief | None:
        return root.change.before  # type: ignore[return-value]

    @says("What was believed after; null where it was joined to another.")
    def after(self, root: strawberry.Parent[ChangeView]) -> Belief | None:
        return root.change.after  # type: ignore[return-value]

    @says("Pieces of evidence that came.")
    def gained(self, root: strawberry.Parent[ChangeView]) -> int:
        return root.change.gained

    @says("Pieces of evidence that went.")
    def lost(self, root: strawberry.Parent[ChangeView]) -> int:
        return root.change.lost


@strawberry.type(description="A statement that runs touched, in a list.")
class StatementChangeEdge:
    """A statement that runs touched, in a list."""

    cursor: str = strawberry.field(description="Its place in the list.")
    node: StatementChange = strawberry.field(description="The change.")


@strawberry.type(description="A page of what runs changed, in the order in which statements were recorded.")
class StatementChangeConnection:
    """A page of what runs changed."""

    edges: list[StatementChangeEdge] = strawberry.field(description="The changes of the page.")
    page_info: PageInfo = strawberry.field(description="Where it stands in the list.")
    total_count: int | None = strawberry.field(description="How many there are; null: they are not counted.")


def changes(info: Info, run: str, since: str | None, args: dict[str, Any]) -> ListView:
    """A page of what a run changed, or of what changed since another. Raises NotFound, InputError, CursorError."""
    request = info.context
    shape = f"changes|{run}|{since}"
    page, _ = window(request, shape, **args)
    listing = request.service.store.changed(run, since, page, request.deadline)
    planned = plan_statements(info, ("edges", "node", "statement"))
    ids = [one.statement for one in listing.items] if planned.shows_statements else []
    found = lookups.statements(planned, ids)
    views = [ChangeView(one, found.get(one.statement)) for one in listing.items]
    return listed(request, shape, page, listing, views, lambda: None)
