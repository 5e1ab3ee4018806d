"""Tables to be matched, and folders of them: two tables and a file of the pairs that are the same.

Nothing hangs on the names of files or columns, nor on the separator: which file holds the pairs, and which
column the ids, is seen from the values.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from marquee.graph.match_columns import Column, Shape, column
from marquee.schema.errors import InputError
from marquee.schema.text import tokens

Pair = tuple[int, int]  # a row of the left table, a row of the right
_ENDINGS = (".csv", ".tsv", ".txt", ".psv", ".csv.gz", ".tsv.gz")
_TEXTS = (Shape.PROSE, Shape.LIST, Shape.KEY)  # that may be names after all
_MOST = 1 << 24  # characters in a cell
_COVERED = 0.9  # share of the pairs whose ids a table must hold
_LOOK = 300  # pairs looked at to tell the two tables apart


@dataclass(frozen=True, slots=True)
class Table:
    """A source's records by columns, ids left out; empty columns are left out, too."""

    name: str
    columns: tuple[Column, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Folder:
    """Two tables, the rows of them that are the same, and how many given pairs name a row that is not there."""

    left: Table
    right: Table
    gold: tuple[Pair, ...]
    unknown: int = 0


def table(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table of rows of cells, each as long as the header.

    Where no column looks like one of names, the text that differs most from row to row is taken for it.
    """
    cells = list(zip(*rows, strict=True)) if rows else []
    found = [column(title, values) for title, values in zip(header, cells, strict=False)]
    texts = [place for place, col in enumerate(found) if col and col.shape in _TEXTS]
    if texts and not any(col and col.shape is Shape.NAME for col in found):
        place = max(texts, key=lambda place: len(set(cells[place])))
        found[place] = column(header[place], cells[place], Shape.NAME)
    return Table(name, tuple(col for col in found if col), len(rows))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A file as read: text cells."""

    path: Path
    header: list[str]
    rows: list[list[str]]


def read_folder(folder: Path) -> Folder:
    """The two tables of a folder and their pairs. Raises InputError."""
    if not folder.is_dir():
        raise InputError("is not a folder.", where=str(folder), mend="Give a folder of two tables and their pairs.")
    paths = sorted(path for path in folder.iterdir() if path.name.lower().endswith(_ENDINGS) and path.is_file())
    sheets = [sheet for path in paths if (sheet := _read(path))]
    if len(sheets) != 3:
        raise InputError(
            f"{len(sheets)} tables were found, {', '.join(s.path.name for s in sheets) or 'none'}; three are needed.",
            where=str(folder),
            mend="Put two tables of records and one of their matching ids there, as CSV with a header line.",
        )
    best = max((link for link in _links(sheets)), key=lambda link: link.quality, default=None)
    if best is None:
        raise InputError(
            "no file pairs the ids of the other two.",
            where=str(folder),
            mend="One file must have two columns: an id of the one table, an id of the other.",
        )
    return best.folder()


# --- the pairs -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ids:
    """Ids of a sheet's rows. `column` is -1 where rows are counted from 0, -2 from 1."""

    sheet: _Sheet
    column: int
    rows: Mapping[str, int]

    def table(self) -> Table:
        kept = [place for place in range(len(self.sheet.header)) if place != self.column]
        header = [self.sheet.header[place] for place in kept]
        rows = [[row[place] for place in kept] for row in self.sheet.rows]
        return table(self.sheet.path.name, header, rows)


@dataclass(frozen=True, slots=True)
class _Link:
    """One reading of a folder: these columns of pairs are those ids. `quality`: how alike the paired rows are, and
    whether the columns stand in this order."""

    left: _Ids
    right: _Ids
    pairs: Sequence[tuple[str, str]]
    quality: tuple[float, bool]

    def folder(self) -> Folder:
        known = {
            (self.left.rows[a], self.right.rows[b]): None
            for a, b in self.pairs
            if a in self.left.rows and b in self.right.rows
        }
        return Folder(self.left.table(), self.right.table(), tuple(known), len(set(self.pairs)) - len(known))


def _links(sheets: Sequence[_Sheet]) -> Iterator[_Link]:
    """Every reading in which one sheet pairs the ids of the other two."""
    for gold, left, right in permutations(sheets):
        if len(gold.header) > min(len(left.header), len(right.header), 4):
            continue
        for one, other in permutations(range(len(gold.header)), 2):
            pairs = [(row[one], row[other]) for row in gold.rows if _true(row, one, other)]
            for mine in _ids(left, [a for a, _ in pairs]):
                for theirs in _ids(right, [b for _, b in pairs]):
                    yield _Link(mine, theirs, pairs, (round(_likeness(mine, theirs, pairs), 9), one < other))


def _true(row: Sequence[str], one: int, other: int) -> bool:
    """Whether a row of pairs says that they match; a third column may deny it."""
    rest = [cell.casefold() for place, cell in enumerate(row) if place not in (one, other)]
    return not any(cell in ("0", "false", "no") for cell in rest)


def _ids(sheet: _Sheet, wanted: Sequence[str]) -> Iterator[_Ids]:
    """The columns, each value in one row alone, that hold the wanted ids; else the numbers of the rows."""
    found = False
    for place in range(len(sheet.header)):
        rows = {row[place]: number for number, row in enumerate(sheet.rows)}
        if len(rows) == len(sheet.rows) and _covered(rows, wanted):
            found = True
            yield _Ids(sheet, place, rows)
    for start in () if found else (0, 1):
        rows = {str(number + start): number for number in range(len(sheet.rows))}
        if _covered(rows, wanted):
            yield _Ids(sheet, -1 - start, rows)


def _covered(rows: Mapping[str, int], wanted: Sequence[str]) -> bool:
    return bool(wanted) and sum(id_ in rows for id_ in wanted) >= _COVERED * len(wanted)


def _likeness(left: _Ids, right: _Ids, pairs: Sequence[tuple[str, str]]) -> float:
    """The mean share of words that paired rows have in common, rare words counting more."""
    mine, theirs = left.rows, right.rows
    looked = [(mine[a], theirs[b]) for a, b in pairs if a in mine and b in theirs][:_LOOK]
    words = [(_words(left, a), _words(right, b)) for a, b in looked]
    often = Counter(word for both in words for side in both for word in side)
    shares = (_weight(one & two, often) / (_weight(one | two, often) or 1) for one, two in words)
    return sum(shares) / max(1, len(words))


def _words(ids: _Ids, row: int) -> frozenset[str]:
    cells = (cell for place, cell in enumerate(ids.sheet.rows[row]) if place != ids.column and len(cell) < 200)
    return frozenset(word for cell in cells for word in tokens(cell))


def _weight(words: Iterable[str], often: Mapping[str, int]) -> float:
    return math.fsum(1 / often[word] for word in words)


# --- files ---------------------------------------------------------------------------------------


def _read(path: Path) -> _Sheet | None:
    """The cells of a file; None of one without a table. Short rows are filled, what overflows is dropped."""
    text = _text(path)
    lines = text.splitlines()
    if len(lines) < 2:
        return None
    separator = max("|\t;,", key=lambda sign: _regular(lines, sign))
    csv.field_size_limit(_MOST)
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise InputError(f"is no table: {error}.", where=str(path), mend="Mend the quotes of its cells.") from error
    width = len(header)
    return _Sheet(path, header, [(row + [""] * width)[:width] for row in rows if any(row)])


def _text(path: Path) -> str:
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise InputError(f"cannot be read: {error}.", where=str(path), mend="Give a readable file.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _regular(lines: Sequence[str], sign: str) -> tuple[bool, float]:
    """How well a sign separates cells: it stands in the header, and about as often in other lines."""
    expected = lines[0].count(sign)
    seen = lines[1:200]
    alike = sum(line.count(sign) >= expected for line in seen) / len(seen)
    return expected > 0, alike * (1 + min(expected, 50) / 100)
