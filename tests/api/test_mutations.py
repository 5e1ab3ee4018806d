"""Mutations: with the token, through jobs that make runs; without it, not at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.api.industry import TOKEN, Asker, eid, sid

from marquee.api.corrections import correct
from marquee.api.server import create_app
from marquee.api.service import Correction, Jobs, Outcome, Service, Upload
from marquee.api.settings import Serve
from marquee.graph.store import Store
from marquee.schema.values import Action, Decision, Refusal, Run

DECIDE = """mutation($id: ID!, $action: Action!, $reason: String!, $by: String! = "ann") {
  decide(statement: $id, action: $action, reason: $reason, by: $by) { run statement { id status sentence } } }"""
CORRECT = """mutation($subject: ID!, $relation: RelationName!, $object: ID, $value: LiteralInput,
    $qualifiers: [QualifierInput!], $reason: String! = "saw it", $by: String! = "ann") {
  correct(subject: $subject, relation: $relation, object: $object, value: $value, qualifiers: $qualifiers,
    reason: $reason, by: $by) {
    run statement { id status sentence qualifiers { name text } evidence { source quote supports { name } } } } }"""
INGEST = """mutation($upload: UploadInput, $source: String) {
  ingest(upload: $upload, source: $source) { run counts { name count } refusals { locator what mend } } }"""
WAITS = sid("Flo Rida", "acted_in", "Day Train")


class Desk:
    """The jobs over a real store, as the server is given them; what was to be ingested is kept."""

    def __init__(self, store: Store) -> None:
        self.store, self.read = store, list[Upload | str]()
        self._numbers = count()

    def run(self, kind: str) -> Run:
        return Run(f"r{next(self._numbers):06}", kind, "2024-06-01T00:00:00Z")

    def decide(self, statement: str, action: Action, reason: str, by: str, choice: str | None) -> Outcome:
        run = self.run("review")
        with self.store.writing(run) as writer:
            writer.decide([Decision(statement, action, reason, by, run.started, choice)])
        return Outcome(run.id, {"decided": 1})

    def correct(self, correction: Correction) -> tuple[Outcome, str]:
        run = self.run("correct")
        with self.store.writing(run) as writer:
            id_ = correct(writer, correction, run.started)
        return Outcome(run.id), id_

    def ingest(self, what: Upload | str) -> Outcome:
        self.read.append(what)
        return Outcome("r1", {"read": 2, "accepted": 1}, (Refusal("up", "films.jsonl:2", "no JSON.", "Mend it."),))


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


@pytest.fixture
def ask(store: Store, desk: Desk) -> Iterator[Asker]:
    jobs = Jobs(desk.decide, desk.correct, desk.ingest)
    with TestClient(create_app(Service(store, jobs), Serve(token=TOKEN), hosts=("testserver",))) as client:
        yield Asker(client)


MUTATIONS = [
    (DECIDE, {"id": WAITS, "action": "ACCEPT", "reason": "so it is"}),
    (CORRECT, {"subject": eid("Flo Rida"), "relation": "WROTE", "object": eid("Day Train")}),
    (INGEST, {"source": "films"}),
]


@pytest.mark.parametrize(("mutation", "variables"), MUTATIONS)
@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", TOKEN[:-1]])
def test_without_the_token_nothing_changes(
    ask: Asker, desk: Desk, mutation: str, variables: dict[str, Any], token: str
) -> None:
    before = ask("{ status { statements runs byStatus { name count } } }")
    response = ask.post(mutation, token, **variables)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert "data" not in response.json()
    assert ask("{ status { statements runs byStatus { name count } } }") == before
    assert desk.read == []


def test_a_server_without_a_token_takes_no_changes(store: Store) -> None:
    with TestClient(create_app(Service(store), Serve(), hosts=("testserver",))) as client:
        response = Asker(client).post(DECIDE, "anything", id=WAITS, action="ACCEPT", reason="x")
    assert response.status_code == 401
    assert "takes no changes" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(("action", "status"), [("ACCEPT", "ACCEPTED"), ("REJECT", "REJECTED"), ("REVIEW", "PENDING")])
def test_a_decision_is_kept_and_shows_at_once(ask: Asker, store: Store, action: str, status: str) -> None:
    change = ask(DECIDE, TOKEN, id=WAITS, action=action, reason="so it is")["decide"]
    assert change["statement"] == {"id": WAITS, "status": status, "sentence": "Flo Rida acted in Day Train"}
    assert (
        ask("query($id: ID!) { node(id: $id) { ... on Run { kind } } }", id=change["run"])["node"]["kind"] == "review"
    )
    (decision,) = store.decisions([WAITS])
    assert (decision.reason, decision.by, decision.action) == ("so it is", "ann", Action(action.lower()))


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"id": "s0000000000000000", "action": "ACCEPT", "reason": "x"}, "NOT_FOUND"),
        ({"id": WAITS, "action": "ACCEPT", "reason": "  "}, "BAD_INPUT"),
        ({"id": WAITS, "action": "ACCEPT", "reason": "x" * 2000}, "LIMIT_EXCEEDED"),
        ({"id": WAITS, "action": "ACCEPT", "reason": "x", "by": "a\nb"}, "BAD_INPUT"),
        ({"id": WAITS, "action": "ACCEPT", "reason": "x", "by": ""}, "BAD_INPUT"),
        ({"id": WAITS, "action": "DESTROY", "reason": "x"}, "BAD_REQUEST"),
        ({"id": WAITS, "action": "ACCEPT"}, "BAD_REQUEST"),
    ],
)
def test_a_decision_needs_a_statement_an_action_and_a_reason(ask: Asker, variables: dict[str, Any], code: str) -> None:
    assert ask.errors(DECIDE, TOKEN, **variables)[0]["extensions"]["code"] == code


def test_a_correction_is_evidence_of_its_curator(ask: Asker) -> None:
    change = ask(
        CORRECT,
        TOKEN,
        subject=eid("Flo Rida"),
        relation="ACTED_IN",
        object=eid("Night Train"),
        qualifiers=[{"name": "character", "value": {"value": "Kim"}}],
    )["correct"]["statement"]
    assert (change["status"], change["sentence"]) == ("ACCEPTED", "Flo Rida acted in Night Train")
    assert change["evidence"] == [{"source": "curator:ann", "quote": "saw it", "supports": [{"name": "character"}]}]
    assert change["qualifiers"] == [{"name": "character", "text": "Kim"}]
    cast = ask('{ film(name: "Night Train") { cast { edges { character node { name } } } } }')["film"]["cast"]
    assert {"character": "Kim", "node": {"name": "Flo Rida"}} in cast["edges"]


def test_a_corrected_value_takes_the_place_of_the_old_one(ask: Asker) -> None:
    change = ask(CORRECT, TOKEN, subject=eid("Night Train"), relation="BUDGET", value={"value": "2e6", "unit": "eur"})
    assert change["correct"]["statement"]["sentence"] == "The budget of Night Train is 2000000 EUR"
    film = ask(
        """{ film(name: "Night Train") { budget { amount currency }
            facts(relations: [BUDGET], where: {status: [SUPERSEDED]}) { edges { literal { value } } } } }"""
    )["film"]
    assert film["budget"] == {"amount": 2000000, "currency": "EUR"}
    assert film["facts"]["edges"] == [{"literal": {"value": "1200000"}}]


def test_a_qualifier_may_name_an_entity(ask: Asker) -> None:
    change = ask(
        CORRECT,
        TOKEN,
        subject=eid("Flo Rida"),
        relation="WON",
        object=eid("Best Script"),
        qualifiers=[{"name": "work", "entity": eid("Slow Boat")}, {"name": "year", "value": {"value": "1999"}}],
    )["correct"]["statement"]
    assert {"name": "work", "text": "Slow Boat"} in change["qualifiers"]


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"subject": eid("Acme"), "relation": "ACTED_IN", "object": eid("Night Train")}, "BAD_INPUT"),
        ({"subject": eid("Bo Diddle"), "relation": "SPOUSE", "object": eid("Bo Diddle")}, "BAD_INPUT"),
        ({"subject": eid("Bo Diddle"), "relation": "SPOUSE"}, "BAD_INPUT"),
        ({"subject": eid("Bo Diddle"), "relation": "SPOUSE", "value": {"value": "x"}}, "BAD_INPUT"),
        ({"subject": "enowhere", "relation": "SPOUSE", "object": eid("Bo Diddle")}, "NOT_FOUND"),
        ({"subject": eid("Night Train"), "relation": "RELEASE_DATE", "value": {"value": "20015"}}, "BAD_INPUT"),
        ({"subject": eid("Night Train"), "relation": "RELEASE_DATE", "value": {"value": "1066"}}, "BAD_INPUT"),
        ({"subject": eid("Night Train"), "relation": "BUDGET", "value": {"value": "5"}}, "BAD_INPUT"),
        ({"subject": eid("Night Train"), "relation": "BUDGET", "object": eid("Acme")}, "BAD_INPUT"),
        ({"subject": eid("Ann Arbor"), "relation": "COLLABORATED_WITH", "object": eid("Bo Diddle")}, "BAD_INPUT"),
    ],
)
def test_what_the_vocabulary_forbids_is_refused(ask: Asker, variables: dict[str, Any], code: str) -> None:
    before = ask("{ status { statements } }")
    assert ask.errors(CORRECT, TOKEN, **variables)[0]["extensions"]["code"] == code
    assert ask("{ status { statements } }") == before


@pytest.mark.parametrize(
    "qualifier",
    [
        {"name": "nothing", "value": {"value": "x"}},
        {"name": "year", "value": {"value": "x"}},
        {"name": "year"},
        {"name": "work", "value": {"value": "x"}},
        {"name": "work", "entity": "enowhere"},
        {"name": "billing", "value": {"value": "1"}},
    ],
)
def test_wrong_qualifiers_are_refused(ask: Asker, qualifier: dict[str, Any]) -> None:
    won = {"subject": eid("Flo Rida"), "relation": "WON", "object": eid("Best Script"), "qualifiers": [qualifier]}
    assert ask.errors(CORRECT, TOKEN, **won)[0]["extensions"]["code"] in ("BAD_INPUT", "NOT_FOUND")


def test_an_upload_reaches_the_job_and_its_refusals_come_back(ask: Asker, desk: Desk) -> None:
    upload = {"name": "films.jsonl", "content": '{"kind": "Film"}\nnot json\n', "format": "records"}
    report = ask(INGEST, TOKEN, upload=upload)["ingest"]
    assert desk.read == [Upload("films.jsonl", "records", upload["content"])]
    assert report["counts"] == [{"name": "read", "count": 2}, {"name": "accepted", "count": 1}]
    assert report["refusals"] == [{"locator": "films.jsonl:2", "what": "no JSON.", "mend": "Mend it."}]


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"source": "films", "upload": {"name": "a.jsonl", "content": "x"}},
        *(
            {"upload": {"name": name, "content": "x"}}
            for name in ("", "../a", "a/b", "/etc/passwd", "a\x00", ".env", "a..b")
        ),
        {"upload": {"name": "a.jsonl", "content": " \n"}},
    ],
)
def test_paths_and_nothing_are_no_upload(ask: Asker, desk: Desk, variables: dict[str, Any]) -> None:
    assert ask.errors(INGEST, TOKEN, **variables)[0]["extensions"]["code"] == "BAD_INPUT"
    assert desk.read == []


def test_a_server_without_jobs_says_so(store: Store) -> None:
    with TestClient(create_app(Service(store), Serve(token=TOKEN), hosts=("testserver",))) as client:
        (error,) = Asker(client).errors(INGEST, TOKEN, source="films")
    assert error["extensions"]["code"] == "NOT_CONFIGURED"
