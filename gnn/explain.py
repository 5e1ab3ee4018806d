"""Why a fact is expected: the paths of up to three steps that join its ends, with the share each carries.

One step: another relation between the two. Two steps: weighed by the learned log-odds of that kind of path.
Three steps, by analogy: the head already has this relation to something that shares a neighbour with the
tail; weighed by how alike the two are to the learned vectors. A rare middle says more than a hub.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from marquee.gnn import paths, view
from marquee.gnn.model import Model
from marquee.gnn.triples import Floats, Ints, invert
from marquee.gnn.view import View
from marquee.gnn.wording import name
from marquee.schema.errors import NotFound
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Because, PathStep
from marquee.schema.wording import sentence

_ANALOGUES = 40  # other tails of the same relation that are looked at
_ANALOGY = 0.5  # what an analogy weighs against a direct path of weight 1
_PAIR_FLOOR = 0.1

Edge = tuple[int, int, int]
"""(from, relation of 2R, to) in the view's codes."""


@dataclass(frozen=True, slots=True)
class _Path:
    edges: tuple[Edge, ...]
    weight: float


def explain(snapshot: Snapshot, model: Model, head: str, relation: str, tail: str, first: int = 3) -> Because:
    """The weightiest paths for a fact, stated or only expected; empty where the graph joins its ends by none.

    The fact's own edge is never a step. Needs the accepted facts; labels where column names was asked for.
    Raises NotFound for an entity or relation that the snapshot or the model does not hold.
    """
    seen = view.of(snapshot, model)
    codes = [seen.index.get(head), _code(model.relations, relation), seen.index.get(tail)]
    for asked, code in zip((head, relation, tail), codes, strict=True):
        if code is None:
            raise NotFound(f"{asked!r} is not known to the graph and its model.", mend="Check the spelling or retrain.")
    return because(seen, np.array(codes, dtype=np.int64), first)


def because(seen: View, statement: Ints, first: int = 3) -> Because:
    """The same for a coded triple."""
    found = [*_direct(seen, statement), *_two_steps(seen, statement), *_analogies(seen, statement)]
    best = _distinct(sorted(found, key=lambda path: -path.weight), first)
    total = sum(path.weight for path in best)
    steps = tuple(tuple(_step(seen, edge) for edge in path.edges) for path in best)
    weights = tuple(path.weight / total for path in best)
    return Because(steps, weights, _sentence(seen, best))


def _code(names: Sequence[str], wanted: str) -> int | None:
    return names.index(wanted) if wanted in names else None


def _distinct(found: Sequence[_Path], first: int) -> list[_Path]:
    """The first paths that differ in more than the relations walked."""
    kept: dict[tuple[int, ...], _Path] = {}
    for path in found:
        kept.setdefault(tuple(edge[2] for edge in path.edges), path)
    return list(kept.values())[:first]


# --- paths ---------------------------------------------------------------------------------------


def _direct(seen: View, statement: Ints) -> list[_Path]:
    head, relation, tail = (statement[at : at + 1] for at in range(3))
    between, owner = paths.others(seen.ground.graph, head, relation, tail)
    keys = paths.pair_keys(seen.ground.graph, relation, between, owner)
    weight = paths.weigh(keys, seen.ground.weights.pairs, seen.ground.weights.pair_weights)
    return [
        _Path(((int(head[0]), int(other), int(tail[0])),), max(_PAIR_FLOOR, float(w)))
        for other, w in zip(between, weight, strict=True)
    ]


def _two_steps(seen: View, statement: Ints) -> list[_Path]:
    graph = seen.ground.graph
    head, relation, tail = (statement[at : at + 1] for at in range(3))
    hops = paths.two_hops(graph, head, tail)
    keys = paths.path_keys(graph, relation, hops)
    weight = paths.weigh(keys, seen.ground.weights.paths, seen.ground.weights.path_weights)
    weight = weight * _rarity(seen, hops.middle)
    return [
        _Path(((int(head[0]), int(hops.first[at]), int(hops.middle[at])), (int(hops.middle[at]), int(hops.second[at]), int(tail[0]))), float(weight[at]))
        for at in _heaviest(weight)
    ]  # fmt: skip


