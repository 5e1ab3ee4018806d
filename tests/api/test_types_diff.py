"""What runs changed, over GraphQL."""

from __future__ import annotations

from typing import Any

from tests.api.industry import Asker, sid

from marquee.graph.store import Store
from marquee.schema.selection import Page
from marquee.schema.values import Action, Judgement, Run, Verdict

DIFF = """query($run: ID!, $until: ID, $after: String) { diff(run: $run, until: $until, first: 2, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { cursor node { id shift relation gained lost statement { sentence } before { status probability validFrom }
    after { status probability support validTo } } } } }"""


def _write(store: Store) -> tuple[str, str]:
    """Two runs on one statement; their ids."""
    one = sid("Flo Rida", "acted_in", "Day Train")
    runs = [Run(f"r2030010{day}-1", "judge", f"2030-01-0{day}T00:00:00Z") for day in (1, 2)]
    for run, action, probability in zip(runs, (Action.REJECT, Action.ACCEPT), (0.125, 0.875), strict=True):
        with store.writing(run) as writer:
            judged = Judgement(one, probability, (0.0, 1.0), (), "m")
            writer.apply([Verdict(one, action, ("so",))], [judged])
    return runs[0].id, runs[1].id


def _nodes(answer: Any) -> list[Any]:
    return [edge["node"] for edge in answer["diff"]["edges"]]


def test_one_run_and_two(ask: Asker, store: Store) -> None:
    first, second = _write(store)
    (last,) = _nodes(ask(DIFF, run=second))
    assert last["statement"]["sentence"] == "Flo Rida acted in Day Train"
    assert (last["shift"], last["relation"]) == ("ACCEPTED", "ACTED_IN")
    assert last["before"] == {"status": "REJECTED", "probability": 0.125, "validFrom": None}
    assert last["after"]["probability"] == 0.875
    assert _nodes(ask(DIFF, run=first, until=second)) == [last]


def test_pages_of_a_large_run(ask: Asker, store: Store) -> None:
    oldest = store.runs(Page(100)).items[-1].id
    page = ask(DIFF, run=oldest)["diff"]
    assert page["pageInfo"]["hasNextPage"]
    assert page["totalCount"] is None
    assert {edge["node"]["shift"] for edge in page["edges"]} == {"ADDED"}
    rest = ask(DIFF, run=oldest, after=page["pageInfo"]["endCursor"])["diff"]
    assert not {edge["cursor"] for edge in rest["edges"]} & {edge["cursor"] for edge in page["edges"]}


def test_what_cannot_be_compared_is_said(ask: Asker, store: Store) -> None:
    first, second = _write(store)
    assert "later" in str(ask.errors(DIFF, run=second, until=first))
    assert "r0" in str(ask.errors(DIFF, run="r0"))
