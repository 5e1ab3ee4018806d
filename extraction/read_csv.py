"""CSV and TSV: a table with a header, whose rows a mapping turns into facts."""

from __future__ import annotations

import csv
import io
import json
from collections import abc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from marquee.extraction import files, mapping
from marquee.extraction.files import File, Flaw
from marquee.extraction.mapping_rules import Layout, Mapping
from marquee.extraction.toml_table import nearest
from marquee.schema.errors import InputError
from marquee.schema.values import Record, Refusal, Source

_SHOWN = 8  # columns named in a message


@dataclass(slots=True)
class _Feed:
    """Lines for csv.reader, with a memory of those the present row took and of what is wrong with them."""

    lines: Iterator[tuple[int, str | Flaw]]
    taken: list[tuple[int, str | Flaw]] = field(default_factory=list)
    again: list[tuple[int, str | Flaw]] = field(default_factory=list)
    flaw: Flaw | None = None
    ended: bool = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        entry = self.again.pop() if self.again else next(self.lines, None)
        if entry is None:
            self.ended = True
            raise StopIteration
        self.taken.append(entry)
        line = entry[1]
        if isinstance(line, str):
            return line
        self.flaw = self.flaw or line
        return line.raw + "\n"

    def start(self) -> None:
        """Forgets the row before."""
        self.taken, self.flaw = [], None

    def back_to_second(self) -> None:
        """Puts all lines but the first of the present row back, to be read anew."""
        self.again.extend(reversed(self.taken[1:]))
        del self.taken[1:]
        self.ended = False

    def raw(self) -> str:
        """The present row as it stands in the file."""
        return "".join(_raw(line) for _, line in self.taken).rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class _Table:
    """What holds for every row of a file."""

    file: File
    source: Source
    mapping: Mapping
    header: tuple[str, ...]
    head: str

    def refuse(self, feed: _Feed, what: str, mend: str) -> Refusal:
        """A Refusal of the present row, with the header and that row to mend."""
        where = f"{self.file.name}:{feed.taken[0][0]}"
        row = feed.raw()
        return Refusal(self.source.name, where, what, mend, raw(self.mapping, self.head, row) if row else "")


def read(file: File, source: Source, observed_at: str) -> Iterator[Record | Refusal]:
    """A Record of every row; a Refusal of every row that cannot be read, and one of columns nobody expects.

    Raises InputError if the mapping is missing, unknown or names a column the header lacks, or if the header
    cannot be read or names a column twice.
    """
    feed = _Feed(files.lines(file))
    first = _first_line(feed, file)
    if first is None:
        return
    given = mapping.load(source.mapping) if source.mapping else None
    reader = _reader(feed, given, first)
    header = _header(reader, file)
    table = _Table(file, source, given or _guess(header, file), header, feed.raw())
    yield from _check_header(table)
    yield from _rows(table, feed, reader)


def raw(mapped: Mapping, head: str, row: str) -> str:
    """A header and a row as the file of refused rows keeps them."""
    return json.dumps({"mapping": mapped.name, "table": [head, row]}, ensure_ascii=False)


def render(mapped: Mapping, fields: abc.Mapping[str, object]) -> str:
    """A row that was read, as `raw` gives it."""
    delimiter, quote = mapped.layout.delimiter or ",", mapped.layout.quote
    return raw(mapped, *(_row(cells, delimiter, quote) for cells in (list(fields), [str(c) for c in fields.values()])))


def _row(cells: list[str], delimiter: str, quote: str) -> str:
    if not quote:
        return delimiter.join(cells)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quotechar=quote, lineterminator="\n").writerow(cells)
    return out.getvalue().removesuffix("\n")


def _rows(table: _Table, feed: _Feed, reader: Iterator[list[str]]) -> Iterator[Record | Refusal]:
    name, source, mapped = table.file.name, table.source.name, table.mapping.name
    width, pads = len(table.header), table.mapping.layout.short_rows == "pad"
    while True:
        feed.start()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            feed.back_to_second()
            yield table.refuse(feed, f"{error}.", "Close the quotes of this row, and end every line alike.")
            continue
        if feed.ended:
            feed.back_to_second()
            yield table.refuse(feed, "a quote is opened here and never closed.", "Close it.")
        elif feed.flaw:
            yield table.refuse(feed, feed.flaw.what, feed.flaw.mend)
        elif len(cells) == width or (pads and 0 < len(cells) < width):
            cells.extend([""] * (width - len(cells)))
            fields = dict(zip(table.header, cells, strict=True))
            yield Record(source, feed.taken[0][0], None, fields, name, mapped)
        elif cells:
            what = f"the row has {len(cells)} cells, the header {width}."
            yield table.refuse(feed, what, "Add or remove cells, or put quotes around one that holds a separator.")


def _first_line(feed: _Feed, file: File) -> str | None:
    """The header's line, put back into the feed; None of an empty file."""
    for number, line in feed.lines:
        if isinstance(line, Flaw):
            raise InputError(f"the header cannot be read: {line.what}", where=f"{file.name}:{number}", mend=line.mend)
        if line.strip():
            feed.again.append((number, line))
            return line
    return None


def _reader(feed: _Feed, given: Mapping | None, first: str) -> Iterator[list[str]]:
    layout = given.layout if given else Layout()
    delimiter = layout.delimiter or max((",", "\t", ";"), key=first.count)
    if not layout.quote:
        return csv.reader(feed, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(feed, delimiter=delimiter, quotechar=layout.quote)


def _header(reader: Iterator[list[str]], file: File) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(reader))
    except csv.Error as error:
        raise InputError(f"the header cannot be read: {error}.", where=f"{file.name}:1", mend="Mend it.") from None


def _guess(header: tuple[str, ...], file: File) -> Mapping:
    """The one shipped mapping that knows all its columns in the header."""
    fits = [each for each in map(mapping.load, mapping.shipped()) if each.columns <= set(header)]
    if len(fits) != 1:
        mend = f"Give one: {', '.join(mapping.shipped())}, or the path of a TOML file."
        raise InputError("a table needs a mapping of its columns.", where=file.name, mend=mend)
    return fits[0]


def _check_header(table: _Table) -> Iterator[Refusal]:
    header, mapped = table.header, table.mapping
    where = f"{table.file.name}:1"
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise InputError(f"the header names {_listed(twice)} twice.", where=where, mend="Rename one of them.")
    missing = sorted(mapped.columns - set(header))
    if missing:
        near = nearest(missing[0], header)
        what = f"mapping {mapped.name} names {_listed(missing)}, which the header does not have."
        raise InputError(what, where=where, mend=f"{near} Mend {mapped.path} or the header.")
    extra = [column for column in header if column not in mapped.columns and column not in mapped.layout.ignore]
    if extra:
        mend = f"Add it to the mapping or list it under ignore in {mapped.path}."
        yield Refusal(
            table.source.name, where, f"mapping {mapped.name} does not know {_listed(extra)}; left out.", mend
        )


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(repr(column) for column in columns[:_SHOWN])
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return f"column{'s' if len(columns) > 1 else ''} {shown}{more}"


def _raw(line: str | Flaw) -> str:
    return line if isinstance(line, str) else line.raw + "\n"
