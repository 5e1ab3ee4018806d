"""Every store under one suite: a fixture gives a fresh one of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.contract.world import Opener
from tests.neo4j.server import PASSWORD, empty, shared

from marquee.graph.open import open_store
from marquee.graph.store import Store


def _sqlite(folder: Path) -> Opener:
    numbers = count()
    return lambda: open_store(f"sqlite:{folder / f'{next(numbers)}.db'}")


def _neo4j(folder: Path) -> Opener:
    server = shared()

    def open_one() -> Store:
        empty(server)
        return open_store(server.url, PASSWORD)

    return open_one


_STORES: dict[str, Callable[[Path], Opener]] = {"sqlite": _sqlite, "neo4j": _neo4j}


@pytest.fixture(params=_STORES)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens a new, empty store at each call."""
    yield from _opening(_STORES[request.param](tmp_path))


@pytest.fixture(params=_STORES)
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Opens a new, empty store to copy to at each call. There is one Neo4j: it is emptied, whoever wrote it."""
    yield from _opening(_STORES[request.param](tmp_path_factory.mktemp("target")))


def _opening(opener: Opener) -> Iterator[Opener]:
    opened: list[Store] = []

    def open_one() -> Store:
        opened.append(opener())
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(fresh: Opener) -> Store:
    """An empty store."""
    return fresh()
