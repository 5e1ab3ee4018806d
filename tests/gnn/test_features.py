from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from marquee.gnn import features, view
from marquee.gnn.ground import count, room
from marquee.gnn.model import Model
from marquee.gnn.pools import pools
from marquee.gnn.triples import Graph
from marquee.gnn.view import View


@pytest.fixture(scope="module")
def seen(world, model: Model) -> View:  # type: ignore[no-untyped-def]
    return view.of(world.snapshot, model)


def column(found: np.ndarray, name: str) -> np.ndarray:  # type: ignore[type-arg]
    return found[:, features.NAMES.index(name)]


def test_a_fact_of_the_graph_is_described_as_if_it_were_not_there(seen: View) -> None:
    """No column may give away that the fact is in the graph: all agree with a graph that lacks it."""
    ground = seen.ground
    fact = ground.graph.triples[7:8]
    smaller = Graph(np.delete(ground.graph.triples, 7, axis=0), ground.graph.entities, ground.graph.relations)
    with_it = features.compute(ground, fact)
    without = features.compute(replace(ground, graph=smaller, counts=count(smaller, ground.pools)), fact)
    for name in features.NAMES:
        if name.startswith("near"):
            continue  # ranked against others whose vectors were read in the graph as it is
        assert column(with_it, name) == pytest.approx(column(without, name), abs=1e-4, nan_ok=True), name


def test_the_learned_score_is_missing_where_it_was_learned_from_the_fact(seen: View, world) -> None:  # type: ignore[no-untyped-def]
    trained = features.compute(seen.ground, seen.ground.graph.triples[:20])
    assert np.isnan(column(trained, "tail_z")).all()
    h, r, t = world.missing[0]
    new = np.array([[seen.index[h], seen.model.relations.index(r), seen.index[t]]])
    assert not np.isnan(features.compute(seen.ground, new)).any()
    assert np.isnan(column(features.blind(features.compute(seen.ground, new)), "head_share")).all()


def test_what_is_held_counts_other_values_only(seen: View, world) -> None:  # type: ignore[no-untyped-def]
    relation = seen.model.relations.index("directed")
    director, _, film = next(fact for fact in world.facts if fact[1] == "directed")
    other = next(p for p in seen.index if p.startswith("person") and p != director)
    rows = np.array([[seen.index[p], relation, seen.index[film]] for p in (director, other)])
    held = np.expm1(column(features.compute(seen.ground, rows), "head_held"))
    assert held.tolist() == pytest.approx([0, 1])


def test_room_is_small_after_one_value_of_a_one_value_relation() -> None:
    one = [(n, 0, 20 + n) for n in range(10)]
    many = [(n, 1, 20 + m) for n in range(10) for m in range(5)]
    graph = Graph(np.array([*one, *many]), 30, 2)
    found = room(graph, pools(["one", "many"], np.zeros(30, dtype=np.int64), graph.triples))
    assert found[0, 1] < 0.2 < 0.8 < found[1, 1]
    assert found[0, 0] == pytest.approx(10 / 30, abs=0.1)


def test_columns_and_groups_name_the_same() -> None:
    assert list(features.GROUPS) == list(features.COLUMNS)
    assert len(set(features.NAMES)) == len(features.NAMES)
