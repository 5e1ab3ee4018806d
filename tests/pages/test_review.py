"""The core path, from a name to a fact that is seen accepted, by keys alone; and the review queue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.api.industry import TOKEN, eid
from tests.pages.conftest import PHONE, Open, furnished, settled
from tests.pages.serving import served
from tests.pages.world import QUOTE

_FAR = 120  # presses of Tab after which what is looked for is not there
_FOCUSED = """() => {
  const one = document.activeElement;
  return one ? one.getAttribute("aria-label") || one.textContent : "";
}"""


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


def tab_to(page: Any, name: str) -> None:
    """Presses Tab until what has the focus is called `name`, and sees that it shows that it has it."""
    for _ in range(_FAR):
        page.keyboard.press("Tab")
        if name in page.evaluate(_FOCUSED):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"Tab does not lead to {name!r}")


def test_search_open_read_accept_and_see_it_accepted_by_keys_alone(visit: Open) -> None:
    page = visit("/")
    page.keyboard.type("slow bo")
    page.get_by_role("option", name="Slow Boat").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Slow Boat").wait_for()
    settled(page)

    tab_to(page, "Evidence for Cy Young")
    page.keyboard.press("Enter")
    page.locator("blockquote mark", has_text=QUOTE).wait_for()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(_FOCUSED) == "Decide on Cy Young"
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Cy Young person directed Slow Boat film").wait_for()
    page.keyboard.press("a")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.get_by_text("Accepted: Cy Young directed Slow Boat").wait_for()

    page.go_back()
    page.get_by_role("heading", level=1, name="Slow Boat").wait_for()
    page.reload()
    settled(page)
    director = page.locator("section.group", has=page.get_by_role("heading", name="Directed by"))
    director.get_by_role("link", name="Cy Young").wait_for()
    tab_to(page, "Evidence for Cy Young")
    page.keyboard.press("Enter")
    page.get_by_text("curator accepted it: The evidence says so").wait_for()


def test_reject_by_keys_then_take_it_back(visit: Open) -> None:
    page = visit("/review")
    assert claim(page).startswith("Flo Rida")  # the accepted one waits no more
    page.keyboard.press("r")
    log_in(page)
    page.get_by_text("Rejected: Flo Rida acted in Day Train").wait_for()
    page.keyboard.press("u")
    page.get_by_text("Back to review: Flo Rida acted in Day Train").wait_for()  # the token is asked for once
    page.reload()
    settled(page)
    assert claim(page).startswith("Flo Rida")


def test_a_wrong_token_is_told_and_asked_for_again(visit: Open) -> None:
    page = visit("/review")
    page.keyboard.press("r")
    log_in(page, "a-wrong-token-of-someone")
    page.get_by_text("The server did not take that token.").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    assert claim(page).startswith("Flo Rida")
    assert page.get_by_role("button", name="Reject").count() == 0
    page.get_by_role("button", name="Give the token").click()
    log_in(page)
    page.get_by_role("button", name="Reject").wait_for()


def test_the_token_stays_with_the_tab(visit: Open) -> None:
    page = visit("/review")
    page.keyboard.press("u")  # nothing to take back
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_keys_move_and_leave_typing_alone(visit: Open) -> None:
    page = visit(f"/review?statement={statement_of(visit)}")
    page.get_by_role("button", name="Give the token").click()
    log_in(page)
    page.get_by_label("Reason").wait_for()
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
    button = page.get_by_role("button", name="Give the token")
    assert button.is_visible()
    button.click()
    log_in(page)
    page.get_by_role("button", name="Accept").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_an_open_name_has_its_candidates(visit: Open) -> None:
    page = visit("/review?source=test")  # the part that holds it alone
    names = page.get_by_role("group", name="Whom “Flo Rida” means")
    assert names.get_by_role("radio", name="As it stands above").is_checked()
    names.get_by_role("radio", name="Cy Young").check()
    assert names.get_by_role("radio", name="None of these").count() == 1
    page.keyboard.press("a")
    log_in(page)
    page.get_by_text("Restated about whom you chose: Flo Rida acted in Day Train").wait_for()
    page.keyboard.press("u")
    page.get_by_text("Back to review: Flo Rida acted in Day Train").wait_for()
    names.get_by_role("radio", name="Cy Young").check()
    page.keyboard.press("a")
    page.get_by_text("Restated about whom you chose: Flo Rida acted in Day Train").wait_for()
    page.goto(f"/entity/{eid('Day Train')}")
    cast = page.locator("section.group", has=page.get_by_role("heading", name="Cast"))
    cast.get_by_role("link", name="Cy Young").wait_for()
