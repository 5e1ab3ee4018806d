"""`marquee evaluate matching`: its keys, what it saves, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.graph import sources

from marquee.api.cli import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "matching", *words, "--json"])
    return int(ended.value.code or 0), json.loads(capsys.readouterr().out.splitlines()[-1])


def test_a_folder_is_scored(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = sources.write(tmp_path / "x", 1, size=60)
    code, report = said(capsys, "--data", str(folder))
    assert code == 0
    assert {"precision", "recall", "f1", "interval", "seconds", "pairs_compared", "labels"} <= report.keys()
    assert report["f1"] > 0.9
    assert report["labels"] == 0


def test_what_was_learned_is_saved_and_used(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder, other = sources.write(tmp_path / "x", 1, size=60), sources.write(tmp_path / "y", 2, size=60)
    code, report = said(capsys, "--data", str(folder), "--labels", "30", "--save", str(tmp_path / "m.json"))
    assert (code, report["labels"]) == (0, 30)
    code, report = said(capsys, "--data", str(other), "--model", str(tmp_path / "m.json"))
    assert code == 0
    assert report["f1"] > 0.85


def test_more_labels_than_gold_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = sources.write(tmp_path / "x", 1, size=40)
    code, report = said(capsys, "--data", str(folder), "--labels", "5000")
    assert code == 2
    assert "at most" in report["error"]


def test_a_folder_without_tables_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, report = said(capsys, "--data", str(tmp_path))
    assert code == 2
    assert "three are needed" in report["error"]
