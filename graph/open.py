"""Opening a store by its URL."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from marquee.graph.sqlite_store import SqliteStore
from marquee.graph.store import Store
from marquee.schema.errors import SettingsError


def open_store(url: str) -> Store:
    """The store at `url`, made if there is none: a path, `sqlite:PATH`, or `sqlite::memory:`.

    Raises SettingsError if the URL names no kind of store, StoreError if the store cannot be opened,
    StoreVersionError if a newer Marquee wrote it.
    """
    match = re.match(r"([a-z][a-z0-9+]+):", url, re.IGNORECASE)
    if match is None:
        return _sqlite(url)
    opener = _OPENERS.get(match[1].lower().split("+")[0])
    if opener is None:
        raise SettingsError(f"no store of the kind {match[1]!r}.", where=url, mend="Write a path, or sqlite:PATH.")
    return opener(url[match.end() :])


def _sqlite(place: str) -> Store:
    if place == ":memory:":
        return SqliteStore.in_memory()
    path = place[2:] if place.startswith("//") else place
    if not path:
        raise SettingsError("the store's URL names no file.", mend="Write a path, or sqlite:PATH.")
    return SqliteStore(Path(path).expanduser().absolute())


def _neo4j(place: str) -> Store:
    raise SettingsError(
        "this version of Marquee keeps no graph in Neo4j yet; it will come with the extra marquee-kg[neo4j].",
        where=f"neo4j:{place}",
        mend="Use an embedded store: sqlite:PATH.",
    )


_OPENERS: dict[str, Callable[[str], Store]] = {"sqlite": _sqlite, "neo4j": _neo4j, "bolt": _neo4j}
