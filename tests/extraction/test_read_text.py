"""Texts become documents, whole and raw."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marquee.extraction import readers
from marquee.schema import ids
from marquee.schema.values import Document, Refusal, Source

AT = "2024-05-01T00:00:00Z"


def read(path: Path, format_: str = "") -> list[readers.Item]:
    return list(readers.read(Source("notes", str(path), format_, licence="CC0"), AT))


@pytest.mark.parametrize("name", ["lead.txt", "lead.md"])
def test_a_file_is_one_document_as_it_stands(tmp_path: Path, name: str) -> None:
    text = "# Metropolis\n\n*Metropolis* is a film.\r\n"
    (tmp_path / name).write_bytes(text.encode())

    (document,) = read(tmp_path / name)

    assert document == Document(ids.document_id(text), "notes", text, name, AT, "CC0")


def test_json_lines_give_a_document_each(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    rows = [
        {"id": "n1", "text": "One.", "retrieved_at": "2020-01-01", "licence": "CC BY", "url": "kept out"},
        {"text": "Two."},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows))

    one, two = read(path)

    assert one == Document(ids.document_id("One."), "notes", "One.", "n1", "2020-01-01", "CC BY")
    assert two == Document(ids.document_id("Two."), "notes", "Two.", "news.jsonl:2", AT, "CC0")


@pytest.mark.parametrize("line", ['{"text": 7}', '{"text": "  "}', '{"texts": "x"}', "{", '{"text": "\\ud800"}'])
def test_a_line_without_text_is_refused_and_the_rest_goes_on(tmp_path: Path, line: str) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(f'{{"text": "One."}}\n{line}\n{{"text": "Three."}}\n')

    one, refused, three = read(path)

    assert isinstance(one, Document)
    assert isinstance(three, Document)
    assert isinstance(refused, Refusal)
    assert (refused.locator, refused.raw) == ("news.jsonl:2", line)


def test_binary_given_as_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (item,) = read(tmp_path / "a.txt")
    assert isinstance(item, Refusal)
    assert item.what == "this is binary, not text."


def test_a_text_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\ntwo\nAm\xe9lie\n")
    (item,) = read(tmp_path / "a.txt")
    assert isinstance(item, Refusal)
    assert item.what == "byte 0xe9 in line 3 is not UTF-8."
