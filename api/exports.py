"""The accepted graph as Marquee JSON Lines: one record an entity, with its facts, ready to be read again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from errno import EEXIST
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from marquee.api.progress import Steps
from marquee.graph.paging import pages
from marquee.graph.store import Reader
from marquee.schema.errors import InputError
from marquee.schema.literals import Literal
from marquee.schema.selection import EntityFilter, StatementFilter
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


def whole(out: Path, make: Callable[[Path], dict[str, Any]], files: Collection[str] = ()) -> dict[str, Any]:
    """Lets `make` write a file, or those `files` into a folder, in a place of its own; whole, it takes the name `out`.

    Returns the path and what `make` does. Raises InputError where the place cannot be written, or is a folder that
    holds anything but such files.
    """
    try:
        place = out.resolve()
        _check(place, out, files)
        with TemporaryDirectory(dir=place.parent, prefix=".marquee-") as own:
            part = Path(own) / place.name
            if files:
                part.mkdir()
            counts = make(part)
            _check(place, out, files)
            _move(part, place)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}.", where=str(out), mend="Name another file.") from None
    return {"file": str(out), **counts}


def _check(place: Path, out: Path, files: Collection[str]) -> None:
    """Raises OSError or InputError where something stands in that place that is not to be replaced."""
    if not files:
        if place.exists() and not place.is_file():
            raise FileExistsError(EEXIST, f"it is {'a directory' if place.is_dir() else 'no ordinary file'}")
        return
    if place == Path.cwd():
        raise InputError("is the folder that you are in.", where=str(out), mend="Name another folder.")
    if place.exists():
        others = sorted(one.name for one in place.iterdir() if one.name not in files or not one.is_file())
        if others:
            mend = "Name another folder, or an empty one."
            raise InputError(f"holds {others[0]}, which is no part of an export.", where=str(out), mend=mend)


def _move(part: Path, place: Path) -> None:
    """Gives what was made its name; a folder that has it steps aside first, and goes with `part`'s place."""
    if not place.is_dir():
        part.replace(place)
        return
    aside = part.with_name(f"{part.name}.old")
    place.replace(aside)
    try:
        part.replace(place)
    except OSError:
        aside.replace(place)
        raise


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
    return chain.from_iterable(pages(lambda page: reader.list_entities(EntityFilter(), page), _PAGE))


def _facts(reader: Reader, steps: Steps) -> dict[str, list[dict[str, Any]]]:
    """By subject: its accepted facts, the other ends by name and keys."""
    by_subject: dict[str, list[dict[str, Any]]] = {}
    which = StatementFilter(status=(Status.ACCEPTED,))
    with steps.step("gather"):
        for batch in pages(lambda page: reader.list_statements(which, page), _PAGE):
            ends = reader.entities(set(_ends(batch)))
            for statement in batch:
                by_subject.setdefault(statement.subject, []).append(_fact(statement, ends))
                steps.advance()
    return by_subject


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
