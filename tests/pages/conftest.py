"""The pages, built and served over a small store, in a real headless Chromium.

Playwright for Python drives the browser: it works with the system's own, brings its driver in its wheel, and
fetches nothing when it runs. What is missing here skips these tests with the reason; where CI=true it fails.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.api.industry import TOKEN
from tests.pages.serving import served
from tests.pages.world import furnish

from marquee.api.pages.build import HERE, Unbuildable, build
from marquee.graph.open import open_store

WIDE, PHONE = (1280, 900), (380, 800)
LONGEST = 60_000  # ms to wait for anything, on a busy machine


def missing(reason: str) -> None:
    """Skips, or fails under CI=true."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of the pages, built as the sources are."""
    try:
        build()
    except Unbuildable as error:
        missing(str(error))
    return HERE


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for one file of tests: Playwright's event loop stays in the thread as long as it is open."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        missing("no chromium on the path: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        # In a container there is no user namespace for Chromium's sandbox; all it loads is our own server.
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the small world, shared by tests that only read."""
    with served(furnished(tmp_path_factory.mktemp("home")), TOKEN) as address:
        yield address


def furnished(home: Path) -> Path:
    """The home of a store that holds the small world."""
    store = open_store(f"sqlite:{home / 'marquee.db'}")
    furnish(store)
    store.close()
    return home


@dataclass
class Watched:
    """Browser pages whose requests and complaints are kept."""

    address: str
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()  # complaints that a test provokes

    def watch(self, page: Any) -> None:
        page.on("console", lambda said: self.hear(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.hear(str(error)))
        page.on("request", lambda request: self.see(request.url))

    def hear(self, text: str) -> None:
        if not any(word in text for word in self.expected):
            self.complaints.append(text)

    def see(self, url: str) -> None:
        if not url.startswith((f"{self.address}/", "data:", "blob:")):
            self.complaints.append(f"asked another host: {url}")


@pytest.fixture
def watched(address: str) -> Watched:
    return Watched(address)


Open = Callable[..., Any]


def settled(page: Any) -> None:
    """Waits until the page has drawn what it reads."""
    page.locator("main > *").first.wait_for()
    page.locator("[aria-busy]").first.wait_for(state="detached")


@pytest.fixture
def visit(browser: Any, watched: Watched) -> Iterator[Open]:
    """Opens a place of the server in a browser of its own; at the end, nobody may have complained."""
    contexts = []

    def opened(place: str, scheme: str = "light", size: tuple[int, int] = WIDE, settle: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, base_url=watched.address
        )
        context.set_default_timeout(LONGEST)
        contexts.append(context)
        page = context.new_page()
        watched.watch(page)
        page.goto(place)
        if settle:
            settled(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert watched.complaints == []
