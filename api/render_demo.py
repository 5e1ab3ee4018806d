"""The demo's report: the graph, the texts, what came back, the judge, what was caught and what is expected."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from marquee.api.render import Row, expected, figures
from marquee.api.widgets import WIDE, bars, brief, console, pairs, paragraph, told


def demo(report: Row) -> None:
    """Prints the report."""
    width = min(console.width, WIDE)
    parts = Group(*_parts(report, width - 4))
    console.print(Panel(parts, title="Marquee", title_align="left", padding=(0, 1), width=width))


def _parts(report: Row, width: int) -> Iterator[RenderableType]:
    yield from _graph(report, width)
    yield from _texts(report["text"], width)
    yield from _held_out(report["held_out"], width)
    yield _title("The judge")
    yield pairs(figures(report["model"]))
    if again := report.get("again"):
        said = f"{again['judged']:,} accepted statements were judged again; it doubts {again['doubtful']:,} of them"
        yield paragraph(Text(f"{said}. {report['waiting']:,} statements in all wait for a reviewer"), 2, width)
    if report.get("caught"):
        yield _title("Caught")
    for row in report.get("caught", ()):
        yield paragraph(told(f"“{brief(row['quote'])}”", "italic"), 2, width)
        yield paragraph(told(row["why"], "yellow"), 4, width)
    if report.get("expected"):
        yield _title("Expected, though no source says so")
    for row in report.get("expected", ()):
        yield expected(row, width)
    reused = "; built before and reused" if report.get("reused") else ""
    spent = f"\n  {report['seconds']['all']:.0f} s, {report['peak_memory_mb']:,.0f} MB at the most{reused}"
    yield Text(spent, "dim")


def _graph(report: Row, width: int) -> Iterator[RenderableType]:
    yield _title("The graph")
    size = f"{report['statements']:,} statements about {report['entities']:,} entities, each with its evidence"
    yield paragraph(Text(size), 2, width)
    yield bars("entities by level", report["graph"]["by_level"], width)
    yield bars("statements by status", report["graph"]["by_status"], width)


def _texts(text: Row, width: int) -> Iterator[RenderableType]:
    yield _title("From the texts")
    yield Text(f"  {text['documents']:,} texts gave {text['claims']:,} claims")
    labels = {"accepted": "accepted", "review": "to review", "rejected": "rejected", "denied": "denied in the text"}
    yield bars("", {label: text[name] for name, label in labels.items()}, width)
    right = Text(f"{text['accepted_right']:,} of {text['accepted']:,}", "bold green")
    share = f" are right ({100 * text['accepted_right'] / text['accepted']:.0f} %)" if text["accepted"] else ""
    yield paragraph(Text("of the accepted, ") + right + Text(share), 2, width)
    let_in = Text(f"{text['planted_let_in']} of {text['planted']}", "bold green")
    held = text["planted_found"] - text["planted_let_in"]
    rest = f" were let in; the judge held back {held}, the others broke the vocabulary or were not read"
    yield paragraph(Text("of the planted false claims, ") + let_in + Text(rest), 2, width)


def _held_out(held: Row, width: int) -> Iterator[RenderableType]:
    yield _title("Left out, and brought back")
    size = f"{held['total']:,} facts were left out of the records; the texts state {held['stated']:,} of them"
    yield paragraph(Text(size), 2, width)
    found = {
        "among the ten likeliest": held["in_top_10"],
        "predicted outright": held["by_prediction"],
        "read in a text": held["by_text"],
    }
    yield bars("", found, width)


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold magenta")
