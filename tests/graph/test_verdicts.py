from __future__ import annotations

from tests.contract.world import decision, verdict

from marquee.graph.verdicts import waits
from marquee.schema.values import Action


def test_doubts_and_audits_wait_for_a_reviewer() -> None:
    assert [bool(waits(verdict("s", action))) for action in (Action.ACCEPT, Action.REJECT, Action.REVIEW)] == [
        False,
        False,
        True,
    ]
    assert waits(verdict("s", Action.ACCEPT, audit=True)) > waits(verdict("s", Action.REVIEW))
    assert waits(decision("s", Action.REVIEW)) == waits(verdict("s", Action.REVIEW))
