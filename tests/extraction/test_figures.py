"""Figures: dates, money and running times as literals, impossible ones with the reason."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction.figures import figures


def read(text: str) -> list[str]:
    return [str(figure.literal) for figure in figures(text) if figure.literal]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("on December 19, 1997", ["1997-12-19"]),
        ("19th of December 1997", ["1997-12-19"]),
        ("in May 2001 and the 1990s", ["2001-05", "1990s"]),
        ("2011-03-04", ["2011-03-04"]),
        ("$200 million", ["200000000 USD"]),
        ("US$1.2bn, £20m and €15,000", ["1200000000 USD", "20000000 GBP", "15000 EUR"]),
        ("122 minutes", ["7320"]),
        ("2 hours and 5 minutes", ["7500"]),
        ("1,999 people, 20 of them", []),
    ],
)
def test_figures_are_read(text: str, values: list[str]) -> None:
    assert read(text) == values


@pytest.mark.parametrize("text", ["on December 19, 19977", "31 February 2001", "in 20015"])
def test_an_impossible_date_has_no_literal_but_a_reason(text: str) -> None:
    (figure,) = figures(text)
    assert figure.literal is None
    assert figure.problem


@given(st.text(alphabet="0123456789 ,.$£mbnJanuaryMay-", max_size=60))
def test_figures_never_overlap(text: str) -> None:
    spans = [figure.span for figure in figures(text)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
