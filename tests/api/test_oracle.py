"""The oracle: claims are put beside the graph's statements without changing it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from marquee.api.oracle import version_of, with_claims
from marquee.api.service import Oracle, Service, Triple
from marquee.graph.store import Store
from marquee.schema.snapshot import STATUS_CODE, from_triples
from marquee.schema.values import Judgement, Prediction, Run, Status

GRAPH = from_triples([("a", "likes", "b"), ("b", "likes", "c"), ("a", "owns", "c")])
codes = st.integers(0, 2)


@given(st.lists(st.tuples(codes, st.sampled_from(["likes", "owns", "made"]), codes), max_size=8))
def test_known_claims_keep_their_row_and_others_get_one_pending_row(claims: list[tuple[int, str, int]]) -> None:
    extended, rows = with_claims(GRAPH, claims)
    assert len(rows) == len(claims)
    for (head, relation, tail), row in zip(claims, rows, strict=True):
        assert (extended.head[row], extended.relations[extended.relation[row]], extended.tail[row]) == (
            head,
            relation,
            tail,
        )
        assert (extended.status[row] == STATUS_CODE[Status.PENDING]) is (row >= len(GRAPH))
    assert len(extended.statements) == len(set(extended.statements)) == len(extended.head)
    assert len(extended) == len(GRAPH) + len(
        {claim for claim, row in zip(claims, rows, strict=True) if row >= len(GRAPH)}
    )
    assert len(GRAPH) == 3


def test_support_of_claims_is_unknown() -> None:
    weighed = replace(GRAPH, support=array("f", [0.9, 0.8, 0.7]))
    extended, (row,) = with_claims(weighed, [(1, "owns", 1)])
    assert math.isnan(extended.support[row])
    assert len(with_claims(GRAPH, [(1, "owns", 1)])[0].support) == 0


class Guess:
    """An oracle that says one thing of everything."""

    def judge(self, triples: Sequence[Triple]) -> list[Judgement]:
        return [Judgement(str(place), 0.5, (0.4, 0.6), (), "guess") for place, _ in enumerate(triples)]

    def predict(self, entity: str, relation: str, inverse: bool, first: int) -> list[Prediction]:
        return []


def test_the_oracle_is_loaded_once_for_each_state(store: Store, tmp_path: Path) -> None:
    loaded: list[Oracle] = []

    def load() -> Oracle:
        loaded.append(Guess())
        return loaded[-1]

    service = Service(store, oracle=load, version=version_of(store, tmp_path))
    assert service.oracle() is service.oracle()
    with store.writing(Run("r20250101-000001", "ingest", "2025-01-01T00:00:00Z")):
        pass
    service.oracle()
    assert len(loaded) == 2
