"""Steps of a job as people see them: a bar for each, its seconds kept for the report."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

T = TypeVar("T")


class Steps:
    """Shows a bar a step on standard error and keeps seconds by step. `with Steps() as steps: ...`."""

    def __init__(self, quiet: bool = False) -> None:
        self.seconds: dict[str, float] = {}
        self._bars = Progress(
            TextColumn("{task.description:<28}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=Console(file=sys.stderr),
            disable=quiet,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Steps:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    @contextmanager
    def step(self, name: str, total: float | None = None) -> Iterator[None]:
        """One named step; its seconds add to `seconds[name]`."""
        outer, start = self._task, time.perf_counter()
        self._task = self._bars.add_task(name, total=total, note="")
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
            done = self._bars.tasks[self._task].completed
            self._bars.update(self._task, total=max(done, 1), completed=max(done, 1))
            self._task = outer

    def advance(self, by: float = 1, note: str = "") -> None:
        """Moves the current bar on."""
        if self._task is not None:
            self._bars.update(self._task, advance=by, **({"note": note} if note else {}))

    def each(self, name: str, items: Iterable[T], total: float | None = None) -> Iterator[T]:
        """The items, counted on a bar of their own."""
        with self.step(name, total):
            for item in items:
                yield item
                self.advance()

    def share(self) -> Callable[[str, float], None]:
        """A callback `(note, share done in [0, 1])` for the current step."""
        task = self._task

        def told(note: str, done: float) -> None:
            if task is not None:
                self._bars.update(task, total=100, completed=round(100 * done), note=note)

        return told


def peak_memory_mb() -> float:
    """The most memory this process has held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
