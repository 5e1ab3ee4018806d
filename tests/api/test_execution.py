"""Execution: documents are checked once and remembered, but never too many of them."""

from __future__ import annotations

import pytest

from marquee.api.access import Access
from marquee.api.cursors import Cursors
from marquee.api.execution import Call, Executor
from marquee.api.graphql_schema import schema
from marquee.api.limits import Limits
from marquee.api.request import Request
from marquee.api.service import Service
from marquee.graph.store import Store


@pytest.fixture
def request_(store: Store) -> Request:
    return Request(Service(store), Cursors(b"s" * 32), Limits())


def test_a_document_is_parsed_and_validated_once(request_: Request) -> None:
    executor = Executor(schema(), Limits(), Access())
    call = Call("query($n: String) { film(name: $n) { name } }", {"n": "Night Train"})
    first = executor._document(call.query)
    assert executor.run(call, request_).body == {"data": {"film": {"name": "Night Train"}}}
    assert executor._document(call.query) is first


def test_the_oldest_documents_are_forgotten(request_: Request) -> None:
    executor = Executor(schema(), Limits(), Access(), kept=2)
    texts = [f"{{ a{number}: __typename }}" for number in range(3)]
    kept = [executor._document(text) for text in texts]
    assert executor._document(texts[2]) is kept[2]
    assert executor._document(texts[0]) is not kept[0]


def test_what_is_refused_or_long_is_not_kept(request_: Request) -> None:
    executor = Executor(schema(), Limits(), Access())
    long = "{ __typename }" + " " * 20_000
    for text in ("{ nothing }", "{", long):
        executor.run(Call(text), request_)
    assert not executor._kept


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (Call("query A { __typename } query B { __typename }"), "operationName"),
        (Call("query A { __typename }", operation="B"), "'B'"),
        (Call("fragment F on Film { name }"), "F"),
    ],
)
def test_a_call_names_an_operation_that_is_there(request_: Request, call: Call, says: str) -> None:
    answer = Executor(schema(), Limits(), Access()).run(call, request_)
    assert not answer.ran
    assert says in answer.body["errors"][0]["message"]
