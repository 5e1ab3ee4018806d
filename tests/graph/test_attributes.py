"""Attributes: every registered one keeps the form, and the columns it needs are named."""

from __future__ import annotations

import pytest
from tests.graph.worlds import NOW, entity, fact, fill, opened

from marquee.graph.attributes import ATTRIBUTES, COLUMNS, compute
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import from_triples

PEOPLE = [entity("eann", Kind.PERSON, "Ann"), entity("eben", Kind.PERSON, "Ben"), entity("edawn", Kind.FILM, "Dawn")]
CREDITS = [fact("eann", "acted_in", "edawn"), fact("eben", "directed", "edawn")]


def test_every_attribute_of_a_store_says_its_name_unit_time_and_inputs() -> None:
    # given a store with two people on one film
    with opened() as store:
        fill(store, PEOPLE, CREDITS)
        snapshot = store.snapshot(COLUMNS)

    # when each attribute is computed
    for name in ATTRIBUTES:
        found = compute(snapshot, NOW, [name])

        # then its values are whole and of entities of the store
        assert {attribute.entity for attribute in found} >= {"eann", "eben"}
        assert all(a.name == name and a.unit and a.computed_at == NOW and a.inputs > 0 for a in found)


def test_an_empty_graph_has_no_attributes() -> None:
    assert compute(from_triples([]), NOW) == []


def test_an_unknown_attribute_is_an_error() -> None:
    with pytest.raises(KeyError):
        compute(from_triples([]), NOW, ["fame"])
