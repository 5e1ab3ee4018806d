"""GraphQL type of a decision: a reviewer's word on a statement."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from marquee.api.limits import LimitExceeded
from marquee.api.request import Request
from marquee.schema.values import Action


@strawberry.type(description="A reviewer's word on a statement.")
class Decision:
    """A reviewer's word on a statement."""

    statement: strawberry.ID = strawberry.field(description="The statement it is about.")
    action: Action = strawberry.field(description="What was decided; REVIEW puts it back.")
    reason: str = strawberry.field(description="Why.")
    by: str = strawberry.field(description="Who decided.")
    at: str = strawberry.field(description="When, in UTC.")
    choice: str | None = strawberry.field(description="The entity that an open name was said to mean, or `new`.")


def decisions(request: Request, statements: Sequence[str]) -> list[Decision]:
    """Decisions on some statements in order of time. Raises LimitExceeded for more than a page of them."""
    if len(statements) > request.limits.page:
        raise LimitExceeded(f"{len(statements)} statements are asked about; the cap is {request.limits.page}.")
    known = [id_ for id_ in statements if len(id_) <= 64]
    found = request.service.store.decisions(known) if known else []
    return [
        Decision(
            statement=strawberry.ID(one.statement),
            action=one.action,
            reason=one.reason,
            by=one.by,
            at=one.at,
            choice=one.choice,
        )
        for one in found
    ]
