"""Serving: the model in service is loaded beside the first requests."""

from __future__ import annotations

import socket
import threading

from marquee.api import serving
from marquee.api.desk import Desk
from marquee.api.service import Service
from marquee.schema.errors import ModelError


class _Ready:
    """An oracle that says when it has been made ready."""

    def __init__(self) -> None:
        self.prepared = threading.Event()

    def prepare(self) -> None:
        self.prepared.set()


def with_model(desk: Desk) -> Desk:
    desk.settings.models.mkdir(parents=True)
    (desk.settings.models / "service.json").write_text('{"model": "m1"}', encoding="utf-8")
    return desk


def test_the_model_in_service_is_made_ready_before_it_is_asked(desk: Desk) -> None:
    oracle = _Ready()
    serving._warm(with_model(desk), Service(desk.store, oracle=lambda: oracle))  # type: ignore[arg-type, return-value]
    assert oracle.prepared.wait(10)


def test_nothing_is_loaded_where_no_model_is_in_service(desk: Desk) -> None:
    before = threading.active_count()
    serving._warm(desk, Service(desk.store))
    assert threading.active_count() == before


def test_a_model_that_cannot_be_loaded_is_left_to_the_question_that_needs_it(desk: Desk) -> None:
    def broken() -> _Ready:
        raise ModelError("it cannot be loaded.")

    serving._load(Service(desk.store, oracle=broken))  # type: ignore[arg-type]


def test_an_answer_waits_for_no_acknowledgement() -> None:
    """A socket that a server is handed ready made lacks what asyncio sets on its own: each answer took 40 ms more."""
    with serving._listening("127.0.0.1", 0) as listening:
        listening.listen()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
