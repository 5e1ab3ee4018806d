"""What the pages show when there is nothing, when the server takes nothing, and when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.api.industry import eid
from tests.pages.conftest import LONGEST, Open, Watched, furnished, settled
from tests.pages.serving import free_port, served

from marquee.graph.open import open_store


@pytest.fixture(scope="module")
def address(pages: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """A server without a token, over an empty store unless `full` is asked for."""
    home = tmp_path_factory.mktemp("home")
    if getattr(request, "param", "") == "full":
        furnished(home)
    else:
        open_store(f"sqlite:{home / 'marquee.db'}").close()
    with served(home) as address:
        yield address


def test_an_empty_graph_says_how_to_fill_it(visit: Open) -> None:
    page = visit("/")
    page.get_by_text("The graph is empty.").wait_for()
    for place, text in (("/review", "Nothing waits for a reviewer"), ("/runs", "Nothing was done to this store yet")):
        page.goto(place)
        page.get_by_text(text).wait_for()


@pytest.mark.parametrize("address", ["full"], indirect=True)
def test_a_server_without_a_token_says_that_it_takes_no_changes(visit: Open) -> None:
    page = visit("/review")
    page.get_by_text("This server takes no decisions: it was started without a token.").wait_for()
    assert page.get_by_role("button", name="Accept").count() == 0
    page.keyboard.press("a")
    page.get_by_role("status").get_by_text("takes no decisions").first.wait_for(state="attached")
    assert page.get_by_role("dialog").count() == 0
    page.goto(f"/entity/{eid('Slow Boat')}")
    settled(page)
    assert page.locator("section.doubtful").get_by_role("link", name="Decide").count() == 0


def test_a_server_that_dies_is_told_and_what_failed_is_read_again_once_it_is_back(
    pages: Path, browser: Any, tmp_path: Path
) -> None:
    port = free_port()
    page = browser.new_context(base_url=f"http://127.0.0.1:{port}").new_page()
    page.set_default_timeout(LONGEST)
    with served(furnished(tmp_path), port=port):
        page.goto(f"/entity/{eid('Night Train')}")
        settled(page)
    page.get_by_role("button", name="Evidence for Ann Arbor").click()
    page.get_by_text("The server does not answer. Asking again").wait_for()
    with served(tmp_path, port=port):
        page.get_by_text("films.csv, row 7").first.wait_for()
        assert page.get_by_text("The server does not answer").count() == 0
        assert page.get_by_role("heading", level=1, name="Night Train").is_visible()
    page.context.close()


@pytest.mark.parametrize("address", ["full"], indirect=True)
def test_a_server_that_is_gone_is_told_and_tried_again(visit: Open, watched: Watched) -> None:
    watched.expected = ("Failed to load resource",)
    page = visit(f"/entity/{eid('Night Train')}")
    page.route("**/graphql", refuse)
    page.get_by_role("button", name="Evidence for Ann Arbor").click()
    failure = page.get_by_role("alert").first
    failure.get_by_text("The server does not answer.").wait_for()
    page.unroute("**/graphql")
    failure.get_by_role("button", name="Try again").click()
    page.get_by_text("films.csv, row 7").first.wait_for()


def refuse(route: Any) -> None:
    route.abort("connectionrefused")
