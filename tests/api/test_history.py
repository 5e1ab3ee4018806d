"""What runs changed, at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.given import fact, film, write

from marquee.api import history
from marquee.api.cli import main

TATI = fact("director", "Jacques Tati")


@pytest.fixture(autouse=True)
def _two_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("MARQUEE_HOME", "MARQUEE_STORE", "MARQUEE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    write(tmp_path / "films.jsonl", film("Playtime", TATI, ids={"wikidata": "Q1"}))
    write(tmp_path / "more.jsonl", film("Playtime", TATI, fact("genre", "comedy", "Genre"), ids={"wikidata": "Q1"}))
    for source in ("films.jsonl", "more.jsonl"):
        said(capsys, "ingest", source)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit):
        main(words)
    return capsys.readouterr().out


def json_of(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return json.loads(said(capsys, *words, "--json").splitlines()[-1])


def ids(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The first and the second run."""
    second, first = (one["run"] for one in json_of(capsys, "runs", "list")["runs"])
    return first, second


def test_what_a_run_changed(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = ids(capsys)
    told = json_of(capsys, "runs", "diff", second)
    assert told["run"] == second
    assert told["statements"] == {"added": {"genre": 1}, "evidence": {"directed": 1}}
    assert told["entities"] == {"Genre": 1}
    (example,) = told["examples"]["added"]
    assert example["sentence"] == "Playtime is of genre comedy"
    assert {one["shift"] for one in told["changes"]} == {"added", "evidence"}
    assert json_of(capsys, "runs", "diff", first, second)["statements"] == told["statements"]


def test_as_people_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = ids(capsys)
    shown = said(capsys, "runs", "diff", second)
    assert "new statements" in shown
    assert "Playtime is of genre comedy" in shown
    assert "evidence +1" in shown
    assert "Nothing." in said(capsys, "runs", "diff", second, second)
    assert f"between {first} and {second}" in said(capsys, "runs", "diff", first, second)


def test_all_pages_are_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    whole = json_of(capsys, "runs", "diff", ids(capsys)[1])
    monkeypatch.setattr(history, "_AT_ONCE", 1)
    assert json_of(capsys, "runs", "diff", ids(capsys)[1]) == whole


def test_what_cannot_be_compared_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = ids(capsys)
    for words, named in (((second, first), "later"), (("r0",), "r0")):
        with pytest.raises(SystemExit) as ended:
            main(("runs", "diff", *words))
        assert ended.value.code == 2
        assert named in capsys.readouterr().err
