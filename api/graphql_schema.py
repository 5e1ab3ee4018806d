"""The GraphQL schema, put together, and its text."""

from __future__ import annotations

from functools import cache

import strawberry
from graphql import GraphQLSchema

from marquee.api.derive import ENTITY_TYPES
from marquee.api.mutations import Mutation
from marquee.api.queries import Query
from marquee.api.types_run import Run
from marquee.api.types_statement import Statement


@cache
def _built() -> strawberry.Schema:
    return strawberry.Schema(Query, Mutation, types=[*ENTITY_TYPES.values(), Statement, Run])


def schema() -> GraphQLSchema:
    """The schema, built once."""
    return _built()._schema


def sdl() -> str:
    """The schema in the schema definition language, types in order of name: what docs/schema.graphql holds."""
    return _built().as_str() + "\n"
