"""Steps of a job as people see them: a bar for each, its seconds kept for the report."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

T = TypeVar("T")


class Steps:
    """Shows a bar for each step on standard error while it lasts, and keeps the seconds by step."""

    def __init__(self, quiet: bool = False) -> None:
        self.seconds: dict[str, float] = {}
        self._quiet = quiet
        self._bars: Progress | None = None
        self._task: TaskID | None = None

    @contextmanager
    def step(self, name: str, total: float | None = None) -> Iterator[None]:
        """One named step; its seconds add to `seconds[name]`. Steps may nest."""
        outer_bars, outer_task, start = self._bars, self._task, time.perf_counter()
        bars = outer_bars or self._display()
        bars.start()
        self._bars, self._task = bars, bars.add_task(name, total=total, note="")
        try:
            yield
            done = max(bars.tasks[self._task].completed, 1)
            bars.update(self._task, total=done, completed=done)
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
            self._bars, self._task = outer_bars, outer_task
            if outer_bars is None:
                bars.stop()

    def _display(self) -> Progress:
        return Progress(
            TextColumn("{task.description:<28}", markup=False),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", style="dim", markup=False),
            console=Console(file=sys.stderr),
            disable=self._quiet,
        )

    def advance(self, by: float = 1, note: str = "") -> None:
        """Moves the current bar on."""
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, advance=by)
            if note:
                self._bars.update(self._task, note=note)

    def each(self, name: str, items: Iterable[T], total: float | None = None) -> Iterator[T]:
        """The items, counted on a bar of their own."""
        with self.step(name, total):
            for item in items:
                yield item
                self.advance()

    def share(self) -> Callable[[str, float], None]:
        """A callback `(note, share done in [0, 1])` for the current step."""
        bars, task = self._bars, self._task

        def told(note: str, done: float) -> None:
            if bars is not None and task is not None:
                bars.update(task, total=100, completed=round(100 * done), note=note)

        return told


def peak_memory_mb() -> float:
    """The most memory this process has held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
