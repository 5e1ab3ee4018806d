"""A small real graph in a real store, served by the real application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.api.industry import TOKEN, Asker, build

from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.graph.open import open_store
from marquee.graph.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:{tmp_path / 'graph.db'}")
    build(opened)
    yield opened
    opened.close()


@pytest.fixture
def ask(store: Store) -> Iterator[Asker]:
    """Asks the application over the store; without a model and without jobs."""
    app = create_app(Service(store), Serve(token=TOKEN), secret=b"s" * 32, hosts=("testserver",))
    with TestClient(app) as client:
        yield Asker(client)
