"""Small worlds for the graph's tests: a real store in a folder, and short ways to name things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from marquee.graph.open import open_store
from marquee.graph.store import Store, Writer
from marquee.schema import ids
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal
from marquee.schema.values import (
    Action,
    Claim,
    Document,
    Entity,
    EntityName,
    Evidence,
    ExternalId,
    Extraction,
    Locator,
    Modality,
    Name,
    Run,
    Statement,
    Value,
    Verdict,
)

NOW = "2024-01-01T00:00:00Z"
_RUNS = count()


@contextmanager
def opened(folder: Path | None = None) -> Iterator[Store]:
    """An empty store; in memory if no folder is given."""
    store = open_store(str(folder / "graph.sqlite") if folder else "sqlite::memory:")
    try:
        yield store
    finally:
        store.close()


@contextmanager
def writing(store: Store) -> Iterator[Writer]:
    """A run of the store."""
    with store.writing(Run(ids.run_id("test", NOW, str(next(_RUNS))), "test", NOW)) as writer:
        yield writer


def entity(id_: str, kind: Kind, *names: str, keys: tuple[ExternalId, ...] = ()) -> Entity:
    first, *others = names or (id_,)
    written = (EntityName(first), *(EntityName(other, kind="alias") for other in others))
    return Entity(id_, kind, written, keys)


def fact(subject: str, relation: str, object_: Value) -> Statement:
    return Statement(
        ids.statement_id(subject, relation, object_, ()),
        subject,
        relation,
        object_,
        recorded_from=NOW,
        evidence=(evidence("world"),),
    )


def fill(store: Store, entities: Iterable[Entity], facts: Iterable[Statement]) -> None:
    """Puts entities and accepted statements into the store."""
    believed = list(facts)
    with writing(store) as writer:
        writer.put_entities(entities)
        writer.stage(believed)
        writer.apply(Verdict(statement.id, Action.ACCEPT, ()) for statement in believed)


def evidence(source: str, row: int = 1, modality: Modality = Modality.ASSERTED) -> Evidence:
    return Evidence(source, Locator(f"{source}.jsonl", row=row), "as written", "test", "1", NOW, 1.0, modality=modality)


def claim(
    subject: Name,
    relation: str,
    object_: Name | Literal,
    source: str = "notes",
    row: int = 1,
    modality: Modality = Modality.ASSERTED,
    **qualifiers: Name | Literal,
) -> Claim:
    piece = evidence(source, row, modality)
    return Claim(subject, relation, object_, piece, tuple(qualifiers.items()), modality)


def record(*claims: Claim, names: tuple[Name, ...] = (), source: str = "notes", row: int = 1) -> Extraction:
    """What one row gave: its claims, and the names it speaks of besides."""
    return Extraction(source, Locator(f"{source}.jsonl", row=row), names, claims)


def text(*claims: Claim, names: tuple[Name, ...] = (), source: str = "notes") -> Extraction:
    """What one document gave."""
    body = "as written"
    document = Document(ids.document_id(body), source, body)
    return Extraction(source, Locator(document.id), names, claims, document=document)
