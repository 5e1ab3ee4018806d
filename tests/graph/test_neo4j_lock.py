"""One writer at a time: whoever begins together with another is answered soon."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from tests.contract.world import run
from tests.neo4j.server import PASSWORD, Server

from marquee.graph.neo4j_lock import exclusive
from marquee.graph.neo4j_store import Neo4jStore
from marquee.schema.errors import StoreBusy

_LONG = 30.0  # seconds; far more than anyone should wait


@contextmanager
def _two(server: Server) -> Iterator[list[Neo4jStore]]:
    """Two commands that opened the same store."""
    with ExitStack() as stack:
        stores = [Neo4jStore(server.url, PASSWORD) for _ in range(2)]
        for store in stores:
            stack.callback(store.close)
        yield stores


def test_of_two_that_begin_together_one_holds_the_store_and_the_other_is_told_so(server: Server) -> None:
    with _two(server) as stores, ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            together, answered = threading.Barrier(2), threading.Event()
            begun = [pool.submit(_begin, store, together, answered) for store in stores]
            assert sorted(one.result() for one in begun) == ["held until the other was answered", "told"]


def _begin(store: Neo4jStore, together: threading.Barrier, answered: threading.Event) -> str:
    together.wait()
    with exclusive(store._place) as lock:
        if lock is None:
            answered.set()
            return "told"
        return "held until the other was answered" if answered.wait(_LONG) else "held, and the other waited"


@pytest.mark.parametrize("end", [lambda lock: lock.let_go(), lambda lock: lock._session.close()])
def test_a_lock_that_was_let_go_or_lost_can_be_had(server: Server, end: Callable[..., None]) -> None:
    with _two(server) as (one, two):
        with exclusive(one._place) as lock:
            assert lock is not None
            with pytest.raises(StoreBusy), two.writing(run()):
                pass
            end(lock)
            with two.writing(run()):
                pass
        with one.writing(run()):
            pass
