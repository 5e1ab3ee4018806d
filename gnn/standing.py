"""How an answer stands among all candidates of its question: z-score, rank and share, which do compare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from marquee.gnn.pools import Pools
from marquee.gnn.triples import Bools, Floats, Graph, Ints

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Questions:
    """N questions (kept, relation) and their answers `out`, coded (N,); asked and own (N, 2d): the query
    vectors and the answers' vectors."""

    kept: Ints
    relation: Ints
    out: Ints
    asked: Tensor
    own: Tensor


def standing(graph: Graph, pools: Pools, questions: Questions, table: Tensor, usable: Bools) -> Floats:
    """(N, 3): z-score, log rank and log softmax share of each answer among the candidates of its question.

    table (E, 2d): the candidates' vectors, where `usable` (E,). Other known answers are left out of rank
    and share, as in filtered ranking.
    """
    kept, relation, out, asked = questions.kept, questions.relation, questions.out, questions.asked
    found = np.zeros((len(kept), 3), dtype=np.float32)
    mine = (asked * questions.own).sum(1)
    column = np.empty(graph.entities, dtype=np.int64)
    groups = pools.group[relation]
    for group in np.unique(groups):
        pool = pools.members[int(group)]
        pool = pool[usable[pool]]
        column[:] = -1
        column[pool] = np.arange(len(pool))
        members = np.flatnonzero(groups == group)
        candidates = table[torch.from_numpy(pool)]
        for at in range(0, len(members) * bool(len(pool)), _CHUNK):
            some = members[at : at + _CHUNK]
            rows = torch.from_numpy(some)
            scores = asked[rows] @ candidates.T
            found[some] = _stand(scores, mine[rows], graph, kept[some], relation[some], column[out[some]], column)
    return found


def _stand(scores: Tensor, mine: Tensor, graph: Graph, kept: Ints, relation: Ints, place: Ints, column: Ints) -> Floats:
    """Of scores (B, P); `place` (B,) is the answer's own column, -1 where it is no candidate."""
    mean = scores.mean(dim=1)
    spread = (torch.linalg.vector_norm(scores, dim=1).square() / scores.shape[1] - mean.square()).clamp(min=0).sqrt()
    z = (mine - mean) / (spread + 1e-6)
    position, owner = graph.tails(kept, relation).flat()
    known = column[graph.tail[position]]
    scores[torch.from_numpy(owner[known >= 0]), torch.from_numpy(known[known >= 0])] = -torch.inf
    inside = np.flatnonzero(place >= 0)
    scores[torch.from_numpy(inside), torch.from_numpy(place[inside])] = -torch.inf
    above = (scores > mine[:, None]).sum(1)
    share = mine - torch.logaddexp(torch.logsumexp(scores, dim=1), mine)
    return torch.stack([z, torch.log1p(above.float()), share.clamp(min=-30)], dim=1).numpy()
