"""Benchmark folders are read whole, or the error names file and line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from marquee.extraction.triples import read_splits
from marquee.schema.errors import InputError


def given(folder: Path, train: str = "a\tr\tb\n", valid: str = "a\tr\tc\n") -> Path:
    (folder / "train.txt").write_text(train, encoding="utf-8")
    (folder / "valid.txt").write_text(valid, encoding="utf-8")
    (folder / "test.txt.gz").write_bytes(gzip.compress(b"b\tr\tc\r\n\nc\tr\ta\n"))
    return folder


def test_plain_and_packed_parts(tmp_path: Path) -> None:
    train, valid, test = read_splits(given(tmp_path))
    assert train == [("a", "r", "b")]
    assert valid == [("a", "r", "c")]
    assert test == [("b", "r", "c"), ("c", "r", "a")]


def test_a_line_of_two_fields_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"train\.txt:2: 2 fields"):
        read_splits(given(tmp_path, train="a\tr\tb\na\tb\n"))


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    given(tmp_path)
    (tmp_path / "valid.txt").unlink()
    with pytest.raises(InputError, match=r"valid\.txt"):
        read_splits(tmp_path)
