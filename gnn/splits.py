"""Train, valid and test without leakage: facts that give each other away stay on one side.

Kinds of leak (Toutanova and Chen 2015; Akrami et al. 2020): an inverse or symmetric duplicate in train
answers the test fact; so does another relation between the same two entities.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from marquee.gnn.triples import Ints, Triples


def split(triples: Triples, shares: Sequence[float], seed: int, pairs: bool = True) -> list[Triples]:
    """Parts of the given shares of the facts, and the rest as the last part; drawn at random by seed.

    `pairs`: all facts between the same two entities go to one part. Without it only the same relation
    between them does (a symmetric relation said twice): what a random gap in the graph looks like.
    No entity or relation loses its last fact to a part: such facts stay in the rest.
    """
    group = _groups(triples, pairs)
    rng = np.random.default_rng(seed)
    place = rng.permutation(group.max() + 1 if len(group) else 0)[group] / max(1, len(np.unique(group)))
    free = _spare(triples, group, rng)
    parts, low = [], 0.0
    taken = np.zeros(len(triples), dtype=np.bool_)
    for share in shares:
        mine = (place >= low) & (place < low + share) & free
        parts.append(triples[mine])
        taken |= mine
        low += share
    return [*parts, triples[~taken]]


def _groups(triples: Triples, pairs: bool) -> Ints:
    low, high = triples[:, [0, 2]].min(1, initial=2**62), triples[:, [0, 2]].max(1, initial=0)
    keys = [low, high] if pairs else [low, high, triples[:, 1]]
    _, group = np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)
    return np.asarray(group.reshape(-1), dtype=np.int64)


def _spare(triples: Triples, group: Ints, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Facts whose group holds no entity's or relation's kept one: a random fact of each, so that it stays known."""
    order = rng.permutation(len(triples))
    kept = np.zeros(len(triples), dtype=np.bool_)
    for column in range(3):
        kept[order[np.unique(triples[order, column], return_index=True)[1]]] = True
    return np.asarray(~np.isin(group, group[kept]))
