"""Texts: a plain or Markdown file is one document; of JSON Lines, each line's `text` is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marquee.extraction import files
from marquee.extraction.files import File, Flaw
from marquee.extraction.read_marquee import object_of
from marquee.schema import ids
from marquee.schema.errors import VocabularyError
from marquee.schema.values import Document, Refusal, Source

_JSON_LINES = re.compile(r"\.(jsonl|ndjson)(\.gz|\.bz2)?(:\d+)?$", re.IGNORECASE)  # a number: one line, read again


def read(file: File, source: Source, observed_at: str) -> Iterator[Document | Refusal]:
    """The documents of one file, as raw as they stand: Markdown keeps its signs, spans count in them."""
    if _JSON_LINES.search(file.name):
        yield from _lines(file, source, observed_at)
        return
    text = files.text(file)
    if isinstance(text, Flaw):
        yield Refusal(source.name, file.name, text.what, text.mend)
    elif text.strip():
        yield Document(ids.document_id(text), source.name, text, file.name, observed_at, source.licence)


def _lines(file: File, source: Source, observed_at: str) -> Iterator[Document | Refusal]:
    for number, line in files.lines(file):
        where = f"{file.name}:{number}"
        if isinstance(line, Flaw):
            yield Refusal(source.name, where, line.what, line.mend, line.raw)
        elif stripped := line.strip():
            try:
                yield _document(object_of(stripped), where, source, observed_at)
            except VocabularyError as error:
                yield Refusal(source.name, where, error.what, error.mend, stripped)


def _document(fields: dict[str, object], where: str, source: Source, observed_at: str) -> Document:
    """`id` (or `name`), `retrieved_at` and `licence` beside `text` are kept; other keys are not ours to judge."""
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise VocabularyError("the line has no text.", mend='Write it as {"id": "...", "text": "..."}.')
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise VocabularyError("the text holds half a surrogate pair.", mend="Write the whole character.") from None
    name = fields.get("id") or fields.get("name") or where
    retrieved = fields.get("retrieved_at") or observed_at
    licence = fields.get("licence") or source.licence
    return Document(ids.document_id(text), source.name, text, str(name), str(retrieved), str(licence))
