"""A store in the Neo4j that the whole test run shares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.neo4j.server import PASSWORD, Server, empty, shared

from marquee.graph.neo4j_store import Neo4jStore


@pytest.fixture
def server() -> Server:
    server = shared()
    empty(server)
    return server


@pytest.fixture
def store(server: Server) -> Iterator[Neo4jStore]:
    store = Neo4jStore(server.url, PASSWORD)
    yield store
    store.close()
