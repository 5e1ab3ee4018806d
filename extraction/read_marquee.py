"""Marquee JSON Lines: one JSON object a line, one entity with its facts; see marquee-record.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterator

from marquee.extraction import files
from marquee.extraction.files import File, Flaw
from marquee.extraction.forms import word
from marquee.schema.errors import MarqueeError, VocabularyError
from marquee.schema.relations import kind
from marquee.schema.values import Record, Refusal, Source


def read(file: File, source: Source, observed_at: str) -> Iterator[Record | Refusal]:
    """A Record of every line that is a JSON object of a known kind; a Refusal of every other that is not blank."""
    for number, line in files.lines(file):
        if isinstance(line, Flaw):
            yield Refusal(source.name, f"{file.name}:{number}", line.what, line.mend, line.raw)
        elif stripped := line.strip():
            try:
                yield _record(stripped, number, file.name, source.name)
            except MarqueeError as error:
                yield Refusal(source.name, f"{file.name}:{number}", error.what, error.mend, stripped)


def object_of(line: str) -> dict[str, object]:
    """The JSON object that a line writes. Raises VocabularyError if it writes none."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        message = f"no JSON: {error.msg[0].lower()}{error.msg[1:]} at place {error.colno}."
        raise VocabularyError(message, mend="Mend the line; one record stands on one line.") from None
    except (ValueError, RecursionError) as error:
        why = "nested too deep" if isinstance(error, RecursionError) else "a number too long"
        raise VocabularyError(f"no JSON that can be read: {why}.", mend="Mend the line.") from None
    if not isinstance(value, dict):
        raise VocabularyError("the line is no JSON object.", mend='Write one as {"kind": "Film", "name": "..."}.')
    return value


def _record(line: str, number: int, name: str, source: str) -> Record:
    fields = object_of(line)
    if "kind" not in fields:
        raise VocabularyError("the record has no kind.", mend='Add one, as "kind": "Film".')
    return Record(source, number, kind(word(fields["kind"], "kind", "Film")), fields, name)
