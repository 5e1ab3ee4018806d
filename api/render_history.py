"""What runs changed, as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from marquee.api.widgets import bars, console, number, paragraph, told

Row = Mapping[str, Any]
_TITLES = {
    "added": "new statements",
    "accepted": "accepted since",
    "pending": "put back to pending",
    "rejected": "rejected since",
    "withdrawn": "withdrawn: no evidence left",
    "superseded": "superseded",
    "joined": "joined with another",
    "evidence": "evidence gained or lost",
    "dated": "dates changed",
    "judged": "judged otherwise",
}


def diff(report: Row) -> None:
    """What changed: counts by relation, and examples of each sort."""
    span = f"between {report['since']} and {report['run']}" if report["since"] else f"by {report['run']}"
    console.print(told(f"changed {span}", "bold"), soft_wrap=True)
    if not any(report[part] for part in ("statements", "entities", "merged")):
        console.print("Nothing.")
    if report["entities"]:
        console.print(bars("new entities", report["entities"]))
    if report["merged"]:
        console.print(Text(f"  {number(report['merged'])} entities merged", "dim"))
        for one in report["merges"]:
            console.print(paragraph(told(f"{one['name']} ({one['entity']} into {one['into']})"), 4))
    for shift, counts in report["statements"].items():
        console.print(bars(_TITLES[shift], counts))
        for one in report["examples"].get(shift, ()):
            console.print(paragraph(told(one["sentence"] or one["statement"]) + told(_how(one), "dim"), 6))


def _how(change: Row) -> str:
    """How a statement changed: its probability or status before and after, and its pieces of evidence."""
    before, after = change["before"], change["after"]
    if change["joined"]:
        return f"  now {change['joined']}"
    pieces = " ".join(f"{sign}{change[name]}" for sign, name in (("+", "gained"), ("-", "lost")) if change[name])
    shown = [_believed(one) for one in (before, after) if one]
    way = " → ".join(dict.fromkeys(shown))
    return f"  {way}" + (f", evidence {pieces}" if pieces else "")


def _believed(belief: Row) -> str:
    probability = belief["probability"]
    return str(belief["status"]) + ("" if probability is None else f" {probability:.2f}")
