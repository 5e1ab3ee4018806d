"""Paging: walking a list either way gives each row once, also while rows come and go."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.industry import NOW, Asker, eid

from marquee.graph.store import Store
from marquee.schema.ids import statement_id
from marquee.schema.kinds import Kind
from marquee.schema.values import Action, Entity, EntityName, Evidence, Locator, Run, Statement, Verdict

FORTH = """query($size: Int!, $cursor: String, $by: Order!, $way: OrderDirection!) { film(name: "Night Train") {
  cast(first: $size, after: $cursor, orderBy: {by: $by, direction: $way})
  { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { name } } } } }"""
BACK = FORTH.replace("first: $size, after", "last: $size, before")


def walk(ask: Asker, size: int, by: str, way: str, forth: bool = True) -> list[str]:
    """Names of the whole cast, page by page, in the order of the list."""
    names: list[str] = []
    cursor = None
    while True:
        page = ask(FORTH if forth else BACK, size=size, cursor=cursor, by=by, way=way)["film"]["cast"]
        found = [edge["node"]["name"] for edge in page["edges"]]
        names = names + found if forth else found + names
        info = page["pageInfo"]
        assert (info["startCursor"], info["endCursor"]) == (page["edges"][0]["cursor"], page["edges"][-1]["cursor"])
        assert info["hasPreviousPage" if forth else "hasNextPage"] is (cursor is not None)
        if not info["hasNextPage" if forth else "hasPreviousPage"]:
            return names
        cursor = info["endCursor" if forth else "startCursor"]


@pytest.mark.parametrize("by", ["RECORDED", "NAME", "BILLING", "PROBABILITY", "YEAR"])
@pytest.mark.parametrize("way", ["ASC", "DESC"])
def test_every_order_pages_both_ways(ask: Asker, by: str, way: str) -> None:
    whole = walk(ask, 100, by, way)
    assert len(whole) == len(set(whole)) == 4
    for size in (1, 2, 3):
        assert walk(ask, size, by, way) == whole
        assert walk(ask, size, by, way, forth=False) == whole


changes = st.lists(st.tuples(st.sampled_from("AaBCcDdEZ"), st.booleans()), max_size=8)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes, st.integers(1, 3))
def test_rows_that_stay_are_seen_once_while_others_come_and_go(
    ask: Asker, store: Store, changes: list[tuple[str, bool]], size: int
) -> None:
    stay = set(walk(ask, 100, "NAME", "ASC"))
    seen: list[str] = []
    cursor = None
    while True:
        page = ask(FORTH, size=size, cursor=cursor, by="NAME", way="ASC")["film"]["cast"]
        seen += [edge["node"]["name"] for edge in page["edges"]]
        cursor = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        if changes:
            change(store, *changes.pop())
    assert len(seen) == len(set(seen))
    assert stay <= set(seen)


def change(store: Store, initial: str, stays: bool) -> None:
    """Puts one more person into the cast, and takes whoever came before out again unless they `stays`."""
    run = f"r{next(_runs):05}"
    person, film = eid(initial + run), eid("Night Train")
    id_ = statement_id(person, "acted_in", film, ())
    piece = Evidence("late", Locator("late.csv", row=1), "", "test", "1", NOW, 0.9)
    with store.writing(Run(run, "ingest", NOW)) as writer:
        writer.put_entities([Entity(person, Kind.PERSON, (EntityName(initial + run),))])
        writer.stage([Statement(id_, person, "acted_in", film, recorded_from=NOW, evidence=(piece,))])
        writer.apply([Verdict(id_, Action.ACCEPT, ())])
    if not stays:
        with store.writing(Run(run + "b", "ingest", NOW)) as writer:
            writer.apply([Verdict(id_, Action.REJECT, ())])


_runs = count()


@pytest.mark.parametrize(
    "cursor_of",
    [
        '{ film(name: "Night Train") { cast(first: 1, orderBy: {by: NAME}) { pageInfo { endCursor } } } }',
        '{ film(name: "Day Train") { cast(first: 1) { pageInfo { endCursor } } } }',
        '{ film(name: "Night Train") { cast: director(first: 1) { pageInfo { endCursor } } } }',
        '{ film(name: "Night Train") { cast(first: 1, where: {status: [ACCEPTED, PENDING]}) { pageInfo { endCursor } } } }',
        "{ film: level(level: WORK) { cast: entities(first: 1) { pageInfo { endCursor } } } }",
        "",
    ],
)
def test_a_foreign_or_forged_cursor_is_refused(ask: Asker, cursor_of: str) -> None:
    cursor: Any = ask(cursor_of)["film"]["cast"]["pageInfo"]["endCursor"] if cursor_of else "Zm9yZ2Vk"
    query = 'query($c: String) { film(name: "Night Train") { cast(after: $c) { totalCount } } }'
    (error,) = ask.errors(query, c=cursor)
    assert error["extensions"]["code"] == "BAD_CURSOR"


def test_lists_of_the_store_page_both_ways(ask: Asker) -> None:
    query = """query($f: Int, $a: String, $l: Int, $b: String) { level(level: PERSON) {
        entities(first: $f, after: $a, last: $l, before: $b) {
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { name } } } } }"""

    def page(**window: Any) -> tuple[list[str], Any]:
        found = ask(query, **window)["level"]["entities"]
        return [edge["node"]["name"] for edge in found["edges"]], found["pageInfo"]

    whole, _ = page(f=100)
    first, info = page(f=2)
    rest, _ = page(f=100, a=info["endCursor"])
    assert first + rest == whole
    last, info = page(l=2)
    before, _ = page(l=100, b=info["startCursor"])
    assert before + last == whole
