"""Doubt: accepted statements that the graph speaks against, the most doubtful first, for a reviewer to look at again.

What was accepted by its sources alone, before there was a model, is judged with one as soon as one is in
service, each statement without its own edge and without the vectors that learned it. Where the gate would
not accept it today, it stays accepted and is put to review; of many only the most doubtful, since reviewers
have limited time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marquee.gnn.audit import drawn
from marquee.gnn.gate import Thresholds, leading
from marquee.schema.values import Action, Judgement, Verdict

SHARE = 0.002  # of all that was judged again, at most so many are put to review
_FEW = 10  # and so many in any case
_NOTE = "accepted, yet with the graph only "


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is kept of a judgement until all are there: the statement, its relation, its probability."""

    statement: str
    relation: str
    probability: float


def most_doubtful(opinions: Sequence[Opinion], thresholds: Thresholds, share: float = SHARE) -> list[Opinion]:
    """Those below the threshold of acceptance, least likely first, no more than `share` of all or ten."""
    low = [one for one in opinions if one.probability < thresholds.of(one.relation)[0]]
    low.sort(key=lambda one: (one.probability, one.statement))
    return low[: max(_FEW, math.ceil(share * len(opinions)))]


def verdicts(judgements: Iterable[Judgement], before: Mapping[str, Sequence[str]]) -> list[Verdict]:
    """Puts accepted statements to review without taking them back. `before`: reasons that stand, by statement."""
    return [
        Verdict(
            one.statement,
            Action.ACCEPT,
            (f"{_NOTE}{one.probability:.0%} likely", *leading(one, against=True), *_lots(before[one.statement])),
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
