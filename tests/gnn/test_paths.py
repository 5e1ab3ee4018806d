from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marquee.gnn import paths
from marquee.gnn.triples import Graph

SIZE, RELATIONS = 6, 2
facts = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(0, 5)), unique=True, max_size=25)


@given(facts, st.integers(0, 5), st.integers(0, 5))
def test_all_two_step_paths_are_found(rows: list[tuple[int, int, int]], head: int, tail: int) -> None:
    graph = Graph(np.array(rows, dtype=np.int64).reshape(-1, 3), SIZE, RELATIONS)
    hops = paths.two_hops(graph, np.array([head]), np.array([tail]))
    edges = list(zip(graph.head.tolist(), graph.relation.tolist(), graph.tail.tolist(), strict=True))
    wanted = {
        (r1, x, r2)
        for h, r1, x in edges
        if h == head and x not in (head, tail)
        for y, r2, t in edges
        if (y, t) == (x, tail)
    }
    found = list(zip(hops.first.tolist(), hops.middle.tolist(), hops.second.tolist(), strict=True))
    assert sorted(found) == sorted(wanted)


def test_a_path_that_joins_true_facts_only_weighs_for_them() -> None:
    employer = [(person, 0, 20 + person % 2) for person in range(20)]
    town = [(20, 1, 30), (21, 1, 31)]
    lives = [(person, 2, 30 + person % 2) for person in range(20)]
    graph = Graph(np.array([*employer, *town, *lives]), 32, 3)
    false = np.array([(person, 2, 31 - person % 2) for person in range(20)])
    weights = paths.learn(graph, np.array(lives), false)
    hops = paths.two_hops(graph, np.array([0, 0]), np.array([30, 31]))
    asked = np.array([2, 2])
    weight = paths.weigh(paths.path_keys(graph, asked, hops), weights.paths, weights.path_weights)
    assert (weight > 1).all()
    assert set(hops.owner.tolist()) == {0}


def test_another_relation_between_the_ends_is_told_from_the_fact_itself() -> None:
    graph = Graph(np.array([(0, 0, 1), (0, 1, 1)]), 2, 2)
    between, owner = paths.others(graph, np.array([0]), np.array([0]), np.array([1]))
    assert (between.tolist(), owner.tolist()) == ([1], [0])


def test_unknown_kinds_weigh_nothing() -> None:
    none = np.empty(0, dtype=np.int64)
    assert paths.weigh(np.array([5]), none, none.astype(np.float32)).tolist() == [0]
