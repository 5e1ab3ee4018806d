"""What reports are made of: it fits, it lines up, and it obeys nothing that comes from outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from marquee.api import widgets


@pytest.fixture(params=[60, 80, 100])
def width(request: pytest.FixtureRequest) -> Iterator[int]:
    before = widgets.console.width
    widgets.console.width = request.param
    yield request.param
    widgets.console.width = before


def lines(capsys: pytest.CaptureFixture[str], shown: object) -> list[str]:
    widgets.console.print(shown)
    return capsys.readouterr().out.splitlines()


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_told(text: str) -> None:
    assert widgets.told(text).plain.isprintable()


def test_what_looks_like_markup_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = lines(capsys, widgets.table(("name",), [("[red]Heat[/]",)]))[1:]
    assert line.strip() == "[red]Heat[/]"
    assert "[bold]out[/]" in lines(capsys, widgets.pairs({"file": "[bold]out[/]"}))[0]


def test_bars_fit_the_console(capsys: pytest.CaptureFixture[str], width: int) -> None:
    shown = lines(capsys, widgets.bars("by kind", {"RecordLabel": 70_000, "Film": 35_000, "Person": 0}))
    assert [line.split()[0] for line in shown] == ["by", "RecordLabel", "Film"]
    assert max(map(len, shown)) <= width
    assert shown[1].count("█") == pytest.approx(2 * shown[2].count("█"), abs=1)


def test_a_paragraph_keeps_its_indent(capsys: pytest.CaptureFixture[str], width: int) -> None:
    shown = lines(capsys, widgets.paragraph(Text("one two three four five " * 12), 6))
    assert len(shown) > 1
    assert all(line.startswith("      ") and not line[6].isspace() and len(line) <= width for line in shown)


def test_numbers_are_lined_up(capsys: pytest.CaptureFixture[str]) -> None:
    one, two, _ = (line.rstrip() for line in lines(capsys, widgets.pairs({"a": 5, "bb": 12_345, "c": "text"})))
    assert len(one) == len(two)
    assert two.endswith("12,345")


def test_a_quote_is_cut_at_a_word() -> None:
    assert widgets.brief("one  two\nthree", 10) == "one two …"
