"""A trained model: vectors, path weights, calibrator, and the card that says where they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from marquee.gnn.calibrate import Calibrator
from marquee.gnn.complex import Tables
from marquee.gnn.encoder import Encoder
from marquee.gnn.paths import Weights
from marquee.gnn.triples import Bools, Floats, Triples
from marquee.schema.kinds import Kind
from marquee.schema.relations import RELATIONS

CODE_VERSION = 1  # raised whenever features or arrays change their meaning


@dataclass(frozen=True, slots=True)
class Model:
    """What training leaves behind, all in the model's own codes of E entities and R relations.

    trained (N, 3): the triples the vectors have seen. allowed (2R, K): kinds a relation's tail may have.
    room (2R, 9): see `ground.room`. calibrator: of
    statements that a source makes; expected: of guesses that none does. correction: slope and shift of
    log-odds that reviewers' decisions ask for. card: data hash, seed, tier, held-out figures, times, code version.
    """

    id: str
    card: Mapping[str, Any]
    entities: tuple[str, ...]
    relations: tuple[str, ...]
    allowed: Bools
    tables: Tables
    encoder: Encoder
    trained: Triples
    weights: Weights
    room: Floats
    calibrator: Calibrator
    expected: Calibrator
    correction: tuple[float, float] = (1.0, 0.0)


@lru_cache(maxsize=1)
def vocabulary_digest() -> str:
    """A digest of kinds and relations: a model fits only the vocabulary it was trained with."""
    rows = [f"{kind}" for kind in Kind]
    rows += [f"{row.name}/{sorted(row.domain)}/{sorted(row.tail_kinds)}" for row in RELATIONS.values()]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
