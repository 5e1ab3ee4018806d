from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from marquee.gnn import complex as cx
from marquee.gnn.pools import pools
from marquee.gnn.ranking import ranks
from marquee.gnn.triples import Graph
from marquee.schema.errors import ModelError

RING = np.array([(n, 0, (n + 1) % 12) for n in range(12)] + [(n, 1, (n + 6) % 12) for n in range(12)])
KINDS = np.zeros(12, dtype=np.int64)
SMALL = cx.Settings(rank=16, epochs=60, batch=8, n3=0.001)


def graph(rows: np.ndarray = RING) -> Graph:  # type: ignore[type-arg]
    return Graph(rows, 12, 2)


def test_the_score_is_the_real_part_of_the_complex_product() -> None:
    generator = torch.Generator().manual_seed(0)
    h, r, t = (torch.randn(1, 8, generator=generator) for _ in range(3))
    as_complex = [torch.complex(v[:, :4], v[:, 4:]) for v in (h, r, t)]
    wanted = (as_complex[0] * as_complex[1] * as_complex[2].conj()).sum(1).real
    assert torch.allclose((cx.query(h, r) * t).sum(1), wanted, atol=1e-5)
    assert torch.allclose((cx.relation_query(h, t) * r).sum(1), wanted, atol=1e-5)


def test_it_learns_an_antisymmetric_ring_and_a_symmetric_pairing() -> None:
    types = pools(["next", "opposite"], KINDS, RING)
    tables = cx.fit(graph(), types, SMALL, seed=0)
    assert ranks(RING, graph(), types, cx.scores(tables)).figures()["mrr"] > 0.9


def test_the_same_seed_gives_the_same_tables_and_more_training_goes_on_from_them() -> None:
    types = pools(["next", "opposite"], KINDS, RING)
    short = dataclasses.replace(SMALL, epochs=3)
    first, again = (cx.fit(graph(), types, short, seed=5) for _ in range(2))
    assert torch.equal(first.entities, again.entities)
    further = cx.fit(graph(), types, short, seed=5, start=first)
    assert not torch.equal(further.entities, again.entities)
    assert further.entities.data_ptr() == first.entities.data_ptr()  # no second table


def test_against_some_candidates_it_learns_as_well() -> None:
    types = pools(["next", "opposite"], KINDS, RING)
    tables = cx.fit(graph(), types, dataclasses.replace(SMALL, candidates=5), seed=0)
    assert ranks(RING, graph(), types, cx.scores(tables)).figures()["mrr"] > 0.9


def test_the_true_tails_of_a_batch_are_always_among_its_candidates() -> None:
    types = pools(["next", "opposite"], KINDS, RING)
    settings = dataclasses.replace(SMALL, batch=3, candidates=7)
    facts = 0
    for batch in cx._Batches(graph(), types, settings, np.random.default_rng(0)):
        heads, tails = batch.heads[batch.head][batch.row], batch.pool[batch.column]
        assert graph().has(heads.numpy(), batch.relation[batch.row].numpy(), tails.numpy()).all()
        assert len(batch.pool) == len(batch.pool.unique()) == 7
        facts += len(batch.row)
    assert facts == 2 * len(graph())


def test_the_gradient_of_the_loss_is_that_of_the_plain_formula() -> None:
    generator = torch.Generator().manual_seed(1)
    q, c = (torch.randn(n, 6, generator=generator, requires_grad=True) for n in (3, 5))
    row, column = torch.tensor([0, 0, 1, 2]), torch.tensor([1, 4, 2, 0])
    weight = torch.tensor([2.0, 1.0, 1.0])
    plain = -(torch.log_softmax(q @ c.T, 1)[row, column]).sum()
    mine = cx._SoftmaxLoss.apply(q, c, row, column, weight)
    assert torch.allclose(mine, plain, atol=1e-5)
    for a, b in zip(torch.autograd.grad(mine, [q, c]), torch.autograd.grad(plain, [q, c]), strict=True):
        assert torch.allclose(a, b, atol=1e-5)


def test_no_time_left_means_one_epoch() -> None:
    epochs: list[int] = []
    settings = dataclasses.replace(SMALL, seconds=0.0)
    cx.fit(graph(), pools(["a", "b"], KINDS, RING), settings, 0, tick=lambda epoch, loss: epochs.append(epoch))
    assert epochs == [0]


def test_an_empty_graph_and_a_loss_that_is_no_number_are_said() -> None:
    types = pools(["a", "b"], KINDS, RING)
    with pytest.raises(ModelError, match="no accepted fact"):
        cx.fit(graph(np.empty((0, 3), dtype=np.int64)), types, SMALL, 0)
    with pytest.raises(ModelError, match="the loss became"):
        cx.fit(graph(), types, dataclasses.replace(SMALL, rate=1e30, epochs=5), 0)


def test_training_leaves_the_threads_as_they_were() -> None:
    before = torch.get_num_threads(), torch.get_float32_matmul_precision()
    cx.fit(graph(), pools(["a", "b"], KINDS, RING), dataclasses.replace(SMALL, epochs=1), 0)
    assert (torch.get_num_threads(), torch.get_float32_matmul_precision()) == before
