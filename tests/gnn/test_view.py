from __future__ import annotations

from array import array
from dataclasses import replace

import numpy as np
import torch

from marquee.gnn import view
from marquee.gnn.complex import Tables
from marquee.gnn.model import Model
from marquee.schema.snapshot import from_triples


def test_an_equal_snapshot_is_seen_once_and_a_changed_one_anew(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    seen = view.of(world.snapshot, model)
    assert view.of(world.snapshot, model) is seen
    pending = replace(world.snapshot, status=array("b", [0]) + world.snapshot.status[1:])
    changed = view.of(pending, model)
    assert changed is not seen
    assert len(changed.ground.graph) == len(seen.ground.graph) - 1


def test_what_is_only_pending_leaves_the_ground_and_another_fact_makes_a_new_one(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    seen = view.of(world.snapshot, model)
    fewer = replace(world.snapshot, status=array("b", [0]) + world.snapshot.status[1:])
    pending = view.of(fewer, model)
    assert pending.ground is not seen.ground
    rejected = replace(world.snapshot, status=array("b", [2]) + world.snapshot.status[1:])
    assert view.of(rejected, model).ground is pending.ground


def test_vectors_follow_their_entities_whatever_the_order(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    turned = view.of(from_triples(world.facts[::-1], world.kinds), model)
    for entity in ("film0.1", "person3.2"):
        place = model.entities.index(entity)
        assert np.array_equal(turned.ground.entities[turned.index[entity]], model.tables.entities[place])
    head, relation, tail = (np.array([code]) for code in turned.rows[0])
    assert turned.ground.seen(head, relation, tail).all()


def test_an_accepted_fact_is_found_by_its_triple(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    seen = view.of(world.snapshot, model)
    assert [seen.row_of(*map(int, seen.rows[at])) for at in (0, 17, 99)] == [0, 17, 99]
    assert seen.row_of(0, 0, 0) == -1


def test_entities_that_left_and_came_are_no_trouble(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    smaller = [fact for fact in world.facts if "film0.1" not in fact]
    seen = view.of(from_triples([*smaller, ("newcomer", "acted_in", "film0.0")], world.kinds), model)
    assert "film0.1" not in seen.index
    assert not seen.ground.placed[seen.index["newcomer"]]
    assert np.isfinite(seen.ground.entities.numpy()).all()


def test_an_entity_of_which_nothing_was_learned_has_no_vector(world, model: Model) -> None:  # type: ignore[no-untyped-def]
    """It was in the graph when the model was trained, and got its first fact later."""
    idle = from_triples([("idle", "sibling", "other")], world.kinds)
    known = replace(model, entities=(*model.entities, *idle.entities), tables=_longer(model.tables, 2))
    snapshot = from_triples([*world.facts, ("person0.0", "sibling", "idle")], world.kinds)
    seen = view.of(snapshot, known)
    assert not seen.ground.placed[seen.index["idle"]]
    assert seen.ground.placed[seen.index["person0.0"]]


def _longer(tables: Tables, rows: int) -> Tables:
    return Tables(torch.cat([tables.entities, torch.randn(rows, tables.entities.shape[1])]), tables.relations)
