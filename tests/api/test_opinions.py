"""Judgements and predictions over HTTP, from a real model of a small real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the gnn extra is not installed")

from starlette.testclient import TestClient
from tests.api.industry import NOW, Asker
from tests.gnn.conftest import World, build

from marquee.api.models import keep
from marquee.api.oracle import oracle_of, version_of
from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.gnn.train import train
from marquee.graph.open import open_store
from marquee.graph.store import Store
from marquee.schema.ids import entity_id, statement_id
from marquee.schema.values import Action, Entity, EntityName, Evidence, Locator, Run, Statement, Verdict

JUDGE = """query($claims: [ClaimInput!]!) { judge(statements: $claims) { probability interval { low high } grounded model
  parts { name logOdds } problems subject { name } relation object { name } known { status } } }"""
PREDICT = """query($id: ID!, $relation: RelationName!, $direction: Direction!) {
  predictions(subject: $id, relation: $relation, direction: $direction, first: 5) {
    probability score interval { low high } subject { name } relation object { name kind }
    because { sentence paths { weight steps { from { name } relation to { name } statement { status } } } } } }"""


def store_of(world: World, path: Path) -> Store:
    store = open_store(f"sqlite:{path}")
    facts = [_statement(*fact) for fact in world.facts]
    with store.writing(Run("r20240501-000001", "ingest", NOW)) as writer:
        writer.put_entities(Entity(entity_id(name), kind, (EntityName(name),)) for name, kind in world.kinds.items())
        writer.stage(facts)
        writer.put_support({one.id: 0.9 for one in facts})
        writer.apply([Verdict(one.id, Action.ACCEPT, ()) for one in facts])
    return store


def _statement(head: str, relation: str, tail: str) -> Statement:
    subject, object_ = entity_id(head), entity_id(tail)
    piece = Evidence("world", Locator("world.csv", row=1), "", "test", "1", NOW, 0.9)
    id_ = statement_id(subject, relation, object_, ())
    return Statement(id_, subject, relation, object_, recorded_from=NOW, evidence=(piece,))


@pytest.fixture(scope="module")
def world() -> World:
    return build(films=10, people=14)


@pytest.fixture(scope="module")
def ask(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("opinions")
    store = store_of(world, folder / "graph.db")
    keep(train(store.snapshot(("status",)), seed=3, budget=2.0), folder / "models")
    service = Service(store, oracle=oracle_of(store, folder / "models"), version=version_of(store, folder / "models"))
    with TestClient(create_app(service, Serve(), hosts=("testserver",))) as client:
        yield Asker(client)
    store.close()


def claims(*facts: tuple[str, str, str]) -> list[dict[str, str]]:
    return [
        {"subject": entity_id(head), "relation": relation.upper(), "object": entity_id(tail)}
        for head, relation, tail in facts
    ]


def test_true_claims_are_more_probable_than_false_ones(ask: Asker, world: World) -> None:
    true = ask(JUDGE, claims=claims(*[fact for fact in world.missing if fact[1] == "acted_in"][:15]))["judge"]
    false = ask(JUDGE, claims=claims(*world.false[:15]))["judge"]
    assert sum(one["probability"] for one in true) / len(true) > sum(one["probability"] for one in false) / len(false)
    for one in (*true, *false):
        assert one["interval"]["low"] <= one["probability"] <= one["interval"]["high"]
        assert one["known"] is None
        assert one["parts"]


def test_claims_keep_their_order_and_known_ones_are_named(ask: Asker, world: World) -> None:
    known, unknown = world.facts[0], world.missing[0]
    judged = ask(JUDGE, claims=claims(unknown, known, unknown))["judge"]
    assert [one["subject"]["name"] for one in judged] == [unknown[0], known[0], unknown[0]]
    assert [one["known"] for one in judged] == [None, {"status": "ACCEPTED"}, None]
    assert judged[0] == judged[2]


def test_what_the_vocabulary_forbids_is_not_put_to_the_model(ask: Asker) -> None:
    (one,) = ask(JUDGE, claims=claims(("studio0", "acted_in", "film0.1")))["judge"]
    assert one["probability"] is None
    assert one["model"] is None
    assert "acted in" in one["problems"][0]


def test_too_many_or_unknown_claims_are_refused(ask: Asker, world: World) -> None:
    (error,) = ask.errors(JUDGE, claims=claims(*[world.facts[0]] * 101))
    assert "cap is 100" in error["message"]
    (error,) = ask.errors(JUDGE, claims=[{"subject": "enowhere", "relation": "WON", "object": "enowhere"}])
    assert error["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("name", "relation", "direction", "kind"),
    [
        ("film1.2", "ACTED_IN", "IN", "PERSON"),
        ("film1.2", "GENRE", "OUT", "GENRE"),
        ("person0.7", "ACTED_IN", "OUT", "FILM"),
    ],
)
def test_predictions_say_how_sure_and_why(ask: Asker, name: str, relation: str, direction: str, kind: str) -> None:
    found = ask(PREDICT, id=entity_id(name), relation=relation, direction=direction)["predictions"]
    assert found
    for one in found:
        assert one["object" if direction == "IN" else "subject"]["name"] == name
        assert one["relation"] == relation
        assert 0 <= one["interval"]["low"] <= one["probability"] <= one["interval"]["high"] <= 1
        assert one["because"]["sentence"]
        for path in one["because"]["paths"]:
            assert all(step["from"] and step["to"] for step in path["steps"])
            assert {step["statement"]["status"] for step in path["steps"]} == {"ACCEPTED"}
    if direction == "OUT":
        assert {one["object"]["kind"] for one in found} == {kind}


@pytest.mark.parametrize(
    ("relation", "direction", "code"),
    [("RUNTIME", "OUT", "BAD_INPUT"), ("ACTED_IN", "BOTH", "BAD_INPUT"), ("SPOUSE", "OUT", "NO_MODEL")],
)
def test_what_cannot_be_predicted_is_said(ask: Asker, relation: str, direction: str, code: str) -> None:
    (error,) = ask.errors(PREDICT, id=entity_id("person0.7"), relation=relation, direction=direction)
    assert error["extensions"]["code"] == code
