"""The verbs of the ledger: what was done to the store, and what each run changed."""

from __future__ import annotations

from typing import Annotated

import typer

from marquee.api.options import Config, First, Json, answer, answer_list, desk_for

runs = typer.Typer(help="What was done to the store, and when.", no_args_is_help=True)


@runs.command("list")
def runs_list(first: First = 20, config: Config = None, as_json: Json = False) -> None:
    """Runs, newest first."""
    from marquee.api import jobs, render

    with desk_for(config, as_json) as desk:
        answer_list(as_json, "runs", jobs.runs(desk, first), render.runs)


@runs.command("show")
def runs_show(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Run id.")], config: Config = None, as_json: Json = False
) -> None:
    """One run with its counts."""
    from marquee.api import jobs, render

    with desk_for(config, as_json) as desk:
        answer(as_json, jobs.one_run(desk, run), render.run)


@runs.command("diff")
def runs_diff(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Run id.")],
    until: Annotated[str, typer.Argument(metavar="[RUN2]", help="A later run: what changed from RUN's end on.")] = "",
    examples: Annotated[int, typer.Option("--examples", metavar="N", min=0, help="Examples of each sort.")] = 3,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """What a run changed, or what changed between two."""
    from marquee.api import history, render_history

    with desk_for(config, as_json) as desk:
        answer(as_json, history.diff(desk, run, until or None, examples, whole=as_json), render_history.diff)
