"""The runs, one of them, and GraphiQL."""

from __future__ import annotations

from tests.pages.conftest import PHONE, Open


def test_the_list_leads_to_each_run(visit: Open) -> None:
    page = visit("/runs")
    assert "2 in all" in page.locator("main").inner_text()
    rows = page.locator("tbody tr")
    assert rows.count() == 2
    assert "notes" in rows.first.inner_text()
    rows.first.get_by_role("link").click()
    page.get_by_role("heading", level=1, name="Ingest").wait_for()
    text = page.locator("main").inner_text()
    assert "r20240502-000001" in text
    assert "Claims" in text
    assert "done" in text


def test_an_unknown_run_says_so(visit: Open) -> None:
    page = visit("/runs/rnothing")
    page.get_by_role("heading", name="No such run").wait_for()


def test_they_fit_a_phone(visit: Open) -> None:
    for place in ("/", "/runs", "/runs/r20240502-000001"):
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
