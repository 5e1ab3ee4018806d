"""GraphQL types of facts whose other end is a value: one for each type of literal."""

from __future__ import annotations

from typing import Any

import strawberry

from marquee.api.fields import says
from marquee.api.types_statement import Evidence, Evidences, Statement, first_pieces
from marquee.api.views import StatementView
from marquee.schema.literals import LiteralType, interval, year_of
from marquee.schema.values import Status


def _value(root: StatementView) -> str:
    return root.text


def _number(root: StatementView) -> float:
    return float(root.text)


@strawberry.interface(description="A fact whose other end is a value.")
class LiteralFact:
    """A fact whose other end is a value."""

    text: str = strawberry.field(description="The value in its canonical text.")
    status: Status = strawberry.field(description="Where the fact stands.")
    probability: float | None = strawberry.field(description="Calibrated chance that it is so; null while unjudged.")
    statement: Statement = strawberry.field(
        description="The fact itself, with all that is known of it.", resolver=lambda root: root
    )

    @says("Who says so, best first.")
    def evidence(self, root: strawberry.Parent[StatementView], first: Evidences = 5) -> list[Evidence]:
        return first_pieces(root.statement.evidence, first)  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, *_: Any) -> bool:
        return True


@strawberry.type(description="A date, as exact as its source has it.")
class DateFact(LiteralFact):
    """A date."""

    value: str = strawberry.field(description='"1999", "1999-03", "1999-03-31" or "1990s".', resolver=_value)

    @says("Its year; null for a decade.")
    def year(self, root: strawberry.Parent[StatementView]) -> int | None:
        return year_of(root.text)

    @says("The first day it may mean.")
    def earliest(self, root: strawberry.Parent[StatementView]) -> str:
        return interval(root.text)[0].isoformat()

    @says("The last day it may mean.")
    def latest(self, root: strawberry.Parent[StatementView]) -> str:
        return interval(root.text)[1].isoformat()


@strawberry.type(description="An amount of money.")
class MoneyFact(LiteralFact):
    """An amount of money."""

    amount: float = strawberry.field(description="How much, in units of the currency.", resolver=_number)

    @says("ISO 4217, as USD.")
    def currency(self, root: strawberry.Parent[StatementView]) -> str:
        return root.value.unit

    @says("The year whose money it is; null where the source does not say.")
    def year(self, root: strawberry.Parent[StatementView]) -> int | None:
        return root.value.year


@strawberry.type(description="A length of time.")
class DurationFact(LiteralFact):
    """A length of time."""

    seconds: float = strawberry.field(description="In seconds.", resolver=_number)

    @says("In minutes.")
    def minutes(self, root: strawberry.Parent[StatementView]) -> float:
        return round(_number(root) / 60, 2)


@strawberry.type(description="A whole number; a Float, since it may lie beyond 32 bits.")
class CountFact(LiteralFact):
    """A whole number."""

    value: float = strawberry.field(description="The number.", resolver=_number)


@strawberry.type(description="A rating, on the scale of its source.")
class RatingFact(LiteralFact):
    """A rating."""

    value: float = strawberry.field(description="The rating.", resolver=_number)


@strawberry.type(description="A text or a code.")
class TextFact(LiteralFact):
    """A text or a code."""

    value: str = strawberry.field(description="The text.", resolver=_value)


LITERAL_FACTS: dict[LiteralType, type[LiteralFact]] = {
    LiteralType.DATE: DateFact,
    LiteralType.YEAR: DateFact,
    LiteralType.DURATION: DurationFact,
    LiteralType.MONEY: MoneyFact,
    LiteralType.COUNT: CountFact,
    LiteralType.RATING: RatingFact,
    LiteralType.TEXT: TextFact,
    LiteralType.CODE: TextFact,
}
