"""Weighing from columns gives what weighing by evidence gives."""

from __future__ import annotations

from array import array

import pytest

from marquee.graph.support import hushed
from marquee.graph.trust import Trust
from marquee.graph.truth_cases import Case, cases
from marquee.graph.weighing import Scale, supports
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import KIND_CODE, Snapshot

TRUST = Trust({"list": 0.9, "text": 0.8}, complete={("list", "acted_in"): 0.5, ("text", "acted_in"): 0.25})


def snapshot() -> Snapshot:
    """Two actors of one film: the first by both sources, the second by the text alone; its date, twice."""
    return Snapshot(
        ["film", "ann", "bob"],
        array("b", [KIND_CODE[Kind.FILM], KIND_CODE[Kind.PERSON], KIND_CODE[Kind.PERSON]]),
        ["acted_in", "release_date"],
        ["s0", "s1", "s2", "s3"],
        array("i", [1, 2, 0, 0]),
        array("h", [0, 0, 1, 1]),
        array("i", [0, 0, -1, -1]),
        support=array("f", [0.1, 0.2, 0.3, 0.4]),
        decision=array("b", [0, 0, 0, 0]),
        literals=["", "", "1967-12-16", "1967"],
        open=array("b", [0, 0, 0, 0]),
        voices=[("list", "table", "asserted"), ("text", "rules", "asserted"), ("text", "rules", "hedged")],
        said_of=array("i", [0, 0, 0, 1, 2, 3]),
        said_by=array("h", [0, 1, 2, 1, 0, 1]),
        said_score=array("f", [1.0, 0.5, 1.0, 1.0, 1.0, 1.0]),
    )


def test_words_are_joined_and_silence_lowers_the_odds() -> None:
    found = dict(Scale(snapshot(), TRUST).weigh())
    assert found[0].support == pytest.approx(1 - 0.1 * (1 - 0.8 * 0.5))
    assert found[1].support == pytest.approx(hushed(0.8, 0.5))
    assert found[1].silence == pytest.approx(0.5)
    assert not any(weighed.copied for weighed in found.values())


def test_only_the_slots_of_what_is_wanted_are_weighed() -> None:
    found = dict(Scale(snapshot(), TRUST).weigh({1}))
    assert sorted(found) == [0, 1]
    assert list(supports(snapshot(), found))[2:] == pytest.approx([0.3, 0.4])


def test_cases_part_values_and_know_who_is_silent() -> None:
    both, text = (("list", "table", 1.0), ("text", "rules", 0.5)), (("text", "rules", 1.0),)
    assert cases(snapshot()) == {
        Case("acted_in", False, (both,), (), (0,)): 1,
        Case("acted_in", False, (text,), ("list",), (0,)): 1,
        Case("release_date", True, ((("list", "table", 1.0), ("text", "rules", 1.0)),), (), (0,)): 1,
    }


def test_what_is_said_of_an_open_name_teaches_nothing() -> None:
    open_ = snapshot()
    open_.open[0] = 1
    assert all(case.relation == "release_date" for case in cases(open_))
