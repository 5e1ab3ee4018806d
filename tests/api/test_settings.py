"""Settings are checked on load; every error names the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from marquee.api.settings import Settings, load
from marquee.schema.errors import SettingsError

WHOLE = """\
store = "sqlite:var/graph.db"
tier = "full"

[gate]
accept = 0.92
reject = 0.1

[gate.relations]
directed = 0.95

[serve]
port = 9000

[[source]]
name = "films"
path = "films.csv"
mapping = "films.toml"
licence = "CC0"
reliability = 0.8

[[source]]
name = "notes"
path = "notes"
"""


def given(folder: Path, text: str) -> Path:
    path = folder / "marquee.toml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, text: str, **environment: str) -> Settings:
    return load(given(folder, text), environment)


def test_processes_come_from_the_file_or_the_environment(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").processes == 0
    assert loaded(tmp_path, "processes = 3").processes == 3
    assert loaded(tmp_path, "processes = 3", MARQUEE_PROCESSES="1").processes == 1
    for wrong in ("many", "-1", "65", "٣"):
        with pytest.raises(SettingsError, match=r"MARQUEE_PROCESSES.*whole number from 0 to 64"):
            loaded(tmp_path, "", MARQUEE_PROCESSES=wrong)
    with pytest.raises(SettingsError, match=r"marquee\.toml:1: processes = -1"):
        loaded(tmp_path, "processes = -1")


def test_a_whole_file_is_read_relative_to_itself(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE)
    assert settings.store == f"sqlite:{tmp_path / 'var/graph.db'}"
    assert settings.gate.relations == {"directed": 0.95}
    assert settings.serve.port == 9000
    films, notes = settings.sources
    assert films.path == str(tmp_path / "films.csv")
    assert films.mapping == str(tmp_path / "films.toml")
    assert (films.reliability, notes.reliability) == (0.8, 0.95)
    assert settings.source("notes") is notes


def test_without_a_file_the_home_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load(None, {})
    assert settings.store == f"sqlite:{tmp_path / '.marquee/marquee.db'}"
    assert settings.models == tmp_path / ".marquee/models"


def test_the_environment_wins(tmp_path: Path) -> None:
    env = {"MARQUEE_STORE": "sqlite:other.db", "MARQUEE_TOKEN": "secret", "MARQUEE_HOME": "elsewhere"}
    settings = loaded(tmp_path, WHOLE, **env)
    assert (settings.store, settings.serve.token, settings.home) == ("sqlite:other.db", "secret", Path("elsewhere"))


def test_the_password_is_of_the_environment_and_not_shown(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE, MARQUEE_STORE_PASSWORD="hush hush")
    assert settings.password == "hush hush"
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("storee = 'x'", 1, "Did you mean store"),
        ("tier = 'slow'", 1, "fast or full"),
        ("store = 3", 1, "text in quotes"),
        ("\n[gate]\naccept = 1.5", 3, "accept"),
        ("[gate]\naccept = 0.5\nreject = 0.6", 3, "not below accept"),
        ("[gate.relations]\nwrote = 0.9\ndirectd = 0.9", 3, "Did you mean directed"),
        ("[serve]\nport = true", 2, "whole number"),
        ("[serve]\nport = 80\ntoken = 'x'", 3, "MARQUEE_TOKEN"),
        ("tier = 'fast'\npassword = 'x'", 2, "MARQUEE_STORE_PASSWORD"),
        ("[[source]]\nname = 'a'\npath = 'x'\n[[source]]\nname = 'a'\npath = 'y'", 5, "two sources"),
        ("[[source]]\nname = 'a'\npath = 'x'\n[[source]]\nname = 'b'\npath = 'y'\nreliability = 2", 7, "reliability"),
        ("[[source]]\nname = 'a'\npath = 'x'\nurl = 'y'", 4, "unknown setting 'url'"),
        ("tier = 'fast'\nbroken", 2, "is no TOML"),
        ("tier = 'fast'\nschedule = 'often'", 2, "five fields"),
        ("[gate]\nreject = 0.3\n[gate.relations]\nwon = 0.25", 4, "not above reject"),
        ("[[source]]\nname = ''\npath = 'x'", 2, "text in quotes"),
        ("[[source]]\nname = 'a'\npath = 'x'\n\n[[source]]\nname = 'b'", 5, "lacks 'path'"),
        ("[[source]]\nname = 'a'\npath = 'x'\nformat = 'xml'", 4, "csv or marquee or refused or text"),
    ],
)
def test_an_error_names_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(SettingsError, match=words) as caught:
        loaded(tmp_path, text)
    assert f"marquee.toml:{line}:" in str(caught.value)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "marquee.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert load(path, {}).serve.port == 9000


def test_what_is_no_utf8_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "marquee.toml"
    path.write_bytes(b"tier = 'fast'\nstore = '\xff'\n")
    with pytest.raises(SettingsError, match="UTF-8") as caught:
        load(path, {})
    assert "marquee.toml:2:" in str(caught.value)


def test_a_source_without_a_path_says_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Add path"):
        loaded(tmp_path, "[[source]]\nname = 'a'")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such settings file"):
        load(tmp_path / "none.toml", {})


def test_an_unknown_source_names_the_known(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="films, notes"):
        loaded(tmp_path, WHOLE).source("nots")
