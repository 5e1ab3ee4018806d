"""Every field of every type can be asked, on real entities, and none fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from tests.api.industry import KINDS, Asker, eid, sid

from marquee.api.graphql_schema import schema
from marquee.schema.kinds import Kind

SUBJECTS = {kind: name for name, kind in KINDS.items()}
Composite = GraphQLObjectType | GraphQLInterfaceType


def composite(type_: GraphQLType) -> Composite:
    named = get_named_type(type_)
    assert isinstance(named, Composite)
    return named


def selection(type_: Composite, depth: int) -> str:
    """All fields of a type that need no argument, nested so deep; lists short."""
    parts = ["__typename", *(text for name, field in type_.fields.items() if (text := asked(name, field, depth)))]
    return "{ " + " ".join(parts) + " }"


def asked(name: str, field: GraphQLField, depth: int) -> str:
    if any(is_required_argument(argument) for argument in field.args.values()):
        return ""
    few = "(first: 2)" if "first" in field.args else ""
    if is_leaf_type(get_named_type(field.type)):
        return name + few
    return f"{name}{few} {selection(composite(field.type), depth - 1)}" if depth else ""


def fields_of(kind: Kind) -> Iterator[str]:
    for name, field in composite(schema().type_map[kind.value]).fields.items():
        if text := asked(name, field, 5 if name in ("cast", "won", "facts") else 3):
            yield text


@pytest.mark.parametrize("kind", sorted(SUBJECTS))
def test_every_field_of_an_entity(ask: Asker, kind: Kind) -> None:
    for field in fields_of(kind):
        found: Any = ask(
            f"query($id: ID!) {{ node(id: $id) {{ ... on {kind.value} {{ {field} }} }} }}", id=eid(SUBJECTS[kind])
        )
        assert found["node"]


@pytest.mark.parametrize(
    "name", ["level(level: WORK)", "reviewQueue", "reviewCounts", "access", "refreshRuns", "status", "vocabulary"]
)
def test_every_field_of_a_list(ask: Asker, name: str) -> None:
    field = composite(schema().type_map["Query"]).fields[name.partition("(")[0]]
    for one, inner in composite(field.type).fields.items():
        if text := asked(one, inner, 4):
            ask(f"{{ {name} {{ {text} }} }}")


@pytest.mark.parametrize("name", ["statement", "film", "search", "path"])
def test_every_field_of_a_look_up(ask: Asker, name: str) -> None:
    arguments = {
        "statement": f'(id: "{sid("Flo Rida", "acted_in", "Day Train")}")',
        "film": '(name: "Night Train")',
        "search": '(text: "train", first: 2)',
        "path": f'(from: "{eid("Ann Arbor")}", to: "{eid("Bolt")}")',
    }
    field = composite(schema().type_map["Query"]).fields[name]
    for one, inner in composite(field.type).fields.items():
        if text := asked(one, inner, 3):
            assert ask(f"{{ {name}{arguments[name]} {{ {text} }} }}")[name]
