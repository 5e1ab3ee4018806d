"""What is known of a statement, as numbers: learned score, paths, type, what is held already, degrees.

A statement that is in the graph is described as if it were not: its own edge is left out of every count,
and the learned score is missing (NaN) where the vectors were trained on it. Raw scores of different
relations do not compare, so each is set against the other candidates of its own query.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from marquee.gnn import paths
from marquee.gnn.complex import query
from marquee.gnn.ground import Ground
from marquee.gnn.standing import Questions, standing
from marquee.gnn.triples import Bools, Floats, Ints, Triples, invert

Columns = dict[str, Floats]


def compute(ground: Ground, statements: Triples) -> Floats:
    """(N, F) features of coded triples, columns as in `NAMES`; NaN where the graph has no ground."""
    own = ground.graph.has(*statements.T)
    columns: Columns = {}
    for group in GROUPS.values():
        columns |= group(ground, statements, own)
    return np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32)


def blind(features: Floats) -> Floats:
    """The same without the learned score, as for a statement whose vectors have seen it."""
    hidden = features.copy()
    hidden[:, [NAMES.index(name) for name in _EMBEDDING]] = np.nan
    return hidden


def _both(statements: Triples, ground: Ground) -> list[tuple[str, Ints, Ints, Ints]]:
    """Each statement asked both ways: name, kept end, relation, other end."""
    head, relation, tail = statements.T
    return [("tail", head, relation, tail), ("head", tail, invert(relation, ground.graph.relations), head)]


# --- the learned score ---------------------------------------------------------------------------


def _learned(ground: Ground, statements: Triples, own: Bools) -> Columns:
    """By the vectors of both ends, where these have not seen the statement."""
    placed = ground.placed[statements[:, 0]] & ground.placed[statements[:, 2]]
    open_ = np.flatnonzero(placed & ~ground.seen(*statements.T))
    columns: Columns = {}
    for side, kept, relation, out in _both(statements[open_], ground):
        heads, outs = (ground.entities[torch.from_numpy(ends)] for ends in (kept, out))
        asked = query(heads, ground.relations[torch.from_numpy(relation)])
        questions = Questions(kept, relation, out, asked, outs)
        found = standing(ground.graph, ground.pools, questions, ground.entities, ground.placed)
        columns |= _spread(side, ("z", "rank", "share"), found, open_, len(statements))
    return columns


def _neighbours(ground: Ground, statements: Triples, own: Bools) -> Columns:
    """By what the other facts of both ends say of them, where each has any."""
    degree = ground.graph.degree
    open_ = np.flatnonzero((degree[statements[:, 0]] > own) & (degree[statements[:, 2]] > own))
    vectors = _without(ground, statements[open_], own[open_])
    columns: Columns = {}
    for (side, kept, relation, out), asking, answering in zip(
        _both(statements[open_], ground), vectors, vectors[::-1], strict=True
    ):
        asked = query(asking, ground.relations[torch.from_numpy(relation)])
        questions = Questions(kept, relation, out, asked, answering)
        found = standing(ground.graph, ground.pools, questions, ground.encoded, degree > 0)
        columns |= _spread(f"near_{side}", ("z", "rank", "share"), found, open_, len(statements))
    return columns


def _without(ground: Ground, statements: Triples, own: Bools) -> list[Tensor]:
    """The encoded heads and the encoded tails, each without the statement's own edge."""
    vectors = []
    inside = np.flatnonzero(own)
    for _, kept, relation, out in _both(statements, ground):
        found = ground.encoded[torch.from_numpy(kept)]
        if len(inside):
            found[torch.from_numpy(inside)] = ground.encode_without(kept[inside], relation[inside], out[inside])
        vectors.append(found)
    return vectors


def _spread(side: str, names: tuple[str, ...], found: Floats, rows: Ints, size: int) -> Columns:
    """Columns of `size` rows, NaN but for the given ones."""
    columns: Columns = {}
    for name, values in zip(names, found.T, strict=True):
        columns[f"{side}_{name}"] = np.full(size, np.nan, dtype=np.float32)
        columns[f"{side}_{name}"][rows] = values
    return columns


# --- paths ---------------------------------------------------------------------------------------


