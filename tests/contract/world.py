"""Short ways to name things for the contract: entities, statements with evidence, runs with a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count

from hypothesis import HealthCheck, settings

from marquee.graph.store import Reader, Staged, Store, Writer
from marquee.schema.ids import statement_id
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.relations import relation
from marquee.schema.selection import Deadline, Page, StatementFilter
from marquee.schema.values import (
    Action,
    Decision,
    Entity,
    EntityName,
    Evidence,
    ExternalId,
    Judgement,
    Locator,
    Part,
    Qualifiers,
    Run,
    Statement,
    Status,
    Value,
    Verdict,
)

# Each example opens a store of its own by the fixture `fresh`, so sharing the fixture is no harm.
law = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Opener = Callable[[], Store]

_NUMBERS = count(1)
ALL = Page(10_000)
PASSED = Deadline(0.0)


def run(finished: str | None = None) -> Run:
    """A run of its own id; dated, if told."""
    number = next(_NUMBERS)
    return Run(f"r{number:06d}", "test", f"2020-01-01T00:00:00.{number:06d}Z", finished)


@contextmanager
def writing(store: Store, finished: str | None = None) -> Iterator[Writer]:
    with store.writing(run(finished)) as writer:
        yield writer


def entity(id_: str, kind: Kind = Kind.FILM, *names: str, keys: tuple[ExternalId, ...] = ()) -> Entity:
    first, *others = names or (id_,)
    return Entity(id_, kind, (EntityName(first), *(EntityName(other, "en", "alias") for other in others)), keys)


def evidence(source: str = "films", row: int = 1, supports: Qualifiers = (), score: float = 0.9) -> Evidence:
    return Evidence(
        source, Locator(f"{source}.csv", row), f"row {row}", "csv", "1", "2020-01-01T00:00:00Z", score, supports
    )


def fact(
    subject: str,
    name: str,
    object_: Value,
    *,
    status: Status = Status.ACCEPTED,
    qualifiers: Qualifiers = (),
    probability: float | None = None,
    pieces: tuple[Evidence, ...] | None = None,
    valid: tuple[str | None, str | None] = (None, None),
) -> Statement:
    """A statement whose evidence supports its joining qualifiers."""
    row = relation(name)
    own = tuple(pair for pair in qualifiers if pair[0] in row.identifying)
    joining = tuple(pair for pair in qualifiers if pair[0] in row.joining)
    return Statement(
        statement_id(subject, name, object_, own),
        subject,
        name,
        object_,
        qualifiers,
        *valid,
        status=status,
        probability=probability,
        evidence=pieces if pieces is not None else (evidence(supports=joining),),
    )


def text(value: str) -> Literal:
    return Literal(LiteralType.TEXT, value)


def date(value: str) -> Literal:
    return canonical(LiteralType.DATE, value)


def billing(number: int) -> tuple[str, Literal]:
    return "billing", Literal(LiteralType.COUNT, str(number))


def judgement(statement: str, probability: float, model: str = "m1") -> Judgement:
    parts = (Part("graph", 1.25, probability, "a note"), Part("support", -0.5))
    return Judgement(statement, probability, (probability / 2, 1.0), parts, model)


def verdict(statement: str, action: Action, *reasons: str, audit: bool = False) -> Verdict:
    return Verdict(statement, action, reasons, audit)


def decision(statement: str, action: Action, at: str = "2024-05-01T00:00:00Z") -> Decision:
    return Decision(statement, action, "seen it", "Ada", at)


def fill(
    store: Store, entities: Iterable[Entity] = (), statements: Iterable[Statement] = (), finished: str | None = None
) -> Staged:
    """One run that puts and stages."""
    with writing(store, finished) as writer:
        writer.put_entities(entities)
        return writer.stage(statements)


def everything(reader: Reader) -> list[Statement]:
    """All statements, in order of recording."""
    return list(reader.list_statements(StatementFilter(), ALL).items)
