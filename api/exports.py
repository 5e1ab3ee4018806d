"""The accepted graph as Marquee JSON Lines: one record an entity, with its facts, ready to be read again."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from errno import EISDIR
from os import strerror
from pathlib import Path
from typing import IO, Any

from marquee.api.progress import Steps
from marquee.graph.store import Reader
from marquee.schema.errors import InputError
from marquee.schema.literals import Literal
from marquee.schema.selection import EntityFilter, Page, StatementFilter
from marquee.schema.values import Entity, Statement, Status, Value

_PAGE = 2000


def write(reader: Reader, out: Path, steps: Steps) -> dict[str, Any]:
    """Writes every entity with its accepted statements to `out`, packed when it ends in .gz.

    Returns the path and the counts. Raises InputError where the place cannot be written.
    """

    def records(part: Path) -> dict[str, Any]:
        with _open(part) as file:
            return _write(reader, file, steps)

    return whole(out, records)


def whole(out: Path, make: Callable[[Path], dict[str, Any]], folder: bool = False) -> dict[str, Any]:
    """Lets `make` write a file (or files into a folder) beside `out`, which takes that name when it is whole.

    Returns the path and what `make` does. Raises InputError where the place cannot be written.
    """
    part = out.with_name(out.name + ".part")
    try:
        if out.is_dir() and not folder:
            raise IsADirectoryError(EISDIR, strerror(EISDIR))
        try:
            if folder:
                part.mkdir()
            counts = make(part)
            _move(part, out, folder)
        finally:
            shutil.rmtree(part) if part.is_dir() else part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}.", where=str(out), mend="Name another file.") from None
    return {"file": str(out), **counts}


def _move(part: Path, out: Path, folder: bool) -> None:
    if not folder:
        part.replace(out)
        return
    out.mkdir(exist_ok=True)
    for file in part.iterdir():
        file.replace(out / file.name)


def _write(reader: Reader, file: IO[str], steps: Steps) -> dict[str, int]:
    counts = {"entities": 0, "statements": 0}
    facts = _facts(reader, steps)
    for entity in steps.each("write", _entities(reader)):
        record = _record(entity, facts.pop(entity.id, []))
        file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
        counts["entities"] += 1
        counts["statements"] += len(record["facts"])
    return counts


def _open(path: Path) -> IO[str]:
    return gzip.open(path, "wt", encoding="utf-8") if ".gz" in path.suffixes else path.open("w", encoding="utf-8")


def _entities(reader: Reader) -> Iterator[Entity]:
    page: Page | None = Page(_PAGE)
    while page:
        listing = reader.list_entities(EntityFilter(), page)
        yield from listing.items
        page = Page(_PAGE, after=listing.keys[-1]) if listing.more else None


def _facts(reader: Reader, steps: Steps) -> dict[str, list[dict[str, Any]]]:
    """By subject: its accepted facts, the other ends by name and keys."""
    by_subject: dict[str, list[dict[str, Any]]] = {}
    which, page = StatementFilter(status=(Status.ACCEPTED,)), Page(_PAGE)
    with steps.step("gather"):
        while True:
            listing = reader.list_statements(which, page)
            ends = reader.entities(set(_ends(listing.items)))
            for statement in listing.items:
                by_subject.setdefault(statement.subject, []).append(_fact(statement, ends))
                steps.advance()
            if not listing.more:
                return by_subject
            page = Page(_PAGE, after=listing.keys[-1])


def _ends(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        for value in (statement.object, *(value for _, value in statement.qualifiers)):
            if isinstance(value, str):
                yield value


def _record(entity: Entity, facts: list[dict[str, Any]]) -> dict[str, Any]:
    aliases = [name.text for name in entity.names if name.text != entity.label]
    return {**_name(entity), **({"aliases": aliases} if aliases else {}), "facts": facts}


def _fact(statement: Statement, ends: Mapping[str, Entity]) -> dict[str, Any]:
    fact = {"relation": statement.relation, **_value(statement.object, ends)}
    if statement.qualifiers:
        fact["qualifiers"] = {name: _qualifier(value, ends) for name, value in statement.qualifiers}
    return fact


def _value(value: Value, ends: Mapping[str, Entity]) -> dict[str, Any]:
    if isinstance(value, str):
        return _name(ends[value])
    return {"value": value.value, **({"currency": value.unit} if value.type == "money" else {})}


def _qualifier(value: Value, ends: Mapping[str, Entity]) -> Any:
    return value.value if isinstance(value, Literal) else _name(ends[value])


def _name(entity: Entity) -> dict[str, Any]:
    ids = dict(entity.external_ids)
    return {"kind": entity.kind.value, "name": entity.label, **({"ids": ids} if ids else {})}
