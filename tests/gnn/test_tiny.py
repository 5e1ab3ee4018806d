"""Graphs of nothing, of one statement, of five: every public function answers, with sense, against a real model."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest

from marquee.gnn.candidates import score_entities
from marquee.gnn.explain import explain
from marquee.gnn.judge import judge
from marquee.gnn.model import Model
from marquee.gnn.predict import missing, predict
from marquee.gnn.recall import best_ranks
from marquee.schema.errors import ModelError
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import STATUS_CODE, Snapshot, from_triples
from marquee.schema.values import Status

FIVE = [
    ("ann", "acted_in", "one"),
    ("ann", "acted_in", "two"),
    ("ben", "acted_in", "one"),
    ("ben", "directed", "two"),
    ("ann", "spouse", "ben"),
]
KINDS = {"ann": Kind.PERSON, "ben": Kind.PERSON, "one": Kind.FILM, "two": Kind.FILM}


def snapshots() -> list[Snapshot]:
    """Accepted, and the same all pending."""
    sizes = [from_triples(FIVE[:size], KINDS) for size in (0, 1, 5)]
    pending = [replace(one, status=array("b", [STATUS_CODE[Status.PENDING]] * len(one))) for one in sizes]
    return [*sizes, *pending]


@pytest.mark.parametrize("snapshot", snapshots())
@pytest.mark.parametrize("brief", [False, True])
def test_every_statement_is_judged_within_bounds(snapshot: Snapshot, brief: bool, model: Model) -> None:
    judged = judge(snapshot, model, range(len(snapshot)), brief)
    assert [j.statement for j in judged] == list(snapshot.statements)
    for judgement in judged:
        low, high = judgement.interval
        assert 0 < low <= judgement.probability <= high < 1


@pytest.mark.parametrize("snapshot", snapshots())
def test_sweeps_and_scores_answer(snapshot: Snapshot, model: Model) -> None:
    stated = set(FIVE[: len(snapshot)])
    assert not stated & {(p.head, p.relation, p.tail) for p in missing(snapshot, model, min_probability=0.0)}
    assert all(0 < share < 1 for share in score_entities(snapshot, model, ["ann", "one", "nobody"]).values())
    assert best_ranks(snapshot, model, [("ann", "directed", "one"), ("ann", "unknown", "one")])[1] == float("inf")


def test_five_facts_are_enough_to_ask_and_explain(model: Model) -> None:
    snapshot = from_triples(FIVE, KINDS)
    found = predict(snapshot, model, "ann", "directed", first=3)
    assert {(p.relation, p.tail) for p in found} <= {("directed", "one"), ("directed", "two")}
    assert explain(snapshot, model, "ben", "acted_in", "two").paths
    with pytest.raises(ModelError, match="no accepted fact"):
        predict(replace(snapshot, status=array("b", [0] * 5)), model, "ann", "directed")
