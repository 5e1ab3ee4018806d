"""Small helpers to declare GraphQL fields with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import strawberry

F = TypeVar("F", bound=Callable[..., Any])


def says(description: str) -> Callable[[F], F]:
    """Makes a method the resolver of a field with that description."""
    decorator: Callable[[F], F] = strawberry.field(description=description)
    return decorator


def derived(name: str) -> Any:
    """A reference to one of the types that `derive` makes, by its GraphQL name."""
    return Annotated[name, strawberry.lazy("marquee.api.derive")]


def derived_list(name: str) -> Any:
    """A list of references to a derived type."""
    reference = derived(name)
    return list[reference]  # type: ignore[valid-type]
