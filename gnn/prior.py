"""What the sources alone say of a statement: its probability before the graph is asked. Pure Python."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from marquee.schema.relations import RELATIONS
from marquee.schema.snapshot import STATUS_CODE, Snapshot
from marquee.schema.values import Judgement, Part, Status

MODEL = "prior"  # the name of the model where there is none
_UNKNOWN = 0.5
_LIKE = 10.0  # a source's word weighs like so many counted cases, which gives the interval
_CONFLICT = -2.0  # log-odds of a literal that differs from the one value held; a reviewer should look


@dataclass(frozen=True, slots=True)
class Finding:
    """What the graph adds to a prior: parts in log-odds, and the ends of their sum's interval."""

    parts: tuple[Part, ...]
    interval: tuple[float, float]


def judgements(snapshot: Snapshot, rows: Iterable[int]) -> list[Judgement]:
    """A judgement of each row by its support, and for a literal by the value already held.

    Support NaN or not asked for counts as even odds. Needs columns status and literals to see conflicts.
    """
    chosen = list(rows)
    held = _held_literals(snapshot) if any(snapshot.tail[row] < 0 for row in chosen) else {}
    return [_judgement(snapshot, row, held) for row in chosen]


def sigmoid(log_odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds))))


def logit(probability: float) -> float:
    """Log-odds of a probability, kept within one in ten thousand."""
    kept = max(1e-4, min(1 - 1e-4, probability))
    return math.log(kept / (1 - kept))


def _judgement(snapshot: Snapshot, row: int, held: Mapping[tuple[int, int], Sequence[tuple[int, str]]]) -> Judgement:
    support = snapshot.support[row] if len(snapshot.support) else math.nan
    said = _said(None if math.isnan(support) else support, _conflict(snapshot, row, held))
    return Judgement(snapshot.statements[row], *said, MODEL, grounded=False)


@lru_cache(maxsize=10_000)
def _said(support: float | None, others: tuple[Part, ...]) -> tuple[float, tuple[float, float], tuple[Part, ...]]:
    """The probability, interval and parts of support and what else there is. Many statements share them."""
    value = _UNKNOWN if support is None else support
    note = "nothing is known of its sources" if support is None else f"the sources together give it {value:.0%}"
    parts = (Part("support", logit(value), support, note), *others)
    log_odds = sum(part.log_odds for part in parts)
    spread = 1.96 / math.sqrt(_LIKE * value * (1 - value) + 1)
    return sigmoid(log_odds), (sigmoid(log_odds - spread), sigmoid(log_odds + spread)), parts


def _held_literals(snapshot: Snapshot) -> dict[tuple[int, int], list[tuple[int, str]]]:
    """Accepted literal values of one-value relations by (head, relation), with their rows."""
    held: dict[tuple[int, int], list[tuple[int, str]]] = {}
    if not len(snapshot.literals) or not len(snapshot.status):
        return held
    single = [
        name in RELATIONS and RELATIONS[name].single and not RELATIONS[name].identifying for name in snapshot.relations
    ]
    for row, text in enumerate(snapshot.literals):
        if text and single[snapshot.relation[row]] and snapshot.status[row] == STATUS_CODE[Status.ACCEPTED]:
            held.setdefault((snapshot.head[row], snapshot.relation[row]), []).append((row, text))
    return held


def _conflict(
    snapshot: Snapshot, row: int, held: Mapping[tuple[int, int], Sequence[tuple[int, str]]]
) -> tuple[Part, ...]:
    if not held or not snapshot.literals[row]:
        return ()
    mine = snapshot.literals[row]
    known = [text for other, text in held.get((snapshot.head[row], snapshot.relation[row]), ()) if other != row]
    if not known:
        return ()
    if any(text.startswith(mine) or mine.startswith(text) for text in known):
        return (Part("held", -_CONFLICT, None, f"it agrees with the value held, {known[0]}"),)
    return (Part("held", _CONFLICT, None, f"another value is held, {known[0]}"),)
