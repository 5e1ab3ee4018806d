"""What the verbs share: their options, the desk that they work at, and how they answer and end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from marquee.api.desk import Desk
    from marquee.api.progress import Steps

DONE, REFUSED, COULD_NOT = 0, 1, 2

Json = Annotated[bool, typer.Option("--json", help="Print JSON, as the last line.")]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings; default: marquee.toml here, if there is one."),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of everything random.")]
Tier = Literal["fast", "full"]
First = Annotated[int, typer.Option("--first", metavar="N", min=1, help="How many.")]
Port = Annotated[int | None, typer.Option("--port", metavar="N", min=1, max=65535, help="Port; default: 8765.")]


def desk_for(config: Path | None, quiet: bool, home: Path | None = None) -> Desk:
    """The desk of the settings file (None: the usual one)."""
    from marquee.api.desk import Desk
    from marquee.api.settings import load

    return Desk(load(config, home=home), quiet=quiet)


def steps_for(quiet: bool) -> Steps:
    """Progress bars, for a verb that works at no desk."""
    from marquee.api.progress import Steps

    return Steps(quiet)


def answer(as_json: bool, payload: Any, picture: Callable[[Any], None]) -> None:
    """Prints an object as JSON, or as people read it."""
    if as_json:
        print(json.dumps(payload, ensure_ascii=False, default=str))
    else:
        picture(payload)


def answer_list(as_json: bool, name: str, rows: list[dict[str, Any]], picture: Callable[[Any], None]) -> None:
    """The same of a list; `name` is its name in the JSON object."""
    answer(as_json, {name: rows} if as_json else rows, picture)


def end(refused: int) -> None:
    """Ends the verb: done, or done with refusals."""
    if refused:
        raise typer.Exit(REFUSED)
