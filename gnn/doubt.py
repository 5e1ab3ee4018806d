"""Doubt: accepted statements that the graph speaks against, the most doubtful first, for a reviewer to look at again.

What was accepted by its sources alone, before there was a model, is judged with one as soon as one is in
service, each statement without its own edge and without the vectors that learned it. Where the gate would
not accept it today, it stays accepted and is put to review; of many only the most doubtful, since reviewers
have limited time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from marquee.gnn.audit import drawn
from marquee.gnn.gate import Thresholds, leading
from marquee.schema.values import Action, Judgement, Verdict

SHARE = 0.002  # of all that was judged again, at most so many are put to review
_FEW = 10  # and so many in any case
_NOTE = "accepted, yet with the graph only "


def below(judgement: Judgement, relation: str, thresholds: Thresholds) -> bool:
    """Whether the graph has a say in it and the gate would not accept it today."""
    return judgement.grounded and judgement.probability < thresholds.of(relation)[0]


def most_doubtful(low: Iterable[Judgement], judged: int, share: float = SHARE) -> list[Judgement]:
    """The least likely of those that are `below`, no more than `share` of all that were judged, or ten."""
    ranked = sorted(low, key=lambda one: (one.probability, one.statement))
    return ranked[: max(_FEW, math.ceil(share * judged))]


def verdicts(judgements: Iterable[Judgement], before: Mapping[str, Sequence[str]]) -> list[Verdict]:
    """Puts accepted statements to review without taking them back. `before`: reasons that stand, by statement."""
    return [
        Verdict(
            one.statement,
            Action.ACCEPT,
            (f"{_NOTE}{one.probability:.0%} likely", *leading(one.parts, against=True), *_lots(before[one.statement])),
            audit=True,
        )
        for one in judgements
    ]


def relieved(waiting: Mapping[str, Sequence[str]]) -> list[Verdict]:
    """Ends the wait of statements that were doubted once and are no more; those drawn for audit wait on."""
    doubted = {id_: reasons for id_, reasons in waiting.items() if any(r.startswith(_NOTE) for r in reasons)}
    return [Verdict(id_, Action.ACCEPT, _lots(reasons), audit=bool(_lots(reasons))) for id_, reasons in doubted.items()]


def _lots(reasons: Sequence[str]) -> tuple[str, ...]:
    """What says that a statement was drawn for audit: it stays drawn."""
    return tuple(reason for reason in reasons if drawn([reason]))
