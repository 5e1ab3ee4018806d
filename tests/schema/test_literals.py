"""Canonical literals: one text for one value, and impossible values refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.schema.errors import VocabularyError
from marquee.schema.literals import LiteralType, canonical, interval, year_of

T = LiteralType


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        (T.DATE, "1997", "1997"),
        (T.DATE, "1997-3", "1997-03"),
        (T.DATE, "1997-03-01T10:00:00Z", "1997-03-01"),
        (T.DATE, "1990s", "1990s"),
        (T.YEAR, 1997, "1997"),
        (T.DURATION, "2h 5m", "7500"),
        (T.DURATION, "PT1H30M", "5400"),
        (T.DURATION, "1:30:00", "5400"),
        (T.DURATION, "90 min", "5400"),
        (T.DURATION, 5400, "5400"),
        (T.COUNT, "1,234", "1234"),
        (T.COUNT, "12.0", "12"),
        (T.RATING, "7.50", "7.5"),
        (T.CODE, "Female", "female"),
    ],
)
def test_canonical_text(type_: LiteralType, raw: str | int, value: str) -> None:
    assert canonical(type_, raw).value == value


@pytest.mark.parametrize(
    ("type_", "raw"),
    [
        (T.DATE, "20015"),
        (T.YEAR, 20015),
        (T.YEAR, "3001"),
        (T.DATE, "1997-13-01"),
        (T.DATE, "1997-02-30"),
        (T.DATE, "soon"),
        (T.COUNT, "-1"),
        (T.COUNT, "9" * 40),
        (T.RATING, "nan"),
        (T.RATING, "1e999999999"),
        (T.DURATION, "long"),
        (T.TEXT, "  "),
    ],
)
def test_impossible_values_are_refused(type_: LiteralType, raw: str | int) -> None:
    with pytest.raises(VocabularyError):
        canonical(type_, raw)


def test_money_needs_a_currency() -> None:
    assert canonical(T.MONEY, "200,000,000", "usd").key() == "money:200000000:USD:"
    with pytest.raises(VocabularyError, match="currency"):
        canonical(T.MONEY, "1", "dollars")


@given(st.sampled_from([T.DATE, T.YEAR, T.DURATION, T.COUNT, T.RATING, T.TEXT, T.CODE]), st.text(max_size=30))
def test_canonical_is_idempotent_and_raises_only_its_own_error(type_: LiteralType, raw: str) -> None:
    try:
        once = canonical(type_, raw)
    except VocabularyError:
        return
    assert canonical(type_, once.value) == once


@given(st.dates(min_value=date(1, 1, 1), max_value=date(2030, 12, 31)))
def test_a_day_lies_in_its_month_its_year_and_its_decade(day: date) -> None:
    iso = day.isoformat()
    for text in (iso, iso[:7], iso[:4], f"{iso[:3]}0s"):
        if text == "0000s":
            continue
        first, last = interval(text)
        assert first <= day <= last
    assert year_of(iso) == day.year
