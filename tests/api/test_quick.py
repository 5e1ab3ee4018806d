"""Quick execution gives what graphql-core's own executor gives, errors included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from graphql import ExecutionResult, build_schema, execute_sync, parse
from tests.api.test_selecting import WIDE

from marquee.api.cursors import Cursors
from marquee.api.graphql_schema import schema
from marquee.api.limits import Limits
from marquee.api.quick import SLOW, executor_for
from marquee.api.request import Request
from marquee.api.service import Service
from marquee.graph.store import Store

QUERIES = [
    WIDE,
    "{ status { entities byKind { name count } } vocabulary { relations { name domain field literal single } } }",
    "{ reviewQueue { edges { cursor node { __typename status probability interval { low } candidates { end } } } } }",
    '{ search(text: "train") { matched score entity { __typename id level kind popularity } } }',
    '{ a: film(name: "Night Train") { id name same: name } b: film { id } c: film(name: "nobody") { id } }',
    '{ film(name: "Night Train") { cast(after: "forged") { totalCount } name } }',
]


@pytest.fixture
def run(store: Store) -> Callable[[str, Any], ExecutionResult]:
    def execute(query: str, executor: Any) -> ExecutionResult:
        request = Request(Service(store), Cursors(b"s" * 32), Limits())
        return execute_sync(schema(), parse(query), context_value=request, executor_class=executor)

    return execute


@pytest.mark.parametrize("query", QUERIES)
def test_answers_and_errors_are_the_same(run: Callable[[str, Any], ExecutionResult], query: str) -> None:
    quick, usual = run(query, executor_for(schema())), run(query, None)
    assert quick.data == usual.data
    assert [error.formatted for error in quick.errors or ()] == [error.formatted for error in usual.errors or ()]
    assert list(quick.data or ()) == list(usual.data or ())


def test_a_schema_that_is_not_ours_takes_the_usual_way() -> None:
    other = build_schema("type Query { x: Int! y: [Int] }")
    result = execute_sync(
        other, parse("{ x y __typename }"), {"x": 2**40, "y": [1]}, executor_class=executor_for(other)
    )
    assert result.data is None
    assert result.errors


def test_values_that_are_not_plain_take_the_usual_way() -> None:
    from marquee.api import quick

    for plain, good, bad in (
        (quick._int, 5, [True, 2**31, "5", 5.0]),
        (quick._float, 0.5, [float("nan"), float("inf"), 1, "x"]),
        (quick._text, "x", [1, b"x"]),
        (quick._bool, True, [1, 0]),
    ):
        assert plain(good) == good
        assert all(plain(value) is SLOW for value in bad)
