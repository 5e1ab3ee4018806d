"""Tables: rows by line number, and every kind of dirt refused where it stands."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction import readers
from marquee.extraction.mapping import load
from marquee.extraction.read_csv import render
from marquee.schema.errors import InputError
from marquee.schema.values import Record, Refusal, Source

MAPPING = """
[[entity]]
column = "title"
kind = "Film"
year = "year"
[[entity.fact]]
relation = "director"
column = "director"
kind = "Person"
"""
HEAD = "title,year,director\n"


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "films.toml"
    path.write_text(MAPPING)
    return path


def read(folder: Path, content: str | bytes, mapping: Path | str, name: str = "films.csv") -> list[readers.Item]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(readers.read(Source("test", str(path), "csv", str(mapping)), "2024-05-01T00:00:00Z"))


def rows(items: list[readers.Item]) -> list[int]:
    return [item.row for item in items if isinstance(item, Record)]


def refusal(items: list[readers.Item]) -> Refusal:
    (found,) = (item for item in items if isinstance(item, Refusal))
    return found


def test_rows_are_records_of_their_cells(tmp_path: Path, mapping: Path) -> None:
    (item,) = read(tmp_path, HEAD + '"Metropolis, restored",1927,Fritz Lang\n', mapping)

    fields = {"title": "Metropolis, restored", "year": "1927", "director": "Fritz Lang"}
    assert item == Record("test", 2, None, fields, "films.csv", str(mapping))


def test_a_row_counts_from_the_line_it_starts_on(tmp_path: Path, mapping: Path) -> None:
    items = read(tmp_path, HEAD + '"A\nB",1927,x\n\nC,1928,y\n', mapping)

    assert rows(items) == [2, 5]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_header(tmp_path: Path, mapping: Path, sign: str) -> None:
    (item,) = read(tmp_path, "title,year,director\nM,1931,Lang\n".replace(",", sign), mapping)

    assert isinstance(item, Record)
    assert item.fields == {"title": "M", "year": "1931", "director": "Lang"}


def test_a_byte_order_mark_and_blanks_are_no_part_of_the_header(tmp_path: Path, mapping: Path) -> None:
    (item,) = read(tmp_path, b"\xef\xbb\xbf title , year,director\nM,1931,Lang\n", mapping)

    assert isinstance(item, Record)
    assert list(item.fields) == ["title", "year", "director"]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (b"M,1931", "the row has 2 cells, the header 3."),
        (b"M,1931,Lang,more", "the row has 4 cells, the header 3."),
        (b"Am\xe9lie,2001,Jeunet", "byte 0xe9 at place 3 of the line is not UTF-8."),
        (b"M\0,1931,Lang", "the line holds a NUL byte."),
        (b"M,1931,Lang\rN,1932,Lang", "new-line character"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_rest_goes_on(
    tmp_path: Path, mapping: Path, row: bytes, what: str
) -> None:
    items = read(tmp_path, HEAD.encode() + b"A,1927,x\n" + row + b"\nB,1928,y\n", mapping)

    assert rows(items) == [2, 4]
    refused = refusal(items)
    assert refused.locator == "films.csv:3"
    assert what in refused.what
    assert refused.mend
    raw = json.loads(refused.raw)
    assert raw["mapping"] == str(mapping)
    assert raw["table"][0] == HEAD.strip()


@pytest.mark.parametrize("after", [3, 60_000])
def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path, mapping: Path, after: int) -> None:
    good = "".join(f"F{n},1930,x\n" for n in range(after))
    items = read(tmp_path, HEAD + '"M,1931,Lang\n' + good, mapping)

    assert rows(items) == list(range(3, 3 + after))
    assert refusal(items).locator == "films.csv:2"


def test_a_truncated_gzip_keeps_the_rows_before_it(tmp_path: Path, mapping: Path) -> None:
    packed = gzip.compress((HEAD + "".join(f"F{n},19{n % 90 + 10},P{n * 7}\n" for n in range(50_000))).encode())
    items = read(tmp_path, packed[: len(packed) // 2], mapping, "films.csv.gz")

    kept = rows(items)
    assert len(kept) > 10_000
    assert items[-1] == refusal(items)
    assert refusal(items).what == "the packed file breaks off here."
    assert refusal(items).locator == f"films.csv.gz:{kept[-1] + 1}"


def test_an_overlong_line_is_refused_and_the_rest_goes_on(tmp_path: Path, mapping: Path) -> None:
    path = tmp_path / "films.csv"
    path.write_text(HEAD + "x" * 5000 + ",1,y\nB,1928,y\n")
    source = Source("test", str(path), "", str(mapping))

    refused, record = readers.read(source, "2024-05-01T00:00:00Z", limit=1000)

    assert isinstance(refused, Refusal)
    assert (refused.what, refused.raw) == ("the line is longer than 1,000 bytes.", "")
    assert isinstance(record, Record)
    assert record.row == 3


def test_a_column_the_mapping_names_and_the_table_lacks_is_one_error(tmp_path: Path, mapping: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "title,year,directors\nM,1931,Lang\n", mapping)

    message = str(caught.value)
    assert message.startswith("films.csv:1: mapping ")
    assert "names column 'director', which the header does not have. Did you mean 'directors'?" in message
    assert str(mapping) in message


def test_a_column_nobody_expects_is_noted_once_and_the_rows_are_read(tmp_path: Path, mapping: Path) -> None:
    items = read(tmp_path, "title,year,director,budget,mood\nM,1931,Lang,1,dark\nN,1932,Lang,2,grim\n", mapping)

    assert rows(items) == [2, 3]
    assert refusal(items).locator == "films.csv:1"
    assert "does not know columns 'budget', 'mood'; left out." in refusal(items).what
    assert "list it under ignore" in refusal(items).mend


def test_a_column_named_twice_is_an_error(tmp_path: Path, mapping: Path) -> None:
    with pytest.raises(InputError, match=r"films\.csv:1: the header names column 'year' twice\. Rename"):
        read(tmp_path, "title,year,director,year\nM,1931,Lang,1932\n", mapping)


def test_a_header_that_cannot_be_read_is_an_error(tmp_path: Path, mapping: Path) -> None:
    with pytest.raises(InputError, match="the header cannot be read: byte 0xe9"):
        read(tmp_path, b"title,ann\xe9e\n", mapping)


def test_a_table_without_a_mapping_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"a table needs a mapping of its columns\. Give one: oscars, tmdb, or the path"
    ):
        read(tmp_path, HEAD, "")


def test_a_missing_mapping_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text(HEAD)
    with pytest.raises(InputError, match=r"imdb: there is no such mapping\. Shipped are: oscars, tmdb"):
        readers.read(Source("test", str(tmp_path / "films.csv"), "", "imdb"), "")


def test_a_shipped_mapping_is_found_by_the_header(tmp_path: Path) -> None:
    columns = sorted(load("tmdb").columns)
    items = read(tmp_path, ",".join(columns) + "\n" + ",".join("1" for _ in columns) + "\n", "")

    assert [item.mapping for item in items if isinstance(item, Record)] == ["tmdb"]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)


@given(st.lists(CELLS, min_size=3, max_size=3).filter(lambda cells: any(cells)))
def test_a_row_rendered_reads_back_the_same(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    folder = tmp_path_factory.mktemp("render")
    (folder / "m.toml").write_text(MAPPING)
    fields = dict(zip(("title", "year", "director"), cells, strict=True))

    table = json.loads(render(load(str(folder / "m.toml")), fields))["table"]
    (item,) = read(folder, "\n".join(table), folder / "m.toml")

    assert isinstance(item, Record)
    assert item.fields == fields
