"""Quick execution: plain values are read straight from their source, past the steps that only others need.

Most fields of an answer are texts and numbers that a view holds as an attribute. For these graphql-core's
steps (a path, an info object, a resolver, a chain of completions) cost ten times what the value does. What
is not as plain as expected, an error above all, takes the usual way and is reported from there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    Undefined,
)
from graphql.execution import Executor
from graphql.pyutils import Path

Reader = Callable[[Any], Any]  # a source's value, or SLOW
SLOW = object()  # take the usual way
_DEFINITION = "strawberry-definition"
_LARGEST_INT = 2**31


def executor_for(schema: GraphQLSchema) -> type[Executor[None]]:
    """The class that executes queries of a schema."""
    readers = {
        name: _readers(type_)
        for name, type_ in schema.type_map.items()
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__")
    }

    class QuickExecutor(Executor[None]):
        """Reads plain values straight from their source."""

        def execute_fields(
            self,
            parent_type: GraphQLObjectType,
            source_value: Any,
            path: Path | None,
            grouped_field_set: Any,
            position_context: None,
        ) -> dict[str, Any]:
            quick = readers.get(parent_type.name, {})
            results: dict[str, Any] = {}
            for name, details in grouped_field_set.items():
                read = quick.get(details[0].node.name.value)
                value = read(source_value) if read else SLOW
                if value is SLOW:
                    here = Path(path, name, parent_type.name)
                    value = self.execute_field(parent_type, source_value, details, here, position_context)
                if value is not Undefined:
                    results[name] = value
            return results

    return QuickExecutor


def _readers(type_: GraphQLObjectType) -> dict[str, Reader]:
    """Readers of the type's plain fields by name."""
    found: dict[str, Reader] = {"__typename": lambda _: type_.name}
    for name, field in type_.fields.items():
        if (reader := _reader(field)) is not None:
            found[name] = reader
    return found


def _reader(field: GraphQLField) -> Reader | None:
    definition = field.extensions.get(_DEFINITION)
    required = isinstance(field.type, GraphQLNonNull)
    leaf = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if definition is None or not definition.is_basic_field:
        return None
    plain = _plain(leaf)
    return _reading(attrgetter(definition.python_name), plain, required) if plain else None


def _reading(get: Callable[[Any], Any], plain: Callable[[Any], Any], required: bool) -> Reader:
    def read(source: Any) -> Any:
        try:
            value = get(source)
        except Exception:
            return SLOW  # the usual way meets it again, and reports it
        if value is None:
            return SLOW if required else None
        return plain(value)

    return read


def _plain(leaf: object) -> Callable[[Any], Any] | None:
    """What turns a value into JSON as the type's own serialising would, or into SLOW where it is not that plain."""
    if isinstance(leaf, GraphQLEnumType):
        names = {value.value: name for name, value in leaf.values.items()}
        return lambda value: names.get(getattr(value, "value", value), SLOW)
    return _SCALARS.get(leaf.name) if isinstance(leaf, GraphQLScalarType) else None


def _text(value: Any) -> Any:
    return value if type(value) is str else SLOW


def _float(value: Any) -> Any:
    return value if type(value) is float and math.isfinite(value) else SLOW


def _int(value: Any) -> Any:
    return value if type(value) is int and -_LARGEST_INT <= value < _LARGEST_INT else SLOW


def _bool(value: Any) -> Any:
    return value if type(value) is bool else SLOW


_SCALARS: dict[str, Callable[[Any], Any]] = {
    "ID": _text,
    "String": _text,
    "Float": _float,
    "Int": _int,
    "Boolean": _bool,
}
