"""The review queue: a fact is accepted, and seen accepted; by keys alone, with a token, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.api.industry import TOKEN, eid
from tests.pages.conftest import PHONE, Open, Watched, furnished, settled
from tests.pages.serving import served

SLOW_BOAT = f"/entity/{eid('Slow Boat')}"


@pytest.fixture(scope="module")
def address(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of these tests' own, since they change its store."""
    with served(furnished(tmp_path_factory.mktemp("home")), TOKEN) as address:
        yield address


def log_in(page: Any, token: str = TOKEN) -> None:
    page.get_by_role("dialog").wait_for()
    page.keyboard.type(token)  # the field has the focus
    page.keyboard.press("Enter")


def claim(page: Any) -> str:
    return str(page.locator(".claim").inner_text()).replace("\n", " ")


def test_accept_by_keys_then_see_it_accepted_then_take_it_back(visit: Open) -> None:
    page = visit("/review")
    assert claim(page) == "Cy Young person directed Slow Boat film"
    assert page.locator("blockquote mark b").first.inner_text() == "Cy Young"
    page.keyboard.press("a")
    log_in(page)
    page.get_by_text("Accepted: Cy Young directed Slow Boat").wait_for()
    assert claim(page).startswith("Flo Rida")  # the next one

    page.goto(SLOW_BOAT)
    director = page.locator("section.group", has=page.get_by_role("heading", name="Director"))
    director.get_by_role("link", name="Cy Young").wait_for()
    assert page.locator("section.doubtful").get_by_text("Nothing waits").is_visible()
    director.get_by_role("button", name="Evidence for Cy Young").click()
    page.get_by_text("curator accepted it: The evidence says so").wait_for()

    page.goto("/review")
    settled(page)
    assert claim(page).startswith("Flo Rida")  # the decided one waits no more
    page.keyboard.press("r")
    page.get_by_text("Rejected: Flo Rida acted in Day Train").wait_for()  # the token is asked for once
    page.keyboard.press("u")
    page.get_by_text("Back to review: Flo Rida acted in Day Train").wait_for()
    page.reload()
    settled(page)
    assert claim(page).startswith("Flo Rida")


def test_a_wrong_token_is_told_and_asked_for_again(visit: Open, watched: Watched) -> None:
    watched.expected = ("401",)
    page = visit("/review")
    page.keyboard.press("r")
    log_in(page, "a-wrong-token-of-someone")
    page.get_by_text("The server did not take that token.").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("mutations need a token").wait_for()
    assert claim(page).startswith("Flo Rida")


def test_the_token_stays_with_the_tab(visit: Open) -> None:
    page = visit("/review")
    page.keyboard.press("u")  # nothing to take back
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_keys_move_and_leave_typing_alone(visit: Open) -> None:
    page = visit(f"/review?statement={statement_of(visit)}")
    first = claim(page)
    page.keyboard.press("j")
    second = claim(page)
    assert first != second
    page.keyboard.press("k")
    assert claim(page) == first
    page.keyboard.press("e")
    page.keyboard.type("jar")
    assert claim(page) == first
    assert page.get_by_label("Reason").input_value() == "jar"


def statement_of(visit: Open) -> str:
    """The id of an accepted fact, to look at in the queue's way."""
    page = visit(f"/entity/{eid('Night Train')}")
    page.get_by_role("button", name="Evidence for Ann Arbor").click()
    return str(page.locator(".times code").inner_text())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(visit: Open, scheme: str) -> None:
    page = visit("/review", scheme, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.get_by_role("button", name="Accept").is_visible()


def test_an_open_name_has_its_candidates(visit: Open) -> None:
    page = visit("/review")
    names = page.get_by_role("group", name="Whom “Flo Rida” means")
    assert names.get_by_role("radio", name="As it stands above").is_checked()
    names.get_by_role("radio", name="Cy Young").check()
    assert names.get_by_role("radio", name="None of these").count() == 1
    page.keyboard.press("a")
    log_in(page)
    page.get_by_text("Restated about whom you chose: Flo Rida acted in Day Train").wait_for()
    page.goto(f"/entity/{eid('Day Train')}")
    cast = page.locator("section.group", has=page.get_by_role("heading", name="Cast"))
    cast.get_by_role("link", name="Cy Young").wait_for()
