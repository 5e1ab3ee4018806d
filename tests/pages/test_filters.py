"""A part of the review queue: chosen by source, relation and run, kept in the address, empty for a reason."""

from __future__ import annotations

from typing import Any

from tests.pages.conftest import Open, settled

SECOND = "r20240502-000001"


def claim(page: Any) -> str:
    return str(page.locator(".claim").inner_text()).replace("\n", " ")


def test_a_choice_narrows_the_queue_and_the_address_names_it(visit: Open) -> None:
    page = visit("/review")
    source = page.get_by_label("Source")
    assert page.locator(".queue li").count() >= 1
    page.get_by_role("option", name="notes (").wait_for(state="attached")
    source.select_option("test")
    page.locator(".card h2", has_text="Flo Rida").wait_for()
    assert page.url.endswith("/review?source=test")
    assert page.locator(".queue li").count() == 1
    page.get_by_label("Relation").select_option("acted_in")
    page.wait_for_url("**/review?source=test&relation=acted_in")
    settled(page)
    page.reload()
    settled(page)
    assert claim(page).startswith("Flo Rida")
    assert page.get_by_label("Relation").input_value() == "acted_in"
    page.go_back()
    page.wait_for_url("**/review?source=test")


def test_a_run_is_a_part_and_back_leads_to_the_whole(visit: Open) -> None:
    page = visit("/review")
    page.get_by_role("option", name="notes (2)").wait_for(state="attached")
    page.get_by_label("Run").select_option(SECOND)
    page.locator(".queue li").nth(1).wait_for(state="detached")
    assert claim(page).startswith("Cy Young")
    page.get_by_role("option", name="directed (1)").wait_for(state="attached")
    page.go_back()
    page.locator(".queue li").nth(1).wait_for()
    assert page.get_by_label("Run").input_value() == ""


def test_keys_rest_while_one_chooses_and_go_on_after(visit: Open) -> None:
    page = visit("/review")
    page.get_by_role("option", name="notes (2)").wait_for(state="attached")
    first = claim(page)
    page.get_by_label("Relation").focus()
    page.keyboard.press("j")
    assert claim(page) == first
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert claim(page) != first


def test_a_part_that_is_empty_says_why(visit: Open) -> None:
    page = visit("/review?source=nobody&relation=directed")
    page.get_by_text("Nothing waits that is from nobody, directed.").wait_for()
    assert page.get_by_role("button", name="Give the token").count() == 0
    page.get_by_role("option", name="nobody").wait_for(state="attached")
    page.get_by_role("link", name="Show all that waits").click()
    page.locator(".claim").wait_for()


def test_an_unknown_relation_in_the_address_is_told(visit: Open) -> None:
    page = visit("/review?relation=loves")
    page.get_by_role("alert").get_by_text("LOVES").wait_for()