def _analogies(seen: View, statement: Ints) -> list[_Path]:
    """Three steps from either end: through what it already has of this relation."""
    head, relation, tail = (int(code) for code in statement)
    relations = seen.ground.graph.relations
    back = int(invert(np.array([relation]), relations)[0])
    forward = _through(seen, head, relation, tail)
    mirrored = _through(seen, tail, back, head)
    return [*forward, *(_Path(_reverse(path.edges, relations), path.weight) for path in mirrored)]


def _through(seen: View, kept: int, relation: int, out: int) -> list[_Path]:
    graph = seen.ground.graph
    position, _ = graph.tails(np.array([kept]), np.array([relation])).flat()
    like = graph.tail[position]
    like = like[(like != out) & (like != kept)][:_ANALOGUES]
    if not len(like):
        return []
    hops = paths.two_hops(graph, like, np.full(len(like), out))
    weight = _ANALOGY * _alike(seen, like, out)[hops.owner] * _rarity(seen, hops.middle)
    weight = np.where(hops.middle != kept, weight, np.float32(0))
    return [
        _Path(
            (
                (kept, relation, int(like[hops.owner[at]])),
                (int(like[hops.owner[at]]), int(hops.first[at]), int(hops.middle[at])),
                (int(hops.middle[at]), int(hops.second[at]), out),
            ),
            float(weight[at]),
        )
        for at in _heaviest(weight)
    ]


def _heaviest(weight: Floats, most: int = 20) -> Ints:
    """Positions of the largest weights above 0."""
    order = np.argsort(-weight, kind="stable")[:most]
    return order[weight[order] > 0]


def _reverse(edges: tuple[Edge, ...], relations: int) -> tuple[Edge, ...]:
    return tuple((to, (relation + relations) % (2 * relations), from_) for from_, relation, to in reversed(edges))


def _rarity(seen: View, entities: Ints) -> Floats:
    """1 for an entity with one edge, falling with the logarithm of its degree."""
    return np.asarray(1 / (1 + np.log(np.maximum(1, seen.ground.graph.degree[entities]))), dtype=np.float32)


def _alike(seen: View, entities: Ints, other: int) -> Floats:
    """Cosine of the learned vectors, 0 at least."""
    vectors = seen.ground.entities
    cosine = torch.nn.functional.cosine_similarity(vectors[torch.from_numpy(entities)], vectors[other][None], dim=1)
    return np.asarray(cosine.clamp(min=0).numpy(), dtype=np.float32)


# --- as values and in words ----------------------------------------------------------------------


def _step(seen: View, edge: Edge) -> PathStep:
    head, relation, tail, forward = _plain(seen, edge)
    row = seen.row_of(head, relation, tail)
    ids = seen.snapshot.entities
    names = seen.model.relations
    return PathStep(ids[head], names[relation], ids[tail], seen.snapshot.statements[row] if row >= 0 else "", forward)


def _plain(seen: View, edge: Edge) -> tuple[int, int, int, bool]:
    """The stored triple of an edge, and whether it was walked from subject to object."""
    relations = seen.ground.graph.relations
    start, relation, end = edge
    return (start, relation, end, True) if relation < relations else (end, relation - relations, start, False)


def _sentence(seen: View, found: Sequence[_Path]) -> str:
    if not found:
        return "No path of up to three steps joins the two; the learned pattern alone speaks for it."
    clauses = []
    for edge in found[0].edges:
        head, relation, tail, _ = _plain(seen, edge)
        clauses.append(sentence(name(seen, head), seen.model.relations[relation], name(seen, tail)))
    more = f", and {len(found) - 1} more such paths" if len(found) > 1 else ""
    return "; ".join(clauses) + more + "."
