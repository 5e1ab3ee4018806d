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


def test_a_fact_that_the_graph_lacks_takes_nothing_away(seen: View) -> None:
    ground = seen.ground
    head = np.arange(10)
    itself = (np.zeros(10, dtype=np.int64), head)  # a loop, which is never read
    alone = encoder.encode_without(ground.encoder, ground.graph, ground.tables, head, *itself)
    assert torch.allclose(alone, ground.encoded[:10], atol=1e-5)


def test_leaving_a_fact_out_is_as_if_it_were_not_in_the_graph(seen: View) -> None:
    """Every fact of the graph, both ways, against a graph that lacks it."""
    ground = seen.ground
    graph = ground.graph
    head, relation, tail = graph.head, graph.relation, graph.tail
    masked = ground.encode_without(head, relation, tail)
    for at in range(0, len(head), 37):
        ends = (head[at], tail[at]) if relation[at] < graph.relations else (tail[at], head[at])
        fact = (ends[0], relation[at] % graph.relations, ends[1])
        smaller = type(graph)(graph.triples[(graph.triples != fact).any(1)], graph.entities, graph.relations)
        rebuilt = encoder.encode_all(ground.encoder, smaller, ground.tables)[head[at]]
        # the neighbours' degrees differ by the one edge
        assert torch.allclose(masked[at], rebuilt, atol=2e-2), fact
    assert not torch.allclose(masked, ground.encoded[torch.from_numpy(head)], atol=1e-2)


def test_of_two_facts_one_that_has_nearly_all_attention_leaves_the_other(seen: View) -> None:
    """What is left of a sum but for rounding is read anew."""
    ground = seen.ground
    reader = encoder.Encoder(*ground.relations.shape)
    with torch.no_grad():
        reader.importance[0] = 30.0
    graph = type(ground.graph)(np.array([(0, 0, 1), (0, 1, 2)]), ground.graph.entities, ground.graph.relations)
    two = np.array([(0, 0, 1), (0, 1, 2)])
    left = encoder.encode_without(reader, graph, ground.tables, *two.T)
    assert torch.allclose(left[0], _message(reader, seen, 1, 2), atol=1e-5)
    assert torch.allclose(left[1], _message(reader, seen, 0, 1), atol=1e-5)


def _message(reader: encoder.Encoder, seen: View, relation: int, tail: int) -> torch.Tensor:
    back = relation + seen.ground.graph.relations
    asked = query(seen.ground.entities[tail][None], seen.ground.relations[back][None])
    return reader.read(asked)[0].detach()


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
