"""The command line: exit codes, --json's last line, and messages that say what to do."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from tests.given import fact, film, write

from marquee.api.cli import main

PLAYTIME = film("Playtime", fact("director", "Jacques Tati"), ids={"wikidata": "Q1"})


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("MARQUEE_HOME", "MARQUEE_STORE", "MARQUEE_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def json_of(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    code, out, err = run(capsys, *words, "--json")
    assert code in (0, 1), err
    answer = json.loads(out.splitlines()[-1])
    assert isinstance(answer, dict)
    return answer


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    verbs = "demo ingest refresh train evaluate judge predict review runs status export copy serve"
    verbs += " communities centrality bridges"
    assert all(verb in out for verb in verbs.split())
    code, out, _ = run(capsys, "export", "--help")
    assert (code, "--level" in out) == (0, True)


def test_ingest_then_status_runs_and_export(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(tmp_path / "films.jsonl", PLAYTIME)
    report = json_of(capsys, "ingest", "films.jsonl")
    assert report["counts"]["accepted"] == 1
    assert json_of(capsys, "status")["by_kind"] == {"Film": 1, "Person": 1}
    (shown,) = json_of(capsys, "runs", "list")["runs"]
    assert shown["status"] == "done"
    assert json_of(capsys, "runs", "show", shown["run"])["counts"] == report["counts"]
    assert json_of(capsys, "export", "out.jsonl.gz")["statements"] == 1
    again = json_of(capsys, "ingest", "out.jsonl.gz")
    assert again["counts"].get("statements", 0) == 0


def test_refused_rows_end_with_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(tmp_path / "films.jsonl", PLAYTIME, "{")
    code, out, _ = run(capsys, "ingest", "films.jsonl")
    assert code == 1
    assert "refused" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ingest", "none.jsonl"), "none.jsonl"),
        (("runs", "show", "r1"), "r1"),
        (("review", "accept", "s1", "--reason", "known"), "s1"),
        (("refresh",), "marquee.toml"),
        (("refresh", "--every", "often"), "five fields"),
        (("predict", "Playtime", "directd"), "directed"),
        (("serve", "--host", "0.0.0.0"), "MARQUEE_TOKEN"),
        (("serve", "--port", "99999"), "65535"),
        (("ingest",), "Missing argument"),
        (("ingest", "-"), "standard input"),
        (("ingest", ""), "no such file"),
        (("ingest", "films.jsonl", "--reliability", "1.5"), "0.999"),
        (("ingest", "films.jsonl", "other/films.jsonl"), "other/films.jsonl: has the name of films.jsonl"),
        (("train", "links", "--tier", "slow"), "fast"),
        (("runs", "list", "--first", "0"), "--first"),
        (("review", "accept", "s1", "--reason", " "), "--reason"),
        (("predict", "Playtime", "acted_in"), "did you mean cast"),
        (("predict", "Playtime", "release_date"), "between entities"),
        (("refresh", "--scheduled"), "no schedule is set"),
        (("export", "none/out.jsonl"), "none/out.jsonl"),
        (("export", "other"), "directory"),
        (("status", "--config", "other"), "directory"),
    ],
)
def test_what_cannot_be_done_ends_with_two(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "other").mkdir()
    for path in ("films.jsonl", "other/films.jsonl"):
        write(tmp_path / path, PLAYTIME)
    run(capsys, "ingest", "films.jsonl")
    code, _, err = run(capsys, *words)
    assert code == 2
    assert said.lower() in err.lower()
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "said"),
    [(("runs", "show", "r1"), "r1"), (("ingest",), "SOURCE"), (("runs", "list", "--first", "x"), "--first")],
)
def test_an_error_is_json_too(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str) -> None:
    code, out, _ = run(capsys, *words, "--json")
    assert code == 2
    assert said in json.loads(out)["error"]


def test_a_home_that_cannot_be_made_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("MARQUEE_HOME", str(tmp_path / "taken"))
    code, _, err = run(capsys, "status")
    assert (code, "taken: the folder cannot be made" in err) == (2, True)


def test_a_refresh_reads_only_what_changed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(tmp_path / "films.jsonl", PLAYTIME)
    (tmp_path / "marquee.toml").write_text('[[source]]\nname = "films"\npath = "films.jsonl"\n', encoding="utf-8")
    (planned,) = json_of(capsys, "refresh", "--plan")["sources"]
    assert (planned["changed"], planned["unchanged"], planned["problem"]) == (1, 0, "")
    assert json_of(capsys, "refresh")["counts"]["statements"] == 1
    write(
        tmp_path / "films.jsonl", PLAYTIME, film("Mon Oncle", fact("director", "Jacques Tati"), ids={"wikidata": "Q2"})
    )
    second = json_of(capsys, "refresh")
    assert (second["counts"]["unchanged"], second["counts"]["records"]) == (1, 1)


def test_a_plan_says_which_source_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(tmp_path / "films.jsonl", PLAYTIME)
    sources = ('[[source]]\nname = "gone"\npath = "none.jsonl"\n', '[[source]]\nname = "films"\npath = "films.jsonl"\n')
    (tmp_path / "marquee.toml").write_text("".join(sources), encoding="utf-8")
    code, out, _ = run(capsys, "refresh", "--plan")
    assert (code, "none.jsonl: there is no such file" in out) == (0, True)
    code, out, _ = run(capsys, "refresh")
    assert (code, "none.jsonl: there is no such file" in out) == (1, True)
    assert json_of(capsys, "status")["statements"] == 1


def test_a_doubtful_statement_is_listed_accepted_and_gone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(tmp_path / "films.jsonl", PLAYTIME)
    assert json_of(capsys, "ingest", "films.jsonl", "--reliability", "0.6")["counts"]["review"] == 1
    (waiting,) = json_of(capsys, "review", "list")["statements"]
    assert (waiting["subject"], waiting["relation"], waiting["object"]) == ("Jacques Tati", "directed", "Playtime")
    json_of(capsys, "review", "accept", waiting["id"], "--reason", "it is known", "--by", "ann")
    assert json_of(capsys, "review", "list") == {"statements": []}
    assert json_of(capsys, "status")["by_status"]["accepted"] == 1


def test_a_port_in_use_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, _, err = run(capsys, "serve", "--port", port)
    assert code == 2
    assert f"127.0.0.1:{port}" in err
