"""The verbs of the command line. Each takes --json: then the last line printed is one JSON object, and no bars
are shown. Nothing heavy is imported before a verb needs it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Annotated

import typer

from marquee.api.options import Config, First, Json, Port, answer, answer_list, desk_for, end, steps_for
from marquee.api.verbs_levels import VERBS
from marquee.api.verbs_quality import evaluate, train
from marquee.api.verbs_runs import runs

if TYPE_CHECKING:
    from marquee.api.desk import Desk

app = typer.Typer(
    name="marquee",
    help="A knowledge graph of the entertainment industry: every fact with its evidence and a calibrated probability.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
review = typer.Typer(help="Decide what the gate left to people.", no_args_is_help=True)


def _version(asked: bool) -> None:
    if asked:
        try:
            print(f"marquee {version('marquee-kg')}")
        except PackageNotFoundError:
            print("marquee (from source)")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None: ...


@app.command()
def demo(
    serve_: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve GraphQL when done.")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Build anew even if the demo is there.")] = False,
    port: Port = None,
    as_json: Json = False,
) -> None:
    """Build, judge, report and serve the bundled data."""
    from marquee.api import demonstration, render_demo

    if fresh:
        demonstration.clear(demonstration.home())
    with desk_for(None, as_json, home=demonstration.home()) as desk:
        report = demonstration.run(desk)
        answer(as_json, report, render_demo.demo)
        if serve_:
            _serve(desk, "", port, as_json)


@app.command()
def ingest(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="Files, folders, or names of configured sources.")
    ],
    format_: Annotated[str, typer.Option("--format", metavar="NAME", help="Reader; default: by the ending.")] = "",
    mapping: Annotated[str, typer.Option(metavar="NAME|FILE", help="Of a table: tmdb, oscars, or a TOML file.")] = "",
    reliability: Annotated[
        float | None,
        typer.Option(
            metavar="P", min=0.001, max=0.999, help="Chance that the source is right; .95 unless told before."
        ),
    ] = None,
    licence: Annotated[str, typer.Option(metavar="TEXT", help="Licence of the source.")] = "",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Read records and texts; add judged statements.

    Many texts are read by several processes at once, one a core and at most four; MARQUEE_PROCESSES sets how many.
    """
    from marquee.api import jobs, render

    with desk_for(config, as_json) as desk:
        asked = desk.sources(sources, format_, mapping, licence, reliability)
        report = jobs.ingest(desk, asked)
        answer(as_json, report.as_dict(), render.run)
        end(report.counts.get("refused", 0))


@app.command()
def refresh(
    plan: Annotated[bool, typer.Option("--plan", help="Say what would be read, and change nothing.")] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back what is gone from a source, however much it is.")
    ] = False,
    every: Annotated[
        str, typer.Option("--every", metavar="CRON", help="Keep running on this schedule, as '0 3 * * *'.")
    ] = "",
    scheduled: Annotated[
        bool, typer.Option("--scheduled", help="Keep running on the schedule of marquee.toml.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Read what changed in the sources of marquee.toml, and take back what they say no more."""
    from marquee.api import jobs, render, schedule

    with desk_for(config, as_json) as desk:
        if plan:
            answer_list(as_json, "sources", jobs.plan(desk), render.plan)
            return
        if every or scheduled:
            schedule.keep(desk, every or desk.scheduled(), as_json)
            return
        report = jobs.refresh(desk, withdraw)
        answer(as_json, report.as_dict(), render.run)
        end(report.counts.get("refused", 0))


@app.command()
def judge(config: Config = None, as_json: Json = False) -> None:
    """Judge every pending statement again."""
    from marquee.api import jobs, render

    with desk_for(config, as_json) as desk:
        answer(as_json, jobs.judge_pending(desk).as_dict(), render.run)


@app.command()
def predict(
    subject: Annotated[str, typer.Argument(metavar="ENTITY", help="Its id, scheme:value, or a name.")],
    relation: Annotated[str, typer.Argument(metavar="RELATION", help="Or its inverse: acted_in or cast.")],
    first: First = 10,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Likely facts that the graph lacks, with why."""
    from marquee.api import expecting, render

    with desk_for(config, as_json) as desk:
        answer_list(as_json, "predictions", expecting.predict(desk, subject, relation, first), render.predictions)


@review.command("list")
def review_list(
    first: First = 20,
    source: Annotated[str, typer.Option("--source", metavar="NAME", help="Only what this source states.")] = "",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """What waits for a decision, most doubtful first."""
    from marquee.api import jobs, render

    with desk_for(config, as_json) as desk:
        answer_list(as_json, "statements", jobs.review_queue(desk, first, source), render.queue)


def _decider(action: str) -> Callable[..., None]:
    def decide(
        statements: Annotated[list[str], typer.Argument(metavar="STATEMENT", help="Statement ids.")],
        reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the decision.")],
        by: Annotated[str, typer.Option("--by", metavar="NAME", envvar="USER", help="Who decides.")] = "reviewer",
        choice: Annotated[
            str, typer.Option("--choice", metavar="ENTITY", help="Whom an open name means, or: new.")
        ] = "",
        config: Config = None,
        as_json: Json = False,
    ) -> None:
        from marquee.api import jobs, render

        if not reason.strip():
            raise typer.BadParameter("say why, in a few words.", param_hint="--reason")
        with desk_for(config, as_json) as desk:
            report = jobs.decide(desk, statements, action, reason, by or "reviewer", choice or None)
            answer(as_json, report.as_dict(), render.run)

    decide.__doc__ = f"{action.capitalize()} statements, with a reason."
    return decide


review.command("accept")(_decider("accept"))
review.command("reject")(_decider("reject"))


@app.command()
def status(config: Config = None, as_json: Json = False) -> None:
    """What the store holds, and which model is in service."""
    from marquee.api import jobs, render

    with desk_for(config, as_json) as desk:
        answer(as_json, jobs.status(desk), render.status)


for _verb in VERBS:
    app.command()(_verb)


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A store's path or URL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Path or URL of an empty store.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Copy a store with its whole history, from SQLite to Neo4j or back."""
    from marquee.api import copying, render, settings

    password = settings.load(config).password
    answer(as_json, copying.copy(source, target, password, steps_for(as_json)), render.copy)


@app.command()
def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="A public one needs MARQUEE_TOKEN.")] = "",
    port: Port = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Serve GraphQL, until Ctrl+C."""
    with desk_for(config, quiet=True) as desk:
        _serve(desk, host, port, as_json)


def _serve(desk: Desk, host: str, port: int | None, as_json: bool) -> None:
    from marquee.api import serving

    serving.serve(desk, host or desk.settings.serve.host, port or desk.settings.serve.port, as_json)


# Last, so that they stand below the verbs in the help.
for _name, _group in (("train", train), ("evaluate", evaluate), ("review", review), ("runs", runs)):
    app.add_typer(_group, name=_name)
