"""How an answer stands among all candidates of its question: z-score, rank and share, which do compare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from marquee.gnn.pools import Pools
from marquee.gnn.triples import Bools, Floats, Graph, Ints

_QUESTIONS, _CANDIDATES = 512, 1024  # asked of each other at once; their scores fit the processor's cache


@dataclass(frozen=True, slots=True)
class Questions:
    """N questions (kept, relation) and their answers `out`, coded (N,); asked and own (N, 2d): the query
    vectors and the answers' vectors."""

    kept: Ints
    relation: Ints
    out: Ints
    asked: Tensor
    own: Tensor

    def some(self, rows: Ints) -> Questions:
        """Those of the given rows."""
        at = torch.from_numpy(rows)
        return Questions(self.kept[rows], self.relation[rows], self.out[rows], self.asked[at], self.own[at])


def standing(graph: Graph, pools: Pools, questions: Questions, table: Tensor, usable: Bools) -> Floats:
    """(N, 3): z-score, log rank and log softmax share of each answer among the candidates of its question.

    table (E, 2d): the candidates' vectors, where `usable` (E,). Other known answers are left out of rank
    and share, as in filtered ranking.
    """
    found = np.zeros((len(questions.kept), 3), dtype=np.float32)
    groups = pools.group[questions.relation]
    for group in np.unique(groups):
        pool = pools.members[int(group)]
        pool = pool[usable[pool]]
        members = np.flatnonzero(groups == group)
        for at in range(0, len(members) * bool(len(pool)), _QUESTIONS):
            rows = members[at : at + _QUESTIONS]
            found[rows] = _stand(graph, questions.some(rows), table, pool)
    return found


def _stand(graph: Graph, questions: Questions, table: Tensor, pool: Ints) -> Floats:
    """(B, 3) of B questions that share a pool (P,), walked through part by part."""
    mine = (questions.asked * questions.own).sum(1, keepdim=True)
    total, squares, above, odds = torch.zeros(4, len(mine), dtype=torch.float64)
    for at in range(0, len(pool), _CANDIDATES):
        part = pool[at : at + _CANDIDATES]
        scores = questions.asked @ table[torch.from_numpy(part)].T
        total += scores.sum(1)
        squares += torch.linalg.vector_norm(scores, dim=1).square()
        scores -= mine
        for owner, place in (_known(graph, questions, part), _own(questions, part)):
            scores[torch.from_numpy(owner), torch.from_numpy(place)] = -torch.inf
        above += torch.gt(scores, 0, out=torch.empty_like(scores)).sum(1)
        odds += scores.exp_().sum(1)
    mean = total / len(pool)
    spread = (squares / len(pool) - mean.square()).clamp(min=0).sqrt()
    z = (mine.squeeze(1) - mean) / (spread + 1e-6)
    return torch.stack([z, torch.log1p(above), -torch.log1p(odds).clamp(max=30)], dim=1).numpy()


def _known(graph: Graph, questions: Questions, part: Ints) -> tuple[Ints, Ints]:
    """The known answers among some candidates: the question of each, and its place among them."""
    found, owner = graph.tails_within(questions.kept, questions.relation, part[0], part[-1]).flat()
    tail = graph.tail[found]
    place = np.searchsorted(part, tail)
    there = part[place] == tail  # one may be of a kind that the relation does not take
    return owner[there], place[there]


def _own(questions: Questions, part: Ints) -> tuple[Ints, Ints]:
    """The answers themselves among some candidates, likewise."""
    place = np.minimum(np.searchsorted(part, questions.out), len(part) - 1)
    there = np.flatnonzero(part[place] == questions.out)
    return there, place[there]
