from __future__ import annotations

from array import array
from dataclasses import replace

import numpy as np
import pytest

from marquee.gnn.judge import judge
from marquee.gnn.model import Model
from marquee.gnn.prior import logit
from marquee.schema.literals import LiteralType
from marquee.schema.snapshot import STATUS_CODE, Snapshot, from_triples
from marquee.schema.values import Status


def staged(facts, pending, kinds, support: float = 0.7) -> Snapshot:  # type: ignore[no-untyped-def]
    """A snapshot of accepted facts and pending ones."""
    snapshot = from_triples([*facts, *pending], kinds)
    codes = [STATUS_CODE[Status.ACCEPTED]] * len(facts) + [STATUS_CODE[Status.PENDING]] * len(pending)
    return replace(
        snapshot,
        status=array("b", codes),
        support=array("f", [support]) * len(codes),
        names=list(snapshot.entities),
    )


def test_true_missing_facts_rise_and_false_ones_fall(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    snapshot = staged(world.facts, [*world.missing, *world.false], world.kinds)
    judged = judge(snapshot, model)
    assert [j.statement for j in judged] == list(snapshot.statements[len(world.facts) :])
    moved = np.array([logit(j.probability) for j in judged]) - logit(0.7)
    true, false = moved[: len(world.missing)], moved[len(world.missing) :]
    assert all(j.grounded and j.model == model.id for j in judged)
    assert true.mean() > 0.3
    assert false.mean() < -1


def test_parts_add_up_to_the_probability(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    for judgement in judge(staged(world.facts, world.missing, world.kinds), model):
        assert sum(part.log_odds for part in judgement.parts) == pytest.approx(logit(judgement.probability), abs=1e-3)
        low, high = judgement.interval
        assert 0 <= low <= judgement.probability <= high <= 1


def test_in_brief_the_probabilities_are_the_same_and_only_doubt_is_told_in_full(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    snapshot = staged(world.facts, [*world.missing, *world.false], world.kinds)
    full, brief = judge(snapshot, model), judge(snapshot, model, brief=True)
    assert [j.probability for j in brief] == pytest.approx([j.probability for j in full])
    for long, short in zip(full, brief, strict=True):
        against = sum(part.log_odds for part in long.parts[1:]) < 0
        assert (
            short.parts[1:] == long.parts[1:]
            if against
            else [part.name for part in short.parts] == ["support", "graph"]
        )


def test_without_a_model_the_support_is_the_probability(world) -> None:  # type: ignore[no-untyped-def]
    judged = judge(staged(world.facts, world.false, world.kinds, support=0.62), None)
    assert {round(j.probability, 4) for j in judged} == {0.62}
    assert {(j.model, j.grounded) for j in judged} == {("prior", False)}


def test_a_new_entity_and_a_new_relation_have_no_ground(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    pending = [("nobody", "directed", "film0.0"), ("person0.0", "edited", "film0.0")]
    for judgement in judge(staged(world.facts, pending, world.kinds), model):
        assert judgement.probability == pytest.approx(0.7, abs=1e-3)
        assert not judgement.grounded


def test_an_accepted_fact_is_judged_without_its_own_edge(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    snapshot = staged(world.facts, [], world.kinds)
    (first,) = judge(snapshot, model, [0])
    head, relation, tail = world.facts[0]
    without = staged([fact for fact in world.facts if fact != (head, relation, tail)], [world.facts[0]], world.kinds)
    (second,) = judge(without, model)
    assert first.grounded
    assert first.probability == pytest.approx(second.probability, abs=0.02)


def test_a_literal_that_differs_from_the_one_held_is_doubted() -> None:
    snapshot = from_triples([("a", "birth_date", "x"), ("a", "birth_date", "y"), ("a", "birth_date", "z")])
    accepted, pending = STATUS_CODE[Status.ACCEPTED], STATUS_CODE[Status.PENDING]
    snapshot = replace(
        snapshot,
        tail=array("i", [-1, -1, -1]),
        status=array("b", [accepted, pending, pending]),
        support=array("f", [0.9, 0.7, 0.7]),
        literals=["1956-07-09", "1956", "1950"],
    )
    same, other = judge(snapshot, None)
    assert same.probability > 0.7 > other.probability
    assert "1956-07-09" in other.parts[1].note
    assert LiteralType.DATE  # the canonical text of a date sorts and prefixes by precision


def test_nothing_to_judge(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    assert judge(world.snapshot, model) == []
    assert judge(from_triples([]), model) == []
