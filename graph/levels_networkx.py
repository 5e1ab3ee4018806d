"""A projection as networkx: every edge as it is, or one weighted tie between each two."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from marquee.graph.levels import Line, Projection, kind
from marquee.graph.memory import check
from marquee.schema.kinds import LEVEL_OF, Level
from marquee.schema.relations import RELATIONS

if TYPE_CHECKING:
    import networkx

BYTES_PER_TIE = 800  # measured: networkx 300 to 390, the list of all edges 90, Leiden 200 to 370
Shown = dict[str, str | float | int | bool]


def to_networkx(projection: Projection) -> networkx.MultiDiGraph:
    """Nodes by id with `name`, `kind`, `level` and `year`; edges keyed by id, each once, as it is stated.

    An edge has `relation`, `symmetric` (then its direction means nothing), `weight`, and where known
    `probability`, `recent`, `first`, `last` and `shared`, the number of works or people that tie.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    ids = projection.graph.entities
    graph.add_nodes_from((id_, node(projection, code)) for code, id_ in enumerate(ids))
    graph.add_edges_from((ids[line.head], ids[line.tail], line.id, edge(line)) for line in projection.lines())
    return graph


def to_ties(projection: Projection, memory: int | None = None) -> networkx.Graph:
    """One undirected edge between each two nodes that are tied, its weight the sum of theirs.

    Of the whole graph only what is stated counts, or the credits would count twice, and shared kinds are left
    out: what ties two films by way of "drama" says nothing. `memory`: bytes that it may take with what is computed
    from it, half of the machine's unless told; raises InputError, which says the size, where it would take more.
    """
    import networkx as nx

    count = len(projection.graph) if projection.level is None else len(projection)
    check(count, BYTES_PER_TIE, memory, f"the {projection.level or 'whole'} graph")
    ids = projection.graph.entities
    graph = nx.Graph()
    shared = [LEVEL_OF[kind(projection, code)] is Level.SHARED for code in range(len(ids))]
    graph.add_nodes_from((id_, {"code": code}) for code, id_ in enumerate(ids) if not shared[code])
    for head, tail, weight in _ends(projection):
        if head == tail or shared[head] or shared[tail]:
            continue
        old = graph.get_edge_data(ids[head], ids[tail], {"weight": 0.0})["weight"]
        graph.add_edge(ids[head], ids[tail], weight=old + weight)
    return graph


def node(projection: Projection, code: int) -> Shown:
    """What is shown of a node."""
    own = kind(projection, code)
    name = projection.graph.names[code] if projection.graph.names else projection.graph.entities[code]
    year = projection.years.get(code)
    return {"name": name, "kind": own.value, "level": LEVEL_OF[own].value, **({} if year is None else {"year": year})}


def edge(line: Line) -> Shown:
    """What is shown of an edge."""
    row = RELATIONS.get(line.relation)
    known: dict[str, Any] = {
        "probability": line.probability,
        "recent": line.recent,
        "first": line.first,
        "last": line.last,
        "shared": len(line.circles) or None,
    }
    return {
        "relation": line.relation,
        "symmetric": bool(row and row.symmetric),
        "weight": line.weight,
        **{name: value for name, value in known.items() if value is not None},
    }


def _ends(projection: Projection) -> chain[tuple[int, int, float]]:
    stated = ((head, tail, 1.0) for head, tail in zip(projection.graph.head, projection.graph.tail, strict=True))
    if projection.level is None:
        return chain(stated)
    return chain(stated, *(zip(ties.head, ties.tail, ties.weight, strict=True) for _, ties in projection.computed))
