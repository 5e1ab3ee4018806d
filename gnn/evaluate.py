"""Measuring on public benchmarks: train on the train split alone, rank the test split, say what it cost."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from marquee.gnn import pools, ranking
from marquee.gnn.arithmetic import frugal
from marquee.gnn.complex import Settings, fit, scores
from marquee.gnn.triples import Graph, Triples
from marquee.schema.errors import InputError, ModelError

Names = Sequence[tuple[str, str, str]]
Progress = Callable[[str, float], None]

_ALL = 2**31  # as published results are: against every entity
# Without kinds every entity is a candidate, so less regularisation is needed than with typed pools.
SETTINGS: dict[str, Settings] = {
    "fast": Settings(rank=192, epochs=18, batch=128, candidates=_ALL, n3=0.01),
    "full": Settings(rank=256, epochs=60, batch=128, candidates=_ALL, n3=0.01),
}


def links(
    train: Names,
    valid: Names,
    test: Names,
    tier: str = "fast",
    seed: int = 0,
    budget: float | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Filtered ranks of the test facts, both directions, ties realistic.

    Facts are (head, relation, tail) names; valid serves as filter only. `budget`: wall seconds for training.
    Besides figures: cpu_seconds of training and ranking, peak_mb of the process, unseen: test facts with an
    end that train lacks, ranked by chance. Raises ModelError without train facts or for an unknown tier,
    InputError without test facts.
    """
    if tier not in SETTINGS:
        raise ModelError(f"there is no tier {tier!r}.", mend=f"Take one of: {', '.join(SETTINGS)}.")
    if not test:
        raise InputError("there is no test fact to rank.", mend="Give a test.txt with head, relation, tail by tabs.")
    began = time.process_time()
    entities, relations, (train_, valid_, test_) = _code(train, valid, test)
    graph = Graph(train_, len(entities), len(relations))
    known = Graph(np.concatenate([train_, valid_, test_]), len(entities), len(relations))
    types = pools.pools(list(relations), np.zeros(len(entities), dtype=np.int64), known.triples)
    settings = replace(SETTINGS[tier], seconds=budget)
    with frugal():
        tables = fit(graph, types, settings, seed, tick=_tick(progress, settings.epochs))
        ranked = ranking.ranks(test_, known, types, scores(tables))
    return {
        **ranked.figures(),
        "by_relation": ranked.by_relation(list(relations)),
        "cpu_seconds": round(time.process_time() - began, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "statements": len(graph),
        "entities": len(entities),
        "unseen": int((graph.degree[test_[:, [0, 2]]] == 0).any(1).sum()),
        "tier": tier,
        "seed": seed,
    }


def _code(*parts: Names) -> tuple[dict[str, int], dict[str, int], list[Triples]]:
    entities: dict[str, int] = {}
    relations: dict[str, int] = {}
    coded = [
        np.array(
            [
                (entities.setdefault(h, len(entities)), relations.setdefault(r, len(relations)), entities.setdefault(t, len(entities)))
                for h, r, t in part
            ],
            dtype=np.int64,
        ).reshape(-1, 3)
        for part in parts
    ]  # fmt: skip
    return entities, relations, coded


def _tick(progress: Progress | None, epochs: int) -> Callable[[int, float], None] | None:
    if progress is None:
        return None
    return lambda epoch, loss: progress("learning vectors", (epoch + 1) / epochs)
