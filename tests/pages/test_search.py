"""The start page: search as one types, by keys alone, and what the graph holds."""

from __future__ import annotations

from tests.pages.conftest import Open, settled
from tests.pages.world import HOSTILE


def test_search_as_you_type_by_keys_alone(visit: Open) -> None:
    page = visit("/")
    page.keyboard.type("ann ar")  # the field has the focus
    page.get_by_role("option", name="Ann Arbor").wait_for()
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator('[role="option"][aria-selected="true"]')
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "born 1970" in chosen.inner_text()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Ann Arbor").wait_for()


def test_another_name_says_so_and_a_film_has_its_year(visit: Open) -> None:
    page = visit("/")
    page.get_by_role("combobox").fill("夜行")
    option = page.get_by_role("option", name="Night Train")
    option.wait_for()
    assert "as “夜行列車”" in option.inner_text()
    assert "film · 1998" in option.inner_text()
    option.click()
    page.get_by_role("heading", level=1, name="Night Train").wait_for()


def test_escape_closes_and_enter_lists_all(visit: Open) -> None:
    page = visit("/")
    box = page.get_by_role("combobox")
    box.fill("train")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.get_by_role("listbox").is_visible()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2 found").wait_for()
    assert "q=train" in page.url
    assert page.title() == "train · Marquee"


def test_results_can_be_kept_to_one_level(visit: Open) -> None:
    page = visit("/?q=t")
    assert page.locator(".hits li", has_text="Thriller").count() == 1
    page.get_by_role("link", name="Works").click()
    page.locator('[aria-current="page"]', has_text="Works").wait_for()
    settled(page)
    assert page.locator(".hits .entity.work").count() == page.locator(".hits .entity").count() == 2


def test_nothing_found_says_so_also_to_those_who_listen(visit: Open) -> None:
    page = visit("/")
    page.get_by_role("combobox").fill("zzzz")
    page.locator('[aria-live="polite"]', has_text="Nothing is called “zzzz”.").wait_for(state="attached")
    page.goto("/?q=%3Cb%3Ezzzz")
    page.get_by_text("Nothing is called “<b>zzzz”").wait_for()


def test_what_the_graph_holds_and_how_fresh_it_is(visit: Open) -> None:
    page = visit("/")
    page.get_by_text("Last changed").wait_for()
    text = page.locator("main").inner_text()
    assert "ingest of notes" in text
    assert "waiting for review" in text
    page.get_by_role("link", name="waiting for review").click()
    page.get_by_role("heading", level=1, name="Review").wait_for()


def test_a_hostile_name_is_text(visit: Open) -> None:
    page = visit("/")
    page.get_by_role("combobox").fill("hara")
    page.get_by_role("option", name=HOSTILE).click()
    assert page.get_by_role("heading", level=1).inner_text() == HOSTILE
    assert page.locator("main img:not([role])").count() == 0


def test_the_way_past_the_header(visit: Open) -> None:
    page = visit("/runs")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "To the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
