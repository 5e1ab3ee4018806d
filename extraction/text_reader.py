"""The reader of texts: few are read here and now, many by a crew; what comes of them is the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from marquee.extraction.crew import Crew
from marquee.extraction.gazetteer import Gazetteer
from marquee.schema.values import Document, Extraction

if TYPE_CHECKING:
    from marquee.extraction.texts import TextExtractor

FEW = 200  # texts that are read sooner than a worker has started
MOST = 4  # processes, unless more are asked for


class TextReader:
    """Reads texts with the names of a gazetteer; `pipeline` as for a `TextExtractor`.

    `processes`: how many read at once; 0 for as many as there are cores, at most four. With 1, and where there
    are few texts, the calling process reads them.
    """

    def __init__(self, gazetteer: Gazetteer, pipeline: str = "", processes: int = 0) -> None:
        self._gazetteer, self._pipeline = gazetteer, pipeline
        self._processes = processes or min(MOST, cores())
        self._crew: Crew | None = None

    def pipe(self, documents: Sequence[Document], observed_at: str) -> Iterator[Extraction]:
        """The extraction of each document, in order. A crew begins with the call, so that the caller may do other
        work before it asks for the first.

        Raises MissingExtra without spaCy, SettingsError for a pipeline that cannot be loaded.
        """
        if self._crew is None and (self._processes == 1 or len(documents) < FEW):
            return self._here.pipe(documents, observed_at)
        self._crew = self._crew or Crew(self._processes, self._gazetteer, self._pipeline)
        return self._crew.pipe(documents, observed_at)

    def close(self) -> None:
        """Ends the crew; it starts anew where more is to be read."""
        if self._crew:
            self._crew.close()
            self._crew = None

    @cached_property
    def _here(self) -> TextExtractor:
        from marquee.extraction.texts import TextExtractor

        return TextExtractor(self._gazetteer, self._pipeline)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
