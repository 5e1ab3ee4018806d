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
from marquee.schema.values import Judgement, Part, Status

if TYPE_CHECKING:
    from marquee.gnn.model import Model


def judge(
    snapshot: Snapshot, model: Model | None, rows: Sequence[int] | None = None, brief: bool = False
) -> list[Judgement]:
    """Judgements of statements, by default of all pending ones, in order of `rows`.

    `brief`: all that the graph says for a statement is one part, which is much quicker to make and to keep;
    where it speaks against one, the parts are told all the same.

    Needs columns status and support; uses names (for the notes) and literals where they are there. The
    graph is the snapshot's accepted facts; a statement that is one of them is judged without its own edge.
    """
    chosen = _pending(snapshot) if rows is None else rows
    judged = prior.judgements(snapshot, chosen)
    if model is None or not judged:
        return judged
    from marquee.gnn import likelihood

    found = likelihood.weigh(snapshot, model, chosen, brief)
    return [_joined(judgement, finding, model) for judgement, finding in zip(judged, found, strict=True)]


def _pending(snapshot: Snapshot) -> Sequence[int]:
    pending = STATUS_CODE[Status.PENDING]
    return [row for row, status in enumerate(snapshot.status) if status == pending]


def _joined(judgement: Judgement, finding: prior.Finding | None, model: Model) -> Judgement:
    if finding is None:
        return replace(judgement, model=model.id)
    base = sum(part.log_odds for part in judgement.parts)
    ratio = sum(part.log_odds for part in finding.parts)
    corrected = _corrected(base + ratio, model)
    low, high = (_corrected(base + end, model) for end in finding.interval)
    probability, least, most = (prior.sigmoid(value) for value in (corrected, low, high))
    parts = (*judgement.parts, *finding.parts, *_reviewed(corrected - base - ratio, model))
    interval = (min(least, probability), max(most, probability))
    return Judgement(judgement.statement, probability, interval, parts, model.id, grounded=True)


def _corrected(log_odds: float, model: Model) -> float:
    slope, shift = model.correction
    return slope * log_odds + shift


def _reviewed(change: float, model: Model) -> tuple[Part, ...]:
    if model.correction == (1.0, 0.0):
        return ()
    return (Part("reviewers", change, None, "what reviewers decided of statements like it"),)
