"""Files are found in order, unpacked by their content, and read in bounded lines."""

from __future__ import annotations

import bz2
import gzip
import tracemalloc
from pathlib import Path

import pytest

from marquee.extraction import files
from marquee.extraction.files import File, Flaw
from marquee.schema.errors import InputError


def lines(path: Path, limit: int = files.LIMIT) -> list[tuple[int, str | Flaw]]:
    return list(files.lines(File(path.name, path, limit=limit)))


def flaw(entry: tuple[int, str | Flaw]) -> Flaw:
    assert isinstance(entry[1], Flaw)
    return entry[1]


def test_a_folder_is_walked_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")

    assert [file.name for file in files.walk(str(tmp_path))] == ["a/b/c.txt", "a/z.txt", "b.txt"]


def test_a_missing_file_says_where_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv: there is no such file or folder\. Check the path") as caught:
        list(files.walk(str(tmp_path / "nowhere.csv")))
    assert caught.value.mend


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file"):
        list(files.walk(str(tmp_path)))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_packing_is_told_by_content_not_by_ending(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "odd.name"
    path.write_bytes(pack("één\ntwo".encode()))  # type: ignore[operator]

    assert lines(path) == [(1, "één\n"), (2, "two")]
    assert files.text(File("odd.name", path)) == "één\ntwo"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.txt"
    path.write_bytes(b"\xef\xbb\xbfname\n")

    assert lines(path) == [(1, "name\n")]
    assert files.text(File("bom.txt", path)) == "name\n"


def test_a_line_that_is_not_utf8_is_flawed_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(b"one\nam\xe9lie\nthree\n")

    one, two, three = lines(path)

    assert (one, three) == ((1, "one\n"), (3, "three\n"))
    assert flaw(two).what == "byte 0xe9 at place 3 of the line is not UTF-8."
    assert flaw(two).raw == "am\ufffdlie"


def test_utf16_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("name\n", encoding="utf-16")

    assert "UTF-16" in flaw(lines(path)[0]).what
    whole = files.text(File("wide.csv", path))
    assert isinstance(whole, Flaw)
    assert "iconv" in whole.mend


def test_nul_bytes_are_flawed(tmp_path: Path) -> None:
    path = tmp_path / "nul.csv"
    path.write_bytes(b"a\nb\0c\nd\n")

    one, two, three = lines(path)

    assert (one[1], three[1]) == ("a\n", "d\n")
    assert "NUL" in flaw(two).what


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_truncated_archive_gives_what_came_before_then_a_flaw(tmp_path: Path, pack: object) -> None:
    whole = pack("".join(f"line {n} {n * 7919 % 10007}\n" for n in range(200_000)).encode())  # type: ignore[operator]
    path = tmp_path / "cut.gz"
    path.write_bytes(whole[: len(whole) // 2])

    found = lines(path)

    assert len(found) > 10_000
    assert found[0] == (1, "line 0 0\n")
    assert all(isinstance(line, str) for _, line in found[:-1])
    assert flaw(found[-1]).what == "the packed file breaks off here."
    assert found[-1][0] == len(found)


def test_a_damaged_archive_is_flawed(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(bytes(range(256)) * 1000))
    whole[40:60] = b"\0" * 20
    path = tmp_path / "bad.gz"
    path.write_bytes(whole)

    assert "cannot be read on" in flaw(lines(path)[-1]).what


def test_a_20_mb_line_is_refused_by_size_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as out:
        out.write(b"first\n")
        for _ in range(20):
            out.write(b"x" * 1024 * 1024)
        out.write(b"\nlast\n")

    tracemalloc.start()
    first, long, last = lines(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (first, last) == ((1, "first\n"), (3, "last\n"))
    assert flaw(long).what == "the line is longer than 8 MB."
    assert flaw(long).raw == ""
    assert peak < 18 * 1024 * 1024


def test_a_text_over_the_limit_is_flawed(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("x" * 101)

    whole = files.text(File("long.txt", path, limit=100))

    assert isinstance(whole, Flaw)
    assert "longer than 100 bytes" in whole.what
