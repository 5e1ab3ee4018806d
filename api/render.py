"""Reports as people read them: rich tables for every verb of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Column, Table
from rich.text import Text

console = Console()
Row = Mapping[str, Any]


def run(report: Row) -> None:
    """One run: what it read, what it decided, where refused rows lie."""
    counts = report.get("counts", {})
    console.print(
        Panel(
            _pairs({name.replace("_", " "): _number(n) for name, n in counts.items()}),
            title=f"run {report['run']}",
            title_align="left",
        )
    )
    if report.get("message"):
        console.print(f"[yellow]{report['message']}[/]")
    if report.get("refused_file"):
        console.print(
            f"Refused rows are kept in [bold]{report['refused_file']}[/]; mend them there and ingest that file."
        )


def plan(rows: Sequence[Row]) -> None:
    """What a refresh would read."""
    columns = ["source", "changed", "unchanged", "refused", "path"]
    _table(columns, ([_number(r[column]) for column in columns] for r in rows))


def runs(rows: Sequence[Row]) -> None:
    """Runs, newest first."""
    columns = ["run", "kind", "status", "started", "new", "accepted", "review", "rejected"]
    _table(
        columns, ([r["run"], r["kind"], r["status"], r["started"][:16].replace("T", " "), *_counts(r)] for r in rows)
    )


def _counts(row: Row) -> list[str]:
    counts = row.get("counts", {})
    return [_number(counts.get(name, 0)) for name in ("statements", "accepted", "review", "rejected")]


def queue(rows: Sequence[Row]) -> None:
    """Statements that wait for a decision, each with its quote."""
    if not rows:
        console.print("Nothing waits for review.")
    for row in rows:
        head = Text.assemble(
            (row["subject"], "bold"), " ", (row["relation"].replace("_", " "), "cyan"), " ", (row["object"], "bold")
        )
        probability = "?" if row["probability"] is None else f"{row['probability']:.2f}"
        console.print(head, Text(f"  {probability}  {row['id']}", style="dim"))
        for reason in row["reasons"]:
            console.print(Text(f"    {reason}", style="yellow"))
        for quote in row["quotes"][:2]:
            console.print(Text(f"    “{_brief(quote)}”", style="italic dim"))


def predictions(rows: Sequence[Row]) -> None:
    """Predicted facts with why."""
    if not rows:
        console.print("The model expects nothing more here.")
    for row in rows:
        line = Text.assemble(
            (f"{row['probability']:5.2f}  ", "green"),
            (row["head"], "bold"),
            f" {row['relation'].replace('_', ' ')} ",
            (row["tail"], "bold"),
        )
        console.print(line)
        console.print(Text(f"       {row['because']}", style="dim"))


def model(report: Row) -> None:
    """A newly trained model and whether it went into service."""
    card = report["card"]
    console.print(Panel(_pairs(_figures(card)), title=f"model {report['model']}", title_align="left"))
    word = "[green]in service[/]" if report["promoted"] else "[yellow]kept, not in service[/]"
    console.print(f"{word}: {report['reason']}.")


def links(report: Row) -> None:
    """Link-prediction metrics."""
    console.print(_pairs({k: _show(v) for k, v in report.items() if not isinstance(v, Mapping)}))
    by = report.get("by_relation", {})
    if by:
        _table(
            ["relation", "mrr", "facts"],
            ([name, f"{row['mrr']:.3f}", _number(row["count"])] for name, row in by.items()),
        )


def status(report: Row) -> None:
    """What a store holds."""
    console.print(_pairs({k: _show(v) for k, v in report.items() if not isinstance(v, Mapping)}))
    for name in ("by_level", "by_status", "by_kind", "by_relation"):
        console.print(_bars(name.replace("by_", "by "), report[name]))


def pairs(report: Row) -> None:
    """A flat report."""
    console.print(_pairs({k: _show(v) for k, v in report.items()}))


def demo(report: Row) -> None:
    """The demo's report: the graph, the texts, what was caught, what came back, the model."""
    graph, text, held, model_ = report["graph"], report["text"], report["held_out"], report["model"]
    parts: list[RenderableType] = [
        _title("The graph"),
        Text(f"  {report['statements']:,} statements about {report['entities']:,} entities, each with its evidence"),
        _bars("entities by level", graph["by_level"]),
        _bars("statements by status", graph["by_status"]),
        _title("From the texts"),
        Text(f"  {text['documents']} texts gave {text['claims']} claims"),
        _bars("", {"accepted": text["accepted"], "to review": text["review"], "rejected": text["rejected"], "denied in the text": text["denied"]}),
        Text.assemble("  of the accepted, ", (f"{text['accepted_right']} of {text['accepted']}", "bold green"), f" are right ({_percent(text['accepted_right'], text['accepted'])})"),
        Text.assemble("  of the planted false claims, ", (f"{text['planted_let_in']} of {text['planted']}", "bold green"), f" were let in; the judge held back {text['planted_found'] - text['planted_let_in']},"),
        Text("  the others broke the vocabulary or were not read"),
        _title("Left out, and brought back"),
        Text(f"  {held['total']:,} facts were left out; the texts state {held['stated']} of them"),
        _bars("", {"back by text": held["by_text"], "back by prediction": held["by_prediction"], "in the first ten": held["in_top_10"]}),
        _title("The judge"),
        _pairs(_figures(model_)),
    ]  # fmt: skip
    if report.get("caught"):
        parts += [_title("Caught"), *(_caught(row) for row in report["caught"])]
    if report.get("expected"):
        parts += [_title("Expected, though no source says so"), *(_expected(row) for row in report["expected"])]
    parts.append(
        Text(
            f"\n  {report['seconds']['all']:.0f} s, {report['peak_memory_mb']:,.0f} MB at the most"
            + ("; built before and reused" if report.get("reused") else ""),
            style="dim",
        )
    )
    console.print(
        Panel(Group(*parts), title="Marquee", title_align="left", padding=(0, 1), width=min(console.width, 100))
    )


