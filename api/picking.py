"""Picking the entity each name means: graph ranked the candidates, the model picks one or abstains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Extraction, Name, Resolution

if TYPE_CHECKING:
    from marquee.gnn.artifact import Model
    from marquee.gnn.candidates import Fact

Resolutions = Mapping[Name, Resolution]


@dataclass(frozen=True, slots=True)
class Picked:
    """By extraction: the entity of each name (None: a new one), and the names left open."""

    chosen: tuple[dict[Name, str | None], ...]
    open_names: tuple[dict[Name, Resolution], ...]


def pick(
    extractions: Sequence[Extraction],
    resolutions: Sequence[Resolutions],
    snapshot: Snapshot | None,
    model: Model | None,
) -> Picked:
    """Names without a candidate are new, names found by an external key are known; the model settles the rest."""
    chosen = [{name: _plain(r) for name, r in rs.items() if not _doubtful(r)} for rs in resolutions]
    open_names: list[dict[Name, Resolution]] = [{} for _ in extractions]
    asked = [(at, r) for at, rs in enumerate(resolutions) for r in rs.values() if _doubtful(r)]
    if asked:
        from marquee.gnn.candidates import Case, choose

        carried = {at: _carried(extractions[at], resolutions[at]) for at, _ in asked} if model else {}
        cases = [Case(r, tuple(carried[at].get(r.name, ())) if carried else ()) for at, r in asked]
        for (at, resolution), choice in zip(asked, choose(cases, snapshot, model), strict=True):
            if choice.decided:
                chosen[at][resolution.name] = choice.entity
            else:
                open_names[at][resolution.name] = resolution
    return Picked(tuple(chosen), tuple(open_names))


def _doubtful(resolution: Resolution) -> bool:
    return bool(resolution.candidates) and not _keyed(resolution)


def _keyed(resolution: Resolution) -> bool:
    return len(resolution.candidates) == 1 and "external_id" in resolution.candidates[0].features


def _plain(resolution: Resolution) -> str | None:
    return resolution.candidates[0].entity if resolution.candidates else None


def _carried(extraction: Extraction, resolutions: Resolutions) -> dict[Name, list[Fact]]:
    """By name, the statements its bearer would have to carry, as far as the other end may be known."""
    carried: dict[Name, list[Fact]] = {}
    for claim in extraction.claims:
        if isinstance(claim.object, Name):
            for mine, other, forward in ((claim.subject, claim.object, True), (claim.object, claim.subject, False)):
                known = resolutions.get(other)
                if known is not None and known.candidates:
                    carried.setdefault(mine, []).append((claim.relation, forward, known.candidates[0].entity))
    return carried
