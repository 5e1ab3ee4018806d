"""Memory of a process and of all that it started, sampled while it runs. Needs Linux's /proc; elsewhere it is 0."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

PROC = Path("/proc")
EVERY = 0.2  # seconds between two samples
_MB = 1024 * 1024
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Samples a process (0: none) until it is left: `own`, the most that it held itself, and `tree`, the most that it and
    its descendants held at one time, in MiB of resident memory. Pages that processes share count for each of them.

    `told` is called at every sample, to show that something goes on.
    """

    def __init__(self, pid: int, told: Callable[[Watch], None] = lambda watch: None) -> None:
        self.own = self.tree = 0.0
        self._pid, self._told = pid, told
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._sample()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(EVERY):
            self._sample()
            self._told(self)

    def _sample(self) -> None:
        if not self._pid:
            return
        self.own = max(self.own, _most(self._pid))
        self.tree = max(self.tree, self.own, sum(_resident(pid) for pid in family(self._pid)))


def family(pid: int) -> Iterator[int]:
    """A process and its descendants, as far as they are alive."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if entry.name.isdigit() and (parent := _parent(int(entry.name))):
            children[parent].append(int(entry.name))
    waiting = [pid]
    while waiting:
        yield (one := waiting.pop())
        waiting += children[one]


def _parent(pid: int) -> int:
    stat = _read(pid, "stat")
    return int(stat.rpartition(")")[2].split()[1]) if stat else 0  # the name in brackets may hold anything


def _resident(pid: int) -> float:
    pages = _read(pid, "statm").split()
    return int(pages[1]) * _PAGE / _MB if pages else 0.0


def _most(pid: int) -> float:
    """The most that the process ever held; it knows that itself, so that no moment between samples is lost."""
    for line in _read(pid, "status").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _read(pid: int, what: str) -> str:
    """A file of the process; "" where it has gone."""
    try:
        return (PROC / str(pid) / what).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
