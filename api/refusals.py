"""Refusals: what a run did not take, read back from the file where it put them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from marquee.graph.store import Reader
from marquee.schema.values import Refusal

_RUN = re.compile(r"r[\w-]{1,63}")
_TEXT = re.compile(r"[0-9a-f]{64}")  # the id of a text, which begins a place in it
_FOLDERS = re.compile(r"(?<![\w./])(?:[A-Za-z]:)?[/\\](?:[^\s/\\:'\"]+[/\\])+")


def file_of(folder: Path | None, run: str) -> Path | None:
    """The file of what a run refused, or None where there is none here."""
    if folder is None or not _RUN.fullmatch(run):
        return None
    file = folder / f"{run}.jsonl"
    return file if file.is_file() else None


def read(file: Path, first: int) -> list[Refusal]:
    """The first refusals of such a file. A line that somebody has spoiled since is passed over."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        return [refusal for line in islice(lines, first) if (refusal := _refusal(line)) is not None]


def as_seen(found: Sequence[Refusal], reader: Reader) -> list[Refusal]:
    """Refusals as others may see them: texts by their names, files without their folders."""
    texts = reader.documents({match[0] for one in found if (match := _TEXT.match(one.locator))})

    def named(locator: str) -> str:
        match = _TEXT.match(locator)
        text = texts.get(match[0]) if match else None
        return f"{text.name}{locator[len(text.id) :]}" if text and text.name else without_folders(locator)

    return [replace(one, locator=named(one.locator), what=without_folders(one.what)) for one in found]


def without_folders(text: str) -> str:
    """A message as others may see it: of an absolute path only the file's name is left.

    >>> without_folders("/srv/data/films.csv:3: the row is cut short.")
    'films.csv:3: the row is cut short.'
    """
    return _FOLDERS.sub("", text)


def _refusal(line: str) -> Refusal | None:
    try:
        row = json.loads(line)
        return Refusal(str(row.get("source", "")), row["where"], row["what"], row["mend"], json.dumps(row.get("raw")))
    except (ValueError, KeyError, AttributeError, RecursionError):
        return None
