"""GraphQL types of what the model says: judgements, predictions, and paths through the graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import strawberry

from marquee.api.request import Scope
from marquee.api.types_statement import EntityRef, Interval, Part, RelationName, Statement
from marquee.api.views import EntityView, StatementView, loose
from marquee.api.views_detail import IntervalView, interval_view, part_views, rounded
from marquee.schema import wording
from marquee.schema.values import Judgement as JudgementValue
from marquee.schema.values import Part as PartValue
from marquee.schema.values import PathStep as StepValue
from marquee.schema.values import Prediction as PredictionValue


@strawberry.type(description="One fact on a path.")
class PathStep:
    """One fact on a path."""

    start: EntityRef | None = strawberry.field(name="from", description="Where the step starts.")
    end: EntityRef | None = strawberry.field(name="to", description="Where it ends.")
    relation: RelationName = strawberry.field(description="What the fact says.")
    forward: bool = strawberry.field(description="False where it is walked from object to subject.")
    statement: Statement | None = strawberry.field(description="The fact itself.")


@strawberry.type(description="A way between two entities over accepted facts.")
class Path:
    """A way between two entities."""

    length: int = strawberry.field(description="How many steps.")
    steps: list[PathStep] = strawberry.field(description="The steps, in order.")


@strawberry.type(description="A path that speaks for a prediction.")
class ReasonPath:
    """A path that speaks for a prediction."""

    weight: float = strawberry.field(description="Its share of the score.")
    steps: list[PathStep] = strawberry.field(description="Its steps, in order.")


@strawberry.type(description="Why a prediction was made.")
class Because:
    """Why a prediction was made."""

    sentence: str = strawberry.field(description="In one sentence.")
    paths: list[ReasonPath] = strawberry.field(description="The paths that carried it, heaviest first.")


@strawberry.type(description="A fact that the model expects and the graph lacks. It is never stored as a statement.")
class Prediction:
    """A fact that the model expects."""

    subject: EntityRef | None = strawberry.field(description="What it is about.")
    relation: RelationName = strawberry.field(description="What it says.")
    object: EntityRef | None = strawberry.field(description="The other end.")
    score: float = strawberry.field(description="The model's raw number; ranks, no probability.")
    probability: float = strawberry.field(description="Calibrated chance that it is so.")
    interval: Interval = strawberry.field(description="Where the probability likely lies.")
    because: Because = strawberry.field(description="Why.")


@strawberry.type(description="What the model makes of a claim.")
class Judgement:
    """What the model makes of a claim."""

    subject: EntityRef | None = strawberry.field(description="What it is about.")
    relation: RelationName = strawberry.field(description="What it says.")
    object: EntityRef | None = strawberry.field(description="The other end.")
    probability: float | None = strawberry.field(description="Calibrated chance; null where the vocabulary forbids it.")
    interval: Interval | None = strawberry.field(description="Where the probability likely lies.")
    parts: list[Part] = strawberry.field(description="What the probability is made of.")
    grounded: bool = strawberry.field(description="False where the model knows too little to say.")
    model: str | None = strawberry.field(description="The model that judged.")
    problems: list[str] = strawberry.field(description="What the vocabulary and the dates have against it.")
    known: Statement | None = strawberry.field(description="The accepted statement that says the same, if any.")


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its ends."""

    step: StepValue
    scope: Scope
    statements: dict[str, StatementView] = field(default_factory=dict)

    @property
    def start(self) -> EntityView | None:
        return loose(self.scope, self.step.head if self.step.forward else self.step.tail)

    @property
    def end(self) -> EntityView | None:
        return loose(self.scope, self.step.tail if self.step.forward else self.step.head)

    @property
    def relation(self) -> Any:
        return RelationName(self.step.relation)

    @property
    def forward(self) -> bool:
        return self.step.forward

    @property
    def statement(self) -> StatementView | None:
        return self.statements.get(self.step.statement)


@dataclass(frozen=True, slots=True)
class PredictionView:
    """A prediction with its ends."""

    value: PredictionValue
    scope: Scope
    statements: dict[str, StatementView]

    @property
    def subject(self) -> EntityView | None:
        return loose(self.scope, self.value.head)

    @property
    def object(self) -> EntityView | None:
        return loose(self.scope, self.value.tail)

    @property
    def relation(self) -> Any:
        return RelationName(self.value.relation)

    @property
    def score(self) -> float | None:
        return rounded(self.value.score)

    @property
    def probability(self) -> float | None:
        return rounded(self.value.probability)

    @property
    def interval(self) -> IntervalView | None:
        return interval_view(self.value.interval)

    @property
    def because(self) -> Because:
        because = self.value.because
        paths = [
            ReasonPath(weight=weight, steps=steps(path, self.scope, self.statements))
            for path, weight in zip(because.paths, because.weights, strict=False)
        ]
        return Because(sentence=because.sentence, paths=paths)


@dataclass(frozen=True, slots=True)
class JudgementView:
    """A judgement with its ends; `value` is None where the vocabulary forbids the claim."""

    triple: tuple[str, str, str]
    value: JudgementValue | None
    problems: list[str]
    known: StatementView | None
    scope: Scope

    @property
    def subject(self) -> EntityView | None:
        return loose(self.scope, self.triple[0])

    @property
    def relation(self) -> Any:
        return RelationName(self.triple[1])

    @property
    def object(self) -> EntityView | None:
        return loose(self.scope, self.triple[2])

    @property
    def probability(self) -> float | None:
        return rounded(self.value.probability) if self.value else None

    @property
    def interval(self) -> IntervalView | None:
        return interval_view(self.value.interval) if self.value else None

    @property
    def parts(self) -> list[PartValue]:
        return part_views(self.value.parts) if self.value else []

    @property
    def grounded(self) -> bool:
        return self.value is not None and self.value.grounded

    @property
    def model(self) -> str | None:
        return self.value.model if self.value else None


def steps(path: Any, scope: Scope, statements: dict[str, StatementView]) -> list[Any]:
    """Views of a path's steps."""
    return [StepView(step, scope, statements) for step in path]


def sentence(triple: tuple[str, str, str], scope: Scope) -> str:
    """A claim as one reads it."""
    names = [end.name if (end := loose(scope, id_)) else id_ for id_ in (triple[0], triple[2])]
    return wording.sentence(names[0], triple[1], names[1])
