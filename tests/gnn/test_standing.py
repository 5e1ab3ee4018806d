from __future__ import annotations

import numpy as np
import pytest
import torch

from marquee.gnn import standing, view
from marquee.gnn.complex import query
from marquee.gnn.model import Model
from marquee.gnn.standing import Questions
from marquee.gnn.triples import invert


@pytest.mark.parametrize("parts", [7, 1024])
def test_a_pool_walked_through_in_parts_gives_what_one_table_of_scores_says(  # type: ignore[no-untyped-def]
    world, model: Model, parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "_CANDIDATES", parts)
    ground = view.of(world.snapshot, model).ground
    kept, relation, out = ground.graph.triples[::3].T
    kept, relation, out = (
        np.concatenate(ends)
        for ends in zip((kept, relation, out), (out, invert(relation, ground.graph.relations), kept), strict=True)
    )
    asked = query(ground.entities[torch.from_numpy(kept)], ground.relations[torch.from_numpy(relation)])
    questions = Questions(kept, relation, out, asked, ground.entities[torch.from_numpy(out)])
    found = standing.standing(ground.graph, ground.pools, questions, ground.entities, ground.placed)
    for at in range(len(kept)):
        pool = ground.pools.of(int(relation[at]))
        pool = pool[ground.placed[pool]]
        scores = (asked[at] @ ground.entities[torch.from_numpy(pool)].T).numpy().astype(np.float64)
        mine = float((asked[at] * questions.own[at]).sum())
        others = scores[~ground.graph.has(np.full(len(pool), kept[at]), np.full(len(pool), relation[at]), pool)]
        z = (mine - scores.mean()) / (scores.std() + 1e-6)
        share = -np.log1p(np.exp(others - mine).sum())
        above = (others > mine + 1e-4).sum(), (others > mine - 1e-4).sum()
        assert found[at, 0] == pytest.approx(z, abs=1e-3)
        assert above[0] <= np.expm1(found[at, 1]) + 1e-3
        assert np.expm1(found[at, 1]) - 1e-3 <= above[1]
        assert found[at, 2] == pytest.approx(max(share, -30), abs=1e-3)
