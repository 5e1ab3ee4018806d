"""The model store: what goes into service, and what does not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the gnn extra is not installed")

from marquee.api import models
from marquee.gnn.model import Model
from marquee.gnn.train import train
from marquee.schema.errors import ModelError
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import from_triples


@pytest.fixture(scope="module")
def model() -> Model:
    facts = [(f"p{n % 30}", "acted_in", f"f{(n * 7 + n // 30) % 41}") for n in range(400)]
    kinds = {f"p{n}": Kind.PERSON for n in range(30)} | {f"f{n}": Kind.FILM for n in range(41)}
    return train(from_triples(facts, kinds), seed=1)


def of_worth(model: Model, id_: str, mrr: float, error: float = 0.01) -> Model:
    return replace(model, id=id_, card={**model.card, "mrr": mrr, "mrr_se": error})


def test_nothing_is_in_service_at_first(tmp_path: Path) -> None:
    assert models.in_service(tmp_path) is None


def test_a_model_that_is_worse_is_kept_but_not_put_into_service(model: Model, tmp_path: Path) -> None:
    assert models.keep(of_worth(model, "m1", 0.40), tmp_path).promoted
    kept = models.keep(of_worth(model, "m2", 0.30), tmp_path)
    assert not kept.promoted
    assert "0.300 is below 0.400" in kept.reason
    assert models.service_id(tmp_path) == "m1"
    assert kept.folder.is_dir()


def test_one_within_the_noise_of_the_measurement_goes_into_service(model: Model, tmp_path: Path) -> None:
    models.keep(of_worth(model, "m1", 0.40), tmp_path)
    assert models.keep(of_worth(model, "m2", 0.38), tmp_path).promoted
    found = models.in_service(tmp_path)
    assert found is not None
    assert found.id == "m2"


def test_one_that_this_code_cannot_use_is_replaced(model: Model, tmp_path: Path) -> None:
    old = replace(of_worth(model, "m1", 0.90), card={**model.card, "mrr": 0.9, "vocabulary": "another"})
    models.keep(old, tmp_path)
    with pytest.raises(ModelError, match="another vocabulary"):
        models.in_service(tmp_path)
    assert models.keep(of_worth(model, "m2", 0.30), tmp_path).promoted
    assert models.in_service(tmp_path) is not None


def test_a_damaged_note_of_service_is_said(tmp_path: Path) -> None:
    (tmp_path / "service.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"service\.json"):
        models.service_id(tmp_path)


def test_a_model_without_a_card_that_can_be_read_is_replaced(model: Model, tmp_path: Path) -> None:
    models.keep(of_worth(model, "m1", 0.90), tmp_path)
    (tmp_path / "m1" / "card.json").write_text(json.dumps(["no card"]), encoding="utf-8")
    assert models.keep(of_worth(model, "m2", 0.30), tmp_path).promoted


def test_only_a_kept_model_can_be_promoted(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model 'm9'"):
        models.promote(tmp_path, "m9")


def test_one_put_into_service_is_not_loaded_again_while_it_is_in_memory(model: Model, tmp_path: Path) -> None:
    kept = of_worth(model, "m1", 0.40)
    models.keep(kept, tmp_path)
    assert models.in_service(tmp_path) is kept
    models.keep(of_worth(model, "m2", 0.30), tmp_path)
    assert models.in_service(tmp_path) is kept
