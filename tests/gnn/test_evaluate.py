from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from marquee.gnn import evaluate
from marquee.schema.errors import InputError, ModelError

CODEX = Path(__file__).parents[3] / "shared" / "data" / "codex" / "codex-s"


def test_the_answer_has_every_figure(world) -> None:  # type: ignore[no-untyped-def]
    found = evaluate.links(world.facts, [], [*world.missing, ("nobody", "genre", "genre0")])
    assert {"mrr", "hits_at_1", "hits_at_3", "hits_at_10", "cpu_seconds", "peak_mb", "by_relation"} <= set(found)
    assert found["mrr"] > 0.1
    assert found["unseen"] == 1
    assert set(found["by_relation"]) == {"acted_in", "genre"}


def test_nothing_to_train_on_or_to_rank_is_said(world) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="no test fact"):
        evaluate.links(world.facts, [], [])
    with pytest.raises(ModelError, match="no accepted fact"):
        evaluate.links([], [], world.missing)
    with pytest.raises(ModelError, match="no tier"):
        evaluate.links(world.facts, [], world.missing, tier="huge")


@pytest.mark.skipif(not CODEX.exists(), reason="../shared/data/codex is not here")
def test_a_second_of_codex_is_well_above_chance() -> None:
    parts = [_read(CODEX / f"{name}.txt.gz") for name in ("train", "valid", "test")]
    found = evaluate.links(*parts, budget=1.0)
    assert found["mrr"] > 0.25
    assert found["entities"] == 2034


def _read(path: Path) -> list[tuple[str, str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [(h, r, t) for h, r, t in (line.rstrip("\n").split("\t") for line in lines)]
