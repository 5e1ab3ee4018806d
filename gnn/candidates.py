"""Picking the entity a name means: each candidate is weighed by the statements it would have to carry.

Names, years and neighbours come as scores from resolution; the model adds, for every candidate, the log
likelihood ratio of the statements it would get, in the manner of collective linking (Shen et al. 2015).
The best is taken when its share is safe; else the question stays open for a reviewer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marquee.gnn.prior import logit
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Candidate, Part, Resolution

if TYPE_CHECKING:
    from marquee.gnn.model import Model

SAFE = 0.9  # the share at which a candidate, or none of them, is taken
_TEMPER = 0.5  # facts of one name go together, so each counts half
_MOST = 4.0  # log-odds that the facts of a candidate may add or take, at most

Fact = tuple[str, bool, str]
"""(relation, whether the name is its subject, the entity at the other end)."""


@dataclass(frozen=True, slots=True)
class Case:
    """An open name, and the facts it would have to carry."""

    resolution: Resolution
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The entity a name means; None and decided: a new one; not decided: a reviewer should choose.

    `probability` is that of the best answer, by shares of the odds.
    """

    entity: str | None
    decided: bool
    probability: float
    parts: tuple[Part, ...] = ()


def choose(
    cases: Sequence[Case], snapshot: Snapshot | None = None, model: Model | None = None, safe: float = SAFE
) -> list[Choice]:
    """A choice for every case, in order. Without a model names, years and neighbours alone decide."""
    ratios: Sequence[Mapping[str, float]] = [{} for _ in cases]
    if model is not None and snapshot is not None:
        ratios = _ratios(cases, snapshot, model)
    return [_choice(case, ratio, safe) for case, ratio in zip(cases, ratios, strict=True)]


def score_entities(snapshot: Snapshot, model: Model | None, entity_ids: Sequence[str]) -> dict[str, float]:
    """How well each entity's statements hang together, in (0, 1): the mean of their graph odds.

    Its pending and accepted statements are laid into the graph, then each is judged with its own edge
    left out. 0.5 where there is nothing to go by: no model, an unknown id, a single statement.
    """
    if model is None:
        return dict.fromkeys(entity_ids, 0.5)
    from marquee.gnn import likelihood

    return likelihood.coherence(snapshot, model, entity_ids)


def _ratios(cases: Sequence[Case], snapshot: Snapshot, model: Model) -> list[dict[str, float]]:
    """By case, what the facts of each candidate add to its log-odds."""
    from marquee.gnn import likelihood

    triples, owner = [], []
    for number, case in enumerate(cases):
        for candidate in case.resolution.candidates:
            for relation, forward, other in case.facts:
                ends = (candidate.entity, other) if forward else (other, candidate.entity)
                triples.append((ends[0], relation, ends[1]))
                owner.append((number, candidate.entity))
    found: list[dict[str, float]] = [{} for _ in cases]
    for (number, entity), ratio in zip(owner, likelihood.ratios(snapshot, model, triples), strict=True):
        found[number][entity] = found[number].get(entity, 0.0) + _TEMPER * ratio
    return [{entity: max(-_MOST, min(_MOST, sum_)) for entity, sum_ in case.items()} for case in found]


def _choice(case: Case, ratios: Mapping[str, float], safe: float) -> Choice:
    resolution = case.resolution
    keyed = next((c for c in resolution.candidates if c.features.get("external_id", 0.0) >= 1), None)
    if keyed is not None:
        return Choice(keyed.entity, True, 1.0, (Part("external id", logit(1.0), 1.0, "it bears the same key"),))
    if not resolution.candidates:
        return Choice(None, True, 1.0, (Part("no candidate", logit(1.0), None, "nothing known has this name"),))
    best, share = _best(resolution, ratios)
    decided = share >= safe
    parts = _parts(best, ratios) if best else (Part("none of them", logit(resolution.nil_score)),)
    return Choice(best.entity if best and decided else None, decided, share, parts)


def _best(resolution: Resolution, ratios: Mapping[str, float]) -> tuple[Candidate | None, float]:
    """The likeliest answer, None for "none of them", and its share of all the odds."""
    weighed = [(c, math.exp(logit(c.score) + ratios.get(c.entity, 0.0))) for c in resolution.candidates]
    none = math.exp(logit(resolution.nil_score))
    total = sum(value for _, value in weighed) + none
    candidate, value = max(weighed, key=lambda pair: pair[1])
    return (candidate, value / total) if value >= none else (None, none / total)


def _parts(best: Candidate, ratios: Mapping[str, float]) -> tuple[Part, ...]:
    name = Part("name and context", logit(best.score), best.score, "names, kind, year and neighbours")
    if best.entity not in ratios:
        return (name,)
    return (name, Part("statements", ratios[best.entity], None, "what the graph says of the facts it would carry"))
