from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from marquee.gnn import artifact
from marquee.gnn.judge import judge
from marquee.gnn.model import Model
from marquee.schema.errors import ModelError


def test_a_saved_model_judges_as_before(tmp_path: Path, model: Model, world) -> None:  # type: ignore[no-untyped-def]
    folder = artifact.save(model, tmp_path / "model")
    again = artifact.load(folder)
    assert again.id == model.id
    assert again.card == json.loads(json.dumps(model.card))
    rows = range(20)
    before, after = judge(world.snapshot, model, rows), judge(world.snapshot, again, rows)
    assert [j.probability for j in before] == pytest.approx([j.probability for j in after])


def test_saving_replaces_and_leaves_nothing_beside(tmp_path: Path, model: Model) -> None:
    artifact.save(model, tmp_path / "model")
    artifact.save(model, tmp_path / "model")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert sorted(path.name for path in (tmp_path / "model").iterdir()) == ["arrays.safetensors", "card.json"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, model: Model) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="could not be saved"):
        artifact.save(model, tmp_path / "file" / "model")


def test_no_model_here(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model is here"):
        artifact.load(tmp_path / "nothing")


@pytest.mark.parametrize("text", ["", "[1]", '{"id": "m1"}', '{"card": 3}'])
def test_a_foreign_card(tmp_path: Path, text: str) -> None:
    (tmp_path / "card.json").write_text(text)
    with pytest.raises(ModelError, match="not a model's card"):
        artifact.load(tmp_path)


@pytest.mark.parametrize(
    ("key", "value", "said"), [("vocabulary", "other", "another vocabulary"), ("code_version", 999, "version 999")]
)
def test_a_model_of_other_making(tmp_path: Path, model: Model, key: str, value: object, said: str) -> None:
    folder = artifact.save(model, tmp_path / "model")
    head = json.loads((folder / "card.json").read_text())
    head["card"][key] = value
    (folder / "card.json").write_text(json.dumps(head))
    with pytest.raises(ModelError, match=said):
        artifact.load(folder)


@pytest.mark.parametrize("cut", [0, 7, 2000, -100])
def test_damaged_arrays(tmp_path: Path, model: Model, cut: int) -> None:
    folder = artifact.save(model, tmp_path / "model")
    arrays = (folder / "arrays.safetensors").read_bytes()
    (folder / "arrays.safetensors").write_bytes(arrays[:cut])
    with pytest.raises(ModelError, match="damaged"):
        artifact.load(folder)


def test_arrays_of_another_model(tmp_path: Path, model: Model) -> None:
    folder = artifact.save(model, tmp_path / "model")
    head = json.loads((folder / "card.json").read_text())
    head["entities"] = head["entities"][:-1]
    (folder / "card.json").write_text(json.dumps(head))
    with pytest.raises(ModelError, match="do not match"):
        artifact.load(folder)


@pytest.mark.parametrize("name", ["trained", "calibrator.forest.left", "expected.forest.feature", "calibrator.offsets"])
def test_numbers_that_point_at_nothing(tmp_path: Path, model: Model, name: str) -> None:
    folder = artifact.save(model, tmp_path / "model")
    arrays = load_file(folder / "arrays.safetensors")
    arrays[name] = np.concatenate([arrays[name][1:], arrays[name][:1] + 10_000_000])[1:]
    save_file(arrays, folder / "arrays.safetensors")
    with pytest.raises(ModelError, match="damaged"):
        artifact.load(folder)


def test_a_tree_that_leads_back_to_its_root(tmp_path: Path, model: Model) -> None:
    folder = artifact.save(model, tmp_path / "model")
    arrays = load_file(folder / "arrays.safetensors")
    arrays["calibrator.forest.left"][1] = 0
    save_file(arrays, folder / "arrays.safetensors")
    with pytest.raises(ModelError, match="damaged"):
        artifact.load(folder)
