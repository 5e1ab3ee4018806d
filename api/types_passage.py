"""GraphQL type of a passage: a quote within the text it stands in."""

from __future__ import annotations

import strawberry

from marquee.api.limits import LimitExceeded
from marquee.api.request import Request
from marquee.schema.errors import InputError
from marquee.schema.values import Document

_FARTHEST = 2_000  # characters on either side


@strawberry.type(description="A quote with the text around it.")
class Passage:
    """A quote with the text around it."""

    document: strawberry.ID = strawberry.field(description="The id of the text.")
    name: str = strawberry.field(description="What its source calls it.")
    source: str = strawberry.field(description="The source it belongs to.")
    licence: str = strawberry.field(description="Under which it may be used; empty where unknown.")
    retrieved_at: str = strawberry.field(description="When it was fetched, in UTC; empty where unknown.")
    before: str = strawberry.field(description="What stands before the quote.")
    quote: str = strawberry.field(description="The quote.")
    after: str = strawberry.field(description="What stands behind it.")
    starts: bool = strawberry.field(description="Whether `before` is the beginning of the text.")
    ends: bool = strawberry.field(description="Whether `after` is its end.")


def passage(request: Request, document: str, start: int, end: int, around: int) -> Passage | None:
    """The span [start, end) of a text with `around` characters on either side; None for an unknown text.

    Raises InputError where the text has no such span, LimitExceeded for more context than is given.
    """
    if around > _FARTHEST:
        raise LimitExceeded(f"around is {around} characters; the cap is {_FARTHEST}.")
    found = request.service.store.documents([document[:64]]).get(document)
    if found is None:
        return None
    if not 0 <= start <= end <= len(found.text) or around < 0:
        raise InputError(f"the text has no span {start} to {end}.", mend=f"It is {len(found.text)} characters long.")
    return _cut(found, start, end, max(0, start - around), min(len(found.text), end + around))


def _cut(document: Document, start: int, end: int, first: int, last: int) -> Passage:
    text = document.text
    return Passage(
        document=strawberry.ID(document.id),
        name=document.name.rsplit("/", 1)[-1],
        source=document.source,
        licence=document.licence,
        retrieved_at=document.retrieved_at,
        before=text[first:start],
        quote=text[start:end],
        after=text[end:last],
        starts=first == 0,
        ends=last == len(text),
    )
