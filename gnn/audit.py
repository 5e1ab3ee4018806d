"""The audit: verdicts drawn at random for a reviewer, so that what the gate lets in and turns away is measured.

Of what was judged with the graph every statement is drawn with the same chance, `share`. What sources alone
decided is much and alike, so no more than `most` of it are drawn in a run. Each drawn one says how many it
stands for, one over its chance of being drawn; weighed so, decisions on drawn ones give the precision of the
whole without bias (Horvitz and Thompson 1952), whatever else reviewers look at.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from marquee.schema.values import Action, Verdict

_NOTE = re.compile(r"drawn for audit; stands for ([\d.]+) (accepted|rejected)")
_WORDS = {Action.ACCEPT: "accepted", Action.REJECT: "rejected"}


class Lottery:
    """The audit of one run: takes verdicts some at a time, keeps those that may be drawn, and draws at the end."""

    def __init__(self, share: float, most: int, seed: int = 0) -> None:
        self._share, self._most, self._seed = share, most, seed
        self._sizes: Counter[tuple[Action, bool]] = Counter()
        self._hits: dict[tuple[Action, bool], list[tuple[float, Verdict]]] = defaultdict(list)

    def enter(self, verdicts: Iterable[Verdict], grounded: Collection[str]) -> None:
        """Takes verdicts. `grounded`: ids of statements that the graph had a say in."""
        for verdict in verdicts:
            if verdict.action in _WORDS:
                group = verdict.action, verdict.statement in grounded
                self._sizes[group] += 1
                if (lot := _lot(verdict.statement, self._seed)) < self._share:
                    self._hits[group].append((lot, verdict))

    def draw(self) -> list[Verdict]:
        """Those that are drawn, marked. Drawn by the statement's id and the seed, so that the same ones are drawn
        again, in whatever order they came."""
        drawn: list[Verdict] = []
        for (action, by_graph), hits in self._hits.items():
            size = self._sizes[action, by_graph]
            most = size if by_graph else self._most
            hits.sort(key=lambda hit: (hit[0], hit[1].statement))
            weight = 1 / self._share if len(hits) <= most else size / max(most, 1)
            note = _note(action, weight, by_graph)
            drawn += [replace(one, reasons=(*one.reasons, note), audit=True) for _, one in hits[:most]]
        return drawn


def drawn(reasons: Iterable[str]) -> tuple[Action, float] | None:
    """What the gate had done with a drawn statement and how many it stands for; None if it was not drawn."""
    for reason in reasons:
        if found := _NOTE.match(reason):
            return (Action.ACCEPT if found[2] == "accepted" else Action.REJECT), float(found[1])
    return None


def precision(sample: Iterable[tuple[float, bool]]) -> tuple[float, float, float] | None:
    """The weighted share of right ones of (weight, right), and its 95 % interval; None of nothing.

    The interval is Wilson's at the effective sample size (sum w)^2 / sum w^2 (Kish 1965).
    """
    rows = list(sample)
    total = sum(weight for weight, _ in rows)
    if not total:
        return None
    share = sum(weight for weight, right in rows if right) / total
    size = total**2 / sum(weight**2 for weight, _ in rows)
    z = 1.96
    middle = share + z * z / (2 * size)
    spread = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return share, (middle - spread) / (1 + z * z / size), (middle + spread) / (1 + z * z / size)


def _lot(statement: str, seed: int) -> float:
    """A number in [0, 1), as if thrown."""
    digest = hashlib.sha256(f"{seed}/{statement}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _note(action: Action, weight: float, by_graph: bool) -> str:
    how = "" if by_graph else " by sources alone"
    return f"drawn for audit; stands for {weight:.6g} {_WORDS[action]}{how}"
