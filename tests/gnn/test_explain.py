from __future__ import annotations

import pytest

from marquee.gnn.explain import explain
from marquee.gnn.model import Model
from marquee.schema.errors import NotFound
from marquee.schema.snapshot import Snapshot, from_triples


def test_every_path_leads_from_head_to_tail_over_stated_facts(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    snapshot = world.snapshot
    stated = dict(zip(snapshot.statements, world.facts, strict=True))
    for head, relation, tail in world.missing[:15]:
        because = explain(snapshot, model, head, relation, tail)
        assert because.paths
        assert sum(because.weights) == pytest.approx(1)
        for path in because.paths:
            at = head
            for step in path:
                assert stated[step.statement] == (step.head, step.relation, step.tail)
                assert at == (step.head if step.forward else step.tail)
                at = step.tail if step.forward else step.head
            assert at == tail


def test_the_fact_itself_is_never_its_own_reason(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    snapshot = world.snapshot
    for head, relation, tail in world.facts[:30]:
        for path in explain(snapshot, model, head, relation, tail).paths:
            assert (head, relation, tail) not in [(s.head, s.relation, s.tail) for s in path]


def test_the_sentence_reads(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    because = explain(world.snapshot, model, *next(f for f in world.missing if f[1] == "genre"))
    assert because.sentence.endswith(".")
    assert "is of genre" in because.sentence or "directed" in because.sentence or "acted in" in because.sentence


def test_no_path_is_said(model: Model, world) -> None:  # type: ignore[no-untyped-def]
    apart: Snapshot = from_triples([("a", "directed", "b"), ("c", "directed", "d")])
    because = explain(apart, model, "a", "directed", "d")
    assert because.paths == ()
    assert "No path" in because.sentence


def test_unknown_ends_are_said(model: Model, world) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotFound, match="'nobody'"):
        explain(world.snapshot, model, "nobody", "directed", "film0.0")
    with pytest.raises(NotFound, match="'edited'"):
        explain(world.snapshot, model, "person0.0", "edited", "film0.0")
