from __future__ import annotations

import sqlite3
import struct
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.sqlite_session import sql
from marquee.graph.sqlite_sql import Belief, Binds, belief, real
from marquee.graph.times import seconds
from marquee.schema.errors import VocabularyError
from marquee.schema.selection import NOW, AsOf


@given(st.floats(min_value=1e-30, max_value=1e30), st.booleans())
def test_numbers_keep_all_their_digits(number: float, negative: bool) -> None:
    number = -number if negative else number
    with closing(sqlite3.connect(":memory:")) as conn:
        (text,) = conn.execute(sql("SELECT", real("x"), "FROM (SELECT ? AS x)"), (number,)).fetchone()
    assert struct.pack("d", float(text)) == struct.pack("d", number)


def test_what_is_bound_never_stands_in_the_query() -> None:
    bind = Binds()
    assert (bind("a'b"), bind(3)) == (":p0", ":p1")
    assert bind.values == {"p0": "a'b", "p1": 3}


def test_now_needs_no_join() -> None:
    now = belief(NOW, Binds())
    assert now == Belief()
    assert (now.join(), now.held(), now.column("status")) == ("", [], "s.status")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("1970-01-02T00:00:00Z", 86_400.0),
        ("1970-01-01T01:00:00+01:00", 0.0),
        ("1970-01-01T00:00:01.5", 1.5),
        ("1970-01-01", 86_400.0 - 1e-6),
    ],
)
def test_times_are_read_as_utc(moment: str, expected: float) -> None:
    assert seconds(moment) == expected


@pytest.mark.parametrize("moment", ["", "now", "1970-13-01", "9999-12-31", "12:00"])
def test_other_times_are_refused(moment: str) -> None:
    with pytest.raises(VocabularyError, match="Write it as"):
        seconds(moment)


def test_a_date_is_asked_as_an_interval() -> None:
    bind = Binds()
    at = belief(AsOf(valid_at="1990"), bind)
    assert len(at.held()) == 2
    with pytest.raises(VocabularyError, match="no date"):
        belief(AsOf(valid_at="soon"), bind)
