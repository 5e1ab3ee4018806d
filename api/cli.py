"""The command line. Every verb takes --json (last line one JSON object) and exits 0 done, 1 done with
refusals, 2 could not. Nothing heavy is imported before a verb needs it."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marquee.schema.errors import MarqueeError

if TYPE_CHECKING:
    from marquee.api.desk import Desk

DONE, REFUSED, COULD_NOT = 0, 1, 2
_COLLECT = (50_000, 20, 50)  # looking for cycles as often as Python does took a fifth of an ingest's time

app = typer.Typer(
    name="marquee",
    help="A knowledge graph of the entertainment industry: every fact with its evidence and a calibrated probability.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
train = typer.Typer(help="Train the models.", no_args_is_help=True)
evaluate = typer.Typer(help="Measure quality on data of your own.", no_args_is_help=True)
review = typer.Typer(help="Decide what the gate left to people.", no_args_is_help=True)
runs = typer.Typer(help="What was done to the store, and when.", no_args_is_help=True)
for name, group in (("train", train), ("evaluate", evaluate), ("review", review), ("runs", runs)):
    app.add_typer(group, name=name)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]
Config = Annotated[
    Path | None, typer.Option("--config", help="Settings file; default: marquee.toml here, if there is one.")
]
Seed = Annotated[int, typer.Option("--seed", help="Seed of everything random.")]
Tier = Annotated[str, typer.Option("--tier", help="fast or full.")]


def main(argv: Sequence[str] | None = None) -> None:
    """Runs the command line; ends the process with the exit code of the verb."""
    gc.set_threshold(*_COLLECT)
    try:
        code = app(args=list(argv) if argv is not None else None, standalone_mode=False)
    except MarqueeError as error:
        _fail(str(error))
    except typer.Exit as exit_:
        code = exit_.exit_code
    except typer.Abort:
        _fail("stopped.")
    except KeyboardInterrupt:
        _fail("stopped; what was under way was taken back.")
    except BrokenPipeError:
        sys.stderr.close()
        code = DONE
    except Exception as error:
        show = getattr(error, "show", None)  # a usage error of the parser shows itself
        if show is None:
            raise
        show()
        code = COULD_NOT
    sys.exit(code if isinstance(code, int) else DONE)


def _fail(message: str) -> None:
    if "--json" in sys.argv:
        print(json.dumps({"error": message}))
    print(f"marquee: {message}", file=sys.stderr)
    sys.exit(COULD_NOT)


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
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8765,
    as_json: Json = False,
) -> None:
    """The whole line on the bundled data: build, train, judge, predict, report, serve."""
    from marquee.api import demonstration, render

    if fresh:
        demonstration.clear(demonstration.home())
    with _desk(None, as_json, home=demonstration.home()) as desk:
        report = demonstration.run(desk)
        _print(as_json, report, render.demo)
        if serve_:
            _serve(desk, desk.settings.serve.host, port)


@app.command()
def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, or names of configured sources.")],
    format_: Annotated[str, typer.Option("--format", help="Reader; default: by the file's ending.")] = "",
    mapping: Annotated[str, typer.Option(help="Field mapping for CSV: tmdb, oscars, or a TOML file.")] = "",
    reliability: Annotated[float, typer.Option(help="Prior chance that what the source states is so.")] = 0.95,
    licence: Annotated[str, typer.Option(help="Licence of the source.")] = "",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Records and texts in, judged statements out."""
    from marquee.api import jobs, render

    with _desk(config, as_json) as desk:
        asked = [desk.source(name, format_, mapping, licence, reliability) for name in sources]
        report = jobs.ingest(desk, asked)
        _print(as_json, report.as_dict(), render.run)
        _exit(report.counts.get("refused", 0))


