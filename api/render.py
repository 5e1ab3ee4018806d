"""Reports as people read them, one for each verb of the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from rich.panel import Panel
from rich.text import Text

from marquee.api.widgets import bars, brief, console, number, pairs, paragraph, table, told

Row = Mapping[str, Any]
_REFUSALS = 3  # shown of a run
_FIGURES = {
    "mrr": "held-out MRR",
    "hits_at_10": "held-out hits@10",
    "auroc": "AUROC",
    "ece": "calibration error",
    "statements": "trained on facts",
    "seconds": "seconds",
}


def run(report: Row) -> None:
    """One run: what it read, what it decided, where refused rows lie."""
    counts = {name.replace("_", " "): count for name, count in report.get("counts", {}).items()}
    shown = pairs(counts) if counts else Text("  nothing was changed", "dim")
    console.print(Panel(shown, title=f"run {report['run']}", title_align="left"))
    if report.get("message"):
        console.print(told(report["message"], "yellow"), soft_wrap=True)
    if report.get("refused_file"):
        _refusals(Path(report["refused_file"]))


def _refusals(path: Path) -> None:
    """The first few of what was refused, and where all of it is."""
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, _REFUSALS):
            row = json.loads(line)
            console.print(
                told(f"{row['where']}: ", "bold") + told(brief(f"{row['what']} {row['mend']}")), soft_wrap=True
            )
    kept = told("All that was refused is kept in ") + told(path, "bold")
    console.print(kept + Text("; mend it there and ingest that file."), soft_wrap=True)


def plan(rows: Sequence[Row]) -> None:
    """What a refresh would read."""
    columns = ("source", "changed", "unchanged", "refused", "gone", "path")
    console.print(table(columns, [[row[column] for column in columns] for row in rows]))
    for problem in filter(None, (row["problem"] for row in rows)):
        console.print(told(problem, "yellow"), soft_wrap=True)


def runs(rows: Sequence[Row]) -> None:
    """Runs, newest first; on a narrow console without the time, which their ids begin with."""
    wide = console.width >= 96
    columns = ("run", "kind", "status", *(("started",) if wide else ()), "new", "accepted", "review", "rejected")
    console.print(table(columns, [_run(row, wide) for row in rows]))


def _run(row: Row, wide: bool) -> list[object]:
    started = [row["started"][:16].replace("T", " ")] if wide else []
    counts = (row.get("counts", {}).get(name, 0) for name in ("statements", "accepted", "review", "rejected"))
    return [row["run"], row["kind"], row["status"], *started, *counts]


def queue(rows: Sequence[Row]) -> None:
    """Statements that wait for a decision, each with its reasons and a quote."""
    if not rows:
        console.print("Nothing waits for review.")
    for row in rows:
        probability = "?" if row["probability"] is None else f"{row['probability']:.2f}"
        fact = told(row["subject"], "bold") + told(f" {row['relation'].replace('_', ' ')} ", "cyan")
        console.print(
            fact + told(row["object"], "bold") + Text(f"   {probability}  {row['id']}", "dim"), soft_wrap=True
        )
        for reason in row["reasons"]:
            console.print(paragraph(told(reason, "yellow"), 4))
        for quote in row["quotes"][:2]:
            console.print(paragraph(told(f"“{brief(quote)}”", "italic dim"), 4))


def predictions(rows: Sequence[Row]) -> None:
    """Predicted facts with why."""
    if not rows:
        console.print("The model expects nothing more here.")
    for row in rows:
        console.print(expected(row, console.width))


def expected(row: Row, width: int) -> Text:
    """One predicted fact: how likely, what, and why."""
    fact = told(row["head"], "bold") + told(f" {row['relation'].replace('_', ' ')} ") + told(row["tail"], "bold")
    shown = paragraph(Text(f"{row['probability']:.2f}  ", "green") + fact, 2, width)
    return Text("\n").join([shown, paragraph(told(row["because"], "dim"), 8, width)])


def model(report: Row) -> None:
    """A newly trained model and whether it went into service."""
    console.print(Panel(pairs(figures(report["card"])), title=f"model {report['model']}", title_align="left"))
    word = Text("in service", "green") if report["promoted"] else Text("kept, not in service", "yellow")
    console.print(word + told(f": {report['reason']}."))
    if again := report.get("again"):
        console.print(f"{number(again['judged'])} accepted statements judged again, {again['doubtful']} put to review.")


def links(report: Row) -> None:
    """Link-prediction metrics."""
    console.print(pairs({name: value for name, value in report.items() if not isinstance(value, Mapping)}))
    if by := report.get("by_relation"):
        facts = [(name, f"{row['mrr']:.3f}", int(row["n"])) for name, row in by.items()]
        console.print(table(("relation", "mrr", "facts"), facts))


def status(report: Row) -> None:
    """What a store holds."""
    console.print(told(report["url"], "bold") + Text(f", version {report['version']}"), soft_wrap=True)
    held = {name: report[name] for name in ("entities", "statements", "evidence", "documents", "runs")}
    console.print(pairs(held | {"wait for review": report["review"], "model in service": report["model"]}))
    for verdict, found in report["audit"].items():
        share = f"{found['precision']:.3f} ({found['low']:.3f} to {found['high']:.3f}; {found['decided']} decided)"
        console.print(pairs({f"rightly {verdict}, by audit": share}))
    for name in ("by_level", "by_status", "by_kind", "by_relation"):
        if any(report[name].values()):
            console.print(bars(name.replace("by_", "by "), report[name]))


def export(report: Row) -> None:
    """What was written, and where."""
    facts = f"{number(report['edges'])} edges" if "edges" in report else f"{number(report['statements'])} statements"
    counts = f"{number(report['entities'])} entities and {facts} are in "
    if crowds := report.get("left_out"):
        console.print(f"{number(crowds)} crowds were left out: none of those in them is tied by them.")
    console.print(told(counts) + told(report["file"], "bold"), soft_wrap=True)


def copy(report: Row) -> None:
    """What was copied, and where."""
    console.print(pairs({name.replace("_", " "): count for name, count in report["rows"].items()}))
    console.print(told("The same is in ") + told(report["to"], "bold") + told(", row by row."), soft_wrap=True)


def figures(card: Row) -> dict[str, object]:
    """The figures of a model's card that people compare."""
    shown = {label: card[key] for key, label in _FIGURES.items() if key in card}
    return shown | ({"seconds": round(card["seconds"])} if "seconds" in card else {})
