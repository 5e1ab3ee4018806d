"""Moments: times are read in any zone and written in one way."""

from __future__ import annotations

import pytest

from marquee.api.moments import past
from marquee.schema.errors import MarqueeError
from marquee.schema.selection import NOW, AsOf


def test_a_time_is_written_in_utc_with_microseconds() -> None:
    written = "2024-05-01T10:00:00.000000Z"
    for text in ("2024-05-01T10:00:00Z", "2024-05-01T12:00:00+02:00", "2024-05-01 10:00", "20240501T100000Z"):
        assert past(None, text).known_at == written


def test_dates_may_be_partial() -> None:
    assert past("1999", None) == AsOf("1999")
    assert past("1999-3", None) == AsOf("1999-03")
    assert past(None, None) == NOW


@pytest.mark.parametrize(
    ("valid", "known"),
    [
        ("yesterday", None),
        ("", None),
        ("9999999999", None),
        (None, "now"),
        (None, ""),
        (None, "0001-01-01T00:00+23:00"),
    ],
)
def test_what_is_no_moment_is_refused(valid: str | None, known: str | None) -> None:
    with pytest.raises(MarqueeError):
        past(valid, known)
