"""A vector for an entity from its facts alone: a graph network over its neighbours, with attention by relation.

A message is what the learned tables expect at the entity: the ComplEx query of (neighbour, inverse relation).
Messages are weighed by attention over relation and commonness (GAT, Velickovic et al. 2018), summed, and
mapped back to the table's space. It is trained to predict facts it is not shown, so that entities never
trained on can be scored, and a fact can be judged with its own edge left out (the idea of Hamaguchi et al.
2017 and Galkin et al. 2022, on frozen tables).
"""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn

from marquee.gnn.arithmetic import frugal
from marquee.gnn.complex import Tables, query
from marquee.gnn.pools import Pools
from marquee.gnn.triples import Floats, Graph, Ints, invert, member
from marquee.schema.errors import MissingExtra

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it compiles with a part of torch that is being replaced
        from torch_geometric.utils import scatter, softmax
except ImportError as error:
    raise MissingExtra("torch_geometric", "gnn") from error

_WIDEST = 48  # edges of an entity that are read, spread over all of them
_CHUNK = 256  # entities read at once: the messages to them fit the processor's cache
_LEFT = 1e-2  # share of the attention below which an entity is read anew rather than by subtraction


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: `steps` batches of `batch` facts, fewer on a small graph; up to `drop` of an entity's other
    facts are hidden, too."""

    steps: int = 150
    batch: int = 256
    rate: float = 3e-3
    drop: float = 0.6
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Edges:
    """M facts of N entities: the entity's place, the relation from it, the neighbour: (M,) each."""

    owner: Ints
    relation: Ints
    neighbour: Ints


