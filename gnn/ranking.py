"""Filtered ranking: how high does the true end of a held-out fact stand among all that might be?

Both directions; other known answers are taken out (filtered); ties count half (the realistic rank of
Berrendorf et al. 2020), so that a constant score gives the rank of chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from marquee.gnn.pools import Pools
from marquee.gnn.triples import Floats, Graph, Ints, Triples, both_ways

Scores = Callable[[Ints, Ints, Ints], Floats]  # (heads (B,), relations (B,), candidates (P,)) -> (B, P)
_CELLS = 1 << 23  # scores at once, in up to `_CHUNK` questions
_CHUNK = 512


@dataclass(frozen=True, slots=True)
class Ranks:
    """Of N triples, tail then head side: rank (2N,), candidates (2N,) ranked against, relation (2N,) without inverse."""

    rank: Floats
    candidates: Ints
    relation: Ints

    def figures(self) -> dict[str, float]:
        """mrr, hits_at_1, hits_at_3, hits_at_10; zeros of nothing."""
        rank = self.rank if len(self.rank) else np.full(1, np.inf, dtype=np.float32)
        hits = {f"hits_at_{k}": float(np.mean(rank <= k)) for k in (1, 3, 10)}
        return {"mrr": float(np.mean(1 / rank)), **hits}

    def error(self) -> float:
        """The standard error of the mrr over triples, each with its two ranks; 0 of nothing."""
        each = (1 / self.rank).reshape(2, -1).mean(0)
        return float(each.std() / np.sqrt(len(each))) if len(each) else 0.0

    def by_relation(self, names: Sequence[str]) -> dict[str, dict[str, float]]:
        """The same for each relation that occurs, with its count of ranks as `n`."""
        parts = {}
        for code in np.unique(self.relation):
            mine = self.relation == code
            part = Ranks(self.rank[mine], self.candidates[mine], self.relation[mine])
            parts[names[code]] = {**part.figures(), "n": float(mine.sum())}
        return parts


def ranks(test: Triples, known: Graph, pools: Pools, scores: Scores) -> Ranks:
    """Ranks of test triples against the candidates of their relation; `known` holds all true facts to filter.

    The rank of an answer of a kind that the relation does not take is infinite.
    """
    edges = both_ways(test, known.relations)
    rank = np.full(len(edges), np.inf, dtype=np.float32)
    candidates = np.ones(len(edges), dtype=np.int64)
    column = np.empty(known.entities, dtype=np.int64)
    for group in np.unique(pools.group[edges[:, 1]]):
        pool = pools.members[int(group)]
        mine = np.flatnonzero(pools.group[edges[:, 1]] == group)
        column[:] = -1
        column[pool] = np.arange(len(pool))
        fitting = mine[column[edges[mine, 2]] >= 0]
        chunk = at_once(len(pool), _CELLS, _CHUNK)
        for at in range(0, len(fitting), chunk):
            some = fitting[at : at + chunk]
            rank[some] = _rank(edges[some], known, pool, column, scores)
        candidates[mine] = len(pool)
    return Ranks(rank, candidates, edges[:, 1] % known.relations)


def _rank(edges: Triples, known: Graph, pool: Ints, column: Ints, scores: Scores) -> Floats:
    heads, relations, tails = edges.T
    table = scores(heads, relations, pool)
    own = table[np.arange(len(edges)), column[tails]]
    mask(table, known, heads, relations, column)
    table[np.arange(len(edges)), column[tails]] = -np.inf
    above = (table > own[:, None]).sum(1)
    ties = (table == own[:, None]).sum(1)
    return np.asarray(1 + above + ties / 2, dtype=np.float32)


def at_once(candidates: int, cells: int, most: int) -> int:
    """How many questions to ask of so many candidates at once: `most`, fewer where that would be more than `cells`."""
    return max(1, min(most, cells // max(1, candidates)))


def mask(table: Floats, known: Graph, heads: Ints, relations: Ints, column: Ints) -> None:
    """Sets the scores (B, P) of known tails to minus infinity; `column` (E,) is each entity's place, -1 none."""
    positions, owner = known.tails(heads, relations).flat()
    place = column[known.tail[positions]]
    table[owner[place >= 0], place[place >= 0]] = -np.inf
