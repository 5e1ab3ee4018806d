"""What reviewers decided."""

from __future__ import annotations

from tests.api.industry import NOW, Asker, sid

from marquee.graph.store import Store
from marquee.schema.values import Action, Decision, Run

QUERY = "query($s: [ID!]!) { decisions(statements: $s) { statement action reason by at choice } }"
CLAIM = sid("Flo Rida", "acted_in", "Day Train")


def test_decisions_come_in_order_of_time(ask: Asker, store: Store) -> None:
    for day, action in ((2, Action.ACCEPT), (3, Action.REVIEW)):
        at = f"2024-05-0{day}T12:00:00Z"
        with store.writing(Run(f"r2024050{day}-000001", "review", at)) as writer:
            writer.decide([Decision(CLAIM, action, "seen", "ann", at)])
    found = ask(QUERY, s=[CLAIM])["decisions"]
    assert [(one["action"], one["at"]) for one in found] == [
        ("ACCEPT", "2024-05-02T12:00:00Z"),
        ("REVIEW", "2024-05-03T12:00:00Z"),
    ]
    assert found[0] == {
        "statement": CLAIM,
        "action": "ACCEPT",
        "reason": "seen",
        "by": "ann",
        "at": "2024-05-02T12:00:00Z",
        "choice": None,
    }


def test_no_ids_are_no_decisions(ask: Asker, store: Store) -> None:
    with store.writing(Run("r20240502-000001", "review", NOW)) as writer:
        writer.decide([Decision(CLAIM, Action.ACCEPT, "seen", "ann", NOW)])
    assert ask(QUERY, s=[]) == {"decisions": []}
    assert ask(QUERY, s=["snothing", "s" * 999]) == {"decisions": []}


def test_the_number_of_statements_is_bounded(ask: Asker) -> None:
    (error,) = ask.errors(QUERY, s=["s"] * 101)
    assert "100" in error["message"]
