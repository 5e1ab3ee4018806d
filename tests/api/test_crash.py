"""A killed process: nothing applied is lost, nothing half-written is seen, and the same command ends the work."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import httpx
import pytest
from tests.given import fact, film, write

from marquee.api import jobs
from marquee.api.desk import Desk
from marquee.api.settings import load
from marquee.schema.errors import StoreBusy
from marquee.schema.selection import Page
from marquee.schema.values import Source

ROOT = Path(__file__).parent.parent.parent
LONGEST = 180  # seconds to wait for anything, on a busy machine


def many(folder: Path, films: int) -> Path:
    records = (film(f"Film {n}", fact("director", f"Person {n % 97}"), ids={"own": f"f{n}"}) for n in range(films))
    return write(folder / "films.jsonl", *records)


def started(folder: Path, *words: str, largest: int = -1, **env: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own; no file that it writes may grow beyond `largest` bytes."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / ".dev"), "MARQUEE_HOME": str(folder / "home"), **env}
    command = [sys.executable, "-m", "marquee.api.cli", *words]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=partial(_in_the_child, largest),
    )


def _in_the_child(largest: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell that runs the tests in its background has it ignored
    if largest > 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def wait_for(condition: object) -> None:
    end = time.monotonic() + LONGEST
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def desk_at(folder: Path) -> Desk:
    return Desk(load(None, {}, home=folder / "home"), quiet=True)


def running(folder: Path) -> bool:
    if not (folder / "home" / "marquee.db").exists():
        return False
    with desk_at(folder) as desk:
        return any(run.status == "running" for run in desk.store.runs(Page()).items)


@pytest.mark.parametrize("pause", [0.0, 0.15, 0.5])
def test_sigkill_in_the_middle_of_an_ingest_then_the_same_command(tmp_path: Path, pause: float) -> None:
    first = write(tmp_path / "first.jsonl", film("Playtime", fact("director", "Jacques Tati"), ids={"own": "p"}))
    with desk_at(tmp_path) as desk:
        jobs.ingest(desk, [Source("first", str(first))])
    path = many(tmp_path, 3000)
    process = started(tmp_path, "ingest", str(path))
    wait_for(lambda: running(tmp_path))
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with desk_at(tmp_path) as desk:
        assert desk.store.status().statements in (1, 3001)
        again = jobs.ingest(desk, [Source("films", str(path))])
        assert desk.store.status().statements == 3001
        assert desk.store.status().entities == 3001 + 97 + 1
        assert {run.status.value for run in desk.store.runs(Page()).items} <= {"done", "interrupted"}
        assert again.counts.get("refused", 0) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_is_taken_back_and_ends_with_two(tmp_path: Path, number: signal.Signals) -> None:
    process = started(tmp_path, "ingest", str(many(tmp_path, 20_000)), "--json")
    wait_for(lambda: running(tmp_path))
    process.send_signal(number)
    out, _ = process.communicate(timeout=LONGEST)
    assert "stopped" in json.loads(out.splitlines()[-1])["error"]
    assert process.returncode == 2
    with desk_at(tmp_path) as desk:
        assert [run.status.value for run in desk.store.runs(Page()).items] == ["interrupted"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serving_ends_well_when_it_is_stopped(tmp_path: Path, number: signal.Signals) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    process = started(tmp_path, "serve", "--port", port, "--json")
    assert process.stdout is not None
    assert json.loads(process.stdout.readline()) == {"url": f"http://127.0.0.1:{port}/graphql", "mutations": False}
    wait_for(lambda: answers(port))
    process.send_signal(number)
    process.wait(timeout=LONGEST)
    assert process.returncode == 0


def answers(port: str) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200
    except httpx.TransportError:
        return False


def test_a_full_disk_is_told_and_what_was_applied_stays(tmp_path: Path) -> None:
    films = film("Playtime", fact("director", "Jacques Tati"), ids={"own": "p"})
    with desk_at(tmp_path) as desk:
        jobs.ingest(desk, [Source("first", str(write(tmp_path / "first.jsonl", films)))])
    process = started(tmp_path, "ingest", str(many(tmp_path, 3000)), "--json", largest=400_000)
    out, _ = process.communicate(timeout=LONGEST)
    assert "Free space" in json.loads(out.splitlines()[-1])["error"]
    assert process.returncode == 2
    with desk_at(tmp_path) as desk:
        assert desk.store.status().statements == 1
        assert jobs.ingest(desk, [Source("films", str(tmp_path / "films.jsonl"))]).counts["statements"] == 3000


def test_an_export_that_finds_the_disk_full_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        jobs.ingest(desk, [Source("films", str(many(tmp_path, 3000)))])
    process = started(tmp_path, "export", "out.jsonl", "--json", largest=100_000)
    out, _ = process.communicate(timeout=LONGEST)
    assert "out.jsonl: cannot be written" in json.loads(out.splitlines()[-1])["error"]
    assert process.returncode == 2
    assert not list(tmp_path.glob("out.jsonl*"))


def test_a_terminal_that_knows_ascii_alone_is_written_to_all_the_same(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        samurai = film("七人の侍", fact("director", "黒澤明"))
        jobs.ingest(desk, [Source("films", str(write(tmp_path / "films.jsonl", samurai)), reliability=0.6)])
    process = started(tmp_path, "review", "list", PYTHONIOENCODING="ascii")
    out, _ = process.communicate(timeout=LONGEST)
    assert process.returncode == 0
    assert b"directed" in out


def test_a_reader_that_has_enough_is_no_failure(tmp_path: Path) -> None:
    process = started(tmp_path, "status")
    assert process.stdout is not None
    process.stdout.close()
    process.wait(timeout=LONGEST)
    assert process.returncode == 0


def test_a_held_store_says_who_holds_it(tmp_path: Path) -> None:
    path = many(tmp_path, 10_000)
    process = started(tmp_path, "ingest", str(path))
    try:
        wait_for(lambda: running(tmp_path))
        process.send_signal(signal.SIGSTOP)
        with desk_at(tmp_path) as desk, pytest.raises(StoreBusy, match=str(process.pid)):
            jobs.ingest(desk, [Source("films", str(path))])
    finally:
        process.send_signal(signal.SIGCONT)
        process.wait(timeout=LONGEST)
    assert process.returncode == 0


def test_of_two_refreshes_the_second_says_who_holds_the_store(tmp_path: Path) -> None:
    many(tmp_path, 10_000)
    (tmp_path / "marquee.toml").write_text('[[source]]\nname = "films"\npath = "films.jsonl"\n', encoding="utf-8")
    first = started(tmp_path, "refresh", "--json")
    try:
        wait_for(lambda: running(tmp_path))
        first.send_signal(signal.SIGSTOP)
        second = started(tmp_path, "refresh", "--json")
        told, _ = second.communicate(timeout=LONGEST)
    finally:
        first.send_signal(signal.SIGCONT)
    assert second.returncode == 2
    assert f"process {first.pid} on {socket.gethostname()}" in json.loads(told.splitlines()[-1])["error"]
    first.communicate(timeout=LONGEST)
    assert first.returncode == 0
    with desk_at(tmp_path) as desk:
        assert desk.store.status().statements == 10_000
        assert [run.status.value for run in desk.store.runs(Page()).items] == ["done"]


def test_a_schedule_stops_cleanly_on_sigterm(tmp_path: Path) -> None:
    write(tmp_path / "films.jsonl", film("Playtime", fact("director", "Jacques Tati")))
    (tmp_path / "marquee.toml").write_text('[[source]]\nname = "films"\npath = "films.jsonl"\n', encoding="utf-8")
    process = started(tmp_path, "refresh", "--every", "0 3 * * *", "--json")
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    assert first["schedule"] == "0 3 * * *"
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=LONGEST)
    assert json.loads(out.splitlines()[-1]) == {"stopped": "cleanly"}
    assert process.returncode == 0


def test_sigterm_in_the_middle_of_a_scheduled_run_takes_it_back(tmp_path: Path) -> None:
    many(tmp_path, 3000)
    (tmp_path / "marquee.toml").write_text('[[source]]\nname = "films"\npath = "films.jsonl"\n', encoding="utf-8")
    process = started(tmp_path, "refresh", "--every", "* * * * *", "--json")
    wait_for(lambda: running(tmp_path))
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=LONGEST)
    assert json.loads(out.splitlines()[-1]) == {"stopped": "cleanly"}
    with desk_at(tmp_path) as desk:
        assert desk.store.status().statements in (0, 3000)
