from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marquee.gnn import audit
from marquee.schema.values import Action, Verdict


def verdicts(count: int, action: Action = Action.ACCEPT) -> list[Verdict]:
    return [Verdict(f"s{n}", action, ("99% likely",)) for n in range(count)]


def draw(entries: list[Verdict], grounded: Collection[str], share: float, most: int, seed: int) -> list[Verdict]:
    lottery = audit.Lottery(share, most, seed)
    for at in range(0, len(entries), 100):
        lottery.enter(entries[at : at + 100], grounded)
    return lottery.draw()


@settings(max_examples=30)
@given(st.integers(0, 1000))
def test_the_same_ones_are_drawn_again_in_any_order(seed: int) -> None:
    many = verdicts(500)
    ids = {v.statement for v in many}
    drawn = draw(many, ids, 0.2, 100, seed)
    again = draw(many[::-1], ids, 0.2, 100, seed)
    assert all(v.audit for v in drawn)
    assert 40 < len(drawn) < 170
    assert sorted(drawn, key=str) == sorted(again, key=str)
    assert {v.reasons[-1] for v in drawn} == {"drawn for audit; stands for 5 accepted"}


def test_of_what_sources_alone_decided_so_many_at_most_are_drawn() -> None:
    drawn = draw(verdicts(5000), (), 0.1, 40, seed=1)
    assert len({v.statement for v in drawn}) == 40
    assert audit.drawn(drawn[0].reasons) == (Action.ACCEPT, 125.0)
    assert "by sources alone" in drawn[0].reasons[-1]


def test_what_goes_to_review_anyhow_is_never_drawn() -> None:
    assert draw(verdicts(50, Action.REVIEW), (), 1.0, 100, seed=0) == []


@pytest.mark.parametrize(("share", "most"), [(0.0, 100), (1.0, 0)])
def test_an_audit_can_be_left_out(share: float, most: int) -> None:
    assert draw(verdicts(50), (), share, most, seed=0) == []


def test_only_a_drawn_one_says_what_it_stands_for() -> None:
    assert audit.drawn(("99% likely", "a source says so")) is None
    (rejected,) = draw(verdicts(1, Action.REJECT), ("s0",), 1.0, 100, seed=0)
    assert audit.drawn(rejected.reasons) == (Action.REJECT, 1.0)


def test_the_weighted_precision_is_that_of_the_whole() -> None:
    """Of 20,000 accepted by sources alone 1 % are wrong, of 1,000 accepted with the graph 20 %: 1.9 % in all."""
    found = []
    for seed in range(30):
        drawn = draw(verdicts(21_000), {f"s{n}" for n in range(1000)}, 0.1, 100, seed)
        numbered = [(int(v.statement[1:]), audit.drawn(v.reasons)) for v in drawn]
        sample = [(told[1], n % 5 != 0 if n < 1000 else n % 100 != 0) for n, told in numbered if told]
        result = audit.precision(sample)
        assert result is not None
        share, low, high = result
        assert 0 <= low <= share <= high <= 1
        found.append(share)
    assert sum(found) / len(found) == pytest.approx(1 - (200 + 200) / 21_000, abs=0.004)


def test_of_nothing_there_is_no_precision() -> None:
    assert audit.precision([]) is None
