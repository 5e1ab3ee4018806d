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
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from marquee.schema.values import Action, Verdict

_NOTE = re.compile(r"drawn for audit; stands for ([\d.]+) (accepted|rejected)")
_WORDS = {Action.ACCEPT: "accepted", Action.REJECT: "rejected"}


def draw(
    verdicts: Sequence[Verdict], grounded: Collection[str], share: float, most: int, seed: int = 0
) -> list[Verdict]:
    """Those of the verdicts that are drawn, marked. `grounded`: ids of statements that the graph had a say in.

    Drawn by the statement's id and the seed, so that the same ones are drawn again.
    """
    marked: list[Verdict] = []
    for action in _WORDS:
        for by_graph in (True, False):
            places = [
                place
                for place, verdict in enumerate(verdicts)
                if verdict.action is action and (verdict.statement in grounded) is by_graph
            ]
            chosen, weight = _chosen(verdicts, places, share, len(places) if by_graph else most, seed)
            note = _note(action, weight, by_graph)
            marked += [replace(verdicts[at], reasons=(*verdicts[at].reasons, note), audit=True) for at in chosen]
    return marked


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


def _chosen(
    verdicts: Sequence[Verdict], places: Sequence[int], share: float, most: int, seed: int
) -> tuple[list[int], float]:
    """The places drawn, and how many each stands for."""
    lots = ((_lot(verdicts[place].statement, seed), place) for place in places)
    hit = [place for _, place in sorted(pair for pair in lots if pair[0] < share)]
    if len(hit) <= most:
        return hit, 1 / share if hit else 0.0
    return hit[:most], len(places) / most if most else 0.0


def _lot(statement: str, seed: int) -> float:
    """A number in [0, 1), as if thrown."""
    digest = hashlib.sha256(f"{seed}/{statement}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _note(action: Action, weight: float, by_graph: bool) -> str:
    how = "" if by_graph else " by sources alone"
    return f"drawn for audit; stands for {weight:.6g} {_WORDS[action]}{how}"
