"""The client, against a real server on a real socket."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from tests.api.industry import TOKEN, eid

from marquee.api import Client, connect
from marquee.api.client import ServerError
from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.graph.store import Store


@pytest.fixture
def url(store: Store) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    app = create_app(Service(store), Serve(token=TOKEN))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def client(url: str) -> Iterator[Client]:
    with connect(url) as opened:
        yield opened


def test_entities_by_id_and_external_id(client: Client) -> None:
    for key in (eid("Night Train"), "test:Night Train"):
        found = client.entity(key)
        assert found is not None
        assert (found["name"], found["kind"], found["aliases"]) == ("Night Train", "FILM", ["Nachtzug", "夜行列車"])
    assert client.entity("enowhere") is None
    assert client.entity("test:nowhere") is None


def test_search(client: Client) -> None:
    assert {hit["name"] for hit in client.search("train", kinds=["FILM"])} == {"Night Train", "Day Train"}


def test_lists_page_by_themselves(client: Client) -> None:
    query = """query($after: String) { level(level: PERSON) { entities(first: 2, after: $after) {
        pageInfo { hasNextPage endCursor } edges { node { name } } } } }"""
    assert len({one["name"] for one in client.pages(query, ("level", "entities"))}) == 6
    assert {one["name"] for one in client.level("INSTITUTION")} == {"Acme", "Bolt", "Canal"}
    assert {one["name"] for one in client.level("INSTITUTION", kinds=["NETWORK"])} == {"Canal"}


def test_facts_come_with_their_evidence(client: Client) -> None:
    facts = list(client.facts(eid("Night Train"), ["ACTED_IN"]))
    assert {fact["subject"]["name"] for fact in facts} == {"Ann Arbor", "Bo Diddle", "Cy Young", "Dé Lü"}
    assert facts[0]["evidence"][0]["source"] == "test"
    assert len(list(client.facts(eid("Night Train"), status=["REJECTED"]))) == 1
    assert list(client.facts("enowhere")) == []


def test_queue_runs_and_status(client: Client) -> None:
    assert [one["sentence"] for one in client.review_queue()] == ["Flo Rida acted in Day Train"]
    assert [one["kind"] for one in client.runs()] == ["ingest"]
    assert client.status()["entities"] == 15


def test_what_a_server_refuses_is_said(client: Client) -> None:
    with pytest.raises(ServerError, match="marquee train links") as refused:
        client.predictions(eid("Ann Arbor"), "ACTED_IN")
    assert refused.value.code == "NO_MODEL"
    with pytest.raises(ServerError, match="Cannot query field"):
        client.ask("{ nothing }")
    assert client.judge() == []


def test_the_token_is_sent(url: str) -> None:
    mutation = 'mutation { ingest(source: "films") { run } }'
    with connect(url) as client, pytest.raises(ServerError, match="need a token"):
        client.ask(mutation)
    with connect(url + "/graphql", token=TOKEN) as client, pytest.raises(ServerError, match="does not ingest"):
        client.ask(mutation)


def test_where_nothing_listens_the_client_says_how_to_start_it() -> None:
    with pytest.raises(ServerError, match="marquee serve"):
        connect("http://127.0.0.1:9")
