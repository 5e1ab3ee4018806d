from __future__ import annotations

import math
from array import array
from dataclasses import replace

import pytest

from marquee.gnn.judge import judge
from marquee.gnn.model import Model
from marquee.gnn.train import train
from marquee.schema.errors import ModelError
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import Snapshot, from_triples


def test_the_card_says_what_it_is_worth(model: Model, world) -> None:  # type: ignore[no-untyped-def]
    card = model.card
    wanted = {
        "mrr", "mrr_se", "hits_at_1", "hits_at_3", "hits_at_10", "auroc", "ece", "brier", "by_relation", "seconds",
        "statements", "entities", "seed", "tier", "data_hash", "code_version", "vocabulary",
    }  # fmt: skip
    assert wanted <= set(card)
    assert card["auroc"] > 0.7
    assert card["mrr"] > 0.2
    assert card["statements"] == len(world.facts)
    assert card["seed"] == 3
    assert set(card["by_relation"]) <= set(model.relations)


def test_the_same_data_and_seed_make_the_same_model(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    told: list[float] = []
    again = train(world.snapshot, seed=3, progress=lambda what, share: told.append(share))
    assert again.id == model.id
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_short_budget_still_makes_a_model(world) -> None:  # type: ignore[no-untyped-def]
    assert train(world.snapshot, budget=0.0).card["statements"] == len(world.facts)


@pytest.mark.parametrize("facts", [[], [("a", "directed", "b")]])
def test_too_few_facts_are_said(facts: list[tuple[str, str, str]]) -> None:
    with pytest.raises(ModelError, match="too few to learn from"):
        train(from_triples(facts))


def test_a_graph_of_single_facts_is_said() -> None:
    with pytest.raises(ModelError, match="too thin"):
        train(from_triples([(f"a{n}", "directed", f"b{n}") for n in range(200)]))


def test_an_unknown_tier_is_said(world) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ModelError, match="no tier 'huge'"):
        train(world.snapshot, tier="huge")


def test_a_graph_that_holds_every_fact_is_said_or_learned_without_ado() -> None:
    people, films = [f"p{n}" for n in range(24)], [f"f{n}" for n in range(12)]
    kinds = dict.fromkeys(people, Kind.PERSON) | dict.fromkeys(films, Kind.FILM)
    whole = from_triples([(p, "shot", f) for p in people for f in films], kinds)
    with pytest.raises(ModelError, match="no fact can be made up"):
        train(whole)
    mixed = from_triples([(f"p{a}", "acted_in", f"f{b}") for a in range(15) for b in range(15)])
    card = train(mixed).card
    assert all(math.isfinite(value) for value in card.values() if isinstance(value, float))


def test_decisions_are_part_of_what_names_a_model(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    decided = array("b", [-1] * 60 + [0] * (len(world.facts) - 60))
    assert train(replace(world.snapshot, decision=decided), seed=3).id != model.id


def _one_relation() -> Snapshot:
    return from_triples([(f"p{n % 30}", "acted_in", f"f{(n * 7) % 41}") for n in range(600)])


def _odd_corners(world) -> Snapshot:  # type: ignore[no-untyped-def]
    """A relation seen once, a self-loop, a duplicate, contradictory values, an entity with no edge."""
    odd = [
        ("person0.0", "spouse", "person0.1"),
        ("film0.0", "sequel_of", "film0.0"),
        world.facts[0],
        ("person0.0", "born_in", "genre0"),
        ("person0.0", "born_in", "genre1"),
    ]
    snapshot = from_triples([*world.facts, *odd], world.kinds)
    return replace(
        snapshot, entities=[*snapshot.entities, "a/path/../like name"], kinds=array("b", [*snapshot.kinds, 0])
    )


def test_graphs_with_odd_corners_train_and_judge(world) -> None:  # type: ignore[no-untyped-def]
    for snapshot in (_one_relation(), _odd_corners(world)):
        trained = train(snapshot)
        judged = judge(snapshot, trained, range(len(snapshot)))
        assert len(judged) == len(snapshot)
        assert all(0 < j.probability < 1 for j in judged)


@pytest.mark.parametrize("seed", range(3))
def test_a_kind_seen_once_in_a_foreign_relation_is_no_trouble(seed: int) -> None:
    """Whichever part of the split its one fact falls into."""
    facts = [(f"p{n % 30}", "likes", f"f{(n * 7 + n // 30) % 41}") for n in range(400)]
    rare = {f"r{kind}": kind for kind in Kind if kind is not Kind.FILM}
    known = [(f"p{n}", "likes", name) for n, name in enumerate(rare)] + [(name, "knows", "p0") for name in rare]
    kinds = {f"f{n}": Kind.FILM for n in range(41)} | {f"p{n}": Kind.PERSON for n in range(30)} | rare
    trained = train(from_triples([*facts, *known, *known], kinds), seed=seed)
    assert 0 < trained.card["mrr"] <= 1


def test_one_level_only() -> None:
    kinds = {f"p{n}": Kind.PERSON for n in range(40)}
    pairs = {(n, (n * k + k) % 40) for n in range(40) for k in range(1, 9)}
    snapshot = from_triples([(f"p{a}", "sibling", f"p{b}") for a, b in sorted(pairs) if a != b], kinds)
    assert train(snapshot).relations == ("sibling",)


def test_reviewers_decisions_move_the_probabilities(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    """Sixty accepted facts that a reviewer found wrong teach the judge to trust less."""
    decided = array("b", [-1] * 60 + [0] * (len(world.facts) - 60))
    taught = train(replace(world.snapshot, decision=decided), seed=3)
    assert model.correction == (1.0, 0.0)
    rows = range(100, 140)
    before = [j.probability for j in judge(world.snapshot, model, rows)]
    after = [j.probability for j in judge(world.snapshot, taught, rows)]
    assert sum(after) < sum(before)
    assert judge(world.snapshot, taught, [100])[0].parts[-1].name == "reviewers"
