"""Reports as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marquee.api import render, widgets
from marquee.extraction.refused import RefusedFile
from marquee.schema.values import Refusal

RUN = {
    "run": "r20261121T183222-he7srk",
    "kind": "ingest",
    "status": "interrupted",
    "started": "2026-11-21T18:32:22Z",
    "counts": {"statements": 70_497, "accepted": 70_497, "review": 12},
}


@pytest.fixture(autouse=True)
def _narrow() -> Iterator[None]:
    before = widgets.console.width
    widgets.console.width = 80
    yield
    widgets.console.width = before


def test_ids_and_counts_of_runs_stand_whole_on_a_narrow_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    render.runs([RUN])
    row = capsys.readouterr().out.splitlines()[1].split()
    assert row == [RUN["run"], "ingest", "interrupted", "70,497", "70,497", "12", "0"]


def test_the_first_refusals_are_shown_and_the_path_of_all_is_not_broken(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / ("a long folder name " * 5) / "refused.jsonl"
    with RefusedFile(path) as file:
        for number in range(5):
            file.add(Refusal("films", f"films.csv:{number}", "the row is short.", "Fill it."))
    render.run({"run": "r1", "counts": {"refused": 5}, "refused_file": str(path)})
    out = capsys.readouterr().out
    assert str(path) in out
    assert "films.csv:2: the row is short. Fill it." in out
    assert "films.csv:3" not in out


def test_a_name_cannot_give_the_terminal_orders(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "s1", "subject": "\x1b[31mHeat", "relation": "genre", "object": "crime", "probability": None}
    render.queue([{**row, "reasons": ["\x1b]0;title\x07"], "quotes": ["\x1b[2J"]}])
    assert "\x1b" not in capsys.readouterr().out


def test_metrics_by_relation_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    render.links({"mrr": 0.25, "by_relation": {"acted_in": {"mrr": 0.1234, "n": 752.0}}})
    out = capsys.readouterr().out
    assert "0.250" in out
    assert out.splitlines()[-1].split() == ["acted_in", "0.123", "752"]


def test_an_empty_store_shows_no_empty_headings(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = dict.fromkeys(("entities", "statements", "evidence", "documents", "runs", "review"), 0)
    tallies: dict[str, dict[str, int]] = {name: {} for name in ("by_level", "by_status", "by_kind", "by_relation")}
    render.status({"url": "sqlite:x.db", "version": 1, "model": "none", "audit": {}, **nothing, **tallies})
    assert "by" not in capsys.readouterr().out.split()


def test_the_precision_that_the_audit_found_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    held = dict.fromkeys(("entities", "statements", "evidence", "documents", "runs", "review"), 3)
    tallies: dict[str, dict[str, int]] = {name: {} for name in ("by_level", "by_status", "by_kind", "by_relation")}
    audit = {"accepted": {"decided": 40, "precision": 0.975, "low": 0.87, "high": 0.996}}
    render.status({"url": "sqlite:x.db", "version": 1, "model": "m", "audit": audit, **held, **tallies})
    assert "0.975 (0.870 to 0.996; 40 decided)" in capsys.readouterr().out
