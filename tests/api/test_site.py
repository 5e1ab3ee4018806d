"""The pages as they are served, built or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.api.industry import TOKEN

from marquee.api.explorer import EXAMPLES
from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.api.site import PLACES
from marquee.graph.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "dist"


@pytest.fixture
def client(store: Store, folder: Path) -> Iterator[TestClient]:
    app = create_app(Service(store), Serve(token=TOKEN), hosts=("testserver",), pages=folder)
    with TestClient(app) as client:
        yield client


def build(folder: Path) -> None:
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<p>pages</p>", encoding="utf-8")
    (folder / "graphiql.html").write_text("<p>queries</p>", encoding="utf-8")
    (folder / "assets/main-1.js").write_text("1;" * 1000, encoding="utf-8")


@pytest.mark.parametrize("place", PLACES)
def test_without_a_build_each_page_says_how_to_make_one(client: TestClient, place: str) -> None:
    response = client.get(place.format(id="e1"))
    assert response.status_code == 503
    assert "pages are not built: make pages" in response.text
    assert client.get("/assets/main-1.js").status_code == 404


def test_without_a_build_the_plain_explorer_stands_in(client: TestClient) -> None:
    response = client.get("/graphql")
    assert response.status_code == 200
    assert "<textarea" in response.text
    assert "//" not in response.text.split("</style>")[1].split("<script>")[0]


@pytest.mark.parametrize("place", PLACES)
def test_a_build_shows_without_a_restart(client: TestClient, folder: Path, place: str) -> None:
    build(folder)
    response = client.get(place.format(id="e1"))
    assert (response.status_code, response.text) == (200, "<p>pages</p>")
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("place", ["/", "/graphql"])
def test_a_page_loads_from_its_own_host_alone(client: TestClient, folder: Path, place: str) -> None:
    build(folder)
    policy = client.get(place).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert not any(word in policy for word in ("unsafe", "http", "*"))


def test_what_pages_load_is_kept_and_packed(client: TestClient, folder: Path) -> None:
    build(folder)
    response = client.get("/assets/main-1.js")
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/assets/", "/assets/..%2findex.html", "/assets/%2e%2e/index.html", "/index.html"])
def test_nothing_beside_the_pages_is_served(client: TestClient, folder: Path, path: str) -> None:
    build(folder)
    assert client.get(path).status_code == 404


def test_the_examples_come_from_one_place(client: TestClient) -> None:
    assert client.get("/examples.json").json() == EXAMPLES
