"""The runs: done, failed and under way; what became of what one stated, and what it refused. And GraphiQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.pages.conftest import PHONE, Open, furnished, settled
from tests.pages.serving import served

from marquee.extraction.refused import write
from marquee.graph.open import open_store
from marquee.schema.errors import InputError
from marquee.schema.values import Refusal, Run

FIRST, SECOND, FAILED, LAST = "r20240501-000001", "r20240502-000001", "r20240503-000001", "r20240504-000001"
LATER = "2024-05-03T12:00:00Z"
REFUSED = Refusal("notes", "notes.jsonl:3", "<i>no</i> year is 20015.", "Mend the year.")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world, with a run that failed, and rows that another refused."""
    home = furnished(tmp_path_factory.mktemp("home"))
    store = open_store(f"sqlite:{home / 'marquee.db'}")
    with suppress(InputError), store.writing(Run(FAILED, "ingest", LATER, sources=("films",))):
        raise InputError("is no CSV.", where="/srv/films.csv:1")
    store.close()
    write([REFUSED], home / "refused" / f"{SECOND}.jsonl")
    return home


@pytest.fixture(scope="module")
def address(pages: Path, home: Path) -> Iterator[str]:
    """A server of these tests' own, whose store has runs that ended otherwise."""
    with served(home) as address:
        yield address


def test_the_list_leads_to_each_run(visit: Open) -> None:
    page = visit("/runs")
    assert "3 in all" in page.locator("main").inner_text()
    rows = page.locator("tbody tr")
    assert rows.count() == 3
    assert "films.csv:1: is no CSV." in rows.first.inner_text()
    assert "notes" in rows.nth(1).inner_text()
    rows.nth(1).get_by_role("link").click()
    page.get_by_role("heading", level=1, name="Ingest of notes").wait_for()
    text = page.locator("main").inner_text()
    assert SECOND in text
    assert "Claims found in them" in text
    assert "done" in text


def test_what_became_of_what_a_run_stated(visit: Open) -> None:
    page = visit(f"/runs/{FIRST}")
    settled(page)
    page.get_by_role("button", name="Accepted").click()
    page.get_by_role("button", name="Evidence for Ann Arbor acted in Night Train").click()
    page.get_by_text("films.csv, row 7").first.wait_for()
    further = page.get_by_role("button", name="Show more")
    assert page.locator(".stated .fact").count() == 25 or further.is_hidden()
    page.get_by_role("button", name="Rejected").click()
    line = page.locator(".stated .fact", has_text="Flo Rida directed Night Train")
    line.wait_for()
    assert "rejected" in line.inner_text()


def test_what_waits_of_a_run_leads_to_its_part_of_the_queue(visit: Open) -> None:
    page = visit(f"/runs/{SECOND}")
    page.get_by_role("link", name="Review these").click()
    page.locator(".claim", has_text="Cy Young").wait_for()
    assert page.url.endswith(f"/review?run={SECOND}")
    assert page.locator(".queue li").count() == 1


def test_what_a_run_refused_and_where_it_lies(visit: Open) -> None:
    page = visit(f"/runs/{SECOND}")
    text = page.locator(".not-taken").inner_text()
    assert f"refused/{SECOND}.jsonl" in text
    assert "<i>no</i> year is 20015. Mend the year." in text
    page.goto(f"/runs/{FIRST}")
    settled(page)
    assert page.locator(".not-taken").count() == 0


def test_a_run_that_failed_says_why(visit: Open) -> None:
    page = visit(f"/runs/{FAILED}")
    said = page.locator(".failure p").all_inner_texts()
    assert said == ["It failed, and was taken back whole.", "films.csv:1: is no CSV."]
    assert "failed" in page.locator("main").inner_text()


def test_a_run_under_way_is_followed_to_its_end(visit: Open, home: Path) -> None:
    store = open_store(f"sqlite:{home / 'marquee.db'}")
    with store.writing(Run(LAST, "ingest", LATER, sources=("more",))) as writer:
        page = visit(f"/runs/{LAST}")
        assert "It is under way" in page.locator("main").inner_text()
        assert "so far" in page.locator("main").inner_text()
        writer.count(records=3)
    store.close()
    page.get_by_text("Records").wait_for()
    assert page.locator(".under-way").count() == 0


def test_an_unknown_run_says_so(visit: Open) -> None:
    page = visit("/runs/rnothing")
    page.get_by_role("heading", name="No such run").wait_for()


def test_they_fit_a_phone(visit: Open) -> None:
    for place in ("/", "/runs", f"/runs/{SECOND}", f"/runs/{FAILED}"):
        page = visit(place, size=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_graphiql_runs_an_example(visit: Open) -> None:
    page = visit("/graphql", settle=False)
    page.locator(".graphiql-query-editor", has_text="A film and its cast").wait_for()
    page.get_by_role("tab", name="WhatTheStoreHolds").click()
    page.locator(".graphiql-query-editor", has_text="refreshRuns").wait_for()
    page.get_by_role("button", name="Execute").click()
    page.locator(".result-window", has_text="entities").wait_for()
    assert '"entities": 16' in page.locator(".result-window").inner_text().replace("\xa0", " ")
