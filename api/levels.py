"""Levels at the desk: a level as a file, its communities, who is central, who bridges what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marquee.api import demonstration, exports
from marquee.api.desk import Desk
from marquee.graph import levels, levels_graphml, levels_parquet, levels_rdf
from marquee.graph.levels import Projection
from marquee.graph.levels_evidence import Licences, licensed
from marquee.graph.store import Reader
from marquee.schema.errors import InputError
from marquee.schema.kinds import Level
from marquee.schema.selection import NOW, AsOf

_SHOWN = 8  # members of a community


@dataclass(frozen=True, slots=True)
class Asked:
    """Which graph: see `levels.project`. `licences`: count only what a source under these says; empty, all."""

    level: Level | None = None
    as_of: AsOf = NOW
    min_probability: float | None = None
    crowd: int | None = None
    memory: int | None = None
    licences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """How a level is written: its usual ending, what writes it and counts, and the `files` of one that is a folder."""

    ending: str
    write: Callable[[Projection, Reader, Path, Licences | None], dict[str, int]]
    files: tuple[str, ...] = ()


def _graphml(projection: Projection, reader: Reader, out: Path, licences: Licences | None) -> dict[str, int]:
    levels_graphml.write(projection, out)
    return {}


FORMATS: dict[str, Format] = {
    "graphml": Format(".graphml", _graphml),
    "parquet": Format(".parquet", levels_parquet.write, levels_parquet.FILES),
    "rdf": Format(".nt", levels_rdf.write),
}


def known(out: Path) -> bool:
    """Whether the ending of a path is that of a level's format."""
    return any(out.suffix == form.ending for form in FORMATS.values())


def export(desk: Desk, out: Path, format_: str, asked: Asked) -> dict[str, Any]:
    """Writes a level; the path and the counts. `format_` "" goes by the ending.

    Raises InputError for an unknown format, a place that cannot be written, a graph that would not fit.
    """
    form = _format(out, format_)
    with desk.steps.step("project"):
        terms = _licences(desk, asked)
        made = _project(desk, asked, terms)

    def write(part: Path) -> dict[str, Any]:
        with desk.steps.step("write"):
            return form.write(made, desk.store, part, terms)

    counts = {"entities": len(made.graph.entities), "edges": len(made), "left_out": made.left_out}
    return exports.whole(out, lambda part: counts | write(part), files=form.files)


