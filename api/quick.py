"""Quick execution: plain values are read straight from their source, past the steps that only others need.

Most fields of an answer are texts and numbers that a view holds as an attribute, or a view or a list of views
that is always there. For these graphql-core's steps (an info object, a resolver, a chain of completions) cost
many times what the value does. What is not as plain as expected, an error above all, takes the usual way and
is reported from there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
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


@dataclass(frozen=True, slots=True)
class Inner:
    """A field that always gives an object, or a list of objects; `type_` is None where the object says its own."""

    read: Reader
    type_: GraphQLObjectType | None
    many: bool


@dataclass(frozen=True, slots=True)
class Quick:
    """The fields of a type that can be read straight: values, and objects."""

    values: dict[str, Reader]
    inner: dict[str, Inner]


_NONE = Quick({}, {})


class QuickExecutor(Executor[None]):
    """Reads plain values straight from their source; `quick` says which, by type."""

    quick: ClassVar[dict[str, Quick]] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Any,
        position_context: None,
    ) -> dict[str, Any]:
        fields = self.quick.get(parent_type.name, _NONE)
        results: dict[str, Any] = {}
        for key, details in grouped_field_set.items():
            name = details[0].node.name.value
            read = fields.values.get(name)
            value = read(source_value) if read else SLOW
            if value is SLOW:
                here = Path(path, key, parent_type.name)
                value = self._inner(fields.inner.get(name), source_value, details, here)
            if value is SLOW:
                value = self.execute_field(parent_type, source_value, details, here, position_context)
            if value is not Undefined:
                results[key] = value
        return results

    def _inner(self, inner: Inner | None, source: Any, details: Any, path: Path) -> Any:
        found: Any = inner.read(source) if inner else SLOW
        if inner is None or found is SLOW:
            return SLOW
        if not inner.many:
            return self._object(inner, found, details, path)
        return [self._object(inner, one, details, path.add_key(at, None)) for at, one in enumerate(found)]

    def _object(self, inner: Inner, found: Any, details: Any, path: Path) -> dict[str, Any]:
        type_: Any = inner.type_ or self.schema.type_map[found.typename]
        fields = self.collect_subfields(type_, details)[0]
        return self.execute_fields(type_, found, path, fields, None)


def executor_for(schema: GraphQLSchema) -> type[QuickExecutor]:
    """The class that executes queries of a schema."""
    quick = {
        name: _quick(type_)
        for name, type_ in schema.type_map.items()
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__")
    }
    return type("SchemaExecutor", (QuickExecutor,), {"quick": quick})


def _quick(type_: GraphQLObjectType) -> Quick:
    values: dict[str, Reader] = {"__typename": lambda _: type_.name}
    inner: dict[str, Inner] = {}
    for name, field in type_.fields.items():
        definition = field.extensions.get(_DEFINITION)
        if definition is not None and definition.is_basic_field:
            get = attrgetter(definition.python_name)
            if (reader := _reader(field, get)) is not None:
                values[name] = reader
            elif (objects := _objects(field, get)) is not None:
                inner[name] = objects
    return Quick(values, inner)


def _reader(field: GraphQLField, get: Reader) -> Reader | None:
    required = isinstance(field.type, GraphQLNonNull)
    plain = _plain(field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type)
    return _reading(get, plain, required) if plain else None


def _objects(field: GraphQLField, get: Reader) -> Inner | None:
    """Only what is never null is read quickly: a null, or an error beneath, has to find its place to stand."""
    if not isinstance(field.type, GraphQLNonNull):
        return None
    type_ = field.type.of_type
    many = isinstance(type_, GraphQLList)
    if isinstance(type_, GraphQLList):
        if not isinstance(type_.of_type, GraphQLNonNull):
            return None
        type_ = type_.of_type.of_type
    if isinstance(type_, GraphQLObjectType):
        return Inner(_all_there(get, many), type_, many)
    return Inner(_all_there(get, many), None, many) if isinstance(type_, GraphQLInterfaceType) else None


def _all_there(get: Reader, many: bool) -> Reader:
    def read(source: Any) -> Any:
        try:
            found = get(source)
        except Exception:
            return SLOW
        if many:
            return found if isinstance(found, list | tuple) and None not in found else SLOW
        return SLOW if found is None else found

    return read


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
