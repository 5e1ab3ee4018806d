"""Levels as people read them: communities, who is central, who bridges what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from marquee.api.widgets import console, number, paragraph, table, told

Row = Mapping[str, Any]


def communities(report: Row) -> None:
    """Each community by its closest members."""
    told_of = f"{number(report['count'])} communities, modularity {report['modularity']:.3f}"
    console.print(Text(told_of, "dim"))
    for row in report["communities"]:
        names = ", ".join(one["name"] for one in row["members"])
        head = told(f"{row['number']:>4}  ", "dim") + told(f"{number(row['size'])} ", "bold")
        console.print(head + Text(f"{row['inside']:,.1f} inside, {row['outside']:,.1f} outside", "dim"))
        console.print(paragraph(told(names), 6))


def centrality(report: Row) -> None:
    """The highest, one a line."""
    rows = [(one["name"], one["kind"], f"{one['score']:.6g}") for one in report["entities"]]
    console.print(table(("name", "kind", report["measure"]), rows))


def bridges(report: Row) -> None:
    """Each bridge with the communities that it ties."""
    if not report["bridges"]:
        console.print("Nobody ties two communities together.")
    for row in report["bridges"]:
        figures = f"   betweenness {row['betweenness']:.4f}, participation {row['participation']:.2f}"
        console.print(told(row["name"], "bold") + Text(figures, "dim"), soft_wrap=True)
        for link in row["links"][:4]:
            line = f"{100 * link['share']:3.0f} % with {', '.join(link['members'])} (community {link['community']})"
            console.print(paragraph(told(line), 4))
