"""Bad input, through the whole line: one clear message each, the rest goes on, nothing is lost."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.given import fact, film, write

from marquee.api import jobs
from marquee.api.desk import Desk
from marquee.schema.errors import InputError
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Source, Statement, Status

GOOD = film("Playtime", fact("director", "Jacques Tati"), fact("release_date", value="1967"), ids={"wikidata": "Q1"})
MORE = film("Mon Oncle", fact("director", "Jacques Tati"), ids={"wikidata": "Q2"})


MAPPING = """\
title = "films"
[[entity]]
column = "title"
kind = "Film"
[[entity.fact]]
relation = "director"
column = "director"
kind = "Person"
"""


def ingested(desk: Desk, path: Path | str, **more: str) -> jobs.Report:
    return jobs.ingest(desk, [Source("test", str(path), **more)])  # type: ignore[arg-type]


def refused(report: jobs.Report) -> list[dict[str, str]]:
    return [json.loads(line) for line in Path(report.refused_file).read_text(encoding="utf-8").splitlines()]


def statements(desk: Desk, *status: Status) -> list[Statement]:
    return list(desk.store.list_statements(StatementFilter(status=status), Page(1000)).items)


def labels(desk: Desk) -> set[str]:
    ends = {s.subject for s in statements(desk)} | {s.object for s in statements(desk) if isinstance(s.object, str)}
    return {entity.label for entity in desk.store.entities(ends).values()}


def test_a_missing_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl: there is no such file.*Check the path"):
        ingested(desk, tmp_path / "none.jsonl")
    assert [run.status for run in desk.store.runs(Page()).items] == ["failed"]


def test_an_empty_file(desk: Desk, tmp_path: Path) -> None:
    report = ingested(desk, write(tmp_path / "empty.jsonl", ""))
    (row,) = refused(report)
    assert row["where"].endswith("empty.jsonl")
    assert "nothing to read" in row["what"]


def test_a_truncated_gzip(desk: Desk, tmp_path: Path) -> None:
    records = [film(f"Film {n}", fact("director", f"Person {n}")) for n in range(2000)]
    packed = gzip.compress("\n".join(json.dumps(r) for r in records).encode())
    (tmp_path / "films.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    report = ingested(desk, tmp_path / "films.jsonl.gz")
    assert report.counts["statements"] > 100
    assert "breaks off" in refused(report)[-1]["what"]
    assert "whole" in refused(report)[-1]["mend"]


def test_invalid_utf8(desk: Desk, tmp_path: Path) -> None:
    lines = [json.dumps(GOOD).encode(), b'{"kind": "Film", "name": "\xff\xfe"}', json.dumps(MORE).encode()]
    (tmp_path / "films.jsonl").write_bytes(b"\n".join(lines))
    report = ingested(desk, tmp_path / "films.jsonl")
    assert {"Playtime", "Mon Oncle"} <= labels(desk)
    (row,) = refused(report)
    assert row["where"].endswith("films.jsonl:2")
    assert "not UTF-8" in row["what"]


def test_a_broken_line_in_the_middle(desk: Desk, tmp_path: Path) -> None:
    report = ingested(desk, write(tmp_path / "films.jsonl", GOOD, '{"kind": "Film", "name": ', MORE))
    assert {"Playtime", "Mon Oncle"} <= labels(desk)
    assert [row["where"].rsplit(":", 1)[-1] for row in refused(report)] == ["2"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (film("Jour de fête", fact("directd", "Jacques Tati")), "directd"),
        ({"kind": "Movie", "name": "Jour de fête"}, "Movie"),
        ({"kind": "Person", "name": "Jacques Tati", "facts": [fact("acted_in", "Rex", "Person")]}, "acted in"),
        (film("Jour de fête", fact("release_date", value="20015")), "20015"),
        (film("Jour de fête", fact("acted_in", "Jacques Tati")), "acted in"),
        (film("Jour de fête", fact("acted_in", "Traffic", "Film")), "Jour de fête (Film) cannot stand before acted in"),
        (film("Jour de fête", fact("release_date", value="1849")), "before there was film"),
    ],
)
def test_what_the_vocabulary_does_not_allow(desk: Desk, tmp_path: Path, bad: dict[str, object], words: str) -> None:
    report = ingested(desk, write(tmp_path / "films.jsonl", GOOD, bad, MORE))
    (row,) = refused(report)
    assert words in row["what"]
    assert row["mend"]
    assert row["raw"]
    assert {"Playtime", "Mon Oncle"} <= labels(desk)


def test_a_refused_row_is_mended_and_fed_back(desk: Desk, tmp_path: Path) -> None:
    bad = film("Jour de fête", fact("directd", "Jacques Tati"), ids={"wikidata": "Q3"})
    report = ingested(desk, write(tmp_path / "films.jsonl", GOOD, bad))
    before = len(statements(desk))
    mended = Path(report.refused_file).read_text(encoding="utf-8").replace("directd", "director")
    (tmp_path / "mended.jsonl").write_text(mended, encoding="utf-8")
    again = ingested(desk, tmp_path / "mended.jsonl")
    assert again.counts.get("refused", 0) == 0
    assert len(statements(desk)) == before + 1


def test_a_line_of_20_mb(desk: Desk, tmp_path: Path) -> None:
    long = film("Jour de fête", note="y" * 20_000_000)
    report = ingested(desk, write(tmp_path / "films.jsonl", GOOD, long, MORE))
    assert {"Playtime", "Mon Oncle"} == labels(desk) - {"Jacques Tati"}
    (row,) = refused(report)
    assert row["where"].endswith("films.jsonl:2")
    assert "longer than" in row["what"]
    assert "Split it" in row["mend"]


def test_a_ragged_row_and_an_unknown_column(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "films.csv").write_text("title,director,extra\nPlaytime,Jacques Tati,\nMon Oncle\n", encoding="utf-8")
    report = ingested(desk, tmp_path / "films.csv", mapping=str(tmp_path / "map.toml"))
    assert "Playtime" in labels(desk)
    assert {row["where"].rsplit(":", 1)[-1] for row in refused(report)} == {"1", "3"}


def test_a_mapping_of_no_such_column(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(
        MAPPING.replace('column = "director"', 'column = "directed by"'), encoding="utf-8"
    )
    (tmp_path / "films.csv").write_text("title,director\nPlaytime,Jacques Tati\n", encoding="utf-8")
    with pytest.raises(InputError, match="directed by"):
        ingested(desk, tmp_path / "films.csv", mapping=str(tmp_path / "map.toml"))
    assert statements(desk) == []


def test_a_source_that_cannot_be_read_does_not_stop_the_others(desk: Desk, tmp_path: Path) -> None:
    good = Source("good", str(write(tmp_path / "films.jsonl", GOOD)))
    table = tmp_path / "films.csv"
    table.write_text("title\nPlaytime\n", encoding="utf-8")
    gone, unmapped = Source("gone", str(tmp_path / "none.jsonl")), Source("table", str(table))
    report = jobs.ingest(desk, [gone, unmapped, good])
    assert "Playtime" in labels(desk)
    assert [(row["source"], row["mend"] != "") for row in refused(report)] == [("gone", True), ("table", True)]
    assert "none.jsonl" in refused(report)[0]["where"]


def test_two_sources_that_disagree(desk: Desk, tmp_path: Path) -> None:
    one = write(tmp_path / "one.jsonl", film("Playtime", fact("release_date", value="1967"), ids={"wikidata": "Q1"}))
    two = write(tmp_path / "two.jsonl", film("Playtime", fact("release_date", value="1971"), ids={"wikidata": "Q1"}))
    jobs.ingest(desk, [Source("one", str(one), reliability=0.95), Source("two", str(two), reliability=0.6)])
    held = {str(s.object): s for s in statements(desk)}
    assert set(held) == {"1967", "1971"}
    assert (held["1967"].support or 0) > (held["1971"].support or 0)
    assert held["1971"].status is not Status.ACCEPTED


def test_the_same_input_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "films.jsonl", GOOD, MORE)
    ingested(desk, path)
    before = desk.store.status()
    again = ingested(desk, path)
    after = desk.store.status()
    assert again.counts["unchanged"] == 2
    assert (after.entities, after.statements, after.evidence) == (before.entities, before.statements, before.evidence)
