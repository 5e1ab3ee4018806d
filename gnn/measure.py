"""Measuring a model on facts held out of it: how high it ranks them, and how well it tells them from false ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marquee.gnn import examples, features, ranking, reliability
from marquee.gnn.calibrate import Calibrator, sigmoid
from marquee.gnn.complex import Tables, scores
from marquee.gnn.forest import Reals
from marquee.gnn.ground import Ground
from marquee.gnn.triples import Graph, Ints, Triples


def held_out(
    ground: Ground, known: Graph, test: Triples, calibrator: Calibrator, relations: Sequence[str], seed: int
) -> dict[str, Any]:
    """Figures on `test`, which the ground has not seen; `known` holds all true facts.

    mrr, its standard error mrr_se, hits_at_k and by_relation, of the facts whose ends nothing else joins;
    auroc, ece, brier and reliability (a plot's points) among as many false facts as calibration sees, and
    the same as blind_ without the learned score; mean log_ratio_true and log_ratio_false.
    """
    lone = test[ground.graph.between(test[:, 0], test[:, 2]).length == 0]
    ranked = ranking.ranks(lone, known, ground.pools, scores(Tables(ground.entities, ground.relations)))
    rows = examples.judged(ground, known, test, seed)
    ratio = calibrator.log_ratio(rows.features, rows.relation)[0]
    blind = calibrator.log_ratio(features.blind(rows.features), rows.relation)[0]
    return {
        **ranked.figures(),
        "mrr_se": ranked.error(),
        "by_relation": ranked.by_relation(relations),
        **_told_apart(ratio, rows.labels, calibrator.base),
        "reliability": reliability.bins(sigmoid(ratio + calibrator.base), rows.labels),
        **{f"blind_{name}": value for name, value in _told_apart(blind, rows.labels, calibrator.base).items()},
        "test_facts": len(test),
        "ranked_facts": len(lone),
    }


def _told_apart(ratio: Reals, labels: Ints, base: float) -> dict[str, float]:
    means = {
        f"log_ratio_{truth}": float(ratio[labels == label].sum() / max(1, (labels == label).sum()))
        for truth, label in (("true", 1), ("false", 0))
    }
    return reliability.figures(sigmoid(ratio + base), labels) | means
