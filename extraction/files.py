"""Files of a source: found in sorted order, opened plain or packed, read as bounded lines of UTF-8."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from marquee.schema.errors import InputError

LIMIT = 8 * 1024 * 1024  # bytes of the longest line, and of the longest text, that is read


@dataclass(frozen=True, slots=True)
class File:
    """One file of a source. `name` is its path within the source; `content` stands for a file that is not on disk."""

    name: str
    path: Path = Path()
    content: bytes | None = None
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a line: what, how to mend it, and the line as far as it could be read."""

    what: str
    mend: str
    raw: str = ""


def walk(path: str) -> Iterator[File]:
    """The file at `path`, or every file below that folder, sorted by name; hidden ones are left out.

    Raises InputError if there is nothing at `path`, or no file below it.
    """
    root = Path(path)
    if root.is_file():
        yield File(root.name, root)
        return
    if not root.exists():
        raise InputError("there is no such file or folder.", where=path, mend="Check the path of the source.")
    if not root.is_dir():
        raise InputError("this is neither a file nor a folder.", where=path, mend="Give a regular file.")
    found = sorted(_below(root), key=lambda file: file.relative_to(root).parts)
    if not found:
        raise InputError("the folder holds no file.", where=path, mend="Put the files to read there.")
    for each in found:
        yield File(each.relative_to(root).as_posix(), each)


def lines(file: File) -> Iterator[tuple[int, str | Flaw]]:
    """Numbered lines with their line ends, from 1; a Flaw in the place of each that cannot be read.

    Holds one line at a time, never more than `file.limit` bytes. A packed file that breaks off gives what
    came before, then a Flaw. Raises InputError if the file cannot be opened.
    """
    number = 0
    with _open(file) as stream:
        while True:
            number += 1
            try:
                raw = stream.readline(file.limit + 1)
                whole = len(raw) <= file.limit or _skip(stream, raw)
            except (OSError, EOFError, zlib.error) as error:
                yield number, _broken(error)
                return
            if not raw:
                return
            yield number, _decode(raw, number == 1) if whole else _too_long(file.limit)


def text(file: File) -> str | Flaw:
    """The whole file as UTF-8 text without its byte order mark, or what is wrong with it."""
    try:
        with _open(file) as stream:
            raw = stream.read(file.limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        return _broken(error)
    if len(raw) > file.limit:
        return Flaw(f"the text is longer than {_size(file.limit)}.", "Split it into several files.")
    return _text_of(raw)


def stem(name: str) -> str:
    """`name` in lower case without the ending that says how it is packed.

    >>> stem("Films.CSV.gz")
    'films.csv'
    """
    lowered = name.lower()
    return lowered.removesuffix(".gz").removesuffix(".bz2")


def _below(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _open(file: File) -> BinaryIO:
    """The unpacked bytes. How a file is packed is told by its first bytes, not by its ending."""
    if file.content is not None:
        return io.BytesIO(file.content)
    try:
        stream = file.path.open("rb")
    except OSError as error:
        mend = "Check that it is there and may be read."
        raise InputError(f"cannot be opened: {error.strerror}.", where=str(file.path), mend=mend) from None
    magic = stream.peek(10)[:10]
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    if magic.startswith(b"BZh") and magic[4:10] == b"1AY&SY":
        return bz2.BZ2File(stream)  # type: ignore[return-value]
    return stream


def _skip(stream: BinaryIO, raw: bytes) -> bool:
    """Reads to the end of a line that is too long. Always False: the line is not whole."""
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(1 << 16)
    return False


def _decode(raw: bytes, first: bool) -> str | Flaw:
    if first and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16()
    try:
        line = raw.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as error:
        shown = raw.decode("utf-8", "replace").rstrip("\r\n")
        return Flaw(
            f"byte {raw[error.start]:#04x} at place {error.start + 1} of the line is not UTF-8.",
            "Write the right letter where \ufffd stands, or save the file as UTF-8.",
            shown.removeprefix("\ufeff"),
        )
    if "\0" in line:
        shown = line.replace("\0", "").rstrip("\r\n")
        return Flaw("the line holds a NUL byte.", "Save the file as plain UTF-8 text.", shown)
    return line


def _text_of(raw: bytes) -> str | Flaw:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16()
    if b"\0" in raw:
        return Flaw("this is binary, not text.", "Give plain text in UTF-8, or leave the file out of the source.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Flaw(f"byte {raw[error.start]:#04x} in line {line} is not UTF-8.", "Save the file as UTF-8.")


def _utf16() -> Flaw:
    return Flaw("the file is UTF-16.", "Save it as UTF-8, as with: iconv -f UTF-16 -t UTF-8.")


def _too_long(limit: int) -> Flaw:
    return Flaw(f"the line is longer than {_size(limit)}.", "Split it; one record stands on one line.")


def _broken(error: Exception) -> Flaw:
    what = "the packed file breaks off here" if isinstance(error, EOFError) else f"the file cannot be read on: {error}"
    return Flaw(f"{what.rstrip('.')}.", "What came before is kept. Get the file again, whole.")


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:g} MB" if count >= 1024 * 1024 else f"{count:,} bytes"
