"""The file of refused rows: what was not taken and why, in a form that can be mended and read again.

One JSON object a line: `where` it stood, `what` is wrong, how to `mend` it, and `raw`, the row itself: an object
in Marquee's own form, `{"mapping": ..., "table": [header, row]}` for a row of a table, or a text that is no JSON
yet. Mend `raw`, then ingest the file, with the same mapping where that is one of your own. A line without `raw` is to be mended where it stood, and then taken out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO

from marquee.extraction import files
from marquee.extraction.files import File, Flaw
from marquee.extraction.mapping import shipped
from marquee.extraction.read_marquee import object_of
from marquee.schema.errors import MarqueeError, VocabularyError
from marquee.schema.values import Document, Record, Refusal, Source

Item = Record | Document | Refusal
Reader = Callable[[File, Source, str], Iterator[Item]]


class RefusedFile:
    """A file that refusals are added to as they come; it is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file: IO[str] | None = None

    def __enter__(self) -> RefusedFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def add(self, refusal: Refusal) -> None:
        """Writes one refusal, at once."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8", errors="backslashreplace")
        self._file.write(json.dumps(_line(refusal), ensure_ascii=False) + "\n")
        self._file.flush()
        self.count += 1

    def shown(self) -> str:
        """The path, "" where nothing was refused."""
        return str(self.path) if self.count else ""


def write(refusals: Iterable[Refusal], path: Path) -> int:
    """Writes refusals to a file, none where there are none; returns how many."""
    with RefusedFile(path) as file:
        for refusal in refusals:
            file.add(refusal)
    return file.count


def read(reader: Callable[[str], Reader], file: File, source: Source, observed_at: str) -> Iterator[Item]:
    """What the mended rows of such a file hold; a row that is still not right is refused again.

    `reader` gives the reader of a format.
    """
    for number, line in files.lines(file):
        if isinstance(line, Flaw):
            yield Refusal(source.name, f"{file.name}:{number}", line.what, line.mend, line.raw)
        elif stripped := line.strip():
            row: dict[str, object] = {}
            here = replace(file, name=f"{file.name}:{number}")
            try:
                row = object_of(stripped)
                for item in _again(row, reader, here, source, observed_at):
                    yield replace(item, name=file.name, row=number) if isinstance(item, Record) else item
            except MarqueeError as error:
                yield Refusal(
                    source.name, here.name, error.what, error.mend, _text(row["raw"]) if "raw" in row else stripped
                )


def _again(
    row: dict[str, object], reader: Callable[[str], Reader], file: File, source: Source, observed_at: str
) -> Iterator[Item]:
    if not {"where", "what", "mend", "raw"} <= row.keys():
        raise VocabularyError("this is no refused row.", mend="One has where, what, mend and raw.")
    raw = row["raw"]
    if not raw:
        yield Refusal(source.name, str(row["where"]), str(row["what"]), str(row["mend"]))
        return
    value = _value(raw)
    format_, mapping, content = "marquee", "", _text(raw)
    if isinstance(value, dict) and isinstance(value.get("table"), list):
        mapping = _mapping(str(value.get("mapping", "")), source)
        format_, content = "csv", "\n".join(map(str, value["table"]))
    elif isinstance(value, dict) and "text" in value:
        format_ = "text"
    inner = replace(file, content=content.encode("utf-8", "backslashreplace"))
    for item in reader(format_)(inner, replace(source, mapping=mapping), observed_at):
        yield replace(item, locator=file.name) if isinstance(item, Refusal) else item


def _mapping(name: str, source: Source) -> str:
    """The mapping to read a row by. A file may come from anywhere, so it names no path that the user did not name."""
    if name in shipped():
        return name
    if name and (not source.mapping or Path(name).resolve() != Path(source.mapping).resolve()):
        mend = f"Name it as this source's mapping, as with --mapping {name}."
        raise VocabularyError(f"the row is to be read by the mapping {name}.", mend=mend)
    return source.mapping


def _line(refusal: Refusal) -> dict[str, object]:
    value = _value(refusal.raw)
    raw = value if isinstance(value, dict) else refusal.raw
    return {"where": refusal.locator, "what": refusal.what, "mend": refusal.mend, "source": refusal.source, "raw": raw}


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)


def _value(raw: object) -> object:
    """The JSON value that `raw` writes; `raw` itself where it writes none."""
    try:
        return json.loads(raw) if isinstance(raw, str) else raw
    except (ValueError, RecursionError):
        return raw
