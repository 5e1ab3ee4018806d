"""Judging: the calibrated probability of a statement, every part of it shown in log-odds.

Bayes' rule in log-odds: what the sources together say (the prior), plus the log likelihood ratio of what
the graph shows. A statement the graph has no ground for, and every statement when there is no model, keeps
its prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from marquee.gnn import prior
from marquee.schema.snapshot import STATUS_CODE, Snapshot
from marquee.schema.values import Judgement, Status

if TYPE_CHECKING:
    from marquee.gnn.model import Model


def judge(snapshot: Snapshot, model: Model | None, rows: Sequence[int] | None = None) -> list[Judgement]:
    """Judgements of statements, by default of all pending ones, in order of `rows`.

    Needs columns status and support; uses names (for the notes) and literals where they are there. The
    graph is the snapshot's accepted facts; a statement that is one of them is judged without its own edge.
    """
    chosen = _pending(snapshot) if rows is None else rows
    judged = prior.judgements(snapshot, chosen)
    if model is None or not judged:
        return judged
    from marquee.gnn import likelihood

    found = likelihood.weigh(snapshot, model, chosen)
    return [_joined(judgement, finding, model.id) for judgement, finding in zip(judged, found, strict=True)]


def _pending(snapshot: Snapshot) -> Sequence[int]:
    pending = STATUS_CODE[Status.PENDING]
    return [row for row, status in enumerate(snapshot.status) if status == pending]


def _joined(judgement: Judgement, finding: prior.Finding | None, model: str) -> Judgement:
    if finding is None:
        return replace(judgement, model=model)
    base = sum(part.log_odds for part in judgement.parts)
    probability = prior.sigmoid(base + sum(part.log_odds for part in finding.parts))
    low, high = (prior.sigmoid(base + end) for end in finding.interval)
    interval = (min(low, probability), max(high, probability))
    return Judgement(
        judgement.statement, probability, interval, (*judgement.parts, *finding.parts), model, grounded=True
    )
