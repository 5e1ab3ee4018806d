"""Texts read by several processes: the same outcome as by one, and nothing left behind by a run that is stopped."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from tests.api.test_crash import started, wait_for
from tests.extraction.processes import has_ended
from tests.given import fact, film, write

from marquee.api import jobs, reading
from marquee.api.desk import Desk
from marquee.api.settings import load
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Source

pytest.importorskip("spacy")
_TASKS = Path(f"/proc/self/task/{os.getpid()}/children")


def texts(folder: Path, count: int) -> Path:
    """Texts of which each names its film again and some say what cannot be."""
    lines = (
        {
            "id": f"t{n}",
            "text": f"Moon {n} is a {1950 + n % 60} drama film directed by Ann Person{n % 7} and written by Bob Other{n}. "
            f"It was released on {'31 February' if n % 90 == 5 else '3 March'} {1950 + n % 60} by Kestrel Pictures.",
        }
        for n in range(count)
    )
    return write(folder / "texts.jsonl", *(json.dumps(line) for line in lines))


def outcome(folder: Path, path: Path, processes: int) -> tuple[object, ...]:
    """All that a run over records and then texts has left, without its times."""
    records = write(folder / "films.jsonl", film("Moon 7", fact("director", "Ann Person0"), ids={"own": "m7"}))
    settings = replace(load(None, {}, home=folder / f"home{processes}"), processes=processes)
    with Desk(settings, quiet=True) as desk:
        report = jobs.ingest(desk, [Source("films", str(records)), Source("texts", str(path))])
        found = desk.store.list_statements(StatementFilter(), Page(5000)).items
        said = [
            (s.id, s.subject, s.relation, s.object, s.status, [(e.quote, e.score, e.locator) for e in s.evidence])
            for s in found
        ]
        refused = [json.loads(line) for line in Path(report.refused_file).read_text().splitlines()]
    return said, refused, report.counts


def test_the_number_of_processes_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH", 250)
    path = texts(tmp_path, 600)
    several, one = (outcome(tmp_path, path, processes) for processes in (2, 1))
    assert several == one
    said, refused, _ = one
    assert len(said) > 600  # type: ignore[arg-type]
    assert refused


@pytest.mark.skipif(not _TASKS.exists(), reason="asks /proc for the children of a process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_process(tmp_path: Path, number: signal.Signals) -> None:
    path = texts(tmp_path, 20_000)
    process = started(tmp_path, "ingest", str(path), "--json", MARQUEE_PROCESSES="2")
    try:
        wait_for(lambda: len(children(process.pid)) > 1)
        workers = children(process.pid)
        process.send_signal(number)
        process.communicate(timeout=60)
    finally:
        process.kill()
    assert all(has_ended(pid) for pid in workers)


def children(pid: int) -> list[int]:
    """The processes that a process has started, by any of its threads."""
    tasks = (Path("/proc") / str(pid) / "task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
