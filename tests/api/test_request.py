"""The request's clock."""

from __future__ import annotations

import pytest

from marquee.api.cursors import Cursors
from marquee.api.limits import Limits
from marquee.api.request import Request
from marquee.api.service import Service
from marquee.graph.store import Store
from marquee.schema.errors import DeadlineExceeded
from marquee.schema.selection import Deadline


def test_a_restarted_request_has_its_whole_time_again(store: Store) -> None:
    request = Request(Service(store), Cursors(b"s" * 32), Limits(), seconds=60)
    request.deadline = Deadline(0.0)
    with pytest.raises(DeadlineExceeded):
        request.deadline.check()
    request.restart()
    request.deadline.check()


def test_without_a_bound_time_never_ends(store: Store) -> None:
    assert Request(Service(store), Cursors(b"s" * 32), Limits()).deadline.left() == float("inf")
