"""Auditing: how precise the gate was, by what reviewers decided of the statements drawn at random."""

from __future__ import annotations

from marquee.gnn import audit
from marquee.graph.store import Reader
from marquee.schema.values import Action

_NAMES = {Action.ACCEPT: "accepted", Action.REJECT: "rejected"}


def measured(reader: Reader) -> dict[str, dict[str, float]]:
    """For what the gate accepted and rejected: drawn statements decided, share that the reviewers confirmed, and
    the ends of its 95 % interval. A verdict of which no drawn statement was decided is left out."""
    said = {one.statement: one.action for one in reader.decisions() if one.action in _NAMES}
    sample: dict[Action, list[tuple[float, bool]]] = {action: [] for action in _NAMES}
    for id_, statement in reader.statements(list(said), evidence=1).items():
        if (lot := audit.drawn(statement.reasons)) is not None:
            action, weight = lot
            sample[action].append((weight, said[id_] is action))
    found = {}
    for action, rows in sample.items():
        if (shares := audit.precision(rows)) is not None:
            precision, low, high = shares
            found[_NAMES[action]] = {"decided": len(rows), "precision": precision, "low": low, "high": high}
    return found