def _caught(row: Row) -> Text:
    return Text.assemble("  ", (f"“{_brief(row['quote'])}”", "italic"), "\n    ", (row["why"], "yellow"))


def _expected(row: Row) -> Text:
    return Text.assemble(
        f"  {row['probability']:.2f}  ",
        (row["head"], "bold"),
        f" {row['relation'].replace('_', ' ')} ",
        (row["tail"], "bold"),
        (f"\n        {row['because']}", "dim"),
    )


def _figures(card: Row) -> dict[str, str]:
    shown = {
        "mrr": "held-out MRR",
        "hits_at_10": "held-out hits@10",
        "auroc": "AUROC",
        "ece": "calibration error",
        "statements": "trained on",
        "seconds": "seconds",
    }
    return {label: _show(card[key]) for key, label in shown.items() if key in card}


def _brief(quote: str, most: int = 160) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold magenta")


def _pairs(values: Mapping[str, str]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(justify="right")
    for name, value in values.items():
        grid.add_row(f"  {name}", value)
    return grid


def _bars(title: str, values: Mapping[str, int], width: int = 36) -> Group:
    most = max(values.values(), default=0) or 1
    label = max((len(str(name)) for name in values), default=0)
    rows = [
        Text.assemble(f"    {name:<{label}}  ", (f"{n:>8,} ", "bold"), ("█" * round(width * n / most), "cyan"))
        for name, n in sorted(values.items(), key=lambda item: -item[1])
        if n
    ]
    return Group(*([Text(f"  {title}", style="dim")] if title else []), *rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(*(Column(name, no_wrap=True) for name in columns), box=None, header_style="dim", pad_edge=False)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _show(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 100 else f"{value:,.0f}"
    return _number(value) if isinstance(value, int) else str(value)


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"
