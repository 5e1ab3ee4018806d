"""Times: what is later is a larger number, a day alone means its end, and what is no time is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.times import day_range, days, now, seconds
from marquee.schema.errors import StoreError, VocabularyError
from marquee.schema.values import Statement

FIRST, LAST = datetime(1900, 1, 1), datetime(2200, 1, 1)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(FIRST, LAST, timezones=ZONES)
DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31))


@given(MOMENTS)
def test_a_moment_is_its_seconds_whatever_its_zone(moment: datetime) -> None:
    assert seconds(moment.isoformat()) == pytest.approx(moment.timestamp(), abs=1e-6)
    assert seconds(moment.isoformat()) == seconds(moment.astimezone(UTC).isoformat())


@given(st.datetimes(FIRST, LAST))
def test_a_moment_without_a_zone_is_in_utc(moment: datetime) -> None:
    assert seconds(moment.isoformat(timespec="microseconds")) == seconds(
        f"{moment.isoformat(timespec='microseconds')}Z"
    )


@given(MOMENTS, MOMENTS)
def test_what_is_later_is_more(one: datetime, other: datetime) -> None:
    assert (one <= other) == (seconds(one.isoformat()) <= seconds(other.isoformat()))


@given(st.dates(FIRST.date(), LAST.date()))
def test_a_day_alone_means_its_last_moment(day: date) -> None:
    assert seconds(f"{day}T23:59:59.999998Z") < seconds(str(day)) < seconds(f"{day + timedelta(1)}T00:00:00Z")


def test_now_sorts_as_text_and_reads_as_a_time() -> None:
    before, moments = datetime.now(UTC).timestamp(), [now() for _ in range(50)]

    assert moments == sorted(moments)
    assert {len(moment) for moment in moments} == {len("2026-01-01T00:00:00.000000Z")}
    assert before - 1e-5 <= seconds(moments[0]) <= seconds(moments[-1]) <= datetime.now(UTC).timestamp()


@pytest.mark.parametrize("moment", ["", "yesterday", "2024-13-01", "2024-02-30", "9999-12-31", "24-05-31 12:00"])
def test_what_is_no_time_is_said(moment: str) -> None:
    with pytest.raises(VocabularyError, match=r"is no time.*2024-05-31T12:00:00Z"):
        seconds(moment)


@given(DAYS)
def test_a_date_is_within_its_month_year_and_decade(day: date) -> None:
    year = f"{day.year:04d}"
    ranges = [day_range(text) for text in (f"{day}", f"{year}-{day.month:02d}", year)]

    assert ranges[0] == (day.toordinal(), day.toordinal())
    for (first, last), (wider_first, wider_last) in pairwise(ranges):
        assert wider_first <= first <= last <= wider_last


@given(st.integers(1, 9997))
def test_years_follow_each_other_without_a_gap(year: int) -> None:
    assert day_range(f"{year:04d}")[1] + 1 == day_range(f"{year + 1:04d}")[0]


def test_a_decade_is_its_ten_years() -> None:
    assert day_range("1990s") == (day_range("1990")[0], day_range("1999")[1])


@pytest.mark.parametrize("text", ["", "soon", "2024-13", "2024-02-30", "0000"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(VocabularyError, match=r"is no date.*YYYY-MM-DD"):
        day_range(text)


def _valid(first: str | None, last: str | None) -> Statement:
    return Statement("s1", "a", "employed_by", "b", valid_from=first, valid_to=last)


@given(st.none() | DAYS.map(str), st.none() | DAYS.map(str))
def test_a_statement_may_hold_from_its_first_day_to_its_last(first: str | None, last: str | None) -> None:
    expected = tuple(date.fromisoformat(day).toordinal() if day else None for day in (first, last))

    assert days(_valid(first, last)) == expected


def test_a_partial_validity_reaches_as_far_as_it_may() -> None:
    assert days(_valid("1999", "2001-02")) == (date(1999, 1, 1).toordinal(), date(2001, 2, 28).toordinal())


def test_a_validity_that_is_no_date_names_its_statement() -> None:
    with pytest.raises(StoreError, match="statement s1 has a validity that is no date"):
        days(_valid("soon", None))
