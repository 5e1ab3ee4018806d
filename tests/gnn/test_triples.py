from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marquee.gnn import triples
from marquee.gnn.triples import Graph
from marquee.schema.snapshot import from_triples

ENTITIES, RELATIONS = 6, 3
facts = st.lists(
    st.tuples(st.integers(0, ENTITIES - 1), st.integers(0, RELATIONS - 1), st.integers(0, ENTITIES - 1)), max_size=30
)


def graph(rows: list[tuple[int, int, int]]) -> Graph:
    return Graph(np.array(rows, dtype=np.int64).reshape(-1, 3), ENTITIES, RELATIONS)


@given(facts)
def test_a_graph_answers_like_the_set_of_its_triples(rows: list[tuple[int, int, int]]) -> None:
    held, known = graph(rows), set(rows)
    for head in range(ENTITIES):
        for relation in range(RELATIONS):
            position, _ = held.tails(np.array([head]), np.array([relation])).flat()
            back, _ = held.tails(np.array([head]), np.array([relation + RELATIONS])).flat()
            assert held.tail[position].tolist() == sorted({t for h, r, t in known if (h, r) == (head, relation)})
            assert held.tail[back].tolist() == sorted({h for h, r, t in known if (t, r) == (head, relation)})
    assert len(held) == len(known)


@given(facts)
def test_a_triple_is_known_both_ways(rows: list[tuple[int, int, int]]) -> None:
    held = graph(rows)
    head, relation, tail = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    assert held.has(head, relation, tail).all()
    assert held.has(tail, triples.invert(relation, RELATIONS), head).all()


def test_relations_between_two_ends_are_found() -> None:
    held = graph([(0, 0, 1), (0, 2, 1), (1, 1, 0), (0, 1, 2)])
    position, owner = held.between(np.array([0, 2, 5]), np.array([1, 0, 4])).flat()
    found = list(zip(owner.tolist(), held.pair_relation[position].tolist(), strict=True))
    assert sorted(found) == [(0, 0), (0, 2), (0, 4), (1, 4)]


def test_literal_and_unaccepted_rows_are_left_out() -> None:
    snapshot = from_triples([("a", "r", "b"), ("b", "r", "c"), ("c", "r", "a")])
    snapshot.tail[1] = -1
    snapshot.status[2] = 0
    chosen = triples.accepted(snapshot)
    assert chosen.tolist() == [True, False, False]
    assert triples.triples_of(snapshot, chosen).tolist() == [[0, 0, 1]]
