"""A small real graph in a real store, served by the real application."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store's file, to be copied."""
    file = tmp_path_factory.mktemp("industry") / "graph.db"
    store = open_store(f"sqlite:{file}")
    build(store)
    store.close()
    return file


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Iterator[Store]:
    file = tmp_path / "graph.db"
    shutil.copy(built, file)
    opened = open_store(f"sqlite:{file}")
    yield opened
    opened.close()


@pytest.fixture
def ask(store: Store) -> Iterator[Asker]:
    """Asks the application over the store; without a model and without jobs."""
    app = create_app(Service(store), Serve(token=TOKEN), secret=b"s" * 32, hosts=("testserver",))
    with TestClient(app) as client:
        yield Asker(client)
