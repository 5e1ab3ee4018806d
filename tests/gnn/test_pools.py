from __future__ import annotations

import numpy as np

from marquee.gnn.pools import over, pools
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import KIND_CODE

KINDS = np.array([KIND_CODE[kind] for kind in (Kind.PERSON, Kind.FILM, Kind.SERIES, Kind.GENRE, Kind.AWARD)])


def test_a_relation_of_the_vocabulary_takes_the_kinds_of_its_table() -> None:
    found = pools(["directed", "won"], KINDS, np.array([[0, 0, 1]]))
    assert found.of(0).tolist() == [1, 2]
    assert found.of(2).tolist() == [0]
    assert found.of(1).tolist() == [4]
    assert found.of(3).tolist() == [0, 1, 2]


def test_a_strange_relation_takes_what_it_was_seen_with() -> None:
    found = pools(["likes"], KINDS, np.array([[0, 0, 3], [0, 0, 1]]))
    assert found.of(0).tolist() == [1, 3]
    assert found.of(1).tolist() == [0]


def test_fits_asks_for_the_kind() -> None:
    found = pools(["directed"], KINDS, np.array([[0, 0, 1]]))
    assert found.fits(np.array([0, 0, 1]), np.array([2, 3, 0])).tolist() == [True, False, True]


def test_the_same_constraints_over_other_entities() -> None:
    found = pools(["directed"], KINDS, np.array([[0, 0, 1]]))
    assert over(found.allowed, KINDS[::-1].copy()).of(0).tolist() == [2, 3]
