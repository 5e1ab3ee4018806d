"""Opening a store by its URL."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from marquee.graph.sqlite_store import SqliteStore
from marquee.graph.store import Store
from marquee.schema.errors import MissingExtra, SettingsError, StoreError


def open_store(url: str, password: str = "", make: bool = True) -> Store:
    """The store at `url`, made if there is none (or, without `make`, if a server has none): a path, `sqlite:PATH`, `sqlite::memory:`, or
    `neo4j://user@host:7687/database`, whose password is given apart.

    Raises SettingsError if the URL names no kind of store, StoreError if the store cannot be opened,
    StoreVersionError if a newer Marquee wrote it, MissingExtra without Neo4j's driver.
    """
    match = re.match(r"([a-z][a-z0-9]+)(\+[a-z]+)?:", url, re.IGNORECASE)
    if match is None:
        return _sqlite(url, make)
    kind = match[1].lower()
    if kind == "sqlite":
        return _sqlite(url[match.end() :], make)
    opener = _SERVERS.get(kind)
    if opener is None:
        raise SettingsError(
            f"no store of the kind {match[1]!r}.", where=url, mend="Write a path, sqlite:PATH, or neo4j://user@host."
        )
    return opener(url, password)


def _sqlite(place: str, make: bool) -> Store:
    if place == ":memory:":
        return SqliteStore.in_memory()
    path = place[2:] if place.startswith("//") else place
    if not path:
        raise SettingsError("the store's URL names no file.", mend="Write a path, or sqlite:PATH.")
    file = Path(path).expanduser().absolute()
    if not make and not file.exists():
        raise StoreError("there is no such store.", where=str(file), mend="Check the path.")
    return SqliteStore(file)


def _neo4j(url: str, password: str) -> Store:
    try:
        from marquee.graph.neo4j_store import Neo4jStore
    except ModuleNotFoundError as error:
        if error.name != "neo4j":
            raise
        raise MissingExtra("Neo4j's driver", "neo4j") from None
    return Neo4jStore(url, password)


_SERVERS: dict[str, Callable[[str, str], Store]] = {"neo4j": _neo4j, "bolt": _neo4j}
