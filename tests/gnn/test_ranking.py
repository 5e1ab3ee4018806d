from __future__ import annotations

import numpy as np
import pytest

from marquee.gnn.pools import pools
from marquee.gnn.ranking import Ranks, ranks
from marquee.gnn.triples import Graph

FACTS = np.array([(0, 0, 1), (0, 0, 2), (3, 0, 4)])
KINDS = np.zeros(6, dtype=np.int64)


def rank(score_of: dict[int, float], known: np.ndarray = FACTS) -> list[float]:  # type: ignore[type-arg]
    """Ranks of (0, r, 1), tail then head, where a candidate's score is looked up."""

    def table(heads, relations, candidates):  # type: ignore[no-untyped-def]
        return np.array([[score_of.get(int(c), 0.0) for c in candidates] for _ in heads], dtype=np.float32)

    types = pools(["r"], KINDS, np.array([(0, 0, n) for n in range(6)]))
    types.allowed[:] = True
    return ranks(FACTS[:1], Graph(known, 6, 1), types, table).rank.tolist()


def test_better_scores_rank_higher() -> None:
    assert rank({1: 3, 4: 5, 5: 4})[0] == 3


def test_another_true_answer_is_left_out() -> None:
    assert rank({1: 3, 2: 9})[0] == 1


def test_ties_count_half_so_that_a_constant_gives_the_rank_of_chance() -> None:
    tail, head = rank({})
    assert tail == 1 + 4 / 2  # six candidates, one of them another true answer
    assert head == 1 + 5 / 2


def test_an_answer_of_a_kind_that_the_relation_does_not_take_is_never_found() -> None:
    types = pools(["r"], np.array([0, 0, 0, 0, 0, 1]), FACTS)
    found = ranks(np.array([(0, 0, 5)]), Graph(FACTS, 6, 1), types, lambda h, r, c: np.zeros((len(h), len(c))))
    assert found.rank.tolist() == [np.inf, 1 + 4 / 2]
    assert Ranks(found.rank[:1], found.candidates[:1], found.relation[:1]).figures()["mrr"] == 0


def test_figures() -> None:
    found = Ranks(np.array([1, 2, 4, 20], dtype=np.float32), np.full(4, 30), np.array([0, 0, 1, 1]))
    figures = found.figures()
    assert figures["mrr"] == pytest.approx((1 + 1 / 2 + 1 / 4 + 1 / 20) / 4)
    assert (figures["hits_at_1"], figures["hits_at_3"], figures["hits_at_10"]) == (0.25, 0.5, 0.75)
    assert found.by_relation(["a", "b"])["a"]["mrr"] == pytest.approx(0.75)
    assert found.by_relation(["a", "b"])["b"]["n"] == 2


def test_nothing_to_rank_is_no_hit() -> None:
    assert Ranks(np.empty(0, dtype=np.float32), np.empty(0), np.empty(0)).figures()["mrr"] == 0
