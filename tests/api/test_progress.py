"""Steps: a bar for each, its seconds kept, whatever its name and however it ends."""

from __future__ import annotations

import pytest

from marquee.api.progress import Steps


def test_a_name_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    with Steps().step("read [/notes]"):
        pass
    assert "read [/notes]" in capsys.readouterr().err


def test_items_are_counted_and_seconds_added_up() -> None:
    steps = Steps(quiet=True)
    for _ in range(2):
        assert list(steps.each("read", "abc")) == ["a", "b", "c"]
    assert list(steps.seconds) == ["read"]
    assert steps.seconds["read"] > 0


def test_a_step_that_fails_is_not_shown_as_done(capsys: pytest.CaptureFixture[str]) -> None:
    steps = Steps()
    with pytest.raises(ZeroDivisionError):
        list(steps.each("read", (1 / number for number in (1, 0)), total=4))
    assert "1/4" in capsys.readouterr().err
    assert "read" in steps.seconds


def test_nothing_is_shown_when_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with Steps(quiet=True).step("read"):
        pass
    assert capsys.readouterr() == ("", "")