@app.command()
def refresh(
    plan: Annotated[bool, typer.Option("--plan", help="Say what would be read, and change nothing.")] = False,
    every: Annotated[str, typer.Option("--every", help="Keep running on this cron schedule, as '0 3 * * *'.")] = "",
    scheduled: Annotated[
        bool, typer.Option("--scheduled", help="Keep running on the schedule of marquee.toml.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The line over the sources of marquee.toml; reads only what changed."""
    from marquee.api import jobs, render, schedule

    with _desk(config, as_json) as desk:
        if plan:
            _print(as_json, jobs.plan(desk), render.plan)
            return
        if every or scheduled:
            schedule.keep(desk, every or desk.settings.schedule, as_json)
            return
        report = jobs.refresh(desk)
        _print(as_json, report.as_dict(), render.run)
        _exit(report.counts.get("refused", 0))


@train.command("links")
def train_links(tier: Tier = "", seed: Seed = 0, config: Config = None, as_json: Json = False) -> None:
    """Train and calibrate the link predictor; it goes into service unless it is worse."""
    from marquee.api import jobs, render

    with _desk(config, as_json) as desk:
        _print(as_json, jobs.train_links(desk, tier or desk.settings.tier, seed), render.model)


@evaluate.command("links")
def evaluate_links(
    data: Annotated[Path, typer.Option("--data", help="Folder with train, valid and test .txt[.gz].")],
    tier: Tier = "fast",
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Filtered link-prediction metrics on a folder of triples."""
    from marquee.api import expecting, render

    _print(as_json, expecting.evaluate_links(_steps(as_json), data, tier, seed), render.links)


@app.command()
def judge(config: Config = None, as_json: Json = False) -> None:
    """Judge every pending statement again with the model in service."""
    from marquee.api import jobs, render

    with _desk(config, as_json) as desk:
        _print(as_json, jobs.judge_pending(desk).as_dict(), render.run)


@app.command()
def predict(
    subject: Annotated[str, typer.Argument(help="Entity id, scheme:value, or a name.")],
    relation: Annotated[str, typer.Argument(help="Relation or its inverse, as acted_in or cast.")],
    first: Annotated[int, typer.Option(help="How many.")] = 10,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Likely facts the graph lacks, each with its probability and paths."""
    from marquee.api import expecting, render

    with _desk(config, as_json) as desk:
        _print(as_json, expecting.predict(desk, subject, relation, first), render.predictions)


@review.command("list")
def review_list(
    first: Annotated[int, typer.Option(help="How many.")] = 20,
    source: Annotated[str, typer.Option("--source", help="Only what this source states.")] = "",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Statements that wait for a decision, the most doubtful first."""
    from marquee.api import jobs, render

    with _desk(config, as_json) as desk:
        _print(as_json, jobs.review_queue(desk, first, source), render.queue)


def _decider(action: str) -> Callable[..., None]:
    def decide(
        statements: Annotated[list[str], typer.Argument(help="Statement ids.")],
        reason: Annotated[str, typer.Option("--reason", help="Why; kept with the decision.")],
        by: Annotated[str, typer.Option("--by", envvar="USER", help="Who decides.")] = "reviewer",
        choice: Annotated[str, typer.Option("--choice", help="Entity meant by an open name, or new.")] = "",
        config: Config = None,
        as_json: Json = False,
    ) -> None:
        from marquee.api import jobs, render

        with _desk(config, as_json) as desk:
            report = jobs.decide(desk, statements, action, reason, by, choice or None)
            _print(as_json, report.as_dict(), render.run)

    decide.__doc__ = f"{action.capitalize()} statements, with a reason."
    return decide


review.command("accept")(_decider("accept"))
review.command("reject")(_decider("reject"))


@runs.command("list")
def runs_list(
    first: Annotated[int, typer.Option(help="How many.")] = 20, config: Config = None, as_json: Json = False
) -> None:
    """Runs, newest first."""
    from marquee.api import jobs, render

    with _desk(config, as_json) as desk:
        _print(as_json, jobs.runs(desk, first), render.runs)


@runs.command("show")
def runs_show(
    run: Annotated[str, typer.Argument(help="Run id.")], config: Config = None, as_json: Json = False
) -> None:
    """One run with its counts."""
    from marquee.api import jobs, render

    with _desk(config, as_json) as desk:
        _print(as_json, jobs.one_run(desk, run), render.run)


@app.command()
def status(config: Config = None, as_json: Json = False) -> None:
    """What the store holds and which model is in service."""
    from marquee.api import jobs, render

    with _desk(config, as_json) as desk:
        _print(as_json, jobs.status(desk), render.status)


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="File to write; .gz is packed.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The accepted graph as Marquee JSON Lines, which `marquee ingest` reads back."""
    from marquee.api import exports, render

    with _desk(config, as_json) as desk:
        _print(as_json, exports.write(desk.store, out, desk.steps), render.pairs)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address; a public one needs MARQUEE_TOKEN.")] = "",
    port: Annotated[int, typer.Option(help="Port.")] = 0,
    config: Config = None,
) -> None:
    """Serve GraphQL."""
    with _desk(config, False) as desk:
        _serve(desk, host or desk.settings.serve.host, port or desk.settings.serve.port)


def _serve(desk: Desk, host: str, port: int) -> None:
    from marquee.api import serving

    serving.serve(desk, host, port)


def _desk(config: Path | None, quiet: bool, home: Path | None = None) -> Desk:
    from marquee.api.desk import Desk
    from marquee.api.settings import load

    return Desk(load(config, home=home), quiet=quiet)


def _steps(quiet: bool) -> Any:
    from marquee.api.progress import Steps

    return Steps(quiet)


def _print(as_json: bool, payload: Any, picture: Callable[[Any], None]) -> None:
    if as_json:
        print(json.dumps(payload, ensure_ascii=False, default=str))
    else:
        picture(payload)


def _exit(refused: int) -> None:
    if refused:
        raise typer.Exit(REFUSED)


if __name__ == "__main__":
    main()
