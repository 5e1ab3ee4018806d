"""Marquee JSON Lines: one object a line, and a refusal of each line that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from marquee.extraction import readers
from marquee.schema.kinds import Kind
from marquee.schema.values import Record, Refusal, Source

GOOD = '{"kind": "Film", "name": "Metropolis", "facts": []}'


def read(path: Path) -> list[readers.Item]:
    return list(readers.read(Source("test", str(path), "marquee"), "2024-05-01T00:00:00Z"))


def test_every_line_is_a_record_with_its_line_number(tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    path.write_text(f"{GOOD}\n\n  \n{GOOD}")

    first, second = read(path)

    assert first == Record("test", 1, Kind.FILM, {"kind": "Film", "name": "Metropolis", "facts": []}, "films.jsonl")
    assert isinstance(second, Record)
    assert second.row == 4


@pytest.mark.parametrize(
    ("line", "what", "mend"),
    [
        (b'{"kind": "Film", "name": ', "no JSON: expecting value at place", "Mend the line"),
        (b'["kind", "Film"]', "the line is no JSON object.", "Write one as"),
        (b"[" * 100_000, "nested too deep", "Mend"),
        (b'{"kind": "Film", "year": ' + b"9" * 5000 + b"}", "a number too long", "Mend"),
        (b'{"kind": "Movie", "name": "x"}', "unknown kind 'Movie'.", "Known are: Agency"),
        (b'{"kind": "Flim", "name": "x"}', "unknown kind 'Flim'.", "Did you mean Film"),
        (b'{"name": "x"}', "the record has no kind.", 'as "kind": "Film"'),
        (b'{"kind": "Film", "name": "Am\xe9lie"}', "not UTF-8", "Write the right letter"),
        (b'{"kind": "Film", "name": "\0"}', "NUL", "plain UTF-8"),
    ],
)
def test_a_bad_line_in_the_middle_is_refused_and_the_rest_goes_on(
    tmp_path: Path, line: bytes, what: str, mend: str
) -> None:
    path = tmp_path / "films.jsonl"
    path.write_bytes(GOOD.encode() + b"\n" + line + b"\n" + GOOD.encode() + b"\n")

    before, refused, after = read(path)

    assert isinstance(before, Record)
    assert isinstance(after, Record)
    assert after.row == 3
    assert isinstance(refused, Refusal)
    assert refused.locator == "films.jsonl:2"
    assert what in refused.what
    assert mend in refused.mend
    assert refused.raw
