from __future__ import annotations

from array import array
from dataclasses import replace

import pytest

from marquee.gnn.model import Model
from marquee.gnn.predict import missing, predict
from marquee.schema.errors import ModelError, NotFound
from marquee.schema.snapshot import STATUS_CODE, from_triples
from marquee.schema.values import Status


def scene(name: str) -> str:
    return name.strip("abcdefghijklmnopqrstuvwxyz").split(".")[0]


def test_tails_are_new_of_the_right_kind_and_best_first(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    found = predict(world.snapshot, model, "person1.7", "acted_in", first=8)
    known = {t for h, r, t in world.facts if (h, r) == ("person1.7", "acted_in")}
    assert len(found) == 8
    assert all(p.head == "person1.7" and p.tail.startswith("film") and p.tail not in known for p in found)
    assert [p.probability for p in found] == sorted((p.probability for p in found), reverse=True)
    assert sum(scene(p.tail) == "1" for p in found) >= 6
    assert all(p.interval[0] <= p.probability <= p.interval[1] for p in found)


def test_the_other_direction_reads_in_the_relations_own(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    found = predict(world.snapshot, model, "film2.3", "acted_in", inverse=True, first=5)
    assert all(p.tail == "film2.3" and p.head.startswith("person") for p in found)
    assert sum(scene(p.head) == "2" for p in found) >= 4


def test_the_sweep_brings_back_hidden_facts(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    told: list[float] = []
    found = missing(
        world.snapshot, model, limit=300, min_probability=0.0, progress=lambda what, share: told.append(share)
    )
    triples = [(p.head, p.relation, p.tail) for p in found]
    genres = [fact for fact in world.missing if fact[1] == "genre"]
    assert len(set(triples)) == len(triples)
    assert not set(triples) & set(world.facts)
    assert len(set(triples) & set(genres)) > len(genres) / 2
    assert told[-1] == 1.0


def test_the_bar_and_the_limits_hold(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    assert missing(world.snapshot, model, min_probability=1.01) == []
    few = missing(world.snapshot, model, limit=7, per_relation=3, min_probability=0.0)
    assert len(few) == 7
    assert all(sum(p.relation == name for p in few) <= 3 for name in model.relations)


def test_unknown_things_are_said(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotFound, match="no entity 'nobody'"):
        predict(world.snapshot, model, "nobody", "acted_in")
    with pytest.raises(ModelError, match="never seen the relation 'edited'"):
        predict(world.snapshot, model, "person1.7", "edited")


def test_a_new_entity_is_asked_by_its_facts_and_one_without_any_cannot(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    kinds = world.kinds | {"newcomer": world.kinds["person1.7"], "stranger": world.kinds["person1.7"]}
    films = [f"film3.{n}" for n in range(6)]
    facts = [*world.facts, *(("newcomer", "acted_in", film) for film in films), ("stranger", "spouse", "newcomer")]
    snapshot = from_triples(facts, kinds)
    found = predict(snapshot, model, "newcomer", "acted_in", first=5)
    assert sum(scene(p.tail) == "3" for p in found) >= 3
    with pytest.raises(ModelError, match="no accepted fact"):
        predict(snapshot, model, "stranger", "acted_in")


def test_what_was_rejected_or_waits_is_not_expected_again(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    first, second = predict(world.snapshot, model, "person1.7", "acted_in", first=2)
    said = [("person1.7", "acted_in", first.tail), ("person1.7", "acted_in", second.tail)]
    snapshot = from_triples([*world.facts, *said], world.kinds)
    status = snapshot.status[:-2] + array("b", [STATUS_CODE[Status.REJECTED], STATUS_CODE[Status.PENDING]])
    found = predict(replace(snapshot, status=status), model, "person1.7", "acted_in", first=20)
    assert not {first.tail, second.tail} & {p.tail for p in found}
    swept = missing(replace(snapshot, status=status), model, limit=500, min_probability=0.0)
    assert not set(said) & {(p.head, p.relation, p.tail) for p in swept}
