"""What users touch: GraphQL, command line, jobs, client. The only room that composes the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marquee.api.client import Client, connect

__all__ = ["Client", "connect"]


def __getattr__(name: str) -> Any:
    """Loads the client when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from marquee.api import client

    return getattr(client, name)
