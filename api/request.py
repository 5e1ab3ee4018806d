"""The request: what resolvers need, and what was planned and fetched for each of its top-level fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from graphql import GraphQLResolveInfo

from marquee.api.cursors import Cursors
from marquee.api.limits import Limits
from marquee.api.service import Service
from marquee.schema.selection import NEVER, Deadline, Node, Page

Info: TypeAlias = "GraphQLResolveInfo[Request]"


@dataclass(frozen=True, slots=True)
class Window:
    """How one field pages: the name its page was fetched under, the shape its cursors are signed with, the
    window asked for, and the owner tag of the cursor given, if any."""

    name: str
    shape: str
    page: Page
    tag: bytes | None = None


@dataclass(slots=True)
class Request:
    """What the resolvers of one request need. `seconds` it may take; `known`: it carried the token; `mutable`: the
    server takes changes from those that do."""

    service: Service
    cursors: Cursors
    limits: Limits
    seconds: float = float("inf")
    known: bool = False
    mutable: bool = False
    deadline: Deadline = NEVER

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Starts the time anew: what came before, as loading the model, does not count."""
        self.deadline = Deadline.within(self.seconds)


@dataclass(slots=True)
class Scope:
    """What was planned and fetched for one top-level field.

    `windows` by the identity of a field's syntax node; `loose` nodes by id are those that hang on no page.
    """

    request: Request
    windows: dict[int, Window] = field(default_factory=dict)
    loose: dict[str, Node] = field(default_factory=dict)
