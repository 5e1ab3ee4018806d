"""A worker: a process of its own that reads texts. Both ends of it stand here: what starts it, and what it runs."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from marquee.schema.errors import MarqueeError, SettingsError
from marquee.schema.values import Document, Extraction

if TYPE_CHECKING:
    from marquee.extraction.gazetteer import Gazetteer


class WorkerEnded(Exception):
    """A worker ended before it answered; the message says how."""


class Worker:
    """A process that reads texts once it was told the names. It ends when whoever started it closes it, or ends."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", __name__]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment())

    def prepare(self, gazetteer: Gazetteer, pipeline: str = "") -> None:
        """Gives it the names and the pipeline that it reads with.

        Raises SettingsError for a pipeline that cannot be loaded, WorkerEnded if it ends on it.
        """
        if problem := self._asked((gazetteer, pipeline)):
            what, where, mend = problem
            raise SettingsError(what, where=where, mend=mend)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def read(self, documents: Sequence[Document], observed_at: str) -> list[Extraction]:
        """The extraction of each document, in order. Raises WorkerEnded if it ends before it has answered."""
        found: list[Extraction] = self._asked((documents, observed_at))
        return [replace(one, document=document) for one, document in zip(found, documents, strict=True)]

    def close(self) -> None:
        """Ends it, whatever it is at; it holds nothing that could be lost."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()

    def _asked(self, question: object) -> Any:
        given, answers = self._process.stdin, self._process.stdout
        assert given is not None
        assert answers is not None
        try:
            _send(given, question)
            return pickle.load(answers)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            raise WorkerEnded(_how(self._process.wait())) from None


def main() -> None:
    """What a worker runs: names and texts come in by its standard input, extractions go out by its output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    questions = _questions(os.fdopen(os.dup(0), "rb"))
    gazetteer, pipeline = next(questions)
    if not pipeline:
        sys.modules["torch"] = None  # type: ignore[assignment]  # spaCy would load it, and the bundled pipeline needs none
    from marquee.extraction.texts import TextExtractor

    try:
        extractor = TextExtractor(gazetteer, pipeline)
    except MarqueeError as error:
        _send(answers, (error.what, error.where, error.mend))
        return
    gc.freeze()
    _send(answers, ())
    for documents, observed_at in questions:
        _send(answers, [replace(found, document=None) for found in extractor.pipe(documents, observed_at)])


def _questions(given: IO[bytes]) -> Iterator[Any]:
    """What is asked. The process ends the moment that nobody can ask any more, even in the middle of a text."""
    asked: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(given, asked), daemon=True).start()
    while True:
        yield asked.get()


def _listen(given: IO[bytes], asked: SimpleQueue[Any]) -> None:
    try:
        while True:
            asked.put(pickle.load(given))
    finally:
        os._exit(0)


def _send(pipe: IO[bytes], value: object) -> None:
    pickle.dump(value, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _environment() -> dict[str, str]:
    """The environment, with the same places to import from and one thread for sums: there is a worker a core."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_NUM_THREADS": "1"}


def _how(status: int) -> str:
    return f"by signal {-status}" if status < 0 else f"with exit status {status}"


if __name__ == "__main__":
    main()
