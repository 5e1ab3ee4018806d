"""Views of a statement's details: values, qualifiers, intervals and open names.

What names an entity is looked up with `find`, among those that were fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marquee.schema.literals import Literal, LiteralType, interval, year_of
from marquee.schema.values import Part, Resolution, Statement, Value

if TYPE_CHECKING:
    from marquee.api.views import EntityView

Find = Callable[[str], "EntityView | None"]


@dataclass(frozen=True, slots=True)
class IntervalView:
    """The range in which a probability lies nine times in ten."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LiteralView:
    """A literal with what each type of it can say."""

    literal: Literal

    @property
    def type(self) -> LiteralType:
        return self.literal.type

    @property
    def value(self) -> str:
        return self.literal.value

    @property
    def unit(self) -> str | None:
        return self.literal.unit or None

    @property
    def year(self) -> int | None:
        if self.literal.type in (LiteralType.DATE, LiteralType.YEAR):
            return year_of(self.literal.value)
        return self.literal.year

    @property
    def number(self) -> float | None:
        return float(self.literal.value) if self.literal.type in _NUMBERS else None

    @property
    def earliest(self) -> str | None:
        return interval(self.value)[0].isoformat() if self.type in _DATES else None

    @property
    def latest(self) -> str | None:
        return interval(self.value)[1].isoformat() if self.type in _DATES else None


_NUMBERS = (LiteralType.DURATION, LiteralType.MONEY, LiteralType.COUNT, LiteralType.RATING)
_DATES = (LiteralType.DATE, LiteralType.YEAR)


@dataclass(frozen=True, slots=True)
class QualifierView:
    """One qualifier: what narrows a statement down."""

    name: str
    given: Value
    find: Find

    @property
    def entity(self) -> EntityView | None:
        return self.find(self.given) if isinstance(self.given, str) else None

    @property
    def literal(self) -> LiteralView | None:
        return literal_view(self.given)

    @property
    def text(self) -> str:
        if isinstance(self.given, Literal):
            return str(self.given)
        entity = self.entity
        return entity.name if entity else self.given


@dataclass(frozen=True, slots=True)
class OpenNameView:
    """A name that is not resolved yet, with the entities it may mean."""

    end: str
    resolution: Resolution
    find: Find

    @property
    def name(self) -> str:
        return self.resolution.name.text

    @property
    def none_of_these(self) -> float:
        return self.resolution.nil_score

    @property
    def candidates(self) -> list[CandidateView]:
        return [CandidateView(one.entity, one.score, one.features, self.find) for one in self.resolution.candidates]


@dataclass(frozen=True, slots=True)
class CandidateView:
    """An entity that an open name may mean."""

    id: str
    score: float
    found: Mapping[str, float]
    find: Find

    @property
    def entity(self) -> EntityView | None:
        return self.find(self.id)

    @property
    def features(self) -> list[Part]:
        return [Part(name, value, value) for name, value in self.found.items()]


def rounded(number: float | None) -> float | None:
    """A number as it is shown: stores may keep it in single precision, whose further digits say nothing."""
    return None if number is None else round(number, 6)


def part_views(parts: tuple[Part, ...]) -> list[Part]:
    """Parts as they are shown."""
    return [Part(part.name, round(part.log_odds, 6), rounded(part.value), part.note) for part in parts]


def interval_view(interval: tuple[float, float] | None) -> IntervalView | None:
    """The view of an interval."""
    return IntervalView(round(interval[0], 6), round(interval[1], 6)) if interval else None


def literal_view(value: Value) -> LiteralView | None:
    """The view of a literal; None for an entity id."""
    return LiteralView(value) if isinstance(value, Literal) else None


def qualifiers(pairs: tuple[tuple[str, Value], ...], find: Find = lambda _: None) -> list[QualifierView]:
    """Qualifiers as views."""
    return [QualifierView(name, value, find) for name, value in pairs]


def qualifier(statement: Statement, name: str, find: Find) -> Any:
    """One qualifier in the type its field has: several texts are joined, of other values the first counts."""
    values = [value for key, value in statement.qualifiers if key == name]
    if not values:
        return None
    if isinstance(values[0], str):
        return find(values[0])
    literals = [value for value in values if isinstance(value, Literal)]
    return _READ.get(literals[0].type, _joined)(literals)


def _joined(literals: list[Literal]) -> str:
    return " / ".join(literal.value for literal in literals)


_READ: dict[LiteralType, Callable[[list[Literal]], Any]] = {
    LiteralType.COUNT: lambda literals: int(literals[0].value),
    LiteralType.YEAR: lambda literals: int(literals[0].value),
    LiteralType.RATING: lambda literals: float(literals[0].value),
    LiteralType.MONEY: lambda literals: LiteralView(literals[0]),
}
