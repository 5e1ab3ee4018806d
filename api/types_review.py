"""GraphQL types of the review queue: which part of it to show, and what waits in it."""

from __future__ import annotations

from collections import Counter

import strawberry

from marquee.api.limits import check_text
from marquee.api.lookups import COUNTED
from marquee.api.request import Request
from marquee.api.types_run import Count, counts
from marquee.api.types_statement import RelationName
from marquee.schema.selection import Page, StatementFilter


@strawberry.input(description="Which part of the queue; all of it unless told.")
class ReviewFilter:
    """Which part of the queue."""

    source: str | None = strawberry.field(default=None, description="What this source says.")
    relations: list[RelationName] | None = strawberry.field(default=None, description="Of these relations.")
    run: strawberry.ID | None = strawberry.field(default=None, description="What this run was the first to state.")


@strawberry.type(description="What waits for a reviewer, counted.")
class ReviewCounts:
    """What waits for a reviewer, counted."""

    counted: int = strawberry.field(description=f"How many statements were counted; at most {COUNTED:,}.")
    complete: bool = strawberry.field(description="Whether these are all; else there are more than were counted.")
    sources: list[Count] = strawberry.field(description="By source; a statement of two counts for both.")
    relations: list[Count] = strawberry.field(description="By relation.")


def chosen(request: Request, where: ReviewFilter | None) -> StatementFilter:
    """The part of the queue that `where` names. Raises LimitExceeded for a source or run that is too long."""
    where = where or ReviewFilter()
    for name, text in (("source", where.source), ("run", where.run)):
        check_text(name, text, request.limits)
    relations = tuple(one.value for one in where.relations or ())
    return StatementFilter(
        relations=relations, source=where.source or None, run=where.run or None, review=True, doubt_first=True
    )


def counted(request: Request, where: ReviewFilter | None) -> ReviewCounts:
    """What waits in a part of the queue, by source and by relation."""
    listing = request.service.store.list_statements(chosen(request, where), Page(COUNTED), request.deadline)
    sources = Counter(source for one in listing.items for source in {piece.source for piece in one.evidence})
    return ReviewCounts(
        counted=len(listing.items),
        complete=not listing.more,
        sources=counts(sources),
        relations=counts(Counter(one.relation for one in listing.items)),
    )
