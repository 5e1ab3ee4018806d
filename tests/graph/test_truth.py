"""Truth: reliabilities found again where they were planted, and little said where there is little to compare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.bench_truth import SETS, measure

from marquee.graph.truth import LEAST, learn
from marquee.graph.truth_cases import Case, Says

LIST, PRESS, TEXT = ("list", "table", 1.0), ("press", "table", 1.0), ("text", "rules", 0.9)


def single(*values: Says, known: tuple[int, ...] = ()) -> Case:
    return Case("birth_date", True, values, known=known or (0,) * len(values))


def many(says: Says, *silent: str, known: int = 0) -> Case:
    return Case("acted_in", False, (says,), silent, (known,))


@pytest.mark.parametrize("name", SETS)
def test_planted_reliabilities_are_found_and_the_right_values_chosen(name: str) -> None:
    found = measure(SETS[name](1000, 2))
    assert found.right >= 0.98 * found.oracle
    assert found.right >= found.votes
    assert found.off <= 0.04
    assert found.reader_off <= 0.06


def test_too_few_claims_change_nothing() -> None:
    learned = learn({single((LIST, TEXT)): LEAST - 1}, {"text": 0.8})
    assert dict(learned.trust.sources) == {"text": 0.8}
    assert not learned.estimates


def test_where_sources_agree_they_are_believed_more_and_where_not_less() -> None:
    agree = learn({single((LIST, TEXT)): 4000}, {"text": 0.8, "list": 0.8}).trust
    differ = learn({single((LIST,), (TEXT,)): 500, single((LIST, PRESS)): 500}, {"text": 0.8, "list": 0.8}).trust
    assert agree.of("text") > 0.95
    assert differ.of("text") < 0.8


def test_a_cast_that_is_longer_than_the_records_is_not_held_against_a_text() -> None:
    cases = {many((LIST, TEXT)): 600, many((TEXT,), "list"): 400, many((LIST,), "text"): 100}
    trust = learn(cases, {"text": 0.9}).trust
    assert trust.of("text") == pytest.approx(0.9)
    assert trust.complete["list", "acted_in"] == pytest.approx(0.6 / (0.9 * 0.9), abs=0.05)
    assert trust.silence("list", "acted_in") == pytest.approx(1 - trust.complete["list", "acted_in"])


def test_a_source_is_believed_more_than_it_was_told_only_as_far_as_is_certain() -> None:
    learned = learn({single((LIST, TEXT)): 100}, {"text": 0.7})
    assert learned.trust.of("text") == pytest.approx(max(0.7, learned.interval("text")[0]))
    assert learned.trust.of("text") < learned.estimates["text"]


def test_reviewers_teach_of_sources_that_nobody_else_speaks_beside() -> None:
    right, wrong = many((TEXT,), known=1), many((TEXT,), known=-1)
    low = learn({right: 20, wrong: 80}, {"text": 0.9})
    high = learn({right: 398, wrong: 2}, {"text": 0.9})
    assert low.trust.word("text", "acted_in", [("rules", 0.9)]) < 0.6
    assert high.trust.word("text", "acted_in", [("rules", 0.9)]) > 0.9


@given(st.dictionaries(st.sampled_from([single((LIST, TEXT)), single((LIST,), (TEXT,)), many((TEXT,), "list"),
                                        many((LIST, TEXT)), many((TEXT,), known=-1)]), st.integers(1, 5000)))  # fmt: skip
def test_all_that_is_learned_is_a_chance(cases: dict[Case, int]) -> None:
    learned = learn(dict(cases), {"text": 0.8})
    chances = [*learned.trust.sources.values(), *learned.trust.complete.values(), *learned.estimates.values()]
    assert all(0 <= chance <= 1 for chance in chances)
    assert all(odds > 0 for odds in learned.trust.readers.values())
