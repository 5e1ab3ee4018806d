"""A server that others can reach, as compose.yaml starts it: nothing is shown before the token is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.api.industry import TOKEN, eid
from tests.pages.conftest import Open, Watched, furnished, settled
from tests.pages.serving import served
from tests.pages.test_review import log_in


@pytest.fixture(scope="module")
def address(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that listens to every machine."""
    home = furnished(tmp_path_factory.mktemp("home"))
    (home / "marquee.toml").write_text('[serve]\nhost = "0.0.0.0"\n', encoding="utf-8")
    with served(home, TOKEN) as address:
        yield address


def test_reading_asks_for_the_token_too_and_once(visit: Open, watched: Watched) -> None:
    watched.expected = ("Failed to load resource",)
    page = visit(f"/entity/{eid('Night Train')}", settle=False)
    page.get_by_role("dialog").get_by_text("needs a token").wait_for()
    assert page.get_by_text("Ann Arbor").count() == 0
    log_in(page, "a-wrong-token-of-someone")
    page.get_by_text("The server did not take that token.").wait_for()
    log_in(page)
    page.get_by_role("heading", level=1, name="Night Train").wait_for()
    page.goto("/review")
    settled(page)
    assert page.get_by_role("dialog").count() == 0
    page.get_by_role("button", name="Accept").wait_for()
