"""A model on disk: `arrays.safetensors` and `card.json`. No pickle, so that a foreign file cannot run code.

A folder is written whole beside its place and then renamed, so that a full disk or a kill in the middle
leaves the model that was there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from marquee.gnn.calibrate import Calibrator, Curve
from marquee.gnn.complex import Tables
from marquee.gnn.encoder import Encoder
from marquee.gnn.features import NAMES
from marquee.gnn.forest import Forest
from marquee.gnn.model import CODE_VERSION, Model, vocabulary_digest
from marquee.gnn.paths import Weights
from marquee.schema.errors import MissingExtra, ModelError
from marquee.schema.snapshot import KINDS

try:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file, save_file
except ImportError as error:
    raise MissingExtra("safetensors", "gnn") from error

__all__ = ["Model", "load", "save", "usable"]

_ARRAYS, _CARD = "arrays.safetensors", "card.json"
Arrays = dict[str, Any]


def save(model: Model, folder: Path | str) -> Path:
    """Writes the model into `folder`, replacing what is there. Raises ModelError when the disk refuses."""
    place = Path(folder)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        save_file(_arrays(model), str(beside / _ARRAYS))
        head = {"id": model.id, "card": dict(model.card), "entities": model.entities, "relations": model.relations}
        (beside / _CARD).write_text(json.dumps(head, ensure_ascii=False, indent=1), encoding="utf-8")
        _replace(place, beside)
    except (OSError, SafetensorError) as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise ModelError(
            f"the model could not be saved: {error}.", where=str(place), mend="Free space there."
        ) from None
    return place


def _replace(place: Path, beside: Path) -> None:
    """Puts a folder in the place of another by renames; what was there goes last."""
    old = beside.with_name(f"{beside.name}.old")
    if place.exists():
        place.rename(old)
    beside.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def load(folder: Path | str) -> Model:
    """The model in `folder`. Raises ModelError if it is no model, is damaged, or was made by other code."""
    place = Path(folder)
    head = _head(place)
    _check(head, place)
    try:
        arrays: Arrays = load_file(str(place / _ARRAYS))
        model = _model(head, arrays)
        _check_codes(model)
        return model
    except (OSError, SafetensorError, KeyError, ValueError, TypeError, IndexError, RuntimeError) as error:
        raise ModelError(f"{_ARRAYS} is damaged: {error}.", where=str(place), mend="Train the model again.") from None


def usable(model: Model) -> bool:
    """Whether this version of the code could load it again."""
    return model.card.get("code_version") == CODE_VERSION and model.card.get("vocabulary") == vocabulary_digest()


def _head(place: Path) -> dict[str, Any]:
    try:
        head = json.loads((place / _CARD).read_text(encoding="utf-8"))
        return dict(head) | {"card": dict(head["card"])}
    except OSError as error:
        raise ModelError(f"no model is here: {error.strerror}.", where=str(place), mend="Train one first.") from None
    except (ValueError, KeyError, TypeError):
        raise ModelError(f"{_CARD} is not a model's card.", where=str(place), mend="Train the model again.") from None


def _check(head: Mapping[str, Any], place: Path) -> None:
    version, vocabulary = head["card"].get("code_version"), head["card"].get("vocabulary")
    if version != CODE_VERSION:
        raise ModelError(
            f"the model was made by version {version} of the code; this one reads {CODE_VERSION}.",
            where=str(place),
            mend="Train the model again.",
        )
    if vocabulary != vocabulary_digest():
        raise ModelError(
            "the model was trained with another vocabulary of kinds and relations.",
            where=str(place),
            mend="Train the model again.",
        )


def _arrays(model: Model) -> Arrays:
    arrays = {
        "allowed": model.allowed.astype(np.uint8),
        "entities": model.tables.entities.numpy(),
        "relations": model.tables.relations.numpy(),
        "trained": model.trained.astype(np.int32),
        "room": model.room,
        "correction": np.asarray(model.correction),
        **_named("weights", model.weights),
        **_calibrator_arrays("calibrator", model.calibrator),
        **_calibrator_arrays("expected", model.expected),
        **{f"encoder.{name}": value.numpy() for name, value in model.encoder.state_dict().items()},
    }
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}


def _calibrator_arrays(of: str, calibrator: Calibrator) -> Arrays:
    return {
        **_named(f"{of}.forest", calibrator.forest),
        **_named(f"{of}.full", calibrator.full),
        **_named(f"{of}.blind", calibrator.blind),
        f"{of}.base": np.asarray(calibrator.base),
        f"{of}.offsets": calibrator.offsets,
    }


def _named(of: str, value: Weights | Forest | Curve) -> Arrays:
    return {f"{of}.{name}": np.asarray(getattr(value, name)) for name in value.__slots__}


def _model(head: Mapping[str, Any], arrays: Arrays) -> Model:
    entities, relations = tuple(map(str, head["entities"])), tuple(map(str, head["relations"]))
    tables = Tables(torch.from_numpy(arrays["entities"]), torch.from_numpy(arrays["relations"]))
    if len(tables.entities) != len(entities) or len(tables.relations) != 2 * len(relations):
        raise ValueError("the vectors do not match the names on the card")
    slope, shift = arrays["correction"].tolist()
    return Model(
        str(head["id"]),
        head["card"],
        entities,
        relations,
        arrays["allowed"].astype(np.bool_),
        tables,
        _encoder(arrays),
        arrays["trained"].astype(np.int64),
        Weights(**_fields("weights", Weights, arrays)),
        arrays["room"],
        _calibrator("calibrator", arrays),
        _calibrator("expected", arrays),
        (slope, shift),
    )


def _check_codes(model: Model) -> None:
    """Raises ValueError where a number points at nothing, or a tree back at itself: it would be walked for ever."""
    entities, relations = len(model.entities), len(model.relations)
    kinds = (2 * relations, len(KINDS))
    sound = model.allowed.shape == kinds and len(model.room) == 2 * relations and model.trained.ndim == 2
    ends = [(model.trained[:, at], size) for at, size in enumerate((entities, relations, entities))] if sound else []
    for calibrator in (model.calibrator, model.expected):
        forest = calibrator.forest
        here, size = np.arange(len(forest.value)), len(forest.value)
        ends += [(forest.left, size), (forest.right, size), (forest.roots, size), (forest.feature, len(NAMES))]
        sound &= bool((forest.left >= here).all() and (forest.right >= here).all())
        sound &= len(calibrator.offsets) == relations
    if not sound or any(len(codes) and not (codes.min() >= 0 and codes.max() < size) for codes, size in ends):
        raise ValueError("its numbers do not fit each other")


def _calibrator(of: str, arrays: Arrays) -> Calibrator:
    forest = _fields(f"{of}.forest", Forest, arrays)
    forest |= {name: forest[name].item() for name in ("base", "scale")}
    return Calibrator(
        Forest(**forest),
        Curve(**_fields(f"{of}.full", Curve, arrays)),
        Curve(**_fields(f"{of}.blind", Curve, arrays)),
        arrays[f"{of}.base"].item(),
        arrays[f"{of}.offsets"],
    )


def _fields(of: str, kind: type[Weights | Forest | Curve], arrays: Arrays) -> Arrays:
    return {name: arrays[f"{of}.{name}"] for name in kind.__slots__}


def _encoder(arrays: Arrays) -> Encoder:
    encoder = Encoder(*arrays["relations"].shape)
    start = "encoder."
    state = {
        name.removeprefix(start): torch.from_numpy(array) for name, array in arrays.items() if name.startswith(start)
    }
    encoder.load_state_dict(state)
    encoder.eval()
    return encoder