def _paths(ground: Ground, statements: Triples, own: Bools) -> Columns:
    graph, size = ground.graph, len(statements)
    head, relation, tail = statements.T
    hops = paths.two_hops(graph, head, tail)
    keys = paths.path_keys(graph, relation, hops)
    kinds = np.unique(np.stack([hops.owner, keys], axis=1), axis=0)
    weight = paths.weigh(kinds[:, 1], ground.weights.paths, ground.weights.path_weights)
    best, worst = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
    np.maximum.at(best, kinds[:, 0], weight)
    np.minimum.at(worst, kinds[:, 0], weight)
    rare = 1 / np.log1p(graph.degree[hops.middle])
    middles = np.unique(np.stack([hops.owner, hops.middle], axis=1), axis=0)[:, 0]
    return {
        "path_sum": np.bincount(kinds[:, 0], weight, size).astype(np.float32),
        "path_best": best,
        "path_worst": worst,
        "path_rare": np.bincount(hops.owner, rare, size).astype(np.float32),
        "shared_neighbours": np.log1p(np.bincount(middles, minlength=size)).astype(np.float32),
    }


def _pair(ground: Ground, statements: Triples, own: Bools) -> Columns:
    head, relation, tail = statements.T
    between, owner = paths.others(ground.graph, head, relation, tail)
    keys = paths.pair_keys(ground.graph, relation, between, owner)
    weight = paths.weigh(keys, ground.weights.pairs, ground.weights.pair_weights)
    return {
        "pair_sum": np.bincount(owner, weight, len(statements)).astype(np.float32),
        "pair_count": np.bincount(owner, minlength=len(statements)).astype(np.float32),
    }


# --- types, what is held, degrees ----------------------------------------------------------------


def _type(ground: Ground, statements: Triples, own: Bools) -> Columns:
    columns: Columns = {}
    for side, kept, relation, out in _both(statements, ground):
        columns[f"{side}_kind"] = _kind_share(ground, relation, out, own)
        columns[f"{side}_role"] = _role_share(ground, relation, kept, own)
    return columns


def _kind_share(ground: Ground, relation: Ints, out: Ints, own: Bools) -> Floats:
    """Log of the share of the relation's facts whose end is of this kind."""
    mine = ground.counts.kinds[relation, ground.pools.kinds[out]] - own
    return np.log((mine + 0.5) / (ground.counts.often[relation] - own + 1)).astype(np.float32)


def _role_share(ground: Ground, relation: Ints, kept: Ints, own: Bools) -> Floats:
    """Mean log chance of the relation given each other role that the entity has; NaN without any."""
    together = ground.counts.together
    mine = ground.counts.has[kept].astype(np.float32)
    mine[np.arange(len(kept)), relation] = 0
    lone = own & (ground.graph.tails(kept, relation).length == 1)  # it has the role by this statement alone
    both = together[relation] - lone[:, None] * mine
    total = (mine * np.log((both + 0.1) / (np.diag(together) + 1))).sum(1)
    count = mine.sum(1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)


def _held(ground: Ground, statements: Triples, own: Bools) -> Columns:
    columns: Columns = {}
    for side, kept, relation, _ in _both(statements, ground):
        held = ground.graph.tails(kept, relation).length - own
        capped = np.minimum(held, ground.room.shape[1] - 1)
        columns[f"{side}_held"] = np.log1p(held).astype(np.float32)
        columns[f"{side}_room"] = np.log(ground.room[relation, capped])
    return columns


def _popularity(ground: Ground, statements: Triples, own: Bools) -> Columns:
    head, relation, tail = statements.T
    return {
        "head_degree": np.log1p(ground.graph.degree[head] - own).astype(np.float32),
        "tail_degree": np.log1p(ground.graph.degree[tail] - own).astype(np.float32),
        "relation_count": np.log1p(ground.counts.often[relation] - own).astype(np.float32),
    }


_EMBEDDING = ("tail_z", "tail_rank", "tail_share", "head_z", "head_rank", "head_share")
GROUPS: dict[str, Callable[[Ground, Triples, Bools], Columns]] = {
    "learned": _learned,
    "neighbours": _neighbours,
    "paths": _paths,
    "pair": _pair,
    "type": _type,
    "held": _held,
    "popularity": _popularity,
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "learned": _EMBEDDING,
    "neighbours": tuple(f"near_{name}" for name in _EMBEDDING),
    "paths": ("path_sum", "path_best", "path_worst", "path_rare", "shared_neighbours"),
    "pair": ("pair_sum", "pair_count"),
    "type": ("tail_kind", "tail_role", "head_kind", "head_role"),
    "held": ("tail_held", "tail_room", "head_held", "head_room"),
    "popularity": ("head_degree", "tail_degree", "relation_count"),
}
NAMES: tuple[str, ...] = tuple(name for names in COLUMNS.values() for name in names)
