"""Derived types: each relation gives its fields, once, with its qualifiers on the edge."""

from __future__ import annotations

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type

from marquee.api.derive import FIELDS, SHARED, camel, far_type
from marquee.api.graphql_schema import schema
from marquee.schema.kinds import COMPANIES, PEOPLE, SCREEN_WORKS, TITLED_WORKS, Kind
from marquee.schema.relations import RELATIONS, Relation


def fields_of(name: str) -> dict[str, str]:
    """Field names of a type, each with the name of its type."""
    type_ = schema().type_map[name]
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    return {field: get_named_type(one.type).name for field, one in type_.fields.items()}


@pytest.mark.parametrize("row", [row for row in RELATIONS.values() if not row.computed], ids=lambda row: row.name)
def test_a_relation_gives_a_field_to_every_kind_of_its_ends(row: Relation) -> None:
    for kind in row.domain:
        assert camel(row.name) in fields_of(kind.value)
    for kind in row.tail_kinds:
        assert camel(row.inverse) in fields_of(kind.value)


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_no_field_of_a_relation_that_it_cannot_have(kind: Kind) -> None:
    for name in fields_of(kind.value):
        if name in FIELDS:
            assert kind in FIELDS[name].kinds
        if name in SHARED:
            assert kind in SHARED[name].kinds


def test_relation_fields_hide_no_other_field() -> None:
    assert not set(FIELDS) & set(fields_of("Entity"))
    assert not set(FIELDS) & set(SHARED)


def test_an_edge_carries_the_qualifiers_of_its_relation_and_no_others() -> None:
    cast, won = fields_of("CastEdge"), fields_of("WonEdge")
    assert {"character", "billing", "role"} <= set(cast)
    assert not {"year", "work"} & set(cast)
    assert won["work"] == "Work"
    assert won["year"] == "Int"


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        (frozenset({Kind.GENRE}), "Genre"),
        (SCREEN_WORKS, "ScreenWork"),
        (TITLED_WORKS, "Work"),
        (PEOPLE, "Contributor"),
        (COMPANIES, "Institution"),
        (PEOPLE | COMPANIES, "Entity"),
    ],
)
def test_the_other_end_has_the_smallest_type_that_holds_its_kinds(kinds: frozenset[Kind], name: str) -> None:
    assert far_type(kinds) == name


def test_literal_relations_give_values_with_their_units() -> None:
    film = fields_of("Film")
    assert (film["budget"], film["runtime"], film["releaseDate"]) == ("MoneyFact", "DurationFact", "DateFact")
