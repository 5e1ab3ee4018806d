"""Sampling a run: what is drawn, that it is drawn evenly and again the same, and what is made of judged files."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from scripts.sample_run import Draw, draw, main
from scripts.sample_tally import tally

from marquee.api.desk import Desk
from marquee.api.jobs import new_run
from marquee.schema.errors import InputError
from marquee.schema.ids import document_id, statement_id
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import (
    Candidate,
    Document,
    Entity,
    EntityName,
    Evidence,
    Locator,
    Name,
    Resolution,
    Statement,
    Status,
    Value,
)

TEXT = "A word before. Wong Kar-wai directed 2046. Gong Li acts in it. A word behind."
WHEN = "2026-01-01T00:00:00Z"
DIRECTED, ACTS = (15, 42), (43, 62)


def _entity(id_: str, kind: Kind, name: str) -> Entity:
    return Entity(id_, kind, (EntityName(name),), (("test", id_),))


WHO = (
    _entity("wong", Kind.PERSON, "Wong Kar-wai"),
    _entity("gong", Kind.PERSON, "Gong Li"),
    _entity("2046", Kind.FILM, "2046"),
    _entity("drama", Kind.GENRE, "drama"),
)


def _row(row: int, quote: str) -> Evidence:
    return Evidence("rows", Locator("rows.csv", row=row), quote, "rows", "1", WHEN, 1.0)


def _read(span: tuple[int, int]) -> Evidence:
    return Evidence("texts", Locator(document_id(TEXT), span=span), TEXT[slice(*span)], "rules", "1", WHEN, 0.9)


def _stated(subject: str, relation: str, object_: Value, status: Status, *evidence: Evidence) -> Statement:
    id_ = statement_id(subject, relation, object_, ())
    return Statement(id_, subject, relation, object_, status=status, probability=0.97, evidence=evidence)


def _open(statement: Statement) -> Statement:
    maybe = Resolution(Name("Gong Li"), (Candidate("gong", 0.6),), 0.4)
    return replace(statement, candidates=(("subject", maybe),))


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A film that rows and a text speak of; its director, too; the genre is shared, the actress still open."""
    released = Literal(LiteralType.DATE, "2004")
    statements = [
        _stated("2046", "release_date", released, Status.ACCEPTED, _row(1, "year: 2004")),
        _stated("wong", "directed", "2046", Status.ACCEPTED, _row(1, "director: Wong Kar-wai"), _read(DIRECTED)),
        _stated("2046", "genre", "drama", Status.ACCEPTED, _row(1, "genre: drama"), _read(DIRECTED)),
        _open(_stated("gong", "acted_in", "2046", Status.ACCEPTED, _read(ACTS))),
        _stated("gong", "acted_in", "wong", Status.PENDING, _row(2, "cast: Gong Li")),
        _stated("wong", "shot", "2046", Status.REJECTED, _read(ACTS)),
    ]
    with desk.store.writing(new_run("ingest", ["rows", "texts"])) as writer:
        writer.put_entities(WHO)
        writer.put_documents([Document(document_id(TEXT), "texts", TEXT)])
        writer.stage(statements)
    return desk


def test_a_claim_is_an_accepted_statement_that_a_text_states(full: Desk) -> None:
    drawn = draw(full.store, 9, 9, 0, seed=1)
    said = {row["statement"]: row for row in drawn.rows["claims"]}

    assert set(said) == {
        "Wong Kar-wai directed 2046 (2004)",
        "2046 (2004) is of genre drama",
        "Gong Li acted in 2046 (2004)",
    }
    row = said["Wong Kar-wai directed 2046 (2004)"]
    assert (row["group"], row["quote"]) == ("a record states it too", "Wong Kar-wai directed 2046.")
    assert (row["before"], row["after"]) == ("A word before. ", " Gong Li acts in it. A word behind.")
    assert "Wong Kar-wai: Person test:wong" in row["ends"]
    assert [row["statement"] for row in drawn.rows["new"]] == ["Gong Li acted in 2046 (2004)"]
    assert drawn.of == {"claims": 3, "new": 1, "merges": 2}


def test_a_match_is_an_entity_of_two_sources_that_is_neither_shared_nor_open(full: Desk) -> None:
    rows = {row["id"]: row for row in draw(full.store, 0, 0, 9, seed=1).rows["merges"]}

    assert set(rows) == {"2046", "wong"}
    assert rows["2046"]["label"] == "2046 (2004)"
    assert "texts (1 places):" in rows["2046"]["sources"]
    assert "The release date of 2046 (2004) is 2004 — “year: 2004” rows.csv:1" in rows["2046"]["sources"]


def test_the_same_seed_draws_the_same(full: Desk) -> None:
    assert draw(full.store, 2, 1, 1, seed=3) == draw(full.store, 2, 1, 1, seed=3)


def test_each_item_of_a_stream_is_as_likely_as_another() -> None:
    hits: Counter[int] = Counter()
    for seed in range(3000):
        sample: Draw[int] = Draw(3, random.Random(seed))
        for item in range(10):
            sample.add(item)
        hits.update(sample.kept)

    assert set(hits) == set(range(10))
    assert all(abs(count - 900) < 5 * 25 for count in hits.values())


def test_files_to_judge_come_back_as_counts(full: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(full.settings.home)
    main([home, "--claims", "3", "--new", "1", "--merges", "2", "--out", str(tmp_path), "--json"])
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["of"]["merges"] == 2
    path = tmp_path / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, word in zip(rows, ("right", "Wrong", ""), strict=True):
        row["judged"] = word
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    main(["--tally", str(path)])

    assert capsys.readouterr().out.startswith(
        "claims, all: 1 right, 1 wrong, 1 not judged; 50.0% right (95 %: 9.5% to 90.5%)\n"
    )


def test_markdown_is_printed_to_read(full: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(full.settings.home), "--claims", "3", "--merges", "0"])

    printed = capsys.readouterr().out
    assert "## claims: 3 of 3" in printed
    assert "   - quote: Gong Li acts in it." in printed


def test_a_word_that_is_no_judgement_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("id,judged,note\ns1,right,\ns2,rihgt,\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"claims\.csv:3: 'rihgt' is no judgement"):
        tally(path)


def test_a_file_that_is_no_sample_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("id,name\n", encoding="utf-8")

    with pytest.raises(InputError, match="no column `judged`"):
        tally(path)


def test_a_home_without_a_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such store"):
        main([str(tmp_path / "nowhere")])
