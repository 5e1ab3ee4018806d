"""The spaCy pipeline: the bundled one, any other package or path, or a blank one, with Marquee's sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from marquee.extraction.sentences import sentence_spans
from marquee.schema.errors import MissingExtra, SettingsError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BUNDLED = Path(__file__).parent / "model" / "names"
# Characters of one call; longer texts are cut at sentences, so that memory stays bounded.
CHUNK = 5_000


# Half a surrogate pair, which no encoder takes, and a run so long that the tokenizer's time grows with its square.
_LONE = re.compile("[\ud800-\udfff]")
_RUN = re.compile(r"\S{100}")


class Found(NamedTuple):
    """An entity that a pipeline found: its raw span and label as the pipeline writes it."""

    start: int
    end: int
    label: str


def load(package: str = "") -> Language:
    """A pipeline that, if it was trained for it, finds entities.

    `package` names an installed spaCy pipeline or a folder; "" takes the bundled one, or a blank one
    where no weights lie. Raises MissingExtra without spaCy, SettingsError for a name it cannot load.
    """
    try:
        import spacy
    except ImportError:
        raise MissingExtra("spaCy", "extraction") from None
    if package:
        try:
            nlp = spacy.load(package)
        except (OSError, ValueError, ImportError) as error:
            raise SettingsError(
                f"the spaCy pipeline {package!r} cannot be loaded: {str(error).splitlines()[0][:200]}",
                mend="Install it, give the path of its folder, or leave the setting out for the bundled one.",
            ) from error
    else:
        nlp = spacy.load(BUNDLED) if (BUNDLED / "config.cfg").exists() else spacy.blank("en")
    return nlp


def marked(nlp: Language, text: str) -> Doc:
    """A text cut into words, with its sentences marked: no entity runs over the end of one."""
    import numpy

    doc = nlp.make_doc(text)
    starts = {start for start, _ in sentence_spans(text)}
    marks = [1 if at in starts else -1 for at in doc.to_array(["IDX"]).tolist()]
    marks[:1] = [1] * bool(marks)
    return doc.from_array(["SENT_START"], numpy.array(marks, "int64").astype("uint64"))  # type: ignore[arg-type]


def entities(nlp: Language, texts: Iterable[str]) -> Iterator[list[Found]]:
    """The entities of each text, in order."""
    pieces = ((number, start, _safe(piece)) for number, text in enumerate(texts) for start, piece in _pieces(text))
    cut = ((marked(nlp, piece), (number, start)) for number, start, piece in pieces)
    found = nlp.pipe(cut, as_tuples=True, batch_size=64)
    for _, docs in groupby(found, key=lambda pair: pair[1][0]):
        yield [
            Found(start + ent.start_char, start + ent.end_char, ent.label_)
            for doc, (_, start) in docs
            for ent in doc.ents
        ]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Start and text of pieces that end where a sentence ends; at least one, even of an empty text."""
    begin = 0
    if len(text) > CHUNK:
        for start, end in sentence_spans(text):
            if end - begin > CHUNK:
                yield begin, text[begin:start]
                begin = start
    yield begin, text[begin:]


def _safe(text: str) -> str:
    """The text with what spaCy cannot take replaced, one character for one, so that spans hold."""
    return _RUN.sub(lambda run: run[0][:-1] + " ", _LONE.sub("\ufffd", text))
