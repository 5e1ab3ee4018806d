"""The model store: a folder of artifacts, and which of them is in service."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marquee.schema.errors import MissingExtra, ModelError

if TYPE_CHECKING:
    from marquee.gnn.artifact import Model

_SERVICE = "service.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a newly trained model: its folder, whether it went into service, and why (not)."""

    folder: Path
    promoted: bool
    reason: str


def in_service(folder: Path) -> Model | None:
    """The model in service, or None where none is. Raises ModelError where it cannot be loaded."""
    id_ = service_id(folder)
    if id_ is None:
        return None
    return _loaded(folder / id_)


_last: list[tuple[Path, Model]] = []


def _loaded(folder: Path) -> Model:
    """A model never changes once it is kept, so the last one loaded or kept stays in memory."""
    for place, model in _last:
        if place == folder:
            return model
    try:
        from marquee.gnn.artifact import load
    except ImportError as error:
        raise MissingExtra(error.name or "torch", "gnn") from None
    _last.clear()  # not two at once
    model = load(folder)
    _last[:] = [(folder, model)]
    return model


def trainer() -> Callable[..., Model]:
    """The function that trains. Raises MissingExtra where the gnn extra is not installed."""
    try:
        from marquee.gnn.train import train
    except ImportError as error:
        raise MissingExtra(error.name or "torch", "gnn") from None
    return train


def service_id(folder: Path) -> str | None:
    """The id of the model in service, without loading it."""
    try:
        return str(json.loads((folder / _SERVICE).read_text(encoding="utf-8"))["model"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelError(
            "cannot be read.", where=str(folder / _SERVICE), mend="Delete it, then train again: marquee train links"
        ) from None


def keep(model: Model, folder: Path) -> Kept:
    """Saves a model, and puts it into service unless it is worse than the one there.

    Worse: its held-out MRR lies below the other's by more than two standard errors of both together. One
    that this version of the code cannot use is replaced.
    """
    from marquee.gnn.artifact import save, usable

    place = folder / model.id
    save(model, place)
    current = service_id(folder)
    held = _card(folder / current) if current is not None and current != model.id else {}
    if all(held.get(name) == model.card.get(name) for name in ("code_version", "vocabulary")):
        old, new = float(held.get("mrr", 0.0)), float(model.card.get("mrr", 0.0))
        slack = 2 * math.hypot(float(held.get("mrr_se", 0.0)), float(model.card.get("mrr_se", 0.0)))
        if new < old - slack:
            return Kept(place, False, f"its held-out MRR {new:.3f} is below {old:.3f} of the model in service")
    promote(folder, model.id)
    _last[:] = [(place, model)] if usable(model) else []
    return Kept(place, True, "no model was in service" if current is None else "it is no worse than the one before")


def promote(folder: Path, id_: str) -> None:
    """Puts a kept model into service; one rename, so that a reader sees the old one or the new one."""
    if not (folder / id_).is_dir():
        raise ModelError(f"there is no model {id_!r}.", where=str(folder), mend="See: marquee status")
    part = folder / f"{_SERVICE}.part"
    part.write_text(json.dumps({"model": id_}), encoding="utf-8")
    part.replace(folder / _SERVICE)


def _card(folder: Path) -> dict[str, Any]:
    """A kept model's card; empty where it cannot be read."""
    try:
        return dict(json.loads((folder / "card.json").read_text(encoding="utf-8"))["card"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
