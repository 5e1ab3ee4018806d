"""Readers: a source's files as a stream of records, documents and refusals. A new format is one line here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from marquee.extraction import files, mapping, read_csv, read_marquee, read_text, refused
from marquee.extraction.files import File, Flaw
from marquee.schema.errors import InputError
from marquee.schema.values import Document, Record, Refusal, Source

Item = Record | Document | Refusal
Reader = Callable[[File, Source, str], Iterator[Item]]

READERS: dict[str, Reader] = {
    "marquee": read_marquee.read,
    "csv": read_csv.read,
    "text": read_text.read,
}
READERS["refused"] = partial(refused.read, lambda name: READERS[name])

ENDINGS: dict[str, str] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "text",
    ".md": "text",
    ".jsonl": "",
    ".ndjson": "",
}  # "": told by the first lines


def read(source: Source, observed_at: str, limit: int = files.LIMIT) -> Iterator[Item]:
    """Everything in a source, file by file in order of name, held one row or text at a time.

    `observed_at` is an ISO 8601 time; lines and texts over `limit` bytes are refused. In a folder, files whose
    ending says no format are passed over, a file that cannot be read at all is refused, and the others go on.
    Raises InputError, before anything is read, if the source is missing, of no known format, or its mapping
    is not right; and on reading, if its one file cannot be read at all.
    """
    if source.format and source.format not in READERS:
        known = ", ".join(sorted(READERS))
        raise InputError(
            f"unknown format {source.format!r}.", where=f"source {source.name}", mend=f"Known are: {known}."
        )
    if source.mapping:
        mapping.load(source.mapping)
    found = [File(file.name, file.path, limit=limit) for file in files.walk(source.path)]
    if not source.format and Path(source.path).is_dir():
        found = [file for file in found if _ending(file.name) is not None]
    if not found:
        raise InputError(
            "no file here has an ending that is known.", where=source.path, mend=f"Known are: {', '.join(ENDINGS)}."
        )
    return _items(found, source, observed_at)


def guess(file: File) -> str:
    """The format of a file by its ending and, for JSON Lines, its first lines. Raises InputError if neither tells."""
    ending = _ending(file.name)
    if ending is None:
        if file.name.lower().endswith(_ARCHIVES):
            raise InputError(
                "this is an archive of files.", where=file.name, mend="Unpack it and name the folder or a file in it."
            )
        mend = f"Name its format, one of {', '.join(sorted(READERS))}, or end it in one of {', '.join(ENDINGS)}."
        raise InputError("the ending does not tell the format.", where=file.name, mend=mend)
    return ending or _by_content(file)


def digest(item: Item) -> str:
    """A hash of what an item says, the same for the same content wherever it stands; a row's mapping counts."""
    if isinstance(item, Document):
        return item.id
    said: object = (item.what, item.raw) if isinstance(item, Refusal) else (item.kind, item.fields, _print(item))
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=dict)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _items(found: list[File], source: Source, observed_at: str) -> Iterator[Item]:
    for file in found:
        try:
            yield from _filled(file, source, observed_at)
        except InputError as error:
            if len(found) == 1:
                raise
            yield Refusal(source.name, error.where or file.name, error.what, error.mend)


def _filled(file: File, source: Source, observed_at: str) -> Iterator[Item]:
    empty = True
    for item in READERS[source.format or guess(file)](file, source, observed_at):
        empty = False
        yield item
    if empty:
        yield Refusal(
            source.name, file.name, "the file holds nothing to read.", "Fill it, or leave it out of the source."
        )


_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".7z", ".rar")


def _ending(name: str) -> str | None:
    stem = files.stem(name)
    return next((format_ for ending, format_ in ENDINGS.items() if stem.endswith(ending)), None)


def _by_content(file: File) -> str:
    """Of JSON Lines: `refused` where a line has "where" and "raw", `text` where it has "text", else `marquee`."""
    for _, line in islice(files.lines(file), 20):
        try:
            value = None if isinstance(line, Flaw) or not line.strip() else json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return "refused" if {"where", "raw"} <= value.keys() else "text" if "text" in value else "marquee"
    return "marquee"


def _print(record: Record) -> str:
    return mapping.current(record.mapping).fingerprint if record.mapping else ""
