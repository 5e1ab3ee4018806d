"""Settling what a run staged: weigh the sources, judge, pass the gate, apply, compute attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from marquee.api.desk import Desk
from marquee.gnn.gate import About, Thresholds, gate
from marquee.gnn.judge import judge
from marquee.graph import attributes
from marquee.graph.store import Writer
from marquee.graph.support import support, with_rivals
from marquee.schema.values import Action, Statement, Status

if TYPE_CHECKING:
    from marquee.api.settings import Gate
    from marquee.gnn.artifact import Model

COLUMNS = ("status", "support", "score", "decision", "names", "literals")
_JUDGED = (Status.ACCEPTED, Status.PENDING, Status.REJECTED)
_CHUNK = 5000
_COUNTED = {Action.ACCEPT: "accepted", Action.REVIEW: "review", Action.REJECT: "rejected"}


def settle(desk: Desk, writer: Writer, touched: Collection[str], model: Model | None, now: str) -> Counter[str]:
    """Judges every statement of `touched` and applies the verdicts; counts accepted, review and rejected.

    Nothing is judged that a reviewer has decided. What was accepted before gets its new probability and
    stays accepted.
    """
    if not touched:
        return Counter()
    about = _weigh(desk, writer, touched)
    with desk.steps.step("judge"):
        snapshot = writer.snapshot(COLUMNS, _JUDGED)
        rows = [row for row, id_ in enumerate(snapshot.statements) if id_ in about]
        judgements = judge(snapshot, model, rows)
        writer.put_judgements(judgements)
    verdicts = gate(judgements, about, thresholds(desk.settings.gate))
    with desk.steps.step("apply"):
        writer.apply(verdicts)
        writer.set_model(model.id if model else judgements[0].model if judgements else "")
    compute_attributes(desk, writer, now)
    return Counter(_COUNTED[verdict.action] for verdict in verdicts)


def compute_attributes(desk: Desk, writer: Writer, now: str) -> None:
    """Computes every attribute anew from the accepted graph."""
    with desk.steps.step("attributes"):
        snapshot = writer.snapshot(attributes.COLUMNS)
        writer.put_attributes(attributes.compute(snapshot, now))


def thresholds(settings: Gate) -> Thresholds:
    """The gate's thresholds from the settings."""
    by_relation = {name: (accept, settings.reject) for name, accept in settings.relations.items()}
    return Thresholds(settings.accept, settings.reject, by_relation, settings.audit)


def _weigh(desk: Desk, writer: Writer, touched: Collection[str]) -> dict[str, About]:
    """Stores the support of every statement; what the gate must know of each."""
    about: dict[str, About] = {}
    with desk.steps.step("weigh the sources", total=len(touched)):
        for chunk in _chunks(touched):
            statements = list(writer.statements(chunk).values())
            weighed = support(with_rivals(statements, writer), desk.reliability)
            writer.put_support(weighed)
            about |= {statement.id: _about(statement) for statement in statements}
            desk.steps.advance(len(chunk))
    return about


def _chunks(ids: Collection[str]) -> Iterator[list[str]]:
    ordered = list(ids)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


def _about(statement: Statement) -> About:
    return About(
        relation=statement.relation,
        status=statement.status,
        modalities=tuple(dict.fromkeys(piece.modality for piece in statement.evidence)),
        open_names=tuple(end for end, _ in statement.candidates),
        doubts=statement.reasons if statement.status is Status.PENDING else (),
        decided=statement.status not in (Status.PENDING, Status.REJECTED),
    )
