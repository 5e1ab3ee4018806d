from __future__ import annotations

import sqlite3
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.world import entity, fact, fill

from marquee.graph.open import open_store
from marquee.graph.sqlite_snapshot import Places
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind


@given(st.lists(st.integers(0, 300), unique=True))
def test_places_answer_as_a_dict_of_the_numbers_would(numbers: list[int]) -> None:
    places = Places(array("q", numbers))
    wanted = {number: place for place, number in enumerate(numbers)}
    assert len(places) == len(wanted)
    assert [places.get(number) for number in range(400)] == [wanted.get(number) for number in range(400)]


@pytest.mark.parametrize("columns", [(), ("names",), ("score",), ("voices",)])
def test_a_page_that_is_damaged_further_on_is_told_as_such(tmp_path: Path, columns: tuple[str, ...]) -> None:
    films = [entity(f"film number {number}") for number in range(3_000)]
    store = open_store(f"sqlite:{tmp_path / 'a.db'}")
    fill(store, [*films, entity("drama", Kind.GENRE)], [fact(film.id, "genre", "drama") for film in films])
    store.close()
    _damage(tmp_path / "a.db", {(): "statement", ("names",): "name"}.get(columns, "evidence"))

    store = open_store(f"sqlite:{tmp_path / 'a.db'}")
    with pytest.raises(StoreError, match="Restore the last backup"):
        store.snapshot(columns)
    assert store.entities(["drama"]).keys() == {"drama"}
    store.close()


def _damage(path: Path, table: str) -> None:
    """Overwrites the leaves of a table, but for the first few."""
    with sqlite3.connect(path) as conn:
        size = conn.execute("PRAGMA page_size").fetchone()[0]
        (root,) = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    data = bytearray(path.read_bytes())
    page = data[(root - 1) * size : root * size]
    cells = int.from_bytes(page[3:5], "big")
    for cell in range(cells // 2, cells):  # an inner page's cells begin with the number of a page below
        place = int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell], "big")
        below = int.from_bytes(page[place : place + 4], "big")
        data[(below - 1) * size : below * size] = b"\xff" * size
    path.write_bytes(data)
