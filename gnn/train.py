"""The recipe: split, learn vectors, learn path weights, calibrate on facts held out, measure, refresh on all.

The figures on the card are those of the model that has not seen the test facts; ranks are of those whose
ends nothing else joins, so that no other relation of the pair gives them away. The vectors that go into
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

from marquee.gnn import (
    calibrate,
    encoder,
    examples,
    measure,
    negatives,
    paths,
    pools,
    splits,
    triples,
)
from marquee.gnn.arithmetic import frugal
from marquee.gnn.calibrate import Calibrator
from marquee.gnn.complex import Settings, Tables, fit
from marquee.gnn.ground import Ground, count, room
from marquee.gnn.judge import judge
from marquee.gnn.model import CODE_VERSION, Model, vocabulary_digest
from marquee.gnn.pools import Pools
from marquee.gnn.triples import Graph, Ints, Triples
from marquee.schema.errors import ModelError
from marquee.schema.snapshot import Snapshot

Progress = Callable[[str, float], None]
LEAST_FACTS = 100
_DECISIONS = 50  # reviewers' decisions from which on they are learned from
_TEST, _CALIBRATION = 0.05, 0.10
_MEASURED = 5000  # test facts at most


@dataclass(frozen=True, slots=True)
class Tier:
    """How much to spend: on vectors, on the encoder, epochs of the last training on all, facts to calibrate on."""

    settings: Settings
    encoder: encoder.Settings
    refresh: int
    calibration: int


TIERS: dict[str, Tier] = {
    "fast": Tier(Settings(rank=128, epochs=15, n3=0.03), encoder.Settings(), refresh=2, calibration=6000),
    "full": Tier(
        Settings(rank=256, epochs=50, batch=128, n3=0.03),
        encoder.Settings(steps=1000),
        refresh=5,
        calibration=20000,
    ),
}


def train(
    snapshot: Snapshot,
    tier: str = "fast",
    seed: int = 0,
    budget: float | None = None,
    progress: Progress | None = None,
) -> Model:
    """A model of the accepted facts between entities; needs column status, or takes all rows as accepted.

    `budget`: wall seconds for learning the vectors, after which the epoch at hand is the last. Without it the
    same data and seed give the same model, however busy the machine.
    `progress` is called with what is being done and how far the whole is, 0 to 1.
    Raises ModelError when there are too few facts to hold any out.
    """
    began = time.monotonic()
    plan = _plan(tier)
    stated = triples.triples_of(snapshot, triples.accepted(snapshot))
    facts = Graph(stated, len(snapshot.entities), len(snapshot.relations)).triples
    if len(facts) < LEAST_FACTS:
        raise ModelError(
            f"{len(facts)} accepted facts between entities are too few to learn from; {LEAST_FACTS} are needed.",
            mend="Ingest more records; until then statements are judged by their sources alone.",
        )
    facts, relations = _drop_unused_relations(snapshot, facts)
    kinds = np.asarray(snapshot.kinds, dtype=np.int64)
    work = _Work(facts, relations, kinds, plan, seed, progress or (lambda what, share: None), budget)
    with frugal():
        model = _model(snapshot, work, _learn(work), tier, began)
        model = replace(model, correction=_correction(snapshot, model))
        return replace(model, id=_id(model))


def ground(
    graph: Graph, types: Pools, tables: Tables, trained: Triples, weights: paths.Weights, reader: encoder.Encoder
) -> Ground:
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
        reader,
        encoder.encode_all(reader, graph, tables),
        count(graph, types),
    )


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
    reader: encoder.Encoder
    types: Pools
    weights: paths.Weights
    calibrator: Calibrator
    expected: Calibrator
    figures: dict[str, Any]


def _learn(work: _Work) -> _Learned:
    test, held, rest = _parts(work)
    types = pools.pools(work.relations, work.kinds, work.facts)
    known, graph = work.graph(work.facts), work.graph(rest)
    tables = _fit(work, graph, types, None, 0.0, 0.6)
    work.progress("learning paths", 0.6)
    weights = _weights(work, graph, known, types)
    work.progress("learning to read neighbours", 0.62)
    reader = encoder.fit(graph, types, tables, work.plan.encoder, work.seed)
    split = ground(graph, types, tables, rest, weights, reader)
    work.progress("calibrating", 0.7)
    rows = examples.judged(split, known, examples.sample(held, work.plan.calibration, work.seed), work.seed)
    if rows.labels.all():
        raise ModelError(
            "no fact can be made up: all that the vocabulary allows between these entities is in the graph.",
            mend="Ingest records about more works and people.",
        )
    calibrator = _calibrator(work, rows)
    work.progress("calibrating predictions", 0.76)
    expected = _calibrator(work, examples.guessed(split, work.graph(np.concatenate([held, test]))))
    work.progress("measuring", 0.8)
    test = examples.sample(test, _MEASURED, work.seed)
    figures = measure.held_out(split, known, test, calibrator, work.relations, work.seed + 7)
    figures["calibration_rows"] = len(rows.labels)
    del split, rows  # as large as the vectors that are now taught further
    final = _fit(work, known, types, tables, 0.85, 1.0)
    return _Learned(final, reader, types, weights, calibrator, expected, figures)


def _parts(work: _Work) -> tuple[Triples, Triples, Triples]:
    """Test facts, facts to calibrate on, and the rest: random gaps, as an incomplete graph has them."""
    test, held, rest = splits.split(work.facts, [_TEST, _CALIBRATION], work.seed, pairs=False)
    if len(held) < 10 or len(test) < 5:
        raise ModelError(
            "the graph is too thin: too few facts can be held out without leaving an entity bare.",
            mend="Ingest more records about the same works and people.",
        )
    return test, held, rest


def _fit(work: _Work, graph: Graph, types: Pools, start: Tables | None, low: float, high: float) -> Tables:
    settings = work.plan.settings
    share = 1.0
    if start is not None:
        settings = replace(settings, epochs=work.plan.refresh)
        share = work.plan.refresh / work.plan.settings.epochs
    seconds = None if work.budget is None else work.budget * share
    what = "learning vectors" if start is None else "learning from all facts"

    def tick(epoch: int, loss: float) -> None:
        work.progress(what, low + (high - low) * (epoch + 1) / settings.epochs)

    work.progress(what, low)
    return fit(graph, types, replace(settings, seconds=seconds), work.seed, start, tick)


def _weights(work: _Work, graph: Graph, known: Graph, types: Pools) -> paths.Weights:
    true = examples.sample(graph.triples, 2 * work.plan.calibration, work.seed)
    false = negatives.corrupt(true, graph, types, work.seed, each=2, known=known)
    return paths.learn(graph, true, false.triples)


def _calibrator(work: _Work, rows: examples.Examples) -> Calibrator:
    return calibrate.fit(rows.features, rows.labels, rows.relation, rows.owner, len(work.relations), work.seed)


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
    taught, code = np.unique(work.facts[:, [0, 2]], return_inverse=True)
    head, tail = code.reshape(-1, 2).T
    return Model(
        "",
        card,
        tuple(snapshot.entities[entity] for entity in taught),
        work.relations,
        learned.types.allowed,
        Tables(learned.tables.entities[torch.from_numpy(taught)], learned.tables.relations),
        learned.reader,
        np.stack([head, work.facts[:, 1], tail], axis=1),
        learned.weights,
        room(work.graph(work.facts), learned.types),
        learned.calibrator,
        learned.expected,
    )


def _id(model: Model) -> str:
    """Named by what it is: the same data, decisions and seed give the same id."""
    digest = hashlib.sha256(model.tables.entities.numpy().tobytes())
    told = [model.card[name] for name in ("data_hash", "tier", "seed", "code_version")]
    digest.update(f"{told}/{model.correction}".encode())
    return "m" + digest.hexdigest()[:12]


def _correction(snapshot: Snapshot, model: Model) -> tuple[float, float]:
    """What reviewers' decisions (column decision) ask of the log-odds; nothing while they are few."""
    decided = [row for row, decision in enumerate(snapshot.decision) if decision]
    judged = [judgement for judgement in judge(snapshot, model, decided) if judgement.grounded]
    if len(judged) < _DECISIONS:
        return 1.0, 0.0
    said = {snapshot.statements[row]: int(snapshot.decision[row] > 0) for row in decided}
    log_odds = calibrate.logit(np.array([judgement.probability for judgement in judged]))
    return calibrate.correction(log_odds, np.array([said[judgement.statement] for judgement in judged]))


def _plan(tier: str) -> Tier:
    if tier not in TIERS:
        raise ModelError(f"there is no tier {tier!r}.", mend=f"Take one of: {', '.join(TIERS)}.")
    return TIERS[tier]


def _drop_unused_relations(snapshot: Snapshot, facts: Triples) -> tuple[Triples, tuple[str, ...]]:
    used, code = np.unique(facts[:, 1], return_inverse=True)
    facts = np.stack([facts[:, 0], code.reshape(-1), facts[:, 2]], axis=1)
    return facts, tuple(snapshot.relations[number] for number in used)


def _hash(snapshot: Snapshot, facts: Triples, relations: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\n".join([*snapshot.entities, *relations]).encode("utf-8", "surrogatepass"))
    digest.update(facts.astype("<i8").tobytes())
    return digest.hexdigest()
