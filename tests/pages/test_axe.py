"""axe-core finds nothing on any page, in light and in dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.api.industry import eid
from tests.pages.conftest import PHONE, WIDE, Open, settled

PLACES = ("/", "/?q=train", f"/entity/{eid('Night Train')}", "/review", "/runs", "/runs/r20240502-000001")


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing(visit: Open, pages: Path, place: str, scheme: str, size: tuple[int, int]) -> None:
    page = visit(place, scheme, size)
    if "entity" in place:
        for name in ("Ann Arbor", "Bo Diddle"):
            page.get_by_role("button", name=f"Evidence for {name}").first.click()
        page.locator("section.refused summary").click()
        settled(page)
    if place == "/":
        page.get_by_role("combobox").fill("train")
        page.get_by_role("option").first.wait_for()
    page.evaluate((pages / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
