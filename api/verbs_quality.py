"""The verbs that train a model and measure quality: `marquee train …` and `marquee evaluate …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from marquee.api.options import Config, Json, Seed, Tier, answer, desk_for, steps_for

train = typer.Typer(help="Train a model.", no_args_is_help=True)
evaluate = typer.Typer(help="Measure quality on data of your own.", no_args_is_help=True)


@train.command("links")
def train_links(
    tier: Annotated[Tier | None, typer.Option("--tier", help="Default: as the settings say, else fast.")] = None,
    seed: Seed = 0,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Train the link predictor; it serves unless it is worse."""
    from marquee.api import jobs, render

    with desk_for(config, as_json) as desk:
        answer(as_json, jobs.train_links(desk, tier or desk.settings.tier, seed), render.model)


@evaluate.command("links")
def evaluate_links(
    data: Annotated[
        Path, typer.Option("--data", metavar="FOLDER", help="Folder with train, valid and test .txt[.gz].")
    ],
    tier: Annotated[Tier, typer.Option("--tier", help="Of training.")] = "fast",
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Filtered ranking metrics on a folder of triples."""
    from marquee.api import expecting, render

    answer(as_json, expecting.evaluate_links(steps_for(as_json), data, tier, seed), render.links)


@evaluate.command("matching")
def evaluate_matching(
    data: Annotated[
        Path, typer.Option("--data", metavar="FOLDER", help="Folder of two tables and their gold pairs, as CSV.")
    ],
    labels: Annotated[int, typer.Option("--labels", metavar="N", min=0, help="Gold pairs to learn from.")] = 0,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="FILE", help="What was learned elsewhere and saved.")
    ] = None,
    save: Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Where to keep what is learned.")] = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Precision and recall of matching two tables of records."""
    from marquee.api import matching, render

    answer(as_json, matching.evaluate(steps_for(as_json), data, labels, model, save, seed), render.links)
