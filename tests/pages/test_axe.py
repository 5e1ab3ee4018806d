"""axe-core finds nothing on any page, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.api.industry import TOKEN, eid
from tests.pages.conftest import PHONE, WIDE, Open, settled

PLACES = (
    "/",
    "/?q=train",
    f"/entity/{eid('Night Train')}",
    "/entity/enothing",
    "/review",
    "/review?source=nobody",
    "/runs",
    "/runs/r20240502-000001",
)


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing(visit: Open, pages: Path, place: str, scheme: str, size: tuple[int, int]) -> None:
    page = visit(place, scheme, size)
    if place.endswith(eid("Night Train")):
        for name in ("Ann Arbor", "Bo Diddle"):
            page.get_by_role("button", name=f"Evidence for {name}").first.click()
        page.locator("section.refused summary").click()
        settled(page)
    if place == "/review":
        page.get_by_role("option", name="notes (2)").wait_for(state="attached")
        page.get_by_role("button", name="Give the token").click()
        page.get_by_role("dialog").wait_for()
        assert found_by_axe(page, pages) == []
        page.keyboard.type(TOKEN)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Accept").wait_for()
    if "/runs/" in place:
        page.get_by_role("button", name="Evidence for").first.click()
        settled(page)
    if place == "/":
        page.get_by_role("combobox").fill("train")
        page.get_by_role("option").first.wait_for()
    assert found_by_axe(page, pages) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_graphiql_but_its_own_tabs(visit: Open, pages: Path, scheme: str) -> None:
    page = visit("/graphql", scheme, settle=False)
    page.locator(".graphiql-query-editor", has_text="A film and its cast").wait_for()
    page.wait_for_load_state("networkidle")
    violations = found_by_axe(page, pages)
    assert [one for one in violations if one[0] != "nested-interactive"] == []  # a tab of GraphiQL holds its buttons


def found_by_axe(page: Any, pages: Path) -> list[tuple[str, list[str]]]:
    """The rules that are broken, each with the elements that break it."""
    page.evaluate((pages / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
