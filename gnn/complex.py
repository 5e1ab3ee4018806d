"""ComplEx with N3 regularisation: the link predictor that learns a complex vector for each entity and relation.

Trouillon et al. 2016, "Complex Embeddings for Simple Link Prediction": the score of (h, r, t) is
Re(<h, r, conj(t)>). Lacroix et al. 2018, "Canonical Tensor Decomposition for Knowledge Base Completion":
inverse relations as relations of their own, softmax against all candidate tails, the nuclear 3-norm as
regulariser, Adagrad. Chen et al. 2021, "Relation Prediction as an Auxiliary Training Objective".
A vector of d complex numbers is stored as 2d reals: all real parts, then all imaginary ones.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from marquee.gnn.arithmetic import frugal
from marquee.gnn.pools import Pools
from marquee.gnn.ranking import Scores
from marquee.gnn.triples import Floats, Graph, Ints
from marquee.schema.errors import MissingExtra, ModelError

try:
    import torch
    from torch import Tensor
except ImportError as error:
    raise MissingExtra("torch", "gnn") from error


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. `rank` in complex numbers; `batch` in (head, relation) queries; `candidates`: tails that a
    query is asked against at most, the true ones of its batch and others at random; `seconds`: stop after."""

    rank: int = 128
    epochs: int = 20
    batch: int = 256
    candidates: int = 4096
    rate: float = 0.1
    n3: float = 0.01
    relation_weight: float = 0.0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """Learned vectors: entities (E, 2d) and relations with their inverses (2R, 2d), float32."""

    entities: Tensor
    relations: Tensor


def fit(
    graph: Graph,
    pools: Pools,
    settings: Settings,
    seed: int,
    start: Tables | None = None,
    tick: Callable[[int, float], None] | None = None,
) -> Tables:
    """Learns the tables from a graph; from `start` where given, whose vectors are changed in place, so that there is
    room for one more table, the optimiser's. `tick(epoch, loss)` is called after each epoch.

    Raises ModelError on an empty graph, and when the loss stops being a number.
    """
    if not len(graph):
        raise ModelError("there is no accepted fact to learn from.", mend="Ingest records first.")
    tables = start or random_tables(graph.entities, graph.relations, settings.rank, seed)
    entities, relations = _Table(tables.entities, settings.rate), _Table(tables.relations, settings.rate)
    del tables
    batches = _Batches(graph, pools, settings, np.random.default_rng(seed))
    began = time.monotonic()
    for epoch in range(settings.epochs):
        with frugal(short=True):
            losses = [_step(entities, relations, batch, settings) for batch in batches]
        loss = sum(losses) / len(losses)
        if not np.isfinite(loss):
            raise ModelError(f"the loss became {loss} in epoch {epoch}.", mend="Lower the learning rate.")
        if tick:
            tick(epoch, loss)
        if settings.seconds is not None and time.monotonic() - began > settings.seconds:
            break
    return Tables(entities.values, relations.values)


def random_tables(entities: int, relations: int, rank: int, seed: int) -> Tables:
    """Small random vectors, the start of every training."""
    generator = torch.Generator().manual_seed(seed)
    return Tables(
        torch.randn(entities, 2 * rank, generator=generator).mul_(1e-2),
        torch.randn(2 * relations, 2 * rank, generator=generator).mul_(1e-2),
    )


def query(head: Tensor, relation: Tensor) -> Tensor:
    """The vector whose dot product with a tail is the score: (B, 2d) of vectors (B, 2d)."""
    (a, b), (c, d) = head.chunk(2, -1), relation.chunk(2, -1)
    return torch.cat([a * c - b * d, a * d + b * c], -1)


def relation_query(head: Tensor, tail: Tensor) -> Tensor:
    """The vector whose dot product with a relation is the score."""
    (a, b), (c, d) = head.chunk(2, -1), tail.chunk(2, -1)
    return torch.cat([a * c + b * d, a * d - b * c], -1)


def score(tables: Tables, head: Tensor, relation: Tensor, tail: Tensor) -> Tensor:
    """Raw scores (B,) of coded triples; comparable only within one relation."""
    return (query(tables.entities[head], tables.relations[relation]) * tables.entities[tail]).sum(-1)


def scores(tables: Tables) -> Scores:
    """The scoring function that ranking asks for."""

    def table(heads: Ints, relations: Ints, candidates: Ints) -> Floats:
        asked = query(tables.entities[torch.from_numpy(heads)], tables.relations[torch.from_numpy(relations)])
        return np.asarray((asked @ tables.entities[torch.from_numpy(candidates)].T).numpy())

    return table


@dataclass(frozen=True, slots=True)
class _Batch:
    """B queries of one pool of P candidates. Their heads are `heads[head]`, of distinct `heads`; `row` and
    `column` are the places of the positives in the (B, P) scores, `weight` how many each query has."""

    heads: Tensor
    head: Tensor
    relation: Tensor
    pool: Tensor
    row: Tensor
    column: Tensor
    weight: Tensor


