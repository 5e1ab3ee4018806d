"""What a run refused, read back from its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from marquee.api import refusals
from marquee.extraction.refused import write
from marquee.schema.values import Refusal

RUN = "r20240501T120000-abcdef"
ONE = Refusal("films", "films.csv:3", "the row is cut short.", "Add the missing fields.", '{"kind": "Film"}')


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write([ONE, ONE], tmp_path / f"{RUN}.jsonl")
    file = refusals.file_of(tmp_path, RUN)
    assert file is not None
    assert refusals.read(file, 1) == [ONE]


@pytest.mark.parametrize("run", ["r1", "../secrets", "r/../../x", "", "r" + "a" * 100])
def test_no_other_file_is_read(tmp_path: Path, run: str) -> None:
    write([ONE], tmp_path / "refused" / f"{RUN}.jsonl")
    (tmp_path / "secrets.jsonl").write_text("{}", encoding="utf-8")
    assert refusals.file_of(tmp_path / "refused", run) is None
    assert refusals.file_of(None, RUN) is None


def test_a_spoiled_line_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / f"{RUN}.jsonl"
    write([ONE], file)
    file.write_text('nothing\n{"where": 1}\n[]\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert refusals.read(file, 10) == [ONE]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/srv/data/films.csv:3: cut short.", "films.csv:3: cut short."),
        ("cannot read '/home/ann/x.jsonl'", "cannot read 'x.jsonl'"),
        (r"C:\data\films.csv: gone", "films.csv: gone"),
        ("and/or, 12/24, https://example.org/a/b", "and/or, 12/24, https://example.org/a/b"),
    ],
)
def test_folders_are_left_out_of_messages(text: str, shown: str) -> None:
    assert refusals.without_folders(text) == shown
