"""Files that an export writes: whole or not at all, and nothing of anybody else's is touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from marquee.api.exports import whole
from marquee.schema.errors import InputError

TABLES = ("nodes", "edges")


def file(part: Path) -> dict[str, Any]:
    part.write_text("new", encoding="utf-8")
    return {"rows": 1}


def folder(part: Path) -> dict[str, Any]:
    for name in TABLES:
        (part / name).write_text("new", encoding="utf-8")
    return {}


def failing(part: Path) -> dict[str, Any]:
    (part if part.suffix else part / "nodes").write_text("half", encoding="utf-8")
    raise OSError(28, "No space left on device")


def held(place: Path) -> dict[str, str]:
    """Every file under a place, hidden ones too, with its text."""
    files = (one for one in place.rglob("*") if one.is_file())
    return {one.relative_to(place).as_posix(): one.read_text(encoding="utf-8") for one in files}


def test_what_is_written_takes_its_name_and_leaves_nothing_else(tmp_path: Path) -> None:
    for _ in range(2):
        assert whole(tmp_path / "a.nt", file) == {"file": str(tmp_path / "a.nt"), "rows": 1}
        whole(tmp_path / "people", folder, TABLES)
        assert held(tmp_path) == {"a.nt": "new", "people/nodes": "new", "people/edges": "new"}
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "people").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("others", ["a.nt.part", "a.part", "people.part/mine"])
def test_what_stands_beside_is_left_alone(tmp_path: Path, others: str) -> None:
    (tmp_path / others).parent.mkdir(exist_ok=True)
    (tmp_path / others).write_text("mine", encoding="utf-8")
    whole(tmp_path / "a.nt", file)
    whole(tmp_path / "people", folder, TABLES)
    for broken in (tmp_path / "a.nt", tmp_path / "people"):
        with pytest.raises(InputError, match="No space left"):
            whole(broken, failing, () if broken.suffix else TABLES)
    assert held(tmp_path) == {"a.nt": "new", "people/nodes": "new", "people/edges": "new", others: "mine"}


def test_two_exports_of_one_name_do_not_meet(tmp_path: Path) -> None:
    def meanwhile(part: Path) -> dict[str, Any]:
        part.write_text("first", encoding="utf-8")
        whole(tmp_path / "a.nt", file)
        return {}

    whole(tmp_path / "a.nt", meanwhile)
    assert held(tmp_path) == {"a.nt": "first"}


@pytest.mark.parametrize("others", ["people/notes.txt", "people/edges/mine"])
def test_a_folder_that_holds_something_else_is_refused_and_stays_as_it_is(tmp_path: Path, others: str) -> None:
    (tmp_path / others).parent.mkdir(parents=True)
    (tmp_path / others).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"people: holds (notes\.txt|edges), which is no part of an export"):
        whole(tmp_path / "people", folder, TABLES)
    assert held(tmp_path) == {others: "mine"}


def test_what_came_into_the_folder_meanwhile_is_not_lost(tmp_path: Path) -> None:
    def meanwhile(part: Path) -> dict[str, Any]:
        (tmp_path / "people" / "notes.txt").write_text("mine", encoding="utf-8")
        return folder(part)

    (tmp_path / "people").mkdir()
    with pytest.raises(InputError, match="notes"):
        whole(tmp_path / "people", meanwhile, TABLES)
    assert held(tmp_path) == {"people/notes.txt": "mine"}


@pytest.mark.parametrize("place", [".", "/", "", "sub/.."])
def test_the_folder_one_stands_in_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.chdir(tmp_path)
    for make, files in ((file, ()), (folder, TABLES)):
        with pytest.raises(InputError, match="Name another"):
            whole(Path(place), make, files)
    assert held(tmp_path) == {}


def test_only_files_are_replaced(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="/dev/null: cannot be written"):
        whole(Path("/dev/null"), file)
    (tmp_path / "linked.nt").symlink_to(tmp_path / "target.nt")
    whole(tmp_path / "linked.nt", file)
    assert (tmp_path / "linked.nt").is_symlink()
    assert (tmp_path / "target.nt").read_text(encoding="utf-8") == "new"
