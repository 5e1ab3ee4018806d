"""Queries, over HTTP and a real store."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.api.industry import Asker, eid, sid
from tests.given import fact, film, write

from marquee.api import jobs
from marquee.api.desk import Desk
from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.schema.values import Source


def test_a_film_is_found_by_id_external_id_or_name(ask: Asker) -> None:
    for how in (
        f'id: "{eid("Night Train")}"',
        'externalId: {scheme: "test", value: "Night Train"}',
        'name: "NIGHT train"',
        'name: "Nachtzug"',
    ):
        assert ask(f"{{ film({how}) {{ name kind level }} }}")["film"] == {
            "name": "Night Train",
            "kind": "FILM",
            "level": "WORK",
        }


@pytest.mark.parametrize(
    "query",
    [
        '{ found: film(id: "enowhere") { name } }',
        '{ found: film(name: "No Such Train") { name } }',
        '{ found: film(name: "?!") { name } }',
        '{ found: film(name: "Ann Arbor") { name } }',
        '{ found: entity(externalId: {scheme: "test", value: "nowhere"}) { name } }',
        '{ found: node(id: "") { id } }',
        '{ found: node(id: "s0000000000000000") { id } }',
        '{ found: node(id: "r0000") { id } }',
        '{ found: node(id: "x0000") { id } }',
        '{ found: statement(id: "s0000000000000000") { id } }',
    ],
)
def test_what_is_unknown_is_null(ask: Asker, query: str) -> None:
    assert ask(query)["found"] is None


def test_an_id_of_another_kind_is_null(ask: Asker) -> None:
    assert ask("query($id: ID) { film(id: $id) { name } }", id=eid("Ann Arbor"))["film"] is None


@pytest.mark.parametrize("how", ["", '(id: "e1", name: "x")'])
def test_an_entity_is_looked_up_in_one_way(ask: Asker, how: str) -> None:
    (error,) = ask.errors(f"{{ film{how} {{ name }} }}")
    assert error["extensions"]["code"] == "BAD_INPUT"


def test_a_cast_comes_by_billing_with_characters_and_evidence(ask: Asker) -> None:
    cast = ask(
        """{ film(name: "Night Train") { cast { totalCount edges {
            character billing status probability node { name __typename }
            evidence(first: 1) { source quote score modality observedAt place { item row start end }
              supports { name text literal { value } } } } } } }"""
    )["film"]["cast"]
    assert cast["totalCount"] == 4
    assert [edge["node"]["name"] for edge in cast["edges"]] == ["Ann Arbor", "Bo Diddle", "Cy Young", "Dé Lü"]
    first = cast["edges"][0]
    assert (first["character"], first["billing"], first["status"]) == ("Mona", 1, "ACCEPTED")
    assert first["evidence"][0] == {
        "source": "test",
        "quote": "Ann Arbor acted_in Night Train",
        "score": 0.9,
        "modality": "ASSERTED",
        "observedAt": "2024-05-01T12:00:00Z",
        "place": {"item": "films.csv", "row": 7, "start": None, "end": None},
        "supports": [
            {"name": "character", "text": "Mona", "literal": {"value": "Mona"}},
            {"name": "billing", "text": "1", "literal": {"value": "1"}},
        ],
    }


def test_literals_come_with_their_units(ask: Asker) -> None:
    film = ask(
        """{ film(name: "Night Train") {
            releaseDate { value year earliest latest } german: releaseDate(territory: "de") { value }
            french: releaseDate(territory: "FR") { value }
            runtime { seconds minutes } budget { amount currency year } voteCount { value } revenue { amount }
            budgetFact: budget { status probability statement { sentence literal { type unit number } } }
        } }"""
    )["film"]
    assert film["releaseDate"] == {"value": "1998-03", "year": 1998, "earliest": "1998-03-01", "latest": "1998-03-31"}
    assert film["german"] == {"value": "1998-02-11"}
    assert film["french"] is None
    assert film["runtime"] == {"seconds": 6300, "minutes": 105}
    assert film["budget"] == {"amount": 1200000, "currency": "USD", "year": None}
    assert film["voteCount"] == {"value": 5_000_000_000}
    assert film["revenue"] is None
    assert film["budgetFact"]["statement"]["sentence"] == "The budget of Night Train is 1200000 USD"
    assert film["budgetFact"]["statement"]["literal"] == {"type": "MONEY", "unit": "USD", "number": 1200000}


def test_a_qualifier_may_name_an_entity_with_pages_of_its_own(ask: Asker) -> None:
    won = ask(
        """{ person(name: "Eve Adams") { won { edges { year work { name ... on Film { director { edges { node { name } } } } }
            statement { qualifiers { name text entity { name } } } } } } }"""
    )["person"]["won"]["edges"][0]
    assert won["year"] == 2001
    assert won["work"] == {"name": "Day Train", "director": {"edges": [{"node": {"name": "Eve Adams"}}]}}
    assert {"name": "work", "text": "Day Train", "entity": {"name": "Day Train"}} in won["statement"]["qualifiers"]


def test_the_ends_of_a_statement_on_a_page_can_be_asked_further(ask: Asker) -> None:
    edge = ask(
        """{ person(name: "Ann Arbor") { actedIn(first: 1, orderBy: {by: NAME}) { edges { statement {
            subject { name ... on Person { spouse { edges { node { name } statement { subject { id } object { id } } } } } }
            object { ... on Film { cast(first: 1) { totalCount } } } } } } } }"""
    )["person"]["actedIn"]["edges"][0]["statement"]
    assert edge["subject"]["spouse"]["edges"][0]["node"]["name"] == "Bo Diddle"
    ends = edge["subject"]["spouse"]["edges"][0]["statement"]
    assert {ends["subject"]["id"], ends["object"]["id"]} == {eid("Ann Arbor"), eid("Bo Diddle")}
    assert edge["object"]["cast"]["totalCount"] == 2


def test_facts_of_any_relation_either_end(ask: Asker) -> None:
    facts = ask(
        """{ entity(externalId: {scheme: "test", value: "Night Train"}) {
            facts(first: 50) { totalCount edges { relation direction node { name } literal { value } } }
            out: facts(direction: OUT, relations: [GENRE, RUNTIME]) { edges { relation } }
            rejected: facts(where: {status: [REJECTED]}) { edges { relation node { name } status } }
        } }"""
    )["entity"]
    assert facts["facts"]["totalCount"] == len(facts["facts"]["edges"]) == 13
    assert {(one["relation"], one["direction"]) for one in facts["facts"]["edges"]} >= {
        ("ACTED_IN", "IN"),
        ("GENRE", "OUT"),
        ("RUNTIME", "OUT"),
    }
    assert {one["relation"] for one in facts["out"]["edges"]} == {"GENRE", "RUNTIME"}
    assert facts["rejected"]["edges"] == [{"relation": "DIRECTED", "node": {"name": "Flo Rida"}, "status": "REJECTED"}]


def test_one_field_under_two_aliases_gives_two_pages(ask: Asker) -> None:
    film = ask(
        """{ film(name: "Night Train") {
            one: cast(first: 1) { edges { node { name } } }
            two: cast(last: 1) { edges { node { name } } }
            named: cast(first: 2, orderBy: {by: NAME, direction: DESC}) { edges { node { name } } }
            same: cast(first: 1) { totalCount }
        } }"""
    )["film"]
    names = {key: [edge["node"]["name"] for edge in film[key]["edges"]] for key in ("one", "two", "named")}
    assert names == {"one": ["Ann Arbor"], "two": ["Dé Lü"], "named": ["Dé Lü", "Cy Young"]}
    assert film["same"]["totalCount"] == 4


def test_fragments_and_directives_are_followed(ask: Asker) -> None:
    query = """query($deep: Boolean!) { film(name: "Night Train") { ...Work id } }
        fragment Work on Film { name cast(first: 1) @include(if: $deep) { edges { node { ...Who } } }
          director @skip(if: $deep) { edges { node { name } } } }
        fragment Who on Contributor { name ... on Person { actedIn { totalCount } } }"""
    deep, flat = ask(query, deep=True)["film"], ask(query, deep=False)["film"]
    assert deep["cast"]["edges"][0]["node"] == {"name": "Ann Arbor", "actedIn": {"totalCount": 2}}
    assert "director" not in deep
    assert flat["director"]["edges"][0]["node"]["name"] == "Eve Adams"
    assert "cast" not in flat


def test_collaborators_are_ranked_by_closeness(ask: Asker) -> None:
    found = ask(
        """{ person(name: "Ann Arbor") { collaborators(first: 2) { entity { name ... on Person { directed { totalCount } } }
            count closeness works { name } } } }"""
    )["person"]["collaborators"]
    assert [one["entity"]["name"] for one in found] == ["Eve Adams", "Bo Diddle"] or [
        one["entity"]["name"] for one in found
    ] == ["Bo Diddle", "Eve Adams"]
    assert found[0]["count"] == 2
    assert found[0]["closeness"] == pytest.approx(1 / 4 + 1 / 2)
    assert {work["name"] for work in found[0]["works"]} == {"Night Train", "Day Train"}


def test_collaborators_of_the_busiest_are_counted_whole(desk: Desk, tmp_path: Path) -> None:
    films = [
        film(f"Film {n}", fact("director", "Ann"), fact("writer", "Ann"), fact("editor", "Bo" if n < 60 else "Cy"))
        for n in range(150)
    ]
    jobs.ingest(desk, [Source("films", str(write(tmp_path / "films.jsonl", *films)))])
    with TestClient(create_app(Service(desk.store), Serve(), hosts=("testserver",))) as client:
        query = '{ person(name: "Ann") { collaborators { entity { name } count } } }'
        found = Asker(client)(query)["person"]["collaborators"]
    assert found == [{"entity": {"name": "Cy"}, "count": 90}, {"entity": {"name": "Bo"}, "count": 60}]


def test_co_producers_are_counted(ask: Asker) -> None:
    found = ask(
        '{ institution(name: "Acme") { coProducers { entity { name } count } owns { edges { node { name } } } } }'
    )
    assert found["institution"]["coProducers"] == [{"entity": {"name": "Bolt"}, "count": 1}]
    assert found["institution"]["owns"]["edges"] == [{"node": {"name": "Bolt"}}]


def test_search_finds_beginnings_accents_and_other_scripts(ask: Asker) -> None:
    query = "query($text: String!, $kinds: [Kind!]) { search(text: $text, kinds: $kinds) { entity { name } matched } }"
    assert {hit["entity"]["name"] for hit in ask(query, text="trai")["search"]} == {"Night Train", "Day Train"}
    assert ask(query, text="de lu")["search"][0]["entity"]["name"] == "Dé Lü"
    assert ask(query, text="夜行列車")["search"][0] == {"entity": {"name": "Night Train"}, "matched": "夜行列車"}
    assert ask(query, text="train", kinds=["PERSON"])["search"] == []


def test_search_brings_pages_of_what_it_finds(ask: Asker) -> None:
    hits = ask('{ search(text: "night") { entity { ... on Film { cast(first: 1) { totalCount } } } } }')["search"]
    assert hits == [{"entity": {"cast": {"totalCount": 4}}}]


def test_a_statement_shows_all_that_is_known_of_it(ask: Asker) -> None:
    one = ask(
        """query($id: ID!) { statement(id: $id) { id sentence subject { name } relation object { name } status probability
            interval { low high } parts { name logOdds value note } support reasons recordedFrom recordedTo
            candidates { end name noneOfThese candidates { entity { name } score features { name value } } }
            evidence { source } } }""",
        id=sid("Flo Rida", "acted_in", "Day Train"),
    )["statement"]
    assert one["sentence"] == "Flo Rida acted in Day Train"
    assert (one["subject"]["name"], one["relation"], one["object"]["name"]) == ("Flo Rida", "ACTED_IN", "Day Train")
    assert (one["status"], one["probability"], one["reasons"]) == ("PENDING", 0.55, ["a new name"])
    assert one["interval"] == {"low": pytest.approx(0.45), "high": pytest.approx(0.57)}
    assert one["parts"][0] == {"name": "support", "logOdds": 2, "value": 0.9, "note": "two sources"}
    assert one["candidates"] == [
        {
            "end": "subject",
            "name": "Flo Rida",
            "noneOfThese": 0.2,
            "candidates": [
                {"entity": {"name": "Cy Young"}, "score": 0.4, "features": [{"name": "name", "value": 0.7}]}
            ],
        }
    ]
    assert {piece["source"] for piece in one["evidence"]} == {"test", "notes"}


def test_a_node_is_an_entity_a_statement_or_a_run(ask: Asker) -> None:
    query = "query($id: ID!) { node(id: $id) { __typename id } }"
    for id_, type_ in (
        (eid("Acme"), "Studio"),
        (sid("Eve Adams", "directed", "Day Train"), "Statement"),
        ("r20240501-000001", "Run"),
    ):
        assert ask(query, id=id_)["node"] == {"__typename": type_, "id": id_}


def test_a_level_lists_its_entities_by_popularity_and_its_facts(ask: Asker) -> None:
    level = ask(
        """{ level(level: INSTITUTION) { level kinds count relations { name inverse }
            entities(kinds: [STUDIO]) { totalCount edges { node { name kind popularity } } }
            facts { totalCount edges { node { sentence relation } } } } }"""
    )["level"]
    assert level["count"] == 3
    assert {one["node"]["name"] for one in level["entities"]["edges"]} == {"Acme", "Bolt"}
    assert level["entities"]["totalCount"] == 2
    numbers = [one["node"]["popularity"] or 0 for one in level["entities"]["edges"]]
    assert numbers == sorted(numbers, reverse=True)
    assert level["facts"]["edges"] == [{"node": {"sentence": "Bolt is owned by Acme", "relation": "OWNED_BY"}}]
    assert "OWNED_BY" in {one["name"] for one in level["relations"]}


@pytest.mark.parametrize("part", ["entities(kinds: [FILM]) { totalCount }", "facts(relations: [CAST]) { totalCount }"])
def test_a_level_refuses_what_does_not_live_on_it(ask: Asker, part: str) -> None:
    assert ask.errors("{ level(level: PERSON) { " + part.replace("CAST", "GENRE") + " } }")


def test_a_path_names_its_steps(ask: Asker) -> None:
    path = ask(
        """query($from: ID!, $to: ID!) { path(from: $from, to: $to) { length steps {
            from { name } relation to { name } forward statement { status } } } }""",
        **{"from": eid("Cy Young"), "to": eid("Bolt")},
    )["path"]
    assert path["length"] == len(path["steps"])
    assert path["steps"][0]["from"]["name"] == "Cy Young"
    assert path["steps"][-1]["to"]["name"] == "Bolt"
    for one, other in zip(path["steps"], path["steps"][1:], strict=False):
        assert one["to"] == other["from"]
    assert {step["statement"]["status"] for step in path["steps"]} == {"ACCEPTED"}


def test_no_path_is_null_and_an_unknown_end_an_error(ask: Asker) -> None:
    query = "query($from: ID!, $to: ID!) { path(from: $from, to: $to, maxHops: 2) { length } }"
    assert ask(query, **{"from": eid("Flo Rida"), "to": eid("Canal")})["path"] is None
    (error,) = ask.errors(query, **{"from": eid("Flo Rida"), "to": "enowhere"})
    assert error["extensions"]["code"] == "NOT_FOUND"


def test_the_review_queue_and_the_runs(ask: Asker) -> None:
    found = ask(
        """{ reviewQueue { totalCount edges { node { sentence status } } }
             refreshRuns { totalCount edges { node { id kind status sources counts { name count } } } } }"""
    )
    assert found["reviewQueue"]["totalCount"] == 1
    assert found["reviewQueue"]["edges"][0]["node"] == {
        "sentence": "Flo Rida acted in Day Train",
        "status": "PENDING",
    }
    run = found["refreshRuns"]["edges"][0]["node"]
    assert (run["id"], run["kind"], run["status"], run["sources"]) == ("r20240501-000001", "ingest", "DONE", ["test"])


def test_status_and_vocabulary(ask: Asker) -> None:
    found = ask(
        """{ status { entities statements review byKind { name count } byStatus { name count } }
             vocabulary { levels { level kinds } qualifiers { name literal kinds }
               relations { name field inverseField domain range literal family symmetric identifying } } }"""
    )
    assert found["status"]["entities"] == 15
    assert {"name": "rejected", "count": 1} in found["status"]["byStatus"]
    acted = next(one for one in found["vocabulary"]["relations"] if one["name"] == "ACTED_IN")
    assert (acted["field"], acted["inverseField"], acted["domain"]) == ("actedIn", "cast", ["GROUP", "PERSON"])


def test_the_past_can_be_asked(ask: Asker) -> None:
    query = """query($then: String!) { film(name: "Night Train", asOf: {knownAt: $then}) { cast { totalCount } } }"""
    assert ask(query, then="2100-01-01T00:00:00Z")["film"]["cast"]["totalCount"] == 4
    assert ask(query, then="2020-01-01T00:00:00Z")["film"]["cast"]["totalCount"] == 0


@pytest.mark.parametrize("query", ["{ judge(statements: []) { probability } }"])
def test_nothing_to_judge_needs_no_model(ask: Asker, query: str) -> None:
    assert ask(query)["judge"] == []


def test_a_server_without_a_model_says_so(ask: Asker) -> None:
    (error,) = ask.errors(
        "query($id: ID!) { predictions(subject: $id, relation: ACTED_IN) { score } }", id=eid("Ann Arbor")
    )
    assert error["extensions"]["code"] == "NO_MODEL"
    assert "marquee train links" in error["message"]
