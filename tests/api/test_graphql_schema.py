"""The schema's text: committed as it is, described throughout, and valid."""

from __future__ import annotations

from pathlib import Path

from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, validate_schema

from marquee.api.graphql_schema import schema, sdl

COMMITTED = Path(__file__).parents[2] / "docs" / "schema.graphql"


def test_the_committed_schema_is_current() -> None:
    remake = "python -c 'from marquee.api.graphql_schema import sdl; print(sdl(), end=\"\")' > docs/schema.graphql"
    assert COMMITTED.read_text(encoding="utf-8") == sdl(), f"remake it with: {remake}"


def test_the_schema_is_valid() -> None:
    assert validate_schema(schema()) == []


def test_every_type_is_described() -> None:
    assert [name for name, one in schema().type_map.items() if not one.description] == []


def test_every_field_is_described() -> None:
    bare = [
        f"{name}.{field}"
        for name, type_ in schema().type_map.items()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__")
        for field, one in type_.fields.items()
        if not one.description
    ]
    assert bare == []


def test_inputs_have_no_field_that_is_named_like_a_path() -> None:
    for name, type_ in schema().type_map.items():
        if isinstance(type_, GraphQLInputObjectType):
            assert not {"path", "url", "file"} & set(type_.fields), name
