"""The unseen texts: their gold rows hold against the demo's records, and there is enough of everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.check_demo_texts import DEMO, Demo, problems, read

UNSEEN = Path(__file__).parents[1] / "data" / "unseen"


@pytest.fixture(scope="module")
def unseen() -> Demo:
    return read(UNSEEN)


def test_texts_and_gold_rows_hold_against_the_records(unseen: Demo) -> None:
    assert list(problems(unseen)) == []


def test_there_is_enough_of_everything(unseen: Demo) -> None:
    planted = [row for row in unseen.gold if row["origin"] == "planted"]
    stated = [row for row in unseen.gold if row["truth"] and row["modality"] == "asserted" and not row.get("implied")]

    assert len(unseen.texts) >= 60
    assert len({text["genre"] for text in unseen.texts.values()}) >= 15
    assert len({row["document"] for row in planted}) >= 30
    assert sum(row["modality"] != "asserted" for row in unseen.gold) >= 30
    assert sum(row["origin"] == "heldout" for row in stated) * 6 >= len(stated)


def test_no_text_is_one_of_the_demo(unseen: Demo) -> None:
    assert not {text["text"] for text in unseen.texts.values()} & {text["text"] for text in read(DEMO).texts.values()}


def test_a_gold_row_that_the_text_does_not_bear_out_is_a_problem(unseen: Demo) -> None:
    row = next(row for row in unseen.gold if row["relation"] == "release_date" and not row.get("implied"))
    other = Demo(unseen.entities, unseen.known, unseen.held, unseen.texts, [{**row, "value": "1899"}])

    assert any("1899 does not occur" in problem for problem in problems(other))
