"""The recipe: split, learn vectors, learn path weights, calibrate on facts held out, measure, refresh on all.

The figures on the card are those of the model that has not seen the test facts. The vectors that go into
service are then trained a little further on all facts, so that nothing accepted is unknown to them.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from marquee.gnn import calibrate, features, negatives, paths, pools, ranking, reliability, splits, triples
from marquee.gnn.calibrate import Calibrator
from marquee.gnn.complex import Settings, Tables, fit, query
from marquee.gnn.ground import Ground, room
from marquee.gnn.model import CODE_VERSION, Model, vocabulary_digest
from marquee.gnn.pools import Pools
from marquee.gnn.ranking import Scores
from marquee.gnn.triples import Floats, Graph, Ints, Triples
from marquee.schema.errors import ModelError
from marquee.schema.snapshot import Snapshot

Progress = Callable[[str, float], None]
LEAST_FACTS = 100
_TEST, _CALIBRATION = 0.05, 0.10


@dataclass(frozen=True, slots=True)
class Tier:
    """How much to spend: settings of the vectors, epochs of the last training on all, rows to calibrate on."""

    settings: Settings
    refresh: int
    calibration: int
    default_seconds: float


TIERS: dict[str, Tier] = {
    "fast": Tier(Settings(rank=128, epochs=20), refresh=3, calibration=6000, default_seconds=45),
    "full": Tier(Settings(rank=256, epochs=50, batch=128), refresh=5, calibration=20000, default_seconds=420),
}


def train(
    snapshot: Snapshot,
    tier: str = "fast",
    seed: int = 0,
    budget: float | None = None,
    progress: Progress | None = None,
) -> Model:
    """A model of the accepted facts between entities; needs column status, or takes all rows as accepted.

    `budget`: wall seconds for learning the vectors, after which the epoch at hand is the last.
    `progress` is called with what is being done and how far the whole is, 0 to 1.
    Raises ModelError when there are too few facts to hold any out.
    """
    began = time.monotonic()
    plan = _plan(tier)
    facts = triples.unique(triples.triples_of(snapshot, triples.accepted(snapshot)))
    if len(facts) < LEAST_FACTS:
        raise ModelError(
            f"{len(facts)} accepted facts between entities are too few to learn from; {LEAST_FACTS} are needed.",
            mend="Ingest more records; until then statements are judged by their sources alone.",
        )
    facts, relations = _drop_unused_relations(snapshot, facts)
    kinds = np.asarray(snapshot.kinds, dtype=np.int64)
    work = _Work(facts, relations, kinds, plan, seed, progress or (lambda what, share: None), budget)
    return _model(snapshot, work, _learn(work), tier, began)


def ground(graph: Graph, types: Pools, tables: Tables, trained: Triples, weights: paths.Weights) -> Ground:
    """The ground of a graph whose entities all have a vector."""
    return Ground(
        graph,
        types,
        graph.degree > 0,
        tables.entities,
        tables.relations,
        np.sort(graph.key(*trained.T)),
        weights,
        room(graph, types),
    )


def scores(tables: Tables) -> Scores:
    """The scoring function that ranking asks for."""

    def table(heads: Ints, relations: Ints, candidates: Ints) -> Floats:
        asked = query(tables.entities[torch.from_numpy(heads)], tables.relations[torch.from_numpy(relations)])
        return np.asarray((asked @ tables.entities[torch.from_numpy(candidates)].T).numpy())

    return table


# --- steps ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Work:
    """What the steps share."""

    facts: Triples
    relations: tuple[str, ...]
    kinds: Ints
    plan: Tier
    seed: int
    progress: Progress
    budget: float | None

    def graph(self, facts: Triples) -> Graph:
        return Graph(facts, len(self.kinds), len(self.relations))


@dataclass(frozen=True, slots=True)
class _Learned:
    tables: Tables
    types: Pools
    weights: paths.Weights
    calibrator: Calibrator
    figures: dict[str, Any]


def _learn(work: _Work) -> _Learned:
    test, held, rest = _parts(work)
    types = pools.pools(work.relations, work.kinds, rest)
    known, graph = work.graph(work.facts), work.graph(rest)
    tables = _fit(work, graph, types, None, 0.0, 0.6)
    work.progress("learning paths", 0.6)
    weights = _weights(work, graph, known, types)
    split = ground(graph, types, tables, rest, weights)
    work.progress("calibrating", 0.65)
    calibrator, figures = _calibrate(work, split, known, held)
    work.progress("measuring", 0.8)
    figures |= _measure(work, split, known, test, calibrator, tables)
    final = _fit(work, known, types, tables, 0.85, 1.0)
    return _Learned(final, types, weights, calibrator, figures)


def _parts(work: _Work) -> tuple[Triples, Triples, Triples]:
    """Test facts (all facts of a pair together), facts to calibrate on (random gaps), and the rest."""
    test, others = splits.split(work.facts, [_TEST], work.seed)
    held, rest = splits.split(others, [_CALIBRATION], work.seed + 1, pairs=False)
    if len(held) < 10 or len(test) < 5:
        raise ModelError(
            "the graph is too thin to hold facts out: nearly every entity has a single one.",
            mend="Ingest more records about the same works and people.",
        )
    return test, held, rest


def _fit(work: _Work, graph: Graph, types: Pools, start: Tables | None, low: float, high: float) -> Tables:
    settings = work.plan.settings
    seconds = work.budget if work.budget is not None else work.plan.default_seconds
    if start is not None:
        settings = replace(settings, epochs=work.plan.refresh)
        seconds *= work.plan.refresh / work.plan.settings.epochs
    what = "learning vectors" if start is None else "learning from all facts"

    def tick(epoch: int, loss: float) -> None:
        work.progress(what, low + (high - low) * (epoch + 1) / settings.epochs)

    work.progress(what, low)
    return fit(graph, types, replace(settings, seconds=seconds), work.seed, start, tick)


def _weights(work: _Work, graph: Graph, known: Graph, types: Pools) -> paths.Weights:
    true = _sample(graph.triples, 2 * work.plan.calibration, work.seed)
    false = negatives.corrupt(true, graph, types, work.seed, each=2, known=known)
    return paths.learn(graph, true, false.triples)


def examples(
    graph: Graph, known: Graph, types: Pools, true: Triples, seed: int, size: int
) -> tuple[Triples, Ints, Ints]:
    """Rows to calibrate on: held-out facts, and corruptions of them and of as many facts of the graph.

    The corruptions of the graph's own facts are what a false claim often looks like: the true value is
    already there. Returns triples (N, 3), labels (N,), and the fact each was made from (N,).
    """
    true = _sample(true, size, seed)
    inside = _sample(graph.triples, len(true), seed + 1)
    out = negatives.corrupt(true, graph, types, seed + 2, each=2, known=known)
    within = negatives.corrupt(inside, graph, types, seed + 3, each=2, known=known)
    rows = np.concatenate([true, out.triples, within.triples])
    labels = np.repeat([1, 0], [len(true), len(out.triples) + len(within.triples)])
    owner = np.concatenate([np.arange(len(true)), out.owner, within.owner + len(true)])
    return rows, labels, owner


def _calibrate(work: _Work, split: Ground, known: Graph, held: Triples) -> tuple[Calibrator, dict[str, Any]]:
    rows, labels, owner = examples(split.graph, known, split.pools, held, work.seed, work.plan.calibration)
    described = features.compute(split, rows)
    calibrator, _ = calibrate.fit(described, labels, owner, work.seed)
    return calibrator, {"calibration_rows": len(rows)}


def _measure(
    work: _Work, split: Ground, known: Graph, test: Triples, calibrator: Calibrator, tables: Tables
) -> dict[str, Any]:
    test = _sample(test, 5000, work.seed)
    ranked = ranking.ranks(test, known, split.pools, scores(tables))
    rows, labels, _ = examples(split.graph, known, split.pools, test, work.seed + 7, len(test))
    described = features.compute(split, rows)
    measured: dict[str, Any] = {**ranked.figures(), "by_relation": ranked.by_relation(work.relations)}
    for name, view in (("", described), ("blind_", features.blind(described))):
        log_ratio, _, _ = calibrator.log_ratio(view)
        probability = calibrate.sigmoid(log_ratio + calibrator.base)
        measured |= {name + key: value for key, value in reliability.figures(probability, labels).items()}
        if not name:
            measured["reliability"] = reliability.bins(probability, labels)
            measured["log_ratio_true"] = float(log_ratio[labels == 1].mean())
            measured["log_ratio_false"] = float(log_ratio[labels == 0].mean())
    return {**measured, "test_facts": len(test)}


def _model(snapshot: Snapshot, work: _Work, learned: _Learned, tier: str, began: float) -> Model:
    card = {
        **learned.figures,
        "statements": len(work.facts),
        "entities": len(np.unique(work.facts[:, [0, 2]])),
        "relations": len(work.relations),
        "seed": work.seed,
        "tier": tier,
        "seconds": round(time.monotonic() - began, 2),
        "data_hash": _hash(snapshot, work.facts, work.relations),
        "code_version": CODE_VERSION,
        "vocabulary": vocabulary_digest(),
        "trained_on": "held-out figures without the test facts; vectors then trained further on all facts",
    }
    digest = hashlib.sha256(f"{card['data_hash']}/{tier}/{work.seed}/{CODE_VERSION}".encode())
    digest.update(learned.tables.entities.numpy().tobytes())
    return Model(
        "m" + digest.hexdigest()[:12],
        card,
        tuple(snapshot.entities),
        work.relations,
        learned.types.allowed,
        learned.tables,
        work.facts,
        learned.weights,
        room(work.graph(work.facts), learned.types),
        learned.calibrator,
    )


def _plan(tier: str) -> Tier:
    if tier not in TIERS:
        raise ModelError(f"there is no tier {tier!r}.", mend=f"Take one of: {', '.join(TIERS)}.")
    return TIERS[tier]


def _drop_unused_relations(snapshot: Snapshot, facts: Triples) -> tuple[Triples, tuple[str, ...]]:
    used, code = np.unique(facts[:, 1], return_inverse=True)
    facts = np.stack([facts[:, 0], code.reshape(-1), facts[:, 2]], axis=1)
    return facts, tuple(snapshot.relations[number] for number in used)


def _sample(facts: Triples, size: int, seed: int) -> Triples:
    if len(facts) <= size:
        return facts
    return facts[np.sort(np.random.default_rng(seed).choice(len(facts), size, replace=False))]


def _hash(snapshot: Snapshot, facts: Triples, relations: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\n".join([*snapshot.entities, *relations]).encode("utf-8", "surrogatepass"))
    digest.update(facts.astype("<i8").tobytes())
    return digest.hexdigest()
