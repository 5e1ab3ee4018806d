"""The verbs that read a level as a graph of its own: `marquee export`, `communities`, `centrality`, `bridges`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from marquee.api.options import Config, First, Json, Seed, answer, desk_for

if TYPE_CHECKING:
    from marquee.api.levels import Asked

Which = Literal["work", "person", "institution", "all"]
LevelOption = Annotated[Which, typer.Option("--level", help="Which graph.")]
ValidAt = Annotated[str, typer.Option("--as-of", metavar="DATE", help="What was true then.")]
KnownAt = Annotated[str, typer.Option("--known-at", metavar="TIME", help="What was believed then.")]
Probable = Annotated[
    float | None, typer.Option("--min-probability", metavar="P", min=0, max=1, help="Only facts at least that sure.")
]
Crowd = Annotated[
    int | None, typer.Option("--crowd", metavar="N", min=2, help="Works of more than N makers tie nobody.")
]
Memory = Annotated[
    float | None, typer.Option("--memory", metavar="GB", min=0.001, help="What the graph may take; half of it all.")
]
LicenceOption = Annotated[
    list[str] | None, typer.Option("--licence", metavar="TEXT", help="Only what sources under it say; may be repeated.")
]
Resolution = Annotated[float, typer.Option("--resolution", metavar="R", help="More communities above 1, fewer below.")]
Sample = Annotated[int, typer.Option("--sample", metavar="N", min=1, help="Starts of shortest paths to follow.")]


def export(
    out: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="File (or folder) to write; records in .gz are packed.")
    ] = None,
    level: Annotated[Which | None, typer.Option("--level", help="A level, or all, as a graph.")] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="Of a level: graphml, parquet or rdf, by the ending unless told; or neo4j, the store itself.",
        ),
    ] = "",
    as_of: ValidAt = "",
    known_at: KnownAt = "",
    min_probability: Probable = None,
    crowd: Crowd = None,
    memory: Memory = None,
    licence: LicenceOption = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Write the accepted graph, as ingest reads it, or a level of it for other tools."""
    from marquee.api import exports, levels, render

    if (out is None) != (format_ == "neo4j"):
        raise typer.BadParameter("name a file, or --format neo4j and none.", param_hint="FILE")
    with desk_for(config, as_json) as desk:
        if out is None:
            asked = _asked(level or "all", as_of, known_at, min_probability, crowd, memory, licence)
            answer(as_json, levels.into_neo4j(desk, asked), render.export)
            return
        if level is None and (format_ == "records" or (not format_ and not levels.known(out))):
            _whole_graph(as_of, known_at, min_probability, crowd, memory, licence)
            answer(as_json, exports.write(desk.store, out, desk.steps), render.export)
            return
        asked = _asked(level or "all", as_of, known_at, min_probability, crowd, memory, licence)
        answer(as_json, levels.export(desk, out, format_, asked), render.export)


def communities(
    level: LevelOption = "person",
    first: First = 10,
    resolution: Resolution = 1.0,
    seed: Seed = 0,
    as_of: ValidAt = "",
    known_at: KnownAt = "",
    min_probability: Probable = None,
    crowd: Crowd = None,
    memory: Memory = None,
    licence: LicenceOption = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Groups that work together more than with others."""
    from marquee.api import levels, render_levels

    asked = _asked(level, as_of, known_at, min_probability, crowd, memory, licence)
    with desk_for(config, as_json) as desk:
        answer(as_json, levels.communities(desk, asked, first, resolution, seed), render_levels.communities)


def centrality(
    level: LevelOption = "person",
    measure: Annotated[
        Literal["strength", "degree", "pagerank", "betweenness", "core"], typer.Option("--by", help="The measure.")
    ] = "pagerank",
    first: First = 10,
    sample: Sample = 100,
    seed: Seed = 0,
    as_of: ValidAt = "",
    known_at: KnownAt = "",
    min_probability: Probable = None,
    crowd: Crowd = None,
    memory: Memory = None,
    licence: LicenceOption = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Who stands in the middle of a level."""
    from marquee.api import levels, render_levels

    asked = _asked(level, as_of, known_at, min_probability, crowd, memory, licence)
    with desk_for(config, as_json) as desk:
        answer(as_json, levels.centrality(desk, asked, measure, first, sample, seed), render_levels.centrality)


def bridges(
    level: LevelOption = "person",
    first: First = 10,
    resolution: Resolution = 1.0,
    sample: Sample = 100,
    seed: Seed = 0,
    as_of: ValidAt = "",
    known_at: KnownAt = "",
    min_probability: Probable = None,
    crowd: Crowd = None,
    memory: Memory = None,
    licence: LicenceOption = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Who ties which communities together."""
    from marquee.api import levels, render_levels

    asked = _asked(level, as_of, known_at, min_probability, crowd, memory, licence)
    with desk_for(config, as_json) as desk:
        answer(as_json, levels.bridges(desk, asked, first, resolution, sample, seed), render_levels.bridges)


VERBS = (export, communities, centrality, bridges)


def _asked(
    level: Which,
    as_of: str,
    known_at: str,
    min_probability: float | None,
    crowd: int | None,
    memory: float | None,
    licence: list[str] | None,
) -> Asked:
    from marquee.api.levels import Asked
    from marquee.api.moments import past
    from marquee.schema.kinds import Level

    return Asked(
        None if level == "all" else Level(level),
        past(as_of or None, known_at or None),
        min_probability,
        crowd,
        int(memory * 1e9) if memory else None,
        tuple(licence or ()),
    )


def _whole_graph(*given: object) -> None:
    """Records are of the whole graph as it stands."""
    if any(one not in (None, "") and one != [] for one in given):
        raise typer.BadParameter("name the level it is of, or all.", param_hint="--level")