def into_neo4j(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Writes the ties of a level into the store itself. Raises InputError where that is not Neo4j."""
    if desk.store.url.startswith("sqlite"):
        mend = "Copy it to Neo4j (marquee copy) and set MARQUEE_STORE, or name a file."
        raise InputError("ties can be written into Neo4j only.", where=desk.store.url, mend=mend)
    from marquee.graph import levels_neo4j
    from marquee.graph.neo4j_store import Neo4jStore

    assert isinstance(desk.store, Neo4jStore)
    with desk.steps.step("project"):
        made = _project(desk, asked, _licences(desk, asked))
    with desk.steps.step("write"):
        written = levels_neo4j.write(made, desk.store, _choices(asked))
    return {"file": desk.store.url, "entities": len(made.graph.entities), "edges": written, "left_out": made.left_out}


def communities(desk: Desk, asked: Asked, first: int, resolution: float, seed: int) -> dict[str, Any]:
    """The largest communities with their closest members."""
    from marquee.graph.communities import communities as found

    made, ties = _ties(desk, asked)
    with desk.steps.step("communities"):
        partition = found(ties, resolution, seed)
    rows = [
        {
            "number": one.number,
            "size": len(one.members),
            "inside": round(one.inside, 3),
            "outside": round(one.outside, 3),
            "members": [_name(made, ties, node) for node in one.members[:_SHOWN]],
        }
        for one in partition.communities[:first]
    ]
    return {
        "modularity": round(partition.modularity, 6),
        "count": len(partition.communities),
        "communities": rows,
    }


def centrality(desk: Desk, asked: Asked, measure: str, first: int, sample: int, seed: int) -> dict[str, Any]:
    """Those who rank highest by a measure."""
    from marquee.graph.centrality import centrality as measured

    made, ties = _ties(desk, asked)
    with desk.steps.step(measure):
        scores = measured(ties, measure, sample, seed)
    best = sorted(scores, key=lambda node: (-scores[node], node))[:first]
    rows = [_name(made, ties, node) | {"score": scores[node]} for node in best]
    return {"measure": measure, "count": len(scores), "entities": rows}


def bridges(desk: Desk, asked: Asked, first: int, resolution: float, sample: int, seed: int) -> dict[str, Any]:
    """Those who tie communities together, each with the communities, named by their closest members."""
    from marquee.graph.bridges import bridges as found
    from marquee.graph.communities import communities

    made, ties = _ties(desk, asked)
    with desk.steps.step("communities"):
        partition = communities(ties, resolution, seed)
    with desk.steps.step("bridges"):
        rows = found(ties, partition, first, sample, seed)
    called = {
        one.number: [_name(made, ties, node)["name"] for node in one.members[:3]] for one in partition.communities
    }
    return {
        "bridges": [
            _name(made, ties, one.node)
            | {"betweenness": round(one.betweenness, 6), "participation": round(one.participation, 4)}
            | {
                "links": [
                    {"community": number, "share": round(share, 4), "members": called[number]}
                    for number, share in one.links[:_SHOWN]
                ]
            }
            for one in rows
        ]
    }


def _format(out: Path, format_: str) -> Format:
    if format_ == "records":
        mend = f"Leave out --level, or choose {', '.join(FORMATS)}."
        raise InputError("records are of the whole graph, not of a level.", where=str(out), mend=mend)
    if format_ and format_ not in FORMATS:
        mend = f"There are {', '.join(FORMATS)} and neo4j of a level, and records of the whole graph."
        raise InputError(f"there is no format {format_!r}.", mend=mend)
    for name, form in FORMATS.items():
        if name == format_ or (not format_ and out.suffix == form.ending):
            return form
    endings = ", ".join(form.ending for form in FORMATS.values())
    raise InputError("its ending tells no format of a level.", where=str(out), mend=f"Use {endings}, or --format.")


def _ties(desk: Desk, asked: Asked) -> tuple[Projection, Any]:
    """The projection, and its ties as networkx has them."""
    from marquee.graph.levels_networkx import to_ties

    with desk.steps.step("project"):
        made = _project(desk, asked, _licences(desk, asked), computed=asked.level is not None)
        return made, to_ties(made, asked.memory)


def _project(desk: Desk, asked: Asked, terms: Licences | None, computed: bool = True) -> Projection:
    moment = levels.pinned(desk.store, asked.as_of)
    only = licensed(desk.store, terms, moment) if terms else None
    return levels.project(
        desk.store,
        asked.level,
        moment,
        asked.min_probability,
        crowd=asked.crowd,
        memory=asked.memory,
        only=only,
        computed=computed,
    )


def _choices(asked: Asked) -> dict[str, Any]:
    """What was asked for that is not what one gets anyway."""
    given = {"min_probability": asked.min_probability, "crowd": asked.crowd, "licences": list(asked.licences)}
    return {name: value for name, value in given.items() if value not in (None, [])}


def _licences(desk: Desk, asked: Asked) -> Licences | None:
    if not asked.licences:
        return None
    known = (demonstration.RECORDS, demonstration.TEXTS, *desk.settings.sources)
    return Licences(asked.licences, {source.name: source.licence for source in known})


def _name(made: Projection, ties: Any, node: str) -> dict[str, Any]:
    code = ties.nodes[node]["code"]
    return {"id": node, "name": made.graph.names[code], "kind": levels.kind(made, code).value}
