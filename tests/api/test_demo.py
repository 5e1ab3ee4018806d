"""The demo, run once as a newcomer does: what it reports, the bars it has to reach, and that it is there the next time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.newcomer import Report, demo

from marquee.api import demonstration


@pytest.fixture
def report(demo_report: Report) -> Report:
    return demo_report


def test_it_says_all_that_it_promises(report: Report) -> None:
    assert {"statements", "entities", "graph", "text", "held_out", "model", "seconds", "peak_memory_mb"} <= set(report)
    assert {"by_level", "by_kind", "by_status"} <= set(report["graph"])
    assert {"claims", "accepted", "review", "rejected", "planted", "planted_let_in"} <= set(report["text"])
    assert {"total", "by_text", "by_prediction"} <= set(report["held_out"])
    assert {"mrr", "auroc", "ece"} <= set(report["model"])
    assert len(report["seconds"]) > 3


def test_three_levels_are_one_graph(report: Report) -> None:
    assert report["statements"] >= 30_000
    assert min(report["graph"]["by_level"].values()) > 300
    assert sum(report["graph"]["by_status"].values()) == report["statements"]
    assert sum(report["graph"]["by_kind"].values()) == report["entities"]


def test_planted_false_claims_stay_out(report: Report) -> None:
    text = report["text"]
    assert text["planted"] >= 15
    assert text["planted_found"] >= 10
    assert text["planted_let_in"] <= text["planted_found"] / 10


def test_what_is_accepted_from_texts_is_right(report: Report) -> None:
    text = report["text"]
    assert text["accepted"] >= 300
    assert text["accepted_right"] >= 0.9 * text["accepted"]
    assert text["accepted_new"] >= 50
    assert text["accepted_new_right"] >= 0.9 * text["accepted_new"]


def test_some_of_what_was_left_out_comes_back(report: Report) -> None:
    held = report["held_out"]
    assert held["by_text"] >= 50
    assert held["by_prediction"] >= 300
    assert held["in_top_10"] >= held["total"] / 2


def test_the_model_is_measured_and_calibrated(report: Report) -> None:
    model = report["model"]
    assert model["mrr"] > 0.15
    assert model["auroc"] > 0.8
    assert model["ece"] < 0.05


def test_the_second_run_finds_it_all_there(newcomer: Path, report: Report) -> None:
    again = demo(newcomer)
    assert again.pop("reused")
    assert again == {name: value for name, value in report.items() if name != "reused"}
    assert not list(newcomer.glob(".marquee/demo/*.part"))


def test_the_demo_is_found_from_either_folder(newcomer: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    for home in (newcomer / ".marquee", newcomer / ".marquee" / "demo"):
        monkeypatch.setenv("MARQUEE_HOME", str(home))
        assert demonstration.home() == newcomer / ".marquee" / "demo"
