"""Failures: what is meant for users is told, the rest is logged under a number."""

from __future__ import annotations

import logging

import pytest
from graphql import GraphQLError

from marquee.api.failures import formatted, public
from marquee.schema.errors import InputError, MarqueeError, MissingExtra, NotFound, StoreBusy, StoreError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("no entity has the id 'x'.", mend="Search for it."), "NOT_FOUND"),
        (InputError("is no JSON.", where="/srv/secret/films.jsonl:3", mend="Mend the line."), "BAD_INPUT"),
        (StoreBusy("run r1 holds it.", where="/srv/secret/graph.db"), "STORE_BUSY"),
        (MissingExtra("torch", "gnn"), "NOT_INSTALLED"),
    ],
)
def test_a_failure_on_purpose_tells_all_but_its_place(error: MarqueeError, code: str) -> None:
    shown = public(error)
    assert shown["extensions"] == {"code": code}
    assert error.what in shown["message"]
    assert error.mend in shown["message"]
    assert "/srv" not in str(shown)


@pytest.mark.parametrize(
    "error", [StoreError("disk image is malformed", where="/srv/graph.db"), ValueError("SELECT 1")]
)
def test_other_failures_are_logged_under_the_number_that_is_told(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        shown = formatted(GraphQLError("x", original_error=error))
    assert shown["extensions"]["code"] == "INTERNAL"
    assert shown["extensions"]["failure"] in caplog.text
    assert str(error) not in str(shown)


def test_an_error_of_the_query_says_where() -> None:
    shown = formatted(GraphQLError("no such field", path=["film", 0]))
    assert shown == {"message": "no such field", "path": ["film", 0], "extensions": {"code": "BAD_REQUEST"}}
