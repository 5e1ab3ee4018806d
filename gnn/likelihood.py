"""The graph's part of a judgement: a log likelihood ratio, split among the kinds of evidence that made it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from marquee.gnn import features, view
from marquee.gnn.forest import Reals
from marquee.gnn.model import Model
from marquee.gnn.prior import Finding
from marquee.gnn.triples import Bools, Floats, Ints
from marquee.gnn.view import View
from marquee.gnn.wording import note
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Part


def weigh(snapshot: Snapshot, model: Model, rows: Sequence[int]) -> list[Finding | None]:
    """What the graph says of each row; None where it has no ground to stand on.

    It has none when the object is a literal, the relation is new to the model, or an end has no other
    accepted fact.
    """
    seen = view.of(snapshot, model)
    chosen = np.asarray(rows, dtype=np.int64)
    statements = seen.rows[chosen]
    firm = np.flatnonzero(grounded(seen, statements))
    findings: list[Finding | None] = [None] * len(chosen)
    if len(firm):
        for place, finding in zip(firm, _findings(seen, statements[firm]), strict=True):
            findings[int(place)] = finding
    return findings


def grounded(seen: View, statements: Ints) -> Bools:
    """Whether the graph knows anything else of both ends of each triple."""
    graph = seen.ground.graph
    firm = np.zeros(len(statements), dtype=np.bool_)
    known = np.flatnonzero((statements >= 0).all(1))
    head, relation, tail = statements[known].T
    own = graph.has(head, relation, tail)
    firm[known] = (graph.degree[head] > own) & (graph.degree[tail] > own)
    return firm


def _findings(seen: View, statements: Ints) -> list[Finding]:
    described = features.compute(seen.ground, statements)
    calibrator = seen.model.calibrator
    ratio, low, high = calibrator.log_ratio(described)
    shares = calibrator.shares(described)
    return [
        Finding(_parts(seen, *row), (float(low[at]), float(high[at])))
        for at, row in enumerate(zip(statements, described, shares, ratio, strict=True))
    ]


def _parts(seen: View, statement: Ints, described: Floats, shares: Reals, ratio: float) -> tuple[Part, ...]:
    """One part for each group of features, and one for what calibration changed; they add up to the ratio."""
    values = dict(zip(features.NAMES, described.tolist(), strict=True))
    parts = []
    for name, share in zip(features.COLUMNS, shares[1:], strict=True):
        text, value = note(name, seen, statement, values, float(share))
        parts.append(Part(name, float(share), value, text))
    rest = float(ratio) - float(shares[1:].sum())
    return (*parts, Part("calibration", rest, None, "base rate and isotonic calibration"))
