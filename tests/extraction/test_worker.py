"""Workers: what they read, what they hold, and when they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.extraction.processes import has_ended, lives
from tests.extraction.reading import documents, extractor, gazetteer

from marquee.extraction.pipeline import load
from marquee.extraction.worker import Worker, WorkerEnded
from marquee.schema.errors import SettingsError

pytest.importorskip("spacy")
NOW = "2024-01-01T00:00:00Z"
TEXTS = (
    "Ridley Scott directed Alien.",
    "Alien (1979) stars Sigourney Weaver.",
    "Nothing is said here.",
    "“Ünï”\u2028—",
)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    started = Worker()
    started.prepare(gazetteer())
    yield started
    started.close()


def test_a_worker_reads_what_an_extractor_reads(worker: Worker) -> None:
    asked = documents(TEXTS)
    assert worker.read(asked, NOW) == list(extractor().pipe(asked, NOW))
    assert worker.read([], NOW) == []


def test_ctrl_c_is_not_for_a_worker(worker: Worker) -> None:
    os.kill(worker.pid, signal.SIGINT)
    assert [len(found.claims) for found in worker.read(documents(TEXTS[:1]), NOW)] == [1]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="asks /proc what a process has loaded")
def test_a_worker_loads_neither_torch_nor_a_store(worker: Worker) -> None:
    loaded = Path(f"/proc/{worker.pid}/maps").read_text()
    assert "spacy" in loaded
    assert "torch" not in loaded
    assert "sqlite" not in loaded


def test_a_pipeline_that_cannot_be_loaded_is_said_as_in_one_process() -> None:
    with pytest.raises(SettingsError) as here:
        load("no_such_pipeline")
    worker = Worker()
    with pytest.raises(SettingsError) as there:
        worker.prepare(gazetteer(), "no_such_pipeline")
    worker.close()
    assert str(there.value) == str(here.value)


def test_a_worker_that_is_killed_says_so() -> None:
    worker = Worker()
    os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(WorkerEnded, match="by signal 9"):
        worker.prepare(gazetteer())
    worker.close()
    worker.close()


_STARTS = """
import time
from marquee.extraction.worker import Worker
worker = Worker()
print(worker.pid, flush=True)
time.sleep(600)
"""


def test_a_worker_ends_with_whoever_started_it() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", _STARTS], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert lives(pid)
        parent.kill()
    assert has_ended(pid)
