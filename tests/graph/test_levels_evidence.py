"""Evidence of a projection: what a licence lets pass, and how little is read to know it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contract.world import entity, fact, fill, writing
from tests.graph.worlds import opened

from marquee.graph import levels
from marquee.graph.levels_evidence import Licences, entities, licensed, statements
from marquee.graph.store import Store
from marquee.schema.kinds import Kind, Level
from marquee.schema.values import Document, Evidence, Locator

NUMBERS = range(120)


class Counting:
    """A store that keeps which documents were asked for, a list each time."""

    def __init__(self, store: Store) -> None:
        self._store, self.asked = store, list[list[str]]()

    def documents(self, ids: Collection[str]) -> dict[str, Document]:
        self.asked.append(sorted(ids))
        return self._store.documents(ids)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A wedding a text, and each told by a row, too."""
    people = [
        entity(f"p{number}", Kind.PERSON, f"P {number}", "Alias", keys=(("imdb", f"nm{number}"),)) for number in NUMBERS
    ]
    with opened(tmp_path) as store:
        fill(store, people, [fact("p0", "spouse", f"p{number}", pieces=said(number)) for number in NUMBERS[1:]])
        with writing(store) as writer:
            writer.put_documents(Document(f"d{number}", "texts", "…", licence="CC0") for number in NUMBERS[1:])
        yield store


def said(number: int) -> tuple[Evidence, ...]:
    told = ("texts", Locator(f"d{number}", span=(0, 1))), ("rows", Locator("rows.csv", number))
    return tuple(Evidence(source, place, "…", "x", "1", "2020-01-01T00:00:00Z", 0.5) for source, place in told)


def test_each_document_is_asked_for_once_and_few_at_a_time(store: Store) -> None:
    reader: Any = Counting(store)
    licences = Licences(("CC0",), {})
    only = licensed(reader, licences)
    projection = levels.project(reader, Level.PERSON, only=only)
    found = list(statements(reader, projection, licences))
    assert len(found) == len(only) == len(NUMBERS) - 1
    assert {piece.source for one in found for piece in one.evidence} == {"texts"}
    asked = [one for some in reader.asked for one in some]
    assert sorted(asked) == sorted(f"d{number}" for number in NUMBERS[1:])
    assert max(map(len, reader.asked)) <= 50


def test_names_and_ids_that_no_licence_covers_are_left_out(store: Store) -> None:
    projection = levels.project(store, Level.PERSON)
    first = next(entities(store, projection))
    assert ({name.text for name in first.names}, first.external_ids) == ({"P 0", "Alias"}, (("imdb", "nm0"),))
    licensed_first = next(entities(store, projection, Licences(("CC0",), {})))
    assert ([name.text for name in licensed_first.names], licensed_first.external_ids) == (["P 0"], ())
    assert (licensed_first.id, licensed_first.kind) == (first.id, first.kind)
