"""The figures of real runs as tables in Markdown, and their place in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from marquee.schema.errors import InputError

BEGIN, END = "<!-- real runs: begin -->", "<!-- real runs: end -->"
Steps = Sequence[Mapping[str, Any]]  # as `Step.as_dict` gives them
# What a step does so many of a second, by its name: a count and what it counts.
_RATES = {
    "records": ("records", "records"),
    "again": ("unchanged", "records"),
    "texts": ("documents", "texts"),
    "judge": ("judged", "statements"),
}
_TITLES = {
    "records": "Records, as they were read",
    "texts": "Texts, as they were read",
    "train": "Once a model was in service",
    "holds": "What the graph holds in the end",
}


def report(runs: Mapping[str, Steps]) -> str:
    """All tables of the runs, by the name of their store; says when and with what they were measured."""
    lines = [_measured()]
    for store, steps in runs.items():
        lines += _run(store, steps)
    for name, title in _TITLES.items():
        lines += _table(title, {store: _of(steps, name) for store, steps in runs.items()})
    return "\n".join([*lines, *_table("Refused, by reason", {store: _why(steps) for store, steps in runs.items()})])


def write(text: str, page: Path) -> None:
    """Puts the text between the two markers of a page. Raises InputError where the page lacks them."""
    old = page.read_text(encoding="utf-8")
    if old.count(BEGIN) != 1 or old.count(END) != 1:
        raise InputError("the markers of the real runs are missing.", where=str(page), mend=f"Add {BEGIN} and {END}.")
    before, _, rest = old.partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def _measured() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    when = date.today().isoformat()
    return f"Measured on {when} with Python {platform.python_version()}, {cores} CPUs and {memory:,.0f} GB of memory."


def _run(store: str, steps: Steps) -> Iterator[str]:
    server = any(step["server"] for step in steps)
    heads = [*_HEADS, *(["the server's"] if server else []), "seconds by part"]
    yield f"\n### {store}\n"
    yield _line(heads)
    yield f"| --- |{' ---: |' * (len(heads) - 2)} --- |"
    for step in steps:
        if step["name"] != "holds":
            memory = [step["memory"], step["tree"], *([step["server"]] if server else [])]
            cells = [step["what"], f"{step['seconds']:,.1f}", f"{step['cpu']:,.1f}" if step["cpu"] else "", _rate(step)]
            yield _line([*cells, *(f"{value:,.0f} MB" for value in memory), _listed(step["parts"])])
    yield from _pages(steps)


_HEADS = ("step", "seconds", "CPU seconds", "a second", "peak memory", "with its children")


def _pages(steps: Steps) -> Iterator[str]:
    for step in steps:
        if step["name"] == "query":
            counts = step["counts"]
            yield (
                f"\nA film page took {counts['median ms']} ms at the median and {counts['p95 ms']} ms at p95, over "
                f"{counts['pages']:,} films, with {counts['edges on a page']} edges on a page on average."
            )


def _table(title: str, columns: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Counts by store; nothing where there are none."""
    rows = dict.fromkeys(name for counts in columns.values() for name in counts)
    if rows:
        yield f"\n### {title}\n"
        yield _line(["", *columns])
        yield f"| --- |{' ---: |' * len(columns)}"
        for row in rows:
            yield _line([row.replace("_", " "), *(_number(counts.get(row)) for counts in columns.values())])


def _why(steps: Steps) -> Mapping[str, float]:
    return {f"{step['name']}: {why}": count for step in steps for why, count in step["refused"].items()}


def _of(steps: Steps, name: str) -> Mapping[str, float]:
    return next((step["counts"] for step in steps if step["name"] == name), {})


def _rate(step: Mapping[str, Any]) -> str:
    count, what = _RATES.get(step["name"], ("", ""))
    return f"{step['counts'][count] / step['seconds']:,.0f} {what}" if count in step["counts"] else ""


def _listed(values: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:,.1f}" for name, value in values.items() if value >= 0.05)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
