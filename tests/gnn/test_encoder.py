from __future__ import annotations

import numpy as np
import pytest
import torch

from marquee.gnn import encoder, view
from marquee.gnn.complex import query
from marquee.gnn.model import Model
from marquee.gnn.view import View


@pytest.fixture(scope="module")
def seen(world, model: Model) -> View:  # type: ignore[no-untyped-def]
    return view.of(world.snapshot, model)


def test_an_entity_is_read_from_its_own_facts_alone(seen: View) -> None:
    ground = seen.ground
    head = np.arange(10)
    none = (np.full(10, -1), np.full(10, -1))
    alone = encoder.encode_without(ground.encoder, ground.graph, ground.tables, head, *none)
    assert torch.allclose(alone, ground.encoded[:10], atol=1e-5)


def test_leaving_a_fact_out_is_as_if_it_were_not_in_the_graph(seen: View) -> None:
    ground = seen.ground
    graph = ground.graph
    triple = graph.triples[5:6]
    head, relation, tail = triple.T
    masked = ground.encode_without(head, relation, tail)
    smaller = type(graph)(np.delete(graph.triples, 5, axis=0), graph.entities, graph.relations)
    rebuilt = encoder.encode_without(ground.encoder, smaller, ground.tables, head, np.array([-1]), np.array([-1]))
    assert torch.allclose(masked, rebuilt, atol=2e-2)  # the neighbours' degrees differ by the one edge
    assert not torch.allclose(masked, ground.encoded[torch.from_numpy(head)], atol=1e-3)


def test_true_facts_score_above_false_ones_by_neighbours_alone(seen: View, world) -> None:  # type: ignore[no-untyped-def]
    def mean(facts) -> float:  # type: ignore[no-untyped-def]
        codes = np.array([(seen.index[h], seen.model.relations.index(r), seen.index[t]) for h, r, t in facts])
        asked = query(seen.ground.encoded[codes[:, 0]], seen.ground.relations[codes[:, 1]])
        return float((asked * seen.ground.encoded[codes[:, 2]]).sum(1).mean())

    directed = [fact for fact in world.facts if fact[1] == "directed"]
    assert mean(directed) > mean(world.false)


def test_an_entity_without_facts_gets_a_vector_all_the_same(seen: View) -> None:
    ground = seen.ground
    empty = type(ground.graph)(np.empty((0, 3), dtype=np.int64), 3, ground.graph.relations)
    tables = type(ground.tables)(ground.entities[:3], ground.relations)
    assert torch.isfinite(encoder.encode_all(ground.encoder, empty, tables)).all()
