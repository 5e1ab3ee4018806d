"""Ties: weights of every pair over hand-worked circles, and the laws that they keep."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.collaboration import newman
from marquee.graph.ties import most, tied

CIRCLES = st.dictionaries(st.integers(100, 110), st.sets(st.integers(0, 8), max_size=6), max_size=8)


def test_pairs_with_weight_recency_and_years() -> None:
    ties = tied({9: {1, 2}, 10: {1, 2, 3}, 11: {4}}, {9: 1980, 10: 2000})

    assert list(zip(ties.head, ties.tail, strict=True)) == [(1, 2), (1, 3), (2, 3)]
    assert list(ties.weight) == [1.5, 0.5, 0.5]
    assert list(ties.recent) == [1 * 0.5 + 0.5, 0.5, 0.5]  # 1980 is one half-life before 2000
    assert list(zip(ties.first, ties.last, strict=True)) == [(1980, 2000), (2000, 2000), (2000, 2000)]
    assert list(ties.circles) == [9, 10, 10, 10]
    assert list(ties.start) == [0, 2, 3, 4]


def test_a_circle_of_unknown_year_counts_half_and_one_without_years_has_no_recency() -> None:
    assert list(tied({9: {1, 2}}, {}).recent) == [0.5]
    undated = tied({9: {1, 2}}, None)
    assert math.isnan(undated.recent[0])
    assert (undated.first[0], undated.last[0]) == (0, 0)


@given(CIRCLES)
def test_each_circle_gives_each_of_its_members_exactly_one(circles: dict[int, set[int]]) -> None:
    ties = tied(circles, None)
    strength = dict.fromkeys(range(9), 0.0)
    for head, tail, weight in zip(ties.head, ties.tail, ties.weight, strict=True):
        strength[head] += weight
        strength[tail] += weight
    for member, total in strength.items():
        shared = sum(member in circle and len(circle) > 1 for circle in circles.values())
        assert total == pytest.approx(shared)


@given(CIRCLES)
def test_the_columns_say_what_is_said_of_each_member(circles: dict[int, set[int]]) -> None:
    ties = tied(circles, {})
    named = {str(code): {str(one) for one in circle} for code, circle in circles.items()}
    for row, (head, tail) in enumerate(zip(ties.head, ties.tail, strict=True)):
        (tie,) = (one for one in newman(named, str(head)) if one.other == str(tail))
        shared = ties.circles[ties.start[row] : ties.start[row + 1]]
        assert (ties.weight[row], [str(code) for code in shared]) == (pytest.approx(tie.weight), list(tie.works))
    assert len(ties) <= most(circles)
