"""The pages ask no other host: every request of every page is listened to, and what the policy allows is tried."""

from __future__ import annotations

from typing import Any

from tests.api.industry import eid
from tests.pages.conftest import LONGEST, settled

PLACES = (
    "/",
    "/?q=train",
    f"/entity/{eid('Night Train')}",
    f"/entity/{eid('Slow Boat')}",
    "/entity/enothing",
    "/review",
    "/runs",
    "/runs/r20240502-000001",
)


def test_every_request_goes_to_the_server_itself(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.set_default_timeout(LONGEST)
    page = context.new_page()
    page.on("websocket", lambda socket: asked.append(socket.url))
    for place in PLACES:
        page.goto(place)
        settled(page)
        for button in page.locator("button.open").all()[:2]:
            button.click()
        page.mouse.wheel(0, 10_000)
        page.wait_for_load_state("networkidle")
    page.goto("/graphql")
    page.locator(".graphiql-query-editor", has_text="A film and its cast").wait_for()
    page.get_by_role("button", name="Execute").click()
    page.locator(".result-window", has_text="Night Train").or_(
        page.locator(".result-window", has_text="film")
    ).wait_for()
    page.wait_for_load_state("networkidle")
    context.close()
    assert len(asked) > 2 * len(PLACES)
    assert [url for url in asked if not url.startswith((f"{address}/", "data:", "blob:"))] == []


def test_the_policy_lets_no_script_ask_another_host(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address)
    context.set_default_timeout(LONGEST)
    page = context.new_page()
    for place in ("/", "/graphql"):
        page.goto(place)
        refused = page.evaluate("fetch('http://localhost:9/').then(() => 'asked', (error) => error.message)")
        assert refused != "asked"
        assert "connect-src 'self'" in page.evaluate(
            "fetch('/').then((answer) => answer.headers.get('content-security-policy'))"
        )
    context.close()
