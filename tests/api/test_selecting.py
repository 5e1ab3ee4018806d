"""Selecting: a page is one or two store calls, whatever its breadth, and its rows are bounded beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.api.industry import Asker, eid

from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.graph.store import Store

WIDE = """{ film(name: "Night Train") { name popularity releaseDate { value } runtime { minutes }
  cast(first: 5) { totalCount edges { character node { name popularity
    ... on Person { birthDate { value } actedIn(first: 5) { edges { node { name
      genre { edges { node { name } } } productionCompany { edges { node { name } } } } } } } }
    evidence(first: 2) { source quote } statement { subject { name aliases } parts { name } } } }
  director { edges { node { name ... on Person { directed { edges { node { name cast(first: 2) { totalCount } } } } } } } }
  facts(first: 20) { edges { relation node { name kind } literal { value } } } } }"""


class Counted:
    """A real store whose calls are counted by name."""

    def __init__(self, store: Store) -> None:
        self._store, self.calls = store, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not callable(found):
            return found

        def counted(*args: Any, **named: Any) -> Any:
            self.calls[name] += 1
            return found(*args, **named)

        return counted


@pytest.fixture
def counted(store: Store) -> Counted:
    return Counted(store)


@pytest.fixture
def ask(counted: Counted) -> Iterator[Asker]:
    app = create_app(Service(counted), Serve(), hosts=("testserver",))  # type: ignore[arg-type]
    with TestClient(app) as client:
        yield Asker(client)


def test_a_wide_and_deep_page_is_one_fetch(ask: Asker, counted: Counted) -> None:
    ask(WIDE)
    assert counted.calls == {"by_name": 1, "fetch": 1}


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ('{ node(id: "%s") { id ... on Film { cast { edges { node { name } } } } } }', {"fetch": 1}),
        ('{ search(text: "train") { entity { name } } }', {"search": 1}),
        ('{ search(text: "train") { entity { name facts { totalCount } } } }', {"search": 1, "fetch": 1}),
        ("{ level(level: WORK) { entities { edges { node { name } } } } }", {"list_entities": 1}),
        (
            "{ level(level: WORK) { entities { edges { node { name popularity } } } } }",
            {"list_entities": 1, "fetch": 1},
        ),
        ("{ reviewQueue { edges { node { sentence } } } }", {"list_statements": 1, "fetch": 1}),
        ('{ film(id: "%s") { cast { edges { statement { qualifiers { entity { name } } } } } } }', {"fetch": 1}),
        ('{ person(name: "Eve Adams") { won { edges { work { name } } } } }', {"by_name": 1, "fetch": 2}),
        ('{ person(name: "Ann Arbor") { collaborators { entity { name } } } }', {"by_name": 1, "fetch": 2}),
        ("{ vocabulary { relations { name } } }", {}),
    ],
)
def test_pages_take_few_calls(ask: Asker, counted: Counted, query: str, calls: dict[str, int]) -> None:
    ask(query.replace("%s", eid("Night Train")))
    assert counted.calls == calls


def test_totals_of_a_list_are_counted_only_when_asked(ask: Asker, counted: Counted) -> None:
    ask("{ reviewQueue { totalCount } }")
    assert counted.calls["status"] == 1


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('{ film(name: "Night Train") { cast(first: 101) { totalCount } } }', "1 to 100"),
        ('{ film(name: "Night Train") { cast(first: 0) { totalCount } } }', "1 to 100"),
        ('{ film(name: "Night Train") { cast(first: -5) { totalCount } } }', "1 to 100"),
        ('{ film(name: "Night Train") { cast(last: 1000) { totalCount } } }', "1 to 100"),
        ('{ film(name: "Night Train") { cast(first: 1, last: 1) { totalCount } } }', "cannot go together"),
        ('{ film(name: "Night Train") { cast { edges { evidence(first: 21) { source } } } } }', "1 to 20"),
        ('{ person(name: "Ann Arbor") { collaborators(first: 51) { count } } }', "1 to 50"),
        ('{ search(text: "x", first: 1000) { score } }', "1 to 100"),
        (
            '{ film(name: "Night Train") { facts { totalCount } '
            + " ".join(f"p{n}: cast(first: {n}) {{ totalCount }}" for n in range(1, 101))
            + " } }",
            "lists",
        ),
        ("{ reviewQueue(first: 101) { totalCount } }", "1 to 100"),
        (
            '{ film(name: "Night Train") { cast(first: 100) { edges { node { actedIn(first: 100) { edges { node {'
            " cast(first: 100) { totalCount } } } } } } } } }",
            "20,000",
        ),
    ],
)
def test_too_much_is_refused_by_its_cap_before_anything_is_fetched(
    ask: Asker, counted: Counted, query: str, says: str
) -> None:
    (error,) = ask.errors(query)
    assert says in error["message"]
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert not counted.calls.keys() - {"by_name"}
