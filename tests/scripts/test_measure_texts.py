"""Measuring texts: what the rows of the report count, over a small store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scripts.measure_texts import NAME, measure, run

from marquee.api.desk import Desk
from marquee.api.jobs import new_run
from marquee.schema.errors import InputError
from marquee.schema.ids import document_id, statement_id
from marquee.schema.kinds import Kind
from marquee.schema.values import Entity, EntityName, Evidence, Locator, Statement, Status

Json = dict[str, Any]
LEAD = {"id": "a", "genre": "film lead", "text": "Wong Kar-wai directed 2046 and, some say, shot it."}
NOTE = {"id": "b", "genre": "note", "text": "Gong Li and HBO act in 2046."}


def _entity(id_: str, kind: Kind, name: str) -> Entity:
    return Entity(id_, kind, (EntityName(name),), (("test", id_),))


WHO = (
    _entity("wong", Kind.PERSON, "Wong Kar-wai"),
    _entity("gong", Kind.PERSON, "Gong Li"),
    _entity("hbo", Kind.NETWORK, "HBO"),
    _entity("2046", Kind.FILM, "2046"),
)


def _statement(subject: str, relation: str, status: Status, text: Json) -> Statement:
    place = Locator(document_id(text["text"]), span=(0, 5))
    piece = Evidence(NAME, place, text["text"], "test", "1", "2026-01-01T00:00:00Z", 0.9)
    return Statement(
        statement_id(subject, relation, "2046", ()), subject, relation, "2046", status=status, evidence=(piece,)
    )


def _gold(text: Json, subject: str, relation: str, origin: str, **more: Any) -> Json:
    ids = {"subject_id": {"test": subject}, "object_id": {"test": "2046"}}
    row = {"document": text["id"], "subject": subject, "relation": relation, "object": "2046", "origin": origin}
    return row | ids | {"truth": origin != "planted", "modality": "asserted"} | more


GOLD = [
    _gold(LEAD, "wong", "directed", "known"),
    _gold(LEAD, "wong", "wrote", "known", implied=True),
    _gold(NOTE, "gong", "acted_in", "new"),
    _gold(NOTE, "hbo", "acted_in", "planted"),
]


@pytest.fixture
def report(desk: Desk) -> Json:
    with desk.store.writing(new_run("ingest", [NAME])) as writer:
        writer.put_entities(WHO)
        writer.stage(
            [
                _statement("wong", "directed", Status.ACCEPTED, LEAD),
                _statement("wong", "shot", Status.ACCEPTED, LEAD),
                _statement("gong", "acted_in", Status.PENDING, NOTE),
                _statement("hbo", "acted_in", Status.REJECTED, NOTE),
            ]
        )
    return measure(desk.store, [LEAD, NOTE], GOLD)


def test_what_was_read_is_told_from_what_is_believed(report: Json) -> None:
    whole = report["all"]

    assert (whole.stated, whole.read, whole.in_graph) == (2, 2, 1)
    assert (whole.extracted, whole.extracted_right, whole.accepted, whole.right) == (4, 2, 2, 1)
    assert (whole.planted, whole.planted_read, whole.let_in) == (1, 1, 0)


def test_shares_are_those_of_the_counts(report: Json) -> None:
    shares = report["all"].shares()

    assert shares == {"reading_recall": 1.0, "recall": 0.5, "reading_precision": 0.5, "precision": 0.5}
    assert report["all"].as_dict()["recall"] == 0.5


def test_a_kind_of_text_is_measured_against_its_own_gold_rows(report: Json) -> None:
    lead, note = report["by_kind"]["film lead"], report["by_kind"]["note"]

    assert (lead.stated, lead.read, lead.accepted, lead.right, lead.planted) == (1, 1, 2, 1, 0)
    assert (note.stated, note.read, note.accepted, note.planted_read) == (1, 1, 0, 1)
    assert note.shares()["precision"] is None


def test_a_relation_that_the_gold_file_lacks_has_a_row_too(report: Json) -> None:
    assert {"directed", "acted_in", "shot", "wrote"} == set(report["by_relation"])
    assert (report["by_relation"]["shot"].accepted, report["by_relation"]["shot"].right) == (1, 0)


def test_by_origin_only_recall_is_told(report: Json) -> None:
    assert set(report["by_origin"]) == {"known", "new"}
    assert (report["by_origin"]["known"].read, report["by_origin"]["known"].in_graph) == (1, 1)
    assert report["by_origin"]["new"].extracted == 0


def test_a_home_without_a_demo_is_named(tmp_path: Path) -> None:
    for name in ("texts.jsonl", "gold.jsonl"):
        (tmp_path / name).write_text("", encoding="utf-8")

    with pytest.raises(InputError, match="no demo"):
        run(tmp_path / "nowhere", tmp_path)


def test_a_folder_without_texts_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"texts\.jsonl"):
        run(tmp_path, tmp_path / "nowhere")
