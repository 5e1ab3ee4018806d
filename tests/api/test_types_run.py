"""A run as one sees it: what it stated, what became of that, what it refused, and why it failed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.api.industry import NOW, Asker

from marquee.api import lookups
from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.extraction.refused import write
from marquee.graph.store import Store
from marquee.schema.errors import InputError
from marquee.schema.ids import document_id
from marquee.schema.values import Document, Refusal, Run

FIRST = "r20240501-000001"
RUN = """query($id: ID!, $status: [Status!], $waiting: Boolean, $after: String) { node(id: $id) { ... on Run {
  status message counts { name count } refusedFile refused(first: 2) { locator what mend }
  staged(first: 3, status: $status, waiting: $waiting, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { sentence status } } }
} } }"""


@pytest.fixture
def ask(store: Store, tmp_path: Path) -> Iterator[Asker]:
    service = Service(store, refused=tmp_path / "refused")
    with TestClient(create_app(service, Serve(), hosts=("testserver",))) as client:
        yield Asker(client)


def staged(ask: Asker, **variables: Any) -> Any:
    return ask(RUN, id=FIRST, **variables)["node"]["staged"]


def test_what_a_run_stated_as_it_stands_today(ask: Asker) -> None:
    found = staged(ask, status=["PENDING", "REJECTED"])
    assert found["totalCount"] == 2
    assert {edge["node"]["sentence"] for edge in found["edges"]} == {
        "Flo Rida acted in Day Train",
        "Flo Rida directed Night Train",
    }
    (waiting,) = staged(ask, waiting=True)["edges"]
    assert waiting["node"]["status"] == "PENDING"
    assert staged(ask, waiting=False, status=["PENDING"])["edges"] == []


def test_it_is_paged_and_counted_where_that_is_cheap(ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = staged(ask)
    assert whole["totalCount"] == 27
    following = staged(ask, after=whole["pageInfo"]["endCursor"])
    assert following["edges"][0] not in whole["edges"]
    monkeypatch.setattr(lookups, "COUNTED", 10)
    assert staged(ask)["totalCount"] is None


def test_what_a_run_refused_lies_in_a_file(ask: Asker, tmp_path: Path) -> None:
    assert ask(RUN, id=FIRST)["node"]["refused"] == []
    assert ask(RUN, id=FIRST)["node"]["refusedFile"] is None
    rows = [Refusal("films", f"/data/films.csv:{row}", "<b>cut</b> short.", "Add fields.") for row in range(5)]
    write(rows, tmp_path / "refused" / f"{FIRST}.jsonl")
    run = ask(RUN, id=FIRST)["node"]
    assert run["refusedFile"] == f"refused/{FIRST}.jsonl"
    assert run["refused"][0] == {"locator": "films.csv:0", "what": "<b>cut</b> short.", "mend": "Add fields."}
    assert len(run["refused"]) == 2


def test_a_text_is_called_by_its_name(ask: Asker, store: Store, tmp_path: Path) -> None:
    text = Document(document_id("Fox stars."), "notes", "Fox stars.", "note-1")
    with store.writing(Run("r20240509-000003", "ingest", NOW)) as writer:
        writer.put_documents([text])
    places = (f"{text.id}[0:3]", f"{'0' * 64}[0:3]", "note-2[0:3]")
    write([Refusal("notes", place, "No.", "Mend.") for place in places], tmp_path / "refused" / f"{FIRST}.jsonl")
    found = ask(RUN.replace("first: 2", "first: 3"), id=FIRST)["node"]["refused"]
    assert [one["locator"] for one in found] == ["note-1[0:3]", f"{'0' * 64}[0:3]", "note-2[0:3]"]


def test_why_a_run_failed(ask: Asker, store: Store) -> None:
    with pytest.raises(InputError), store.writing(Run("r20240509-000001", "ingest", NOW)):
        raise InputError("is no file.", where="/data/films.csv")
    run = ask(RUN, id="r20240509-000001")["node"]
    assert (run["status"], run["message"]) == ("FAILED", "films.csv: is no file.")
    assert run["staged"]["edges"] == []


def test_a_run_under_way_is_seen(ask: Asker, store: Store) -> None:
    with store.writing(Run("r20240509-000002", "ingest", NOW)):
        assert ask(RUN, id="r20240509-000002")["node"]["status"] == "RUNNING"
    assert ask(RUN, id="r20240509-000002")["node"]["status"] == "DONE"
