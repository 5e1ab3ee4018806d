"""The crew: several workers that read texts at once, and their extractions in the order of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Lock

from marquee.extraction.faults import failed
from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.worker import Worker, WorkerEnded
from marquee.schema.errors import MarqueeError
from marquee.schema.values import Document, Extraction

# What a worker is given at once: enough that asking costs little, so little that all end at about one time.
TEXTS, CHARACTERS = 50, 50_000


class Crew:
    """Workers that all know the same names. One that dies is replaced; a text that ends any worker is refused."""

    def __init__(self, count: int, gazetteer: Gazetteer, pipeline: str = "") -> None:
        """`count` workers are started as they are needed; `pipeline` as for a `TextExtractor`."""
        self._gazetteer, self._pipeline = gazetteer, pipeline
        self._threads = ThreadPoolExecutor(count, "crew")  # one asks one worker and waits for its answer
        self._idle: SimpleQueue[Worker | None] = SimpleQueue()  # None for one that is not yet started
        for _ in range(count):
            self._idle.put(None)
        self._workers: set[Worker] = set()
        self._lock, self._closed = Lock(), False

    def pipe(self, documents: Sequence[Document], observed_at: str) -> Iterator[Extraction]:
        """The extraction of each document, in order. Work begins with the call, not with the first that is asked for.

        Raises, on being asked, SettingsError for a pipeline that cannot be loaded, MarqueeError if workers cannot
        be started.
        """
        answers = [self._threads.submit(self._read, part, observed_at) for part in portions(documents)]
        return (extraction for answer in answers for extraction in answer.result())

    def close(self) -> None:
        """Ends the workers, whatever they are at."""
        with self._lock:
            self._closed = True
            workers = tuple(self._workers)
        for worker in workers:
            worker.close()
        self._threads.shutdown(cancel_futures=True)

    def pids(self) -> list[int]:
        """The numbers of the processes that read."""
        with self._lock:
            return sorted(worker.pid for worker in self._workers)

    def _read(self, documents: Sequence[Document], observed_at: str) -> list[Extraction]:
        """What a worker reads in them. Where it dies of them, others read the halves, until one text is left to refuse."""
        try:
            return self._asked(documents, observed_at)
        except WorkerEnded as end:
            if self._closed:
                raise
            if len(documents) == 1:
                return [_refused(documents[0], end)]
        half = len(documents) // 2
        return self._read(documents[:half], observed_at) + self._read(documents[half:], observed_at)

    def _asked(self, documents: Sequence[Document], observed_at: str) -> list[Extraction]:
        worker = self._idle.get()
        try:
            worker = worker or self._started()
            return worker.read(documents, observed_at)
        except WorkerEnded:
            self._dismiss(worker)
            worker = None
            raise
        finally:
            self._idle.put(worker)

    def _started(self) -> Worker:
        worker = Worker()
        with self._lock:
            self._workers.add(worker)
        try:
            if not self._closed:
                worker.prepare(self._gazetteer, self._pipeline)
        except WorkerEnded as end:
            self._dismiss(worker)
            what = f"a process that was to read texts ended {end} before it was ready."
            raise MarqueeError(what, mend="Free some memory, or read in one process: MARQUEE_PROCESSES=1.") from None
        return worker

    def _dismiss(self, worker: Worker | None) -> None:
        if worker:
            worker.close()
            with self._lock:
                self._workers.discard(worker)


def portions(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """The documents in order, as many at a time as a worker is given at once; a long one by itself."""
    begin = size = 0
    for at, document in enumerate(documents):
        if at > begin and (at - begin == TEXTS or size + len(document.text) > CHARACTERS):
            yield documents[begin:at]
            begin, size = at, 0
        size += len(document.text)
    if documents:
        yield documents[begin:]


def _refused(document: Document, end: WorkerEnded) -> Extraction:
    mend = "Cut it, give it more memory, or report it as a fault of Marquee."
    return failed(document, f"and ended its process {end}", mend)