class Encoder(nn.Module):
    """Weights for tables of 2R relations and vectors of width 2d."""

    def __init__(self, relations: int, width: int) -> None:
        super().__init__()
        self.importance = nn.Parameter(torch.zeros(relations))
        self.commonness = nn.Parameter(torch.zeros(relations))
        self.scale = nn.Parameter(torch.ones(relations, width))
        self.shift = nn.Parameter(torch.zeros(relations, width))
        self.straight = nn.Linear(width, width)
        last = nn.Linear(width, width)
        self.bent = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width), nn.ReLU(), last)
        nn.init.eye_(self.straight.weight)
        nn.init.zeros_(last.weight)

    def forward(self, tables: Tables, edges: Edges, degree: Floats, size: int) -> Tensor:
        """(N, 2d) vectors of N = `size` entities; zeros bent alike where one has no edge. degree (M,) log, of neighbours."""
        weight, messages = self.messages(tables, edges, degree, size)
        return self.read(gather(edges, weight[:, None] * messages, size))

    def messages(self, tables: Tables, edges: Edges, degree: Floats, size: int) -> tuple[Tensor, Tensor]:
        """The attention to each edge (M,), which adds up to one for an entity, and its message (M, 2d)."""
        relation = torch.from_numpy(edges.relation)
        back = torch.from_numpy(invert(edges.relation, len(tables.relations) // 2))
        expected = query(tables.entities[torch.from_numpy(edges.neighbour)], tables.relations[back])
        heed = self.importance[relation] + self.commonness[relation] * torch.from_numpy(degree)
        weight = softmax(heed, torch.from_numpy(edges.owner), num_nodes=size)
        return weight, expected * self.scale[relation] + self.shift[relation]

    def read(self, summed: Tensor) -> Tensor:
        """Summed messages (N, 2d) as vectors (N, 2d) of the table's space."""
        return torch.as_tensor(self.straight(summed) + self.bent(summed))


def gather(edges: Edges, messages: Tensor, size: int) -> Tensor:
    """The sum of the messages (M, 2d) to each of N = `size` entities: (N, 2d)."""
    return torch.as_tensor(scatter(messages, torch.from_numpy(edges.owner), dim_size=size, reduce="sum"))


@frugal(short=True)
def fit(graph: Graph, pools: Pools, tables: Tables, settings: Settings, seed: int) -> Encoder:
    """An encoder that predicts facts of the graph from the other facts of their heads, against the tables."""
    torch.manual_seed(seed)
    encoder = Encoder(*tables.relations.shape)
    settings = replace(settings, steps=min(settings.steps, max(30, len(graph.tail) // 64)))
    optimizer = torch.optim.Adam(encoder.parameters(), lr=settings.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings.rate, total_steps=settings.steps + 1)
    rng = np.random.default_rng(seed)
    began = time.monotonic()
    for group, facts in _batches(graph, pools, settings, rng):
        loss = _loss(encoder, graph, pools.members[group], tables, facts, settings.drop, rng)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if settings.seconds is not None and time.monotonic() - began > settings.seconds:
            break
    encoder.eval()
    return encoder


def encode_all(encoder: Encoder, graph: Graph, tables: Tables) -> Tensor:
    """(E, 2d) vectors of all entities of the graph from all their facts."""
    with torch.no_grad():
        vectors = encoder.read(torch.zeros(1, tables.entities.shape[1])).repeat(graph.entities, 1)
        read = np.flatnonzero(graph.degree)  # the others are alike
        for at in range(0, len(read), _CHUNK):
            some = read[at : at + _CHUNK]
            vectors[torch.from_numpy(some)] = _encode(encoder, graph, tables, some)
    return vectors


def encode_without(encoder: Encoder, graph: Graph, tables: Tables, head: Ints, relation: Ints, tail: Ints) -> Tensor:
    """(N, 2d) vectors of heads from their facts, each without the edge (head, relation, tail).

    Each head is read once; the edge's own message is taken out of the sum, and the attention to it given back.
    """
    vectors = torch.empty(len(head), tables.entities.shape[1])
    order = np.argsort(head, kind="stable")
    with torch.no_grad():
        for at in range(0, len(head), _CHUNK):
            some = order[at : at + _CHUNK]
            vectors[torch.from_numpy(some)] = _without(encoder, graph, tables, head[some], relation[some], tail[some])
    return vectors


def _without(encoder: Encoder, graph: Graph, tables: Tables, head: Ints, relation: Ints, tail: Ints) -> Tensor:
    heads, owner = np.unique(head, return_inverse=True)
    edges = _edges(graph, heads)
    weight, messages = encoder.messages(tables, edges, _common(graph, edges), len(heads))
    summed = gather(edges, weight[:, None] * messages, len(heads))[torch.from_numpy(owner)]
    keys = graph.key(heads[edges.owner], edges.relation, edges.neighbour)  # ascending, as the graph's are
    wanted = graph.key(head, relation, tail)
    read = np.flatnonzero(member(wanted, keys))  # a hub's edge may not be among those that are read
    own = torch.from_numpy(np.searchsorted(keys, wanted[read]))
    left = torch.ones(len(head))
    left[torch.from_numpy(read)] -= weight[own]
    summed[torch.from_numpy(read)] -= weight[own, None] * messages[own]
    vectors = encoder.read(summed / left.clamp(min=_LEFT)[:, None])
    alone = np.flatnonzero(left.numpy() < _LEFT)
    if len(alone):
        vectors[torch.from_numpy(alone)] = _encode(encoder, graph, tables, head[alone], (relation[alone], tail[alone]))
    return vectors


def _encode(
    encoder: Encoder, graph: Graph, tables: Tables, head: Ints, without: tuple[Ints, Ints] | None = None
) -> Tensor:
    edges = _edges(graph, head, without)
    return torch.as_tensor(encoder(tables, edges, _common(graph, edges), len(head)))


def _edges(graph: Graph, head: Ints, without: tuple[Ints, Ints] | None = None) -> Edges:
    """The edges of each entity, at most `_WIDEST`, evenly spread; without the one edge given for each."""
    runs = graph.edges(head)
    count = np.minimum(runs.length, _WIDEST)
    owner = np.repeat(np.arange(len(head)), count)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    position = runs.start[owner] + offset * runs.length[owner] // np.maximum(1, count[owner])
    relation, neighbour = graph.relation[position], graph.tail[position]
    kept = neighbour != head[owner]
    if without is not None:
        kept &= (relation != without[0][owner]) | (neighbour != without[1][owner])
    return Edges(owner[kept], relation[kept], neighbour[kept])


def _common(graph: Graph, edges: Edges) -> Floats:
    return np.log1p(graph.degree[edges.neighbour]).astype(np.float32)


def _batches(graph: Graph, pools: Pools, settings: Settings, rng: np.random.Generator) -> list[tuple[int, Ints]]:
    """Batches of positions of edges whose relations share a pool, as often as they have edges."""
    group = pools.group[graph.relation]
    drawn = rng.integers(0, len(group), settings.steps)
    members = {int(number): np.flatnonzero(group == number) for number in np.unique(group[drawn])}
    return [(int(group[at]), rng.choice(members[int(group[at])], settings.batch)) for at in drawn]


def _loss(
    encoder: Encoder,
    graph: Graph,
    pool: Ints,
    tables: Tables,
    facts: Ints,
    drop: float,
    rng: np.random.Generator,
) -> Tensor:
    head, relation, tail = graph.head[facts], graph.relation[facts], graph.tail[facts]
    edges = _edges(graph, head, (relation, tail))
    kept = rng.random(len(edges.owner)) >= (rng.random(len(head)) * drop)[edges.owner]
    edges = Edges(edges.owner[kept], edges.relation[kept], edges.neighbour[kept])
    vectors = encoder(tables, edges, _common(graph, edges), len(head))
    asked = query(vectors, tables.relations[torch.from_numpy(relation)])
    scores = asked @ tables.entities[torch.from_numpy(pool)].T
    column = np.empty(graph.entities, dtype=np.int64)
    column[pool] = np.arange(len(pool))
    other, owner = graph.tails(head, relation).flat()
    hidden = graph.tail[other] != tail[owner]
    scores[torch.from_numpy(owner[hidden]), torch.from_numpy(column[graph.tail[other][hidden]])] = -1e9
    return nn.functional.cross_entropy(scores, torch.from_numpy(column[tail]))
