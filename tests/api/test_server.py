"""The server as HTTP sees it."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message
from tests.api.industry import TOKEN, Asker

from marquee.api.limits import Limits
from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.graph.store import Store
from marquee.schema.errors import SettingsError

GRAPHQL = "application/graphql-response+json"
QUERY = {"query": "{ __typename }"}


def client_of(store: Store, serve: Serve | None = None, **more: Any) -> TestClient:
    return TestClient(create_app(Service(store), serve or Serve(token=TOKEN), hosts=("testserver",), **more))


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, application/json;q=0.9", GRAPHQL),
        (f"text/html, {GRAPHQL};charset=utf-8", GRAPHQL),
    ],
)
def test_answers_come_in_the_type_that_is_asked_for(ask: Asker, accept: str | None, type_: str) -> None:
    headers = {"accept": accept} if accept else {}
    response = ask.client.post("/graphql", json=QUERY, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{type_}; charset=utf-8"
    assert response.json() == {"data": {"__typename": "Query"}}


def test_another_type_cannot_be_had(ask: Asker) -> None:
    assert ask.client.post("/graphql", json=QUERY, headers={"accept": "text/html"}).status_code == 406


@pytest.mark.parametrize(
    "type_", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", ""]
)
def test_other_content_types_are_not_taken(ask: Asker, type_: str) -> None:
    response = ask.client.post("/graphql", content=b'{"query": "{ __typename }"}', headers={"content-type": type_})
    assert response.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b'"{ __typename }"',
        b"{}",
        b'{"query": 1}',
        b'{"query": ""}',
        b'{"query": "{ __typename }", "variables": [1]}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": "x"}',
        b'{"query": "{ __typename }", "extensions": 0}',
        b'{"query": "{ __typename }", "variables": {"x": NaN}}',
        b'{"query": "{ __typename }", "variables": {"x": "\\ud800"}}',
        b'{"query": "\xff"}',
        b"[" * 100_000,
        b'{"query": "{ __typename }", "variables": {"x": ' + b"9" * 10_000 + b"}}",
    ],
)
def test_what_is_no_request_is_refused(ask: Asker, body: bytes) -> None:
    response = ask.client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize("query", ["{", "{ nothing }", "query A { __typename } query B { __typename }", "{ film }"])
def test_documents_that_cannot_run_are_400_or_200_by_type(ask: Asker, query: str) -> None:
    for type_, status in ((GRAPHQL, 400), ("application/json", 200)):
        response = ask.client.post("/graphql", json={"query": query}, headers={"accept": type_})
        assert response.status_code == status
        assert "data" not in response.json()
        assert response.json()["errors"][0]["message"]


def test_wrong_variables_are_refused_before_anything_runs(ask: Asker) -> None:
    query = "query($size: Int!) { reviewQueue(first: $size) { totalCount } }"
    assert ask.post(query).status_code == 400
    assert ask.post(query, size="many").status_code == 400
    assert ask.post(query, size=2**40).status_code == 400


def test_one_of_several_operations_runs(ask: Asker) -> None:
    body = {"query": "query A { a: __typename } query B { b: __typename }", "operationName": "B"}
    assert ask.client.post("/graphql", json=body).json() == {"data": {"b": "Query"}}


def test_a_long_body_is_refused_as_soon_as_it_is_too_long(store: Store) -> None:
    with client_of(store, limits=Limits(body=1000)) as client:
        body = {"query": "{ __typename }" + " " * 1000}
        assert client.post("/graphql", json=body).status_code == 413
        assert client.post("/graphql", json=body, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_body_that_does_not_arrive_is_given_up(store: Store) -> None:
    app = create_app(Service(store), Serve(), Limits(upload_seconds=0.01), hosts=("testserver",))
    sent: list[Message] = []

    async def receive() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"testserver"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": headers}
    anyio.run(app, scope, receive, send)
    assert sent[0]["status"] == 408


def test_more_requests_than_may_wait_are_told_to_come_again(store: Store) -> None:
    with client_of(store, limits=Limits(waiting=0)) as client:
        response = client.post("/graphql", json=QUERY)
    assert (response.status_code, response.headers["retry-after"]) == (503, "1")


def test_other_methods_and_places_do_not_answer(ask: Asker) -> None:
    assert ask.client.put("/graphql").status_code == 405
    assert ask.client.get("/etc/passwd").status_code == 404
    refused = ask.client.get("/graphql", params={"query": "{ __typename }"})
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_health_and_schema(ask: Asker, store: Store) -> None:
    assert ask.client.get("/health").json() == {"status": "ok"}
    assert "type Film implements" in ask.client.get("/schema.graphql").text
    store.close()
    assert ask.client.get("/health").status_code == 503


def test_every_answer_carries_the_headers_that_keep_browsers_safe(ask: Asker) -> None:
    for response in (ask.client.get("/"), ask.client.get("/nowhere"), ask.client.post("/graphql", json=QUERY)):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", ""])
def test_a_loopback_server_does_not_answer_to_foreign_names(ask: Asker, host: str) -> None:
    assert ask.client.get("/health", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:1"])
def test_a_loopback_server_answers_to_its_own_names(ask: Asker, host: str) -> None:
    assert ask.client.get("/health", headers={"host": host}).status_code == 200


def test_no_public_server_without_a_token(store: Store) -> None:
    with pytest.raises(SettingsError, match="public address"):
        create_app(Service(store), Serve(host="0.0.0.0"))


def test_a_public_server_reads_for_the_token_alone(store: Store) -> None:
    with client_of(store, Serve(host="0.0.0.0", token=TOKEN)) as client:
        asker = Asker(client)
        refused = asker.post("{ status { entities } }")
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
        assert asker("{ status { entities } }", token=TOKEN)["status"]["entities"] == 15


def test_cursors_outlive_the_process_when_their_secret_does(store: Store) -> None:
    page = '{ film(name: "Night Train") { cast(first: 1) { pageInfo { endCursor } } } }'
    query = 'query($c: String) { film(name: "Night Train") { cast(after: $c) { edges { billing } } } }'
    with client_of(store, secret=b"1" * 32) as client:
        cursor = Asker(client)(page)["film"]["cast"]["pageInfo"]["endCursor"]
    with client_of(store, secret=b"1" * 32) as client:
        assert len(Asker(client)(query, c=cursor)["film"]["cast"]["edges"]) == 3
    with client_of(store) as client:
        assert Asker(client).errors(query, c=cursor)[0]["extensions"]["code"] == "BAD_CURSOR"


def test_a_deadline_ends_a_read(store: Store) -> None:
    with client_of(store, Serve(deadline=-1.0)) as client:
        (error,) = Asker(client).errors('{ film(name: "Night Train") { cast { totalCount } } }')
    assert error["extensions"]["code"] == "DEADLINE_EXCEEDED"


def test_a_failure_of_ours_tells_a_number_and_nothing_else(store: Store, ask: Asker) -> None:
    store.close()
    (error,) = ask.errors('{ film(name: "Night Train") { name } }')
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["failure"] in error["message"]
    assert not any(word in str(error) for word in ("Traceback", "sqlite", ".db", "SELECT", "/"))
