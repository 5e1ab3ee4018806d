"""Popularity: the formula over a hand-worked graph."""

from __future__ import annotations

from array import array
from dataclasses import replace
from math import log

import pytest

from marquee.graph.popularity import popularity
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import STATUS_CODE, Snapshot, from_triples
from marquee.schema.values import Status

NOW = "2024-01-01T00:00:00Z"
TRIPLES = [
    ("Ann", "acted_in", "New"),
    ("Ben", "directed", "New"),
    ("Ann", "acted_in", "Old"),
    ("New", "won", "Prize"),
    ("Ben", "nominated_for", "Prize"),
    ("New", "production_company", "Acme"),
]
LITERALS = [("New", "release_date", "2020-05-01"), ("Old", "release_date", "2000"), ("Old", "vote_count", "99")]


def graph() -> Snapshot:
    kinds = {"Ann": Kind.PERSON, "Ben": Kind.PERSON, "New": Kind.FILM, "Old": Kind.FILM}
    edges = from_triples([*TRIPLES, *LITERALS], kinds | {"Prize": Kind.AWARD, "Acme": Kind.STUDIO})
    plain = len(TRIPLES)
    tail = array("i", [*edges.tail[:plain], *([-1] * len(LITERALS))])
    return replace(edges, tail=tail, literals=[*([""] * plain), *(text for _, _, text in LITERALS)])


def values(snapshot: Snapshot) -> dict[str, float]:
    return {attribute.entity: attribute.value for attribute in popularity(snapshot, NOW)}


def test_the_formula_by_hand() -> None:
    # given the reach of both films; Old is twenty years older, so it counts for half
    new, old = log(1 + 2 + 1), log(1 + 1) + log(100) / 2
    ann, ben = log(1 + new + old / 2), log(1 + new + 0.5)

    # then each is its share of the level's highest
    found = values(graph())
    assert found["Old"] == pytest.approx(100)
    assert found["New"] == pytest.approx(100 * new / old)
    assert found["Ann"] == pytest.approx(100)
    assert found["Ben"] == pytest.approx(100 * ben / ann)
    assert found["Acme"] == pytest.approx(100)


def test_shared_kinds_have_no_popularity() -> None:
    assert "Prize" not in values(graph())


def test_what_is_not_accepted_does_not_count() -> None:
    snapshot = graph()
    status = array("b", [STATUS_CODE[Status.PENDING]]) * len(snapshot)
    assert values(replace(snapshot, status=status)) == {}
