"""What reports are made of: one console, and tables, bars and paragraphs that fit into its width.

Names and quotes come from outside: whatever a terminal would obey rather than show is taken out of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group
from rich.table import Column, Table
from rich.text import Text

WIDE = 100  # columns of a report that is written to a file or a pipe
_BAR, _SHORTEST = 36, 6


def _width() -> int | None:
    return None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDE


console = Console(width=_width())


def told(text: object, style: str = "") -> Text:
    """A text from outside, without signs that are not for reading."""
    return Text("".join(sign if sign.isprintable() else "\ufffd" for sign in str(text)), style)


def brief(quote: str, most: int = 160) -> str:
    """A quote on one line, cut at a word."""
    line = " ".join(quote.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"


def paragraph(text: Text, indent: int, width: int = 0) -> Text:
    """The text wrapped within `width` columns (0: the console's), every line of it `indent` from the left."""
    lines = text.wrap(console, max(20, (width or console.width) - indent))
    for line in lines:
        line.rstrip()
    return Text("\n").join(Text(" " * indent) + line for line in lines)


def pairs(values: Mapping[str, object]) -> Table:
    """Names and what they have; numbers are lined up at the right."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    numbers = [number(value) for value in values.values() if isinstance(value, int | float)]
    most = max(map(len, numbers), default=0)
    for name, value in values.items():
        shown = number(value).rjust(most) if isinstance(value, int | float) else value
        grid.add_row(told(f"  {name}"), told(shown))
    return grid


def bars(title: str, values: Mapping[str, int], width: int = 0) -> Group:
    """Counts as bars, largest first, within `width` columns (0: the console's); what is none is left out."""
    most = max(values.values(), default=0) or 1
    label = max((len(str(name)) for name in values), default=0)
    room = (width or console.width) - label - 15
    longest = min(_BAR, room) if room >= _SHORTEST else 0
    rows = []
    for name, count in sorted(values.items(), key=lambda item: -item[1]):
        bar = "█" * round(longest * count / most)
        row = told(f"    {name:<{label}}  ") + Text(f"{count:>8,}", "bold")
        rows += [row + Text(f" {bar}" if bar else "", "cyan")] if count else []
    return Group(*([Text(f"  {title}", style="dim")] if title else []), *rows)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table on one line a row; numbers are lined up at the right."""
    cells = [list(row) for row in rows]
    numeric = {at for row in cells for at, cell in enumerate(row) if isinstance(cell, int)}
    made = Table(
        *(Column(name, no_wrap=True, justify="right" if at in numeric else "left") for at, name in enumerate(columns)),
        box=None,
        header_style="dim",
        pad_edge=False,
    )
    for row in cells:
        made.add_row(*(told(number(cell)) for cell in row))
    return made


def number(value: object) -> str:
    """With commas, or with three places where it is a fraction."""
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
