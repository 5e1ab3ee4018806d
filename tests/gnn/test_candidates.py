from __future__ import annotations

from array import array
from dataclasses import replace

import pytest

from marquee.gnn.candidates import Case, choose, score_entities
from marquee.gnn.model import Model
from marquee.schema.snapshot import STATUS_CODE, from_triples
from marquee.schema.values import Candidate, Name, Resolution, Status


def case(*scores: tuple[str, float], nil: float = 0.1, facts: tuple = (), **features: float) -> Case:  # type: ignore[type-arg]
    ranked = tuple(Candidate(entity, score, features) for entity, score in scores)
    return Case(Resolution(Name("Someone"), ranked, nil), facts)


def test_an_external_key_decides() -> None:
    (choice,) = choose([case(("e1", 1.0), external_id=1.0)])
    assert (choice.entity, choice.decided) == ("e1", True)


def test_without_a_model_a_clear_lead_is_taken_and_a_tie_is_not() -> None:
    clear, tie, none, unknown = choose(
        [case(("e1", 0.95), nil=0.1), case(("e1", 0.8), ("e2", 0.8)), case(("e1", 0.05), nil=0.95), case(nil=1.0)]
    )
    assert (clear.entity, clear.decided) == ("e1", True)
    assert (tie.entity, tie.decided) == (None, False)
    assert (none.entity, none.decided) == (None, True)
    assert (unknown.entity, unknown.decided) == (None, True)
    assert 0 < tie.probability < 0.6


def test_the_facts_a_candidate_would_carry_break_the_tie(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    facts = tuple(("acted_in", True, f"film2.{n}") for n in range(4))
    tie = case(("person0.8", 0.8), ("person2.8", 0.8), facts=facts)
    (with_model,) = choose([tie], world.snapshot, model)
    assert (with_model.entity, with_model.decided) == ("person2.8", True)
    assert [part.name for part in with_model.parts] == ["name and context", "statements"]


def test_a_candidate_of_the_wrong_kind_is_set_back(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    odd = case(("person1.7", 0.8), ("film1.7", 0.8), facts=(("acted_in", True, "film1.2"),))
    (choice,) = choose([odd], world.snapshot, model, safe=0.6)
    assert choice.entity == "person1.7"


def test_entities_whose_statements_hang_together_score_higher(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    good = [("new1", "acted_in", f"film1.{n}") for n in range(5)]
    mixed = [("new2", "acted_in", f"film{n % 4}.{n}") for n in range(5)]
    lone = [("new3", "acted_in", "film1.9")]
    pending = [*good, *mixed, *lone]
    kinds = world.kinds | {f"new{n}": world.kinds["person0.0"] for n in (1, 2, 3)}
    snapshot = from_triples([*world.facts, *pending], kinds)
    codes = [STATUS_CODE[Status.ACCEPTED]] * len(world.facts) + [STATUS_CODE[Status.PENDING]] * len(pending)
    snapshot = replace(snapshot, status=array("b", codes))
    scores = score_entities(snapshot, model, ["new1", "new2", "new3", "nobody"])
    assert scores["new1"] > scores["new2"]
    assert scores["new3"] == scores["nobody"] == 0.5
    assert score_entities(snapshot, None, ["new1"]) == {"new1": 0.5}


def test_no_case_no_choice() -> None:
    assert choose([]) == []


@pytest.mark.parametrize("safe", [0.5, 0.99])
def test_a_higher_bar_decides_less(safe: float) -> None:
    (choice,) = choose([case(("e1", 0.8), ("e2", 0.5))], safe=safe)
    assert choice.decided is (safe == 0.5)
