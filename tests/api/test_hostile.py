"""Hostile input: whatever comes, the answer is a clear one, within bounds, and says nothing of the inside."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.industry import Asker, eid

INSIDE = re.compile(r"Traceback|sqlite|SELECT |\.py\b|\.db\b|/tmp|/work|site-packages|marquee\.", re.IGNORECASE)
TEXTS = [
    "\x00",
    "a\x00b",
    "' OR 1=1 --",
    '"; DROP TABLE entity; --',
    "\\'; DELETE FROM statement; --",
    "*",
    '"',
    '""',
    "NEAR(a b)",
    "name:* OR rowid:1",
    "(((",
    "^a",
    "-",
    "a AND",
    "%%%",
    "${jndi:ldap://x}",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "\u202e\u200b\ufeff",
    "\U0001f3ac" * 50,
    "e\u0301" * 300,
    "A" * 1000,
    "MATCH (n) DETACH DELETE n",
    "}) RETURN 1 //",
    "<script>alert(1)</script>",
]
LOOKUPS = """query($t: String!, $id: ID!) {
  search(text: $t) { entity { id } }
  film(name: $t) { id }
  node(id: $id) { id }
  entity(externalId: {scheme: $t, value: $t}) { id }
  statement(id: $id) { id }
}"""


def checked(ask: Asker, query: str, **variables: Any) -> dict[str, Any]:
    """The answer, which is neither a crash nor a leak."""
    response = ask.post(query, **variables)
    assert response.status_code < 500
    body: dict[str, Any] = response.json()
    for error in body.get("errors", ()):
        assert error["extensions"]["code"] != "INTERNAL", error
        assert not INSIDE.search(error["message"]), error
    return body


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_only_texts(ask: Asker, text: str) -> None:
    body = checked(ask, LOOKUPS, t=text, id=text)
    assert body["data"]["node"] is None
    assert ask("{ status { entities } }")["status"]["entities"] == 15


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_only_a_text(ask: Asker, text: str) -> None:
    checked(ask, LOOKUPS, t=text, id=text)


def test_texts_beyond_the_cap_are_refused(ask: Asker) -> None:
    (error,) = ask.errors("query($t: String!) { search(text: $t) { score } }", t="x" * 2000)
    assert "cap is 1000" in error["message"]


def fragments(count: int) -> str:
    spread = [f"fragment F{n} on Film {{ a{n}: name ...F{n + 1} b{n}: name ...F{n + 1} }}" for n in range(count)]
    return '{ film(name: "Night Train") { ...F0 } } ' + " ".join(spread) + f" fragment F{count} on Film {{ name }}"


@pytest.mark.parametrize(
    "query",
    [
        "{" + 'film(name: "x"){cast{edges{node{actedIn{edges{node{cast{edges{node{' * 30 + "name" + "}" * 271,
        "{ a " * 5000 + "}" * 5000,
        "{" * 50_000,
        "[" * 50_000,
        "{ film(name: " + "[" * 20_000,
        "query(" + "$a: [" * 20_000,
        fragments(100),
        "{ " + " ".join(f"a{n}: status {{ entities }}" for n in range(900)) + " }",
        "{ status { " + "entities " * 2500 + "} }",
        "{ __typename " + "@skip(if: false) " * 10_000 + "}",
        "{ __typename @nothing @nothing }",
        '{ film(name: "x") { ' + "cast { totalCount } " * 480 + "} }",
        '{ film(name: "x") { ...A } } fragment A on Film { ...B } fragment B on Film { ...A }',
        "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
        " " * 200_000 + "{ nothing }",
        '{ search(text: "x", first: 99999999999999999999) { score } }',
        '{ search(text: "x", first: 1e400) { score } }',
        '{ search(text: "\\uD800") { score } }',
        "subscription { x }",
        "type Query { x: Int }",
        "\ufeff\x00",
    ],
    ids=lambda query: query[:24],
)
def test_documents_that_want_too_much_are_refused(ask: Asker, query: str) -> None:
    body = checked(ask, query)
    assert body["errors"]
    assert "data" not in body or body["data"] is None


def test_the_whole_schema_can_be_asked_for(ask: Asker) -> None:
    from graphql import get_introspection_query

    assert ask(get_introspection_query(descriptions=True))["__schema"]["types"]


@pytest.mark.parametrize("cursor", ["", "x", "=", "\x00", "A" * 5000, "☃", "eyJhIjoxfQ==", "-1", "' OR 1=1"])
def test_forged_cursors_are_refused_on_every_list(ask: Asker, cursor: str) -> None:
    for query in (
        'query($c: String) { film(name: "Night Train") { cast(after: $c) { totalCount } } }',
        'query($c: String) { film(name: "Night Train") { facts(last: 2, before: $c) { totalCount } } }',
        "query($c: String) { level(level: WORK) { entities(after: $c) { totalCount } } }",
        "query($c: String) { level(level: WORK) { facts(before: $c) { totalCount } } }",
        "query($c: String) { reviewQueue(after: $c) { totalCount } }",
        "query($c: String) { refreshRuns(after: $c) { totalCount } }",
    ):
        body = checked(ask, query, c=cursor)
        assert body["errors"][0]["extensions"]["code"] == "BAD_CURSOR"


def test_many_answers_at_once_do_not_mix(ask: Asker) -> None:
    from concurrent.futures import ThreadPoolExecutor

    names = ["Night Train", "Day Train", "Slow Boat"] * 20

    def name_of(name: str) -> str:
        found: str = ask("query($n: String) { film(name: $n) { name cast { edges { node { name } } } } }", n=name)[
            "film"
        ]["name"]
        return found

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(name_of, names)) == names


@pytest.mark.parametrize("then", ["yesterday", "' OR 1=1", "9999999999", ""])
def test_the_past_is_asked_by_dates(ask: Asker, then: str) -> None:
    checked(ask, 'query($t: String) { film(name: "Night Train", asOf: {validAt: $t}) { cast { totalCount } } }', t=then)


def test_an_alias_gets_no_more_than_its_own_page(ask: Asker) -> None:
    query = "query($id: ID!) { " + " ".join(f"n{n}: node(id: $id) {{ id }}" for n in range(50)) + " }"
    assert len(ask(query, id=eid("Acme"))) == 50
