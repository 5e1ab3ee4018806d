from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from marquee.gnn.splits import split

facts = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 12)), unique=True, max_size=120)


def as_set(triples: np.ndarray) -> set[tuple[int, ...]]:
    return {tuple(row) for row in triples.tolist()}


@settings(max_examples=50)
@given(facts, st.integers(0, 99), st.booleans())
def test_parts_share_nothing_and_lose_nothing(rows: list[tuple[int, int, int]], seed: int, pairs: bool) -> None:
    triples = np.array(rows, dtype=np.int64).reshape(-1, 3)
    parts = split(triples, [0.2, 0.2], seed, pairs)
    assert sum(len(part) for part in parts) == len(rows)
    assert set().union(*map(as_set, parts)) == set(rows)


@settings(max_examples=50)
@given(facts, st.integers(0, 99))
def test_facts_of_a_pair_stay_together(rows: list[tuple[int, int, int]], seed: int) -> None:
    test, rest = split(np.array(rows, dtype=np.int64).reshape(-1, 3), [0.3], seed)
    pairs = [{frozenset((h, t)) for h, _, t in part.tolist()} for part in (test, rest)]
    assert not pairs[0] & pairs[1]


@settings(max_examples=50)
@given(facts, st.integers(0, 99))
def test_a_symmetric_duplicate_is_never_on_the_other_side(rows: list[tuple[int, int, int]], seed: int) -> None:
    both = list({*rows, *((t, r, h) for h, r, t in rows)})
    test, rest = split(np.array(both, dtype=np.int64).reshape(-1, 3), [0.3], seed, pairs=False)
    assert not {(t, r, h) for h, r, t in as_set(test)} & as_set(rest)


@settings(max_examples=50)
@given(facts, st.integers(0, 99), st.booleans())
def test_every_entity_and_relation_stays_known(rows: list[tuple[int, int, int]], seed: int, pairs: bool) -> None:
    triples = np.array(rows, dtype=np.int64).reshape(-1, 3)
    *_, rest = split(triples, [0.5], seed, pairs)
    assert set(rest[:, [0, 2]].ravel()) == set(triples[:, [0, 2]].ravel())
    assert set(rest[:, 1]) == set(triples[:, 1])


def test_the_share_is_about_what_was_asked() -> None:
    rng = np.random.default_rng(0)
    triples = np.unique(rng.integers(0, 60, (3000, 3)) % [60, 5, 60], axis=0)
    test, _ = split(triples, [0.1], 4)
    assert 0.05 < len(test) / len(triples) < 0.15
