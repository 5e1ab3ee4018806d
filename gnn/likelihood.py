"""The graph's part of a judgement: a log likelihood ratio, split among the kinds of evidence that made it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from marquee.gnn import features, triples, view
from marquee.gnn.arithmetic import frugal
from marquee.gnn.calibrate import sigmoid
from marquee.gnn.forest import Reals
from marquee.gnn.model import Model
from marquee.gnn.prior import Finding
from marquee.gnn.triples import Bools, Floats, Ints
from marquee.gnn.view import View
from marquee.gnn.wording import note
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Part

MISFIT = -4.0  # log ratio of a statement whose end is of a wrong kind
_FOR = "what else the graph holds speaks for it"


@frugal()
def weigh(snapshot: Snapshot, model: Model, rows: Sequence[int], brief: bool = False) -> list[Finding | None]:
    """What the graph says of each row, `brief` in one part where it speaks for it; None where it has no ground.

    It has none when the object is a literal, the relation is new to the model, or an end has no other
    accepted fact.
    """
    seen = view.of(snapshot, model)
    chosen = np.asarray(rows, dtype=np.int64)
    statements = seen.rows[chosen]
    firm = np.flatnonzero(grounded(seen, statements))
    findings: list[Finding | None] = [None] * len(chosen)
    if len(firm):
        for place, finding in zip(firm, _findings(seen, statements[firm], brief), strict=True):
            findings[int(place)] = finding
    return findings


@frugal()
def ratios(snapshot: Snapshot, model: Model, facts: Sequence[tuple[str, str, str]]) -> list[float]:
    """The log likelihood ratio of facts between entity ids; 0 without ground, `MISFIT` for a wrong kind."""
    seen = view.of(snapshot, model)
    statements = _coded(seen, facts)
    ratio = np.zeros(len(statements))
    firm = np.flatnonzero(grounded(seen, statements))
    if len(firm):
        described = features.compute(seen.ground, statements[firm])
        ratio[firm] = model.calibrator.log_ratio(described, statements[firm, 1])[0]
    return [float(value) for value in np.where(_misfits(seen, statements), MISFIT, ratio)]


@frugal()
def coherence(snapshot: Snapshot, model: Model, entity_ids: Sequence[str]) -> dict[str, float]:
    """The mean log ratio of each entity's statements, pending or accepted, as a share; 0.5 without ground."""
    index = snapshot.index()
    chosen = [index[entity] for entity in entity_ids if entity in index]
    seen = view.with_entities(snapshot, model, np.array(chosen, dtype=np.int64))
    inside = np.zeros(len(snapshot.entities), dtype=np.bool_)
    inside[chosen] = True
    mine = seen.ground.graph.triples
    mine = mine[inside[mine[:, 0]] | inside[mine[:, 2]]]
    mine = mine[grounded(seen, mine)]
    total, count = np.zeros(len(inside)), np.zeros(len(inside))
    if len(mine):
        ratio = model.calibrator.log_ratio(features.blind(features.compute(seen.ground, mine)), mine[:, 1])[0]
        for end in (0, 2):
            np.add.at(total, mine[:, end], ratio)
            np.add.at(count, mine[:, end], 1)
    mean = sigmoid(total / np.maximum(count, 1))
    return {entity: float(mean[index[entity]]) if entity in index else 0.5 for entity in entity_ids}


def _coded(seen: View, facts: Sequence[tuple[str, str, str]]) -> Ints:
    relations = {name: code for code, name in enumerate(seen.model.relations)}
    codes = [(seen.index.get(h, -1), relations.get(r, -1), seen.index.get(t, -1)) for h, r, t in facts]
    return np.array(codes, dtype=np.int64).reshape(-1, 3)


def _misfits(seen: View, statements: Ints) -> Bools:
    """Whether an end is of a kind the relation does not take."""
    pools, relations = seen.ground.pools, len(seen.model.relations)
    bad = np.zeros(len(statements), dtype=np.bool_)
    known = np.flatnonzero((statements >= 0).all(1))
    head, relation, tail = statements[known].T
    bad[known] = ~(pools.fits(relation, tail) & pools.fits(triples.invert(relation, relations), head))
    return bad


def grounded(seen: View, statements: Ints) -> Bools:
    """Whether the graph knows anything else of both ends of each triple."""
    graph = seen.ground.graph
    firm = np.zeros(len(statements), dtype=np.bool_)
    known = np.flatnonzero((statements >= 0).all(1))
    head, relation, tail = statements[known].T
    own = graph.has(head, relation, tail)
    firm[known] = (graph.degree[head] > own) & (graph.degree[tail] > own)
    return firm


def _findings(seen: View, statements: Ints, brief: bool) -> list[Finding]:
    described = features.compute(seen.ground, statements)
    calibrator = seen.model.calibrator
    ratio, low, high = (column.tolist() for column in calibrator.log_ratio(described, statements[:, 1]))
    parts: list[tuple[Part, ...]] = [(Part("graph", value, None, _FOR),) for value in ratio]
    full = [at for at, value in enumerate(ratio) if value < 0 or not brief]
    for at, shares in zip(full, calibrator.shares(described[full]), strict=True):
        parts[at] = _parts(seen, statements[at], described[at], shares, ratio[at])
    return [Finding(*found) for found in zip(parts, zip(low, high, strict=True), strict=True)]


def _parts(seen: View, statement: Ints, described: Floats, shares: Reals, ratio: float) -> tuple[Part, ...]:
    """One part for each group of features, and one for what calibration changed; they add up to the ratio."""
    values = dict(zip(features.NAMES, described.tolist(), strict=True))
    parts = []
    for name, share in zip(features.COLUMNS, shares[1:], strict=True):
        text, value = note(name, seen, statement, values, float(share))
        parts.append(Part(name, float(share), value, text))
    rest = ratio - float(shares[1:].sum())
    return (*parts, Part("calibration", rest, None, "base rate and isotonic calibration"))
