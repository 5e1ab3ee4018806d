"""The pipeline: the bundled one, a blank one, one by path, and a name that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from marquee.extraction import pipeline
from marquee.schema.errors import SettingsError

spacy = pytest.importorskip("spacy")


def test_the_bundled_pipeline_finds_names_it_was_never_told() -> None:
    text = "Zelda Quimby stars in the film Copper Lanterns, directed by Ivo Tremaine."
    (found,) = pipeline.entities(pipeline.load(), [text])
    assert {(text[f.start : f.end], f.label) for f in found} >= {("Zelda Quimby", "PERSON"), ("Ivo Tremaine", "PERSON")}


def test_the_bundled_weights_stay_small() -> None:
    size = sum(path.stat().st_size for path in pipeline.BUNDLED.rglob("*") if path.is_file())
    assert size < 6_000_000


def test_any_pipeline_can_be_given_by_path(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "mine")
    nlp = pipeline.load(str(tmp_path / "mine"))
    assert [sentence.text for sentence in pipeline.marked(nlp, "It opened. We went.").sents] == [
        "It opened.",
        "We went.",
    ]
    assert list(pipeline.entities(nlp, ["It opened."])) == [[]]


def test_a_name_that_is_no_pipeline_is_a_clear_error() -> None:
    with pytest.raises(SettingsError, match=r"no_such_pipeline.*cannot be loaded"):
        pipeline.load("no_such_pipeline")


def test_texts_keep_their_order_and_empty_ones_their_place() -> None:
    found = list(pipeline.entities(pipeline.load(), ["", "Zelda Quimby directed it.", "", "x " * 9000]))
    assert [bool(each) for each in found[:3]] == [False, True, False]
    assert len(found) == 4
