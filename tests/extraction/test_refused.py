"""What was refused is kept where it can be mended, and read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction import readers, records, refused
from marquee.extraction.mapping import load
from marquee.schema.kinds import Kind
from marquee.schema.values import Claim, Document, Record, Refusal, Source

AT = "2024-05-01T00:00:00Z"
MAPPING = '[[entity]]\ncolumn = "title"\nkind = "Film"\n[[entity.fact]]\nrelation = "director"\ncolumn = "who"\n'


def ingest(path: Path, mapping: str = "") -> tuple[list[Claim], list[Document], list[Refusal]]:
    """What a source gives, as the job that reads it sees it."""
    claims: list[Claim] = []
    documents: list[Document] = []
    refusals: list[Refusal] = []
    for item in readers.read(Source("test", str(path), mapping=mapping), AT):
        if isinstance(item, Record):
            found = records.extract(item, AT)
            claims += found.claims
            refusals += found.refusals
        elif isinstance(item, Document):
            documents.append(item)
        else:
            refusals.append(item)
    return claims, documents, refusals


def mend(path: Path, **changes: Any) -> None:
    """Changes keys of the row in the one line of a file of refused rows."""
    row = json.loads(path.read_text())
    path.write_text(json.dumps({**row, "raw": {**row["raw"], **changes}}))


def test_nothing_refused_makes_no_file(tmp_path: Path) -> None:
    assert refused.write([], tmp_path / "refused.jsonl") == 0
    with refused.RefusedFile(tmp_path / "refused.jsonl") as file:
        assert file.shown() == ""
    assert not (tmp_path / "refused.jsonl").exists()


def test_a_line_says_where_what_and_how_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "refused.jsonl"
    with refused.RefusedFile(path) as file:
        file.add(Refusal("test", "a.jsonl:3", "it is odd.", "Make it even.", '{"kind": "Film"}'))
        file.add(Refusal("test", "a.jsonl:4", "no JSON.", "Mend it.", '{"kind": '))
        assert (file.count, file.shown()) == (2, str(path))

    first, second = (json.loads(line) for line in path.read_text().splitlines())
    assert first == {
        "where": "a.jsonl:3",
        "what": "it is odd.",
        "mend": "Make it even.",
        "source": "test",
        "raw": {"kind": "Film"},
    }
    assert second["raw"] == '{"kind": '


def test_a_fact_mended_is_read(tmp_path: Path) -> None:
    source, path = tmp_path / "films.jsonl", tmp_path / "refused.jsonl"
    bad = {"relation": "acted_in", "name": "Peter Lorre", "kind": "Person"}
    source.write_text(json.dumps({"kind": "Film", "name": "M", "facts": [bad]}))
    refused.write(ingest(source)[2], path)

    mend(path, facts=[{**bad, "relation": "cast"}])
    (claim,), _, refusals = ingest(path)

    assert (claim.subject.text, claim.relation) == ("Peter Lorre", "acted_in")
    assert str(claim.evidence.locator) == "refused.jsonl:1"
    assert refusals == []


def test_a_broken_line_mended_is_read(tmp_path: Path) -> None:
    source, path = tmp_path / "films.jsonl", tmp_path / "refused.jsonl"
    source.write_text('{"kind": "Film", "name": "M", "facts": [{"relation": "genre", "name": "crime"}\n')
    refused.write(ingest(source)[2], path)

    row = json.loads(path.read_text())
    path.write_text(json.dumps({**row, "raw": row["raw"] + "]}"}))

    assert [claim.relation for claim in ingest(path)[0]] == ["genre"]


def test_a_ragged_row_mended_is_read_by_its_mapping(tmp_path: Path) -> None:
    source, path = tmp_path / "films.csv", tmp_path / "refused.jsonl"
    (tmp_path / "m.toml").write_text(MAPPING)
    source.write_text('title,who\nM\n"A, B",C\n')
    claims, _, refusals = ingest(source, str(tmp_path / "m.toml"))
    assert len(claims) == 1
    refused.write(refusals, path)

    mend(path, table=["title,who", "M,Fritz Lang"])
    (claim,), _, refusals = ingest(path, str(tmp_path / "m.toml"))

    assert (claim.subject.text, str(claim.evidence.locator)) == ("Fritz Lang", "refused.jsonl:1")
    assert refusals == []


def test_a_row_of_a_shipped_mapping_needs_no_mapping_named(tmp_path: Path) -> None:
    path = tmp_path / "refused.jsonl"
    columns = sorted(load("tmdb").columns)
    cells = ["M" if column == "original_title" else "" for column in columns]
    raw = {"mapping": "tmdb", "table": [",".join(columns), ",".join(cells)]}
    refused.write([Refusal("films", "films.csv:2", "ragged.", "Mend it.", json.dumps(raw))], path)

    (item,) = readers.read(Source("test", str(path)), AT)

    assert isinstance(item, Record)
    assert (item.mapping, item.fields["original_title"]) == ("tmdb", "M")


def test_a_file_names_no_mapping_that_the_user_did_not_name(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING)
    path = tmp_path / "refused.jsonl"
    raw = {"mapping": str(tmp_path / "m.toml"), "table": ["title,who", "M,Lang"]}
    refused.write([Refusal("films", "films.csv:2", "ragged.", "Mend it.", json.dumps(raw))], path)

    claims, _, (refusal,) = ingest(path)

    assert claims == []
    assert "is to be read by the mapping" in refusal.what
    assert "--mapping" in refusal.mend
    assert json.loads(refusal.raw) == raw


def test_a_line_that_is_no_refused_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "refused.jsonl"
    path.write_text('{"where": "a", "raw": {}}\n{"kind": "Film", "name": "M"}\n')

    refusals = ingest(path)[2]

    assert [each.what for each in refusals] == ["this is no refused row."] * 2
    assert refusals[1].raw == '{"kind": "Film", "name": "M"}'


def test_a_text_mended_is_read(tmp_path: Path) -> None:
    source, path = tmp_path / "news.jsonl", tmp_path / "refused.jsonl"
    source.write_text('{"id": "n1", "text": "One."}\n{"id": "n2", "text": ""}\n')
    _, documents, refusals = ingest(source)
    assert len(documents) == 1
    refused.write(refusals, path)

    mend(path, text="Two.")

    assert [(each.name, each.text) for each in ingest(path)[1]] == [("n2", "Two.")]


def test_what_is_not_mended_is_refused_again_and_stays_mendable(tmp_path: Path) -> None:
    mapping = str(tmp_path / "m.toml")
    (tmp_path / "m.toml").write_text(MAPPING)
    (tmp_path / "films.csv").write_text("title,who\nM\n")
    (tmp_path / "films.jsonl").write_text('{"kind": "Flim", "name": "M"}\n{broken\n')
    first = [*ingest(tmp_path / "films.csv", mapping)[2], *ingest(tmp_path / "films.jsonl")[2]]
    refused.write(first, tmp_path / "one.jsonl")

    second = ingest(tmp_path / "one.jsonl", mapping)[2]
    refused.write(second, tmp_path / "two.jsonl")

    assert [each.what for each in second] == [each.what for each in first]
    assert [each.locator for each in second] == ["one.jsonl:1", "one.jsonl:2", "one.jsonl:3"]
    assert [each.raw for each in ingest(tmp_path / "two.jsonl", mapping)[2]] == [each.raw for each in first]


def test_what_has_no_row_is_to_be_mended_where_it_stood(tmp_path: Path) -> None:
    path = tmp_path / "refused.jsonl"
    refusal = Refusal("test", "a.txt", "this is binary, not text.", "Leave it out.")
    refused.write([refusal], path)

    assert ingest(path)[2] == [refusal]


@given(st.text(), st.text())
def test_any_text_can_be_kept(tmp_path_factory: Any, what: str, raw: str) -> None:
    path = tmp_path_factory.mktemp("any") / "refused.jsonl"
    refused.write([Refusal("test", "a:1", what, "mend", raw)], path)

    (line,) = path.read_text(encoding="utf-8").split("\n")[:-1]
    row = json.loads(line)
    assert row["what"] == what
    kept = row["raw"]
    assert (json.loads(raw) if isinstance(kept, dict) else raw) == kept


def test_half_a_surrogate_pair_can_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "refused.jsonl"
    refused.write([Refusal("test", "a:1", "odd", "mend", '{"kind": "Film", "name": "\ud800"}')], path)

    assert json.loads(path.read_text(encoding="utf-8"))["raw"]["name"] == "\ud800"
    (item,) = readers.read(Source("test", str(path)), AT)
    assert isinstance(item, Record)
    assert item.kind is Kind.FILM
    assert len(records.extract(item, AT).refusals) == 1
