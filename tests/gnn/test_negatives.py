from __future__ import annotations

import numpy as np
import pytest

from marquee.gnn import negatives
from marquee.gnn.pools import Pools, pools
from marquee.gnn.triples import Graph, triples_of
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import KIND_CODE


@pytest.fixture(scope="module")
def ground(world) -> tuple[Graph, Pools, np.ndarray]:  # type: ignore[no-untyped-def, type-arg]
    snapshot = world.snapshot
    facts = triples_of(snapshot)
    kinds = np.asarray(snapshot.kinds, dtype=np.int64)
    return Graph(facts, len(kinds), len(snapshot.relations)), pools(snapshot.relations, kinds, facts), facts


def test_negatives_are_unknown_fit_their_types_and_differ_from_their_fact(ground) -> None:  # type: ignore[no-untyped-def]
    graph, types, facts = ground
    made = negatives.corrupt(facts, graph, types, seed=1, each=3)
    head, relation, tail = made.triples.T
    assert len(made.triples) > len(facts)
    assert not graph.has(head, relation, tail).any()
    assert types.fits(relation, tail).all()
    assert types.fits(relation + graph.relations, head).all()
    assert (made.triples != facts[made.owner]).any(1).all()
    assert (head != tail).all()


def test_an_end_or_the_relation_is_kept(ground) -> None:  # type: ignore[no-untyped-def]
    graph, types, facts = ground
    made = negatives.corrupt(facts, graph, types, seed=1, each=3)
    same = made.triples == facts[made.owner]
    assert (same.sum(1) == 2).all()
    swapped = made.way == list(negatives.WAYS).index("relation")
    assert not same[swapped, 1].any()
    assert same[~swapped, 1].all()


def test_every_way_yields_some(ground) -> None:  # type: ignore[no-untyped-def]
    graph, types, facts = ground
    made = negatives.corrupt(facts, graph, types, seed=1, each=6)
    assert set(made.way) == set(range(len(negatives.WAYS)))


def test_another_kind_is_one_that_the_relation_takes() -> None:
    kinds = np.array([KIND_CODE[kind] for kind in (Kind.PERSON, Kind.GROUP, Kind.FILM, Kind.SERIES, Kind.GENRE)])
    facts = np.array([[0, 0, 2]] * 40)
    types = pools(["edited"], kinds, facts)
    made = negatives.corrupt(facts, Graph(facts, 5, 1), types, seed=1, each=4)
    other = made.triples[made.way == list(negatives.WAYS).index("other kind")]
    assert {tuple(row) for row in other.tolist()} == {(1, 0, 2), (0, 0, 3)}


def test_near_ones_share_a_neighbour_with_what_they_replace(ground) -> None:  # type: ignore[no-untyped-def]
    graph, types, facts = ground
    made = negatives.corrupt(facts, graph, types, seed=1, each=3)
    near = np.flatnonzero(made.way == list(negatives.WAYS).index("near out"))
    for at in near[:50]:
        new, old = made.triples[at], facts[made.owner[at]]
        column = 0 if new[0] != old[0] else 2
        around = [set(graph.tail[graph.head == end].tolist()) for end in (new[column], old[column])]
        assert around[0] & around[1]


def test_the_same_seed_makes_the_same_ones(ground) -> None:  # type: ignore[no-untyped-def]
    graph, types, facts = ground
    first, again = (negatives.corrupt(facts, graph, types, seed=7).triples for _ in range(2))
    assert (first == again).all()


def test_of_nothing_nothing() -> None:
    empty = np.empty((0, 3), dtype=np.int64)
    graph = Graph(empty, 3, 1)
    made = negatives.corrupt(empty, graph, pools(["r"], np.zeros(3, dtype=np.int64), empty), seed=0)
    assert len(made.triples) == 0
