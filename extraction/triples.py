"""Triples: the files of link-prediction benchmarks, `head<TAB>relation<TAB>tail` a line."""

from __future__ import annotations

from pathlib import Path

from marquee.extraction import files
from marquee.extraction.files import Flaw
from marquee.schema.errors import InputError

Triple = tuple[str, str, str]
PARTS = ("train", "valid", "test")


def read_splits(folder: Path) -> tuple[list[Triple], list[Triple], list[Triple]]:
    """The triples of `train`, `valid` and `test` of a folder, each .txt or .txt.gz.

    Raises InputError, naming file and line, where a part is missing or a line has not three fields.
    """
    train, valid, test = (read(_part(folder, name)) for name in PARTS)
    return train, valid, test


def read(path: Path) -> list[Triple]:
    """The triples of one file, in order. Raises InputError."""
    triples = []
    for number, line in files.lines(files.File(path.name, path)):
        fields = () if isinstance(line, Flaw) else tuple(line.rstrip("\r\n").split("\t"))
        if fields == ("",):
            continue
        if len(fields) != 3:
            what = line.what if isinstance(line, Flaw) else f"{len(fields)} fields, not 3."
            raise InputError(what, where=f"{path}:{number}", mend="Write head, relation and tail, parted by tabs.")
        triples.append((fields[0], fields[1], fields[2]))
    return triples


def _part(folder: Path, name: str) -> Path:
    for path in (folder / f"{name}.txt", folder / f"{name}.txt.gz"):
        if path.exists():
            return path
    raise InputError(f"there is no {name}.txt or {name}.txt.gz.", where=str(folder), mend="Check --data.")
