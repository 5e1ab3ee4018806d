"""The recipe: examples keep their spans, held-out documents stay out, and a seed gives the same weights."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marquee.extraction.augment import augmented, quoted
from marquee.extraction.inventory import Inventory, load_inventory
from marquee.extraction.silver import Example, annotated_lead, detokenised, filled, gold, held_out
from marquee.extraction.train_names import train

DATA = Path(__file__).parents[3] / "shared" / "data"


def shown(example: Example) -> list[tuple[str, str]]:
    return [(example.text[a:b], label) for a, b, label in example.spans]


def test_a_lead_is_annotated_by_its_title_cast_and_phrases() -> None:
    text = "Copper Lanterns is a 1951 American drama film directed by Ivo Tremaine and starring Zelda Quimby. Quimby sang. It was shot at Castle Dune."
    example = annotated_lead(text, "Copper Lanterns", ["Zelda Quimby"])
    assert shown(example) == [
        ("Copper Lanterns", "WORK"), ("Ivo Tremaine", "PERSON"), ("Zelda Quimby", "PERSON"), ("Quimby", "PERSON"),
    ]  # fmt: skip
    assert [example.text[a:b] for a, b in example.unknown] == ["Castle", "Dune"]


def test_gold_documents_become_running_text() -> None:
    text, offsets = detokenised([["He", "sang", '"', "Dune", '"', ",", "Ivo", "'s", "song", "."]])
    assert text == 'He sang "Dune", Ivo\'s song.'
    assert text[slice(*offsets[0][3])] == "Dune"
    document = {
        "sents": [["Ivo", "sang", "Dune", "in", "Rome"]],
        "vertexSet": [[{"type": "PER", "sent_id": 0, "pos": [0, 1]}], [{"type": "MISC", "sent_id": 0, "pos": [2, 3]}]],
        "labels": [{"h": 1, "t": 0, "r": "P175"}],
    }
    assert shown(next(gold([document]))) == [("Ivo", "PERSON"), ("Dune", "WORK")]


def test_quotes_are_put_around_works_only() -> None:
    example = Example("Ivo sang Dune.", ((0, 3, "PERSON"), (9, 13, "WORK")))
    assert quoted(example, "“”").text == "Ivo sang “Dune”."
    assert shown(quoted(example, "“”")) == [("Ivo", "PERSON"), ("Dune", "WORK")]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6))
def test_augmented_spans_still_cover_their_names(seed: int) -> None:
    rng = Random(seed)
    (example,) = filled(Inventory({"PLACE": ["Lisbon"]}), rng, 1)
    names = {name.casefold().replace("’", "'") for name, _ in shown(example)}
    for name, _ in shown(augmented(example, rng)):
        assert any(name.casefold().replace("’", "'")[:4] == known[:4] or not known.isascii() for known in names)


def test_one_document_in_so_many_is_held_out_and_always_the_same() -> None:
    kept = [key for key in map(str, range(2000)) if held_out(key)]
    assert 60 < len(kept) < 140
    assert kept == [key for key in map(str, range(2000)) if held_out(key)]


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    for run in ("a", "b"):
        train(tmp_path / run, None, seed=3, templates=60)
    first, second = ((tmp_path / run / "names" / "ner" / "model").read_bytes() for run in ("a", "b"))
    assert first == second


def test_names_to_train_on_are_read_from_the_shared_data() -> None:
    if not (DATA / "fb15k237").is_dir():
        pytest.skip("no shared data: ../shared/data/fb15k237 is absent")
    names = load_inventory(DATA).names
    assert "James Cameron" in names["PERSON"]
    assert "Titanic" in names["WORK"]
