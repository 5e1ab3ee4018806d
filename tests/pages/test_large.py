"""An entity with 10,000 neighbours: its page stays what it is for others, a few facts at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pages.conftest import Open, settled
from tests.pages.serving import served

from marquee.graph.open import open_store
from marquee.graph.store import Store
from marquee.schema.ids import entity_id, statement_id
from marquee.schema.kinds import Kind
from marquee.schema.literals import LiteralType, canonical
from marquee.schema.values import Entity, EntityName, Evidence, Locator, Run, Statement, Status, Value

NOW = "2024-05-01T12:00:00Z"
STAR, MANY = entity_id("test:star"), 10_000


def fill(store: Store) -> None:
    """A person who acted in 10,000 films, each of a year."""
    films = [Entity(entity_id(f"test:{n}"), Kind.FILM, (EntityName(f"Film {n}"),)) for n in range(MANY)]
    with store.writing(Run("r20240501-000009", "ingest", NOW), bulk=True) as writer:
        writer.put_entities([Entity(STAR, Kind.PERSON, (EntityName("Busy Star"),)), *films])
        writer.stage(_fact(STAR, "acted_in", film.id) for film in films)
        writer.stage(
            _fact(film.id, "release_date", canonical(LiteralType.DATE, str(1900 + n % 120)))
            for n, film in enumerate(films)
        )


def _fact(subject: str, relation: str, object_: Value) -> Statement:
    piece = Evidence("films", Locator("films.csv", row=1), "cast: Busy Star", "test", "1", NOW, 0.9)
    id_ = statement_id(subject, relation, object_, ())
    return Statement(id_, subject, relation, object_, recorded_from=NOW, status=Status.ACCEPTED, evidence=(piece,))


@pytest.fixture(scope="module")
def address(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a store that holds one very busy person."""
    home = tmp_path_factory.mktemp("home")
    store = open_store(f"sqlite:{home / 'marquee.db'}")
    fill(store)
    store.close()
    with served(home) as address:
        yield address


def test_ten_thousand_neighbours_are_shown_a_few_at_a_time(visit: Open) -> None:
    page = visit(f"/entity/{STAR}")
    acted = page.locator("section.group", has=page.get_by_role("heading", name="Acted in"))
    assert "10,000" in acted.inner_text()
    rows = acted.locator(".facts > li")
    assert rows.count() == 8
    rows.first.get_by_text("2019").wait_for()
    acted.get_by_role("button", name="Show more").click()
    rows.nth(57).wait_for()
    assert rows.count() == 58
    acted.get_by_role("button", name="Evidence for").nth(30).click()
    page.get_by_text("films.csv, row 1").wait_for()
    page.locator(".caption", has_text="Busy Star").wait_for()
    settled(page)
    shown = page.evaluate("document.querySelector('.picture')._cyreg.cy.nodes().length")
    assert shown == 15
    page.get_by_role("combobox").fill("film 77")
    page.get_by_role("option").first.wait_for()
