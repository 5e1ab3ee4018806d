"""A snapshot's columns line up."""

from __future__ import annotations

from marquee.schema.kinds import Kind
from marquee.schema.snapshot import KIND_CODE, from_triples


def test_triples_become_columns() -> None:
    snapshot = from_triples([("a", "r", "b"), ("b", "q", "c"), ("a", "r", "c")], {"a": Kind.FILM})
    assert list(snapshot.entities) == ["a", "b", "c"]
    assert list(snapshot.relations) == ["r", "q"]
    assert list(zip(snapshot.head, snapshot.relation, snapshot.tail, strict=True)) == [(0, 0, 1), (1, 1, 2), (0, 0, 2)]
    assert snapshot.kinds[0] == KIND_CODE[Kind.FILM]
    assert snapshot.index()["c"] == 2
    assert len(snapshot) == len(snapshot.status) == 3
