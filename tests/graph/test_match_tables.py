"""Folders of tables: found by content, refused with what to mend."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.graph import sources

from marquee.graph.match_tables import read_folder
from marquee.schema.errors import InputError


@pytest.mark.parametrize("sign", ["|", ",", ";", "\t"])
def test_separators_are_found(tmp_path: Path, sign: str) -> None:
    folder = read_folder(sources.write(tmp_path / "x", 1, sign=sign, size=40))
    assert (folder.left.name, folder.right.name, folder.unknown) == ("a.csv", "b.csv", 0)
    assert folder.gold == tuple(sources.world(1, 40)[2])


@pytest.mark.parametrize("names", [("z.csv", "a.csv", "m.csv"), ("one.tsv", "two.txt", "0.csv")])
def test_file_names_say_nothing(tmp_path: Path, names: tuple[str, str, str]) -> None:
    folder = read_folder(sources.write(tmp_path / "x", 1, names=names, size=40))
    sides = {folder.left.name: [a for a, _ in folder.gold], folder.right.name: [b for _, b in folder.gold]}
    gold = sources.world(1, 40)[2]
    assert sides == {names[0]: [a for a, _ in gold], names[1]: [b for _, b in gold]}


def test_ids_that_both_tables_use_are_told_apart_by_the_rows(tmp_path: Path) -> None:
    sources.write(tmp_path, 1, size=40)
    for name in ("a.csv", "b.csv", "gt.csv"):
        path = tmp_path / name
        path.write_text(
            path.read_text().replace("|m", "|").replace("|t", "|").replace("\nm", "\n").replace("\nt", "\n")
        )
    folder = read_folder(tmp_path)
    assert (folder.left.name, folder.gold) == ("a.csv", tuple(sources.world(1, 40)[2]))


def test_rows_may_be_meant_by_number(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,year\n" + "".join(f"Film {n} alpha{n},{1950 + n}\n" for n in range(30)))
    (tmp_path / "b.csv").write_text("year,name\n" + "".join(f"{1950 + n},Film {n} alpha{n}\n" for n in range(30)))
    (tmp_path / "gt.csv").write_text("x,y\n" + "".join(f"{n},{n}\n" for n in range(0, 30, 2)))
    assert read_folder(tmp_path).gold == tuple((n, n) for n in range(0, 30, 2))


def test_packed_files_are_read(tmp_path: Path) -> None:
    sources.write(tmp_path, 1, size=40)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress((tmp_path / "a.csv").read_bytes()))
    (tmp_path / "a.csv").unlink()
    assert read_folder(tmp_path).left.name == "a.csv.gz"


def test_a_pair_of_unknown_ids_is_counted(tmp_path: Path) -> None:
    sources.write(tmp_path, 1, size=40)
    with (tmp_path / "gt.csv").open("a") as file:
        file.write("m9999|t9999\n")
    assert read_folder(tmp_path).unknown == 1


@pytest.mark.parametrize(
    ("removed", "said"), [(("gt.csv",), "three are needed"), (("a.csv", "b.csv", "gt.csv"), "none")]
)
def test_too_few_tables_are_refused(tmp_path: Path, removed: tuple[str, ...], said: str) -> None:
    sources.write(tmp_path, 1, size=40)
    for name in removed:
        (tmp_path / name).unlink()
    with pytest.raises(InputError, match=said):
        read_folder(tmp_path)


def test_pairs_of_no_known_ids_are_refused(tmp_path: Path) -> None:
    sources.write(tmp_path, 1, size=40)
    (tmp_path / "gt.csv").write_text("x|y\nq|r\ns|u\n")
    with pytest.raises(InputError, match="no file pairs"):
        read_folder(tmp_path)


def test_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a folder"):
        read_folder(tmp_path / "none")


def test_a_packed_file_that_is_broken_is_refused(tmp_path: Path) -> None:
    sources.write(tmp_path, 1, size=40)
    (tmp_path / "a.csv").unlink()
    (tmp_path / "a.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match="cannot be read"):
        read_folder(tmp_path)
