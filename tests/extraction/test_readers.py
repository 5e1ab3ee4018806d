"""A source is one stream of items; its format is told by ending and content."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction import readers
from marquee.extraction.files import File
from marquee.schema.errors import InputError
from marquee.schema.kinds import Kind
from marquee.schema.values import Document, Record, Refusal, Source

AT = "2024-05-01T00:00:00Z"
FILM = '{"kind": "Film", "name": "Metropolis"}\n'


def source(path: Path, **more: str) -> Source:
    return Source("test", str(path), **more)


def read(path: Path, **more: str) -> list[readers.Item]:
    return list(readers.read(source(path, **more), AT))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.csv", "x", "csv"),
        ("a.TSV.gz", "x", "csv"),
        ("a.txt", "x", "text"),
        ("a.md", "x", "text"),
        ("a.jsonl", FILM, "marquee"),
        ("a.ndjson", "\n{broken\n" + '{"id": "1", "text": "Hello."}', "text"),
        ("a.jsonl", '{"where": "a:1", "what": "", "mend": "", "raw": ""}', "refused"),
        ("a.jsonl", "", "marquee"),
    ],
)
def test_the_format_is_told_by_ending_and_content(tmp_path: Path, name: str, text: str, expected: str) -> None:
    (tmp_path / name).write_text(text)
    assert readers.guess(File(name, tmp_path / name)) == expected


def test_an_unknown_ending_asks_for_the_format(tmp_path: Path) -> None:
    (tmp_path / "data.bin").write_text("x")
    with pytest.raises(
        InputError, match=r"data\.bin: the ending does not tell the format\. Name its format, one of csv"
    ):
        read(tmp_path / "data.bin")


@pytest.mark.parametrize("name", ["films.zip", "Films.ZIP", "films.tar.gz", "films.csv.zip"])
def test_an_archive_asks_to_be_unpacked(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04")

    with pytest.raises(InputError, match=r"this is an archive of files\. Unpack it"):
        read(tmp_path / name)


def test_an_unknown_format_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"unknown format 'xml'\. Known are: csv, marquee, refused, text"):
        readers.read(source(tmp_path, format="xml"), AT)


def test_a_missing_file_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        readers.read(source(tmp_path / "none.jsonl"), AT)


def test_a_folder_without_readable_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match="no file here has an ending that is known"):
        readers.read(source(tmp_path), AT)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    (item,) = read(tmp_path / name)
    assert isinstance(item, Refusal)
    assert (item.locator, item.what) == (name, "the file holds nothing to read.")


def test_a_folder_is_read_file_by_file_and_one_bad_file_does_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text(FILM)
    (tmp_path / "a.csv").write_text("unknown,columns\n1,2\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "c.md").write_text("# Fritz Lang")
    (tmp_path / "skipped.png").write_bytes(b"\x89PNG")

    refused, record, document = read(tmp_path)

    assert isinstance(refused, Refusal)
    assert "needs a mapping" in refused.what
    assert isinstance(record, Record)
    assert (record.name, record.row, record.kind) == ("b.jsonl", 1, Kind.FILM)
    assert isinstance(document, Document)
    assert (document.name, document.retrieved_at) == ("notes/c.md", AT)


def test_the_one_file_of_a_source_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("unknown,columns\n1,2\n")
    with pytest.raises(InputError, match="needs a mapping"):
        read(tmp_path / "a.csv")


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(FILM)
    (item,) = readers.read(source(tmp_path / "a.jsonl"), AT, limit=10)
    assert isinstance(item, Refusal)
    assert "longer than 10 bytes" in item.what


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4), st.integers(1, 99), st.integers(1, 99))
def test_a_digest_depends_on_content_alone(fields: dict[str, object], row: int, other: int) -> None:
    one = Record("s", row, Kind.FILM, fields, "a.jsonl")
    again = Record("s", other, Kind.FILM, json.loads(json.dumps(fields)), "b.jsonl")
    changed = Record("s", row, Kind.FILM, {**fields, "added": 1}, "a.jsonl")

    assert readers.digest(one) == readers.digest(again)
    assert readers.digest(one) != readers.digest(changed)


def test_a_changed_mapping_changes_the_digest_of_its_rows(tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    (tmp_path / "a.csv").write_text("title\nMetropolis\n")
    digests = []
    for kind in ("Film", "Series"):
        mapping.write_text(f'[[entity]]\ncolumn = "title"\nkind = "{kind}"\n')
        (item,) = read(tmp_path / "a.csv", mapping=str(mapping))
        digests.append(readers.digest(item))

    assert digests[0] != digests[1]


def test_a_document_is_known_by_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Same.")
    (tmp_path / "b.txt").write_text("Same.")
    one, two = read(tmp_path)
    assert readers.digest(one) == readers.digest(two)


LINES = st.sampled_from(
    [
        b"{",
        b"}",
        b'"',
        b"[",
        b"title,who",
        b",",
        b"\xff",
        b"\0",
        b"\r",
        b"\n",
        b"\t",
        b'{"kind": "Film", "name": "M"}',
        b'{"where": "a", "raw": ',
        b'{"text": "x"}',
        b"\x1f\x8b\x08",
        b"M,Lang",
        b"\xef\xbb\xbf",
        b"1",
    ]
)


@given(st.lists(LINES, max_size=30).map(b"".join), st.sampled_from(sorted(readers.READERS)))
def test_whatever_a_file_holds_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, format_: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "m.toml").write_text('[[entity]]\ncolumn = "title"\nkind = "Film"\n')
    (folder / "a").write_bytes(content)
    with contextlib.suppress(InputError):
        items = read(folder / "a", format=format_, mapping=str(folder / "m.toml"))
        assert all(item.what and item.locator for item in items if isinstance(item, Refusal))
