"""What a read asks for: pages, filters, orders and nested selections, as values that any store understands."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from marquee.schema.errors import DeadlineExceeded
from marquee.schema.kinds import Kind
from marquee.schema.values import Attribute, Entity, Statement, Status


class Direction(StrEnum):
    """Which end of a statement the page's entity is: OUT, it is the subject."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


class Order(StrEnum):
    """Orders of a page of statements. Ties are always broken by the order of recording; unknown comes last."""

    RECORDED = "recorded"  # the order in which the store first held them: stable, cheapest
    PROBABILITY = "probability"
    NAME = "name"  # label of the other end
    YEAR = "year"  # earliest accepted release year of the other end
    BILLING = "billing"  # the `billing` qualifier; unbilled last


Key = tuple[str | float | int | None, ...]  # the order's value and the id: a keyset position


@dataclass(frozen=True, slots=True)
class Page:
    """A window: `first` after a position, or `last` before one (then `backward`)."""

    size: int = 20
    after: Key | None = None
    before: Key | None = None
    backward: bool = False


@dataclass(frozen=True, slots=True)
class AsOf:
    """A view of the past: true at `valid_at` (a date), believed at `known_at` (a time). None is now."""

    valid_at: str | None = None
    known_at: str | None = None


NOW = AsOf()


@dataclass(frozen=True, slots=True)
class Selection:
    """Statements of an entity to bring, and what to bring of their other ends.

    `relations` empty: all. `kinds` filters the other end. `evidence`: pieces to bring a statement, best
    first. `attributes`: names to bring of the other end. `total`: count the matches too. `nested`: named
    selections on the other end.
    """

    relations: tuple[str, ...] = ()
    direction: Direction = Direction.OUT
    status: tuple[Status, ...] = (Status.ACCEPTED,)
    kinds: tuple[Kind, ...] = ()
    min_probability: float | None = None
    order: Order = Order.RECORDED
    descending: bool = False
    page: Page = Page()
    as_of: AsOf = NOW
    evidence: int = 0
    attributes: tuple[str, ...] = ()
    total: bool = False
    nested: Mapping[str, Selection] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """One statement of a page with its other end (None where that is a literal) and its keyset position."""

    statement: Statement
    node: Node | None
    key: Key


@dataclass(frozen=True, slots=True)
class Edges:
    """One page. `more`: there are further ones in the page's direction."""

    items: tuple[Edge, ...]
    more: bool
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An entity with the attributes and named pages that were asked for."""

    entity: Entity
    attributes: tuple[Attribute, ...] = ()
    pages: Mapping[str, Edges] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """Which entities to list. `attribute` orders by that attribute, highest first, those without it last;
    else the order is that of recording."""

    kinds: tuple[Kind, ...] = ()
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements to list, in order of recording, or nearest to probability one half first. `run`: those
    that the run was the first to stage."""

    status: tuple[Status, ...] = ()
    relations: tuple[str, ...] = ()
    source: str | None = None
    run: str | None = None
    open_name: bool = False
    review: bool | None = None  # True: those that wait for a reviewer
    as_of: AsOf = NOW
    doubt_first: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that a search found, the name that matched, and how well."""

    entity: Entity
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment, by the monotonic clock, at which a read must stop. `NEVER` does not come."""

    at: float

    @staticmethod
    def within(seconds: float) -> Deadline:
        """The deadline `seconds` from now."""
        return Deadline(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds left; negative when passed."""
        return self.at - time.monotonic()

    def check(self) -> None:
        """Raises DeadlineExceeded when passed."""
        if self.left() <= 0:
            raise DeadlineExceeded(
                "the read took longer than it was allowed.", mend="Ask for less, or raise the limit."
            )


NEVER = Deadline(float("inf"))
