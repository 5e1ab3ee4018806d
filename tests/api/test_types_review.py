"""The review queue in parts, what waits in each, and who may decide on it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.api.industry import TOKEN, Asker, sid

from marquee.api import lookups
from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.graph.store import Store
from marquee.schema.values import Action, Run, Verdict

QUEUE = """query($where: ReviewFilter) {
  reviewQueue(where: $where) { totalCount edges { node { sentence } } }
  reviewCounts(where: $where) { counted complete sources { name count } relations { name count } }
}"""


@pytest.fixture
def store(store: Store) -> Store:
    """The industry, in which a second run put a film's genre to review."""
    with store.writing(Run("r20240503-000001", "judge", "2024-05-03T12:00:00Z")) as writer:
        writer.apply([Verdict(sid("Night Train", "genre", "Thriller"), Action.REVIEW, ("drawn at random",))])
    return store


def sentences(ask: Asker, **where: object) -> set[str]:
    found = ask(QUEUE, where=where)["reviewQueue"]
    assert found["totalCount"] == len(found["edges"])
    return {edge["node"]["sentence"] for edge in found["edges"]}


BOTH = {"Flo Rida acted in Day Train", "Night Train is of genre Thriller"}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({}, BOTH),
        ({"source": "", "relations": [], "run": None}, BOTH),
        ({"source": "notes"}, BOTH),
        ({"source": "nobody"}, set()),
        ({"relations": ["GENRE"]}, {"Night Train is of genre Thriller"}),
        ({"relations": ["GENRE", "ACTED_IN"], "source": "test"}, BOTH),
        ({"run": "r20240501-000001"}, BOTH),
        ({"run": "r20240503-000001"}, set()),
        ({"run": "rnone"}, set()),
    ],
)
def test_a_part_of_the_queue(ask: Asker, where: dict[str, object], found: set[str]) -> None:
    assert sentences(ask, **where) == found


def test_what_waits_is_counted(ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = ask(QUEUE, where={})["reviewCounts"]
    assert (counts["counted"], counts["complete"]) == (2, True)
    assert {one["name"]: one["count"] for one in counts["sources"]} == {"test": 2, "notes": 2}
    assert {one["name"]: one["count"] for one in counts["relations"]} == {"acted_in": 1, "genre": 1}
    assert ask(QUEUE, where={"relations": ["GENRE"]})["reviewCounts"]["counted"] == 1
    monkeypatch.setattr(lookups, "COUNTED", 1)
    assert ask(QUEUE, where={"source": "test"})["reviewQueue"]["totalCount"] is None


def test_a_cursor_belongs_to_its_part(ask: Asker) -> None:
    query = """query($where: ReviewFilter, $after: String) {
      reviewQueue(where: $where, first: 1, after: $after) { pageInfo { endCursor } edges { node { id } } } }"""
    cursor = ask(query)["reviewQueue"]["pageInfo"]["endCursor"]
    assert len(ask(query, after=cursor)["reviewQueue"]["edges"]) == 1
    (error,) = ask.errors(query, after=cursor, where={"source": "test"})
    assert error["extensions"]["code"] == "BAD_CURSOR"


def test_too_long_a_name_is_refused(ask: Asker) -> None:
    (error, *_) = ask.errors(QUEUE, where={"source": "x" * 2_000})
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"


@pytest.mark.parametrize(("token", "allowed"), [("", False), ("wrong-but-long-enough", False), (TOKEN, True)])
def test_who_may_change_anything(ask: Asker, token: str, allowed: bool) -> None:
    assert ask("{ access { changes allowed } }", token)["access"] == {"changes": True, "allowed": allowed}


def test_a_server_without_a_token_takes_no_changes(store: Store) -> None:
    with TestClient(create_app(Service(store), Serve(), hosts=("testserver",))) as client:
        access = Asker(client)("{ access { changes allowed } }", "any-token-at-all")["access"]
    assert access == {"changes": False, "allowed": False}


def test_a_relation_is_called_from_either_end(ask: Asker) -> None:
    rows = ask("{ vocabulary { relations { name label inverseLabel } } }")["vocabulary"]["relations"]
    named = {row["name"]: (row["label"], row["inverseLabel"]) for row in rows}
    assert named["DIRECTED"] == ("directed", "directed by")
    assert named["OWNED_BY"] == ("owned by", "owns")
    assert named["ACTED_IN"] == ("acted in", "cast")