class _Batches:
    """Batches of queries that share a pool, drawn anew each time they are walked through."""

    def __init__(self, graph: Graph, pools: Pools, settings: Settings, rng: np.random.Generator) -> None:
        self._graph, self._pools, self._rng = graph, pools, rng
        self._size, self._most = settings.batch, settings.candidates
        self._heads, self._relations, self._starts = graph.queries()
        self._group = pools.group[self._relations]
        self._column = np.empty(graph.entities, dtype=np.int64)

    def __iter__(self) -> Iterator[_Batch]:
        order = self._rng.permutation(len(self._heads))
        parts: list[tuple[int, Ints]] = []
        for group in np.unique(self._group):
            mine = order[self._group[order] == group]
            parts += [(int(group), mine[at : at + self._size]) for at in range(0, len(mine), self._size)]
        for number in self._rng.permutation(len(parts)):
            yield self._batch(*parts[number])

    def _batch(self, group: int, queries: Ints) -> _Batch:
        length = self._starts[queries + 1] - self._starts[queries]
        row = np.repeat(np.arange(len(queries)), length)
        offset = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
        tails = self._graph.tail[self._starts[queries][row] + offset]
        pool = self._candidates(group, tails)
        self._column[pool] = np.arange(len(pool))
        heads, head = np.unique(self._heads[queries], return_inverse=True)
        return _Batch(
            torch.from_numpy(heads),
            torch.from_numpy(head),
            torch.from_numpy(self._relations[queries]),
            torch.from_numpy(pool),
            torch.from_numpy(row),
            torch.from_numpy(self._column[tails]),
            torch.from_numpy(length.astype(np.float32)),
        )

    def _candidates(self, group: int, tails: Ints) -> Ints:
        """The pool, or as many of it as may be: always as many, since products of ever new shapes fill the memory."""
        pool = self._pools.members[group]
        if len(pool) <= self._most:
            return pool
        true = np.unique(tails)
        others = np.setdiff1d(pool, true, assume_unique=True)
        free = max(0, self._most - len(true))
        return np.concatenate([true, self._rng.choice(others, free, replace=False, shuffle=False)])


class _SoftmaxLoss(torch.autograd.Function):
    """Sum over positives of -log softmax(queries . candidates): one pass, the gradient kept in place of the scores."""

    @staticmethod
    def forward(ctx, queries, candidates, row, column, weight):  # type: ignore[no-untyped-def]
        scores = queries @ candidates.T
        positive = scores[row, column].sum()
        top = scores.amax(1, keepdim=True)
        scores.sub_(top).exp_()
        total = scores.sum(1, keepdim=True)
        loss = (weight * (total.log() + top).squeeze(1)).sum() - positive
        scores.mul_(weight[:, None] / total)
        scores[row, column] -= 1.0  # positives are distinct
        ctx.save_for_backward(scores, queries, candidates)
        return loss

    @staticmethod
    def backward(ctx, grad):  # type: ignore[no-untyped-def]
        scores, queries, candidates = ctx.saved_tensors
        return grad * (scores @ candidates), grad * (scores.T @ queries), None, None, None


class _Table:
    """Vectors with their Adagrad state (Duchi et al. 2011). Only the rows of a batch are read, and changed in place."""

    def __init__(self, values: Tensor, rate: float) -> None:
        self.values, self._rate = values, rate
        self._squares = torch.zeros_like(values)

    def rows(self, index: Tensor) -> Tensor:
        """Rows of distinct indices, to take gradients of."""
        return self.values.index_select(0, index).requires_grad_()

    def update(self, index: Tensor, grad: Tensor) -> None:
        """One step for the rows of distinct indices."""
        squares = self._squares.index_select(0, index).addcmul_(grad, grad)
        self._squares.index_copy_(0, index, squares)
        self.values.index_add_(0, index, grad.div_(squares.sqrt_().add_(1e-10)), alpha=-self._rate)


def _step(entities: _Table, relations: _Table, batch: _Batch, settings: Settings) -> float:
    every = torch.arange(len(relations.values))
    leaves = [entities.rows(batch.heads), relations.rows(every), entities.rows(batch.pool)]
    objective, loss = _objective(leaves[0], leaves[1], leaves[2], batch, settings)
    grads = torch.autograd.grad(objective, leaves)
    entities.update(batch.heads, grads[0])
    relations.update(every, grads[1])
    entities.update(batch.pool, grads[2])
    return loss


def _objective(
    heads: Tensor, relations: Tensor, candidates: Tensor, batch: _Batch, settings: Settings
) -> tuple[Tensor, float]:
    """What is made small, per fact, and the part of it that is the loss of ranking."""
    head, relation = heads.index_select(0, batch.head), relations.index_select(0, batch.relation)
    loss = _SoftmaxLoss.apply(query(head, relation), candidates, batch.row, batch.column, batch.weight)
    # Each entity is as often a tail as it is a head of the inverse, so the heads' penalty counts twice.
    penalty = (batch.weight * (2 * _cubes(head) + _cubes(relation))).sum()
    facts = len(batch.row)
    objective = (loss + settings.n3 * penalty) / facts
    if settings.relation_weight:
        some = slice(None, None, -(-facts // settings.batch))
        asked = relation_query(head[batch.row[some]], candidates[batch.column[some]])
        true = batch.relation[batch.row[some]]
        extra = torch.nn.functional.cross_entropy(asked @ relations.T, true)
        objective = objective + settings.relation_weight * extra
    return objective, float(loss.detach()) / facts


def _cubes(vectors: Tensor) -> Tensor:
    real, imaginary = vectors.chunk(2, -1)
    return (real.square() + imaginary.square() + 1e-12).pow(1.5).sum(-1)
