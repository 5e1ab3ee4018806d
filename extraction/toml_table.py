"""A TOML table being read: every key is checked once, and what nobody asked for is an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, NoReturn

from marquee.schema.errors import InputError

_TYPES = {
    str: "a text",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    int: "a whole number",
    float: "a number",
}


class Table:
    """One table and its place in the file, for messages."""

    def __init__(self, table: object, where: str) -> None:
        if not isinstance(table, dict):
            raise InputError("this must be a table.", where=where, mend="See the mappings that are shipped.")
        self.where = where
        self._table: dict[str, Any] = dict(table)
        self._known: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def take(self, key: str, default: Any) -> Any:
        """The value of `key`, which must be of the type of `default`; a whole number may stand for a text or float."""
        self._known.append(key)
        value = self._table.pop(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and isinstance(default, str | float):
            return type(default)(value)
        if type(value) is not type(default):
            self.fail(f"{key} must be {_TYPES[type(default)]}.", f"It is {value!r}.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts."""
        value = self._table.get(key, [])
        self._table[key] = value if isinstance(value, list) else [value]
        return tuple(self._text(key, each) for each in self.take(key, []))

    def texts_by(self, key: str) -> dict[str, str]:
        """A table of texts."""
        return {name: self._text(key, each) for name, each in self.take(key, {}).items()}

    def tables(self, key: str) -> list[Table]:
        """A list of tables."""
        return [Table(each, f"{self.where}, {key} {place}") for place, each in enumerate(self.take(key, []), start=1)]

    def table(self, key: str) -> Table:
        """One table, empty where there is none."""
        return Table(self.take(key, {}), f"{self.where}, {key}")

    def left(self) -> list[str]:
        """The keys not taken yet."""
        return list(self._table)

    def rest(self) -> Iterator[tuple[str, object]]:
        """All keys that were not taken, with their values."""
        for key in self.left():
            yield key, self._table.pop(key)

    def done(self) -> None:
        """Raises InputError if a key was not taken."""
        for key in self._table:
            self.fail(f"unknown key {key!r}.", nearest(key, self._known))

    def fail(self, what: str, mend: str) -> NoReturn:
        """Raises InputError at this table."""
        raise InputError(what, where=self.where, mend=mend)

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str | int) or isinstance(value, bool):
            self.fail(f"{key} must hold texts.", f"It holds {value!r}.")
        return str(value)


def nearest(name: str, known: Iterable[str]) -> str:
    """A sentence that names what `name` may have been meant to be."""
    names = list(known)
    close = get_close_matches(name[:100], names, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(map(repr, close))}?" if close else f"There are: {', '.join(names)}."
