"""Levels: the works, the people, the institutions, or all of them as a graph of its own.

A projection holds what is stated between entities of the level, and what is computed from the facts around them
(see `ties`): who collaborated with whom, who produced together, which works or companies share talent.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from marquee.graph import memory as room
from marquee.graph.paging import pages
from marquee.graph.store import Reader
from marquee.graph.ties import BONDS, BYTES_PER_PAIR, Ties, most, tied
from marquee.schema.errors import InputError
from marquee.schema.kinds import LEVEL_OF, Kind, Level
from marquee.schema.literals import interval
from marquee.schema.selection import NOW, AsOf
from marquee.schema.snapshot import KINDS, Snapshot
from marquee.schema.values import RunStatus

_RUNS = 20  # looked at together for the last one that is done
COLUMNS = ("probability", "names", "literals")  # what a snapshot must have to be projected


class Line(NamedTuple):
    """One edge. `head` and `tail` are codes of nodes; a computed one has no probability.

    `id`: of its statement, or of a computed one its relation and ends. `weight` is 1 where the edge is stated; `recent`, the years and `circles` are known of computed ones only.
    """

    head: int
    tail: int
    relation: str
    id: str
    probability: float | None
    weight: float
    recent: float | None
    first: int | None
    last: int | None
    circles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Projection:
    """A level as a graph: `graph` has its nodes, with names, and what is stated between them, with probability.

    `computed`: relation and ties, head and tail coded as in `graph`, circles as in `circles` (ids). `years` of
    nodes with a known release. `left_out`: how many works were larger than was asked for. `as_of`: the moment.
    """

    level: Level | None
    graph: Snapshot
    computed: tuple[tuple[str, Ties], ...]
    circles: Sequence[str]
    years: Mapping[int, int]
    left_out: int = 0
    as_of: AsOf = NOW

    def __len__(self) -> int:
        return len(self.graph) + sum(len(ties) for _, ties in self.computed)

    def lines(self) -> Iterator[Line]:
        """Every edge: stated ones in order of statement, then computed ones in order of their ends."""
        return chain(self._stated(), *(self._computed(relation, ties) for relation, ties in self.computed))

    def _stated(self) -> Iterator[Line]:
        graph = self.graph
        for row, statement in enumerate(graph.statements):
            sure = graph.probability[row] if graph.probability else None
            known = None if sure is None or sure != sure else sure
            relation = graph.relations[graph.relation[row]]
            yield Line(graph.head[row], graph.tail[row], relation, statement, known, 1.0, None, None, None, ())

    def _computed(self, relation: str, ties: Ties) -> Iterator[Line]:
        ids = self.graph.entities
        for row, (head, tail, weight, recent) in enumerate(
            zip(ties.head, ties.tail, ties.weight, ties.recent, strict=True)
        ):
            shared = tuple(self.circles[code] for code in ties.circles[ties.start[row] : ties.start[row + 1]])
            fresh = recent if recent == recent else None
            first, last = ties.first[row] or None, ties.last[row] or None
            id_ = f"{relation}.{ids[head]}.{ids[tail]}"
            yield Line(head, tail, relation, id_, None, weight, fresh, first, last, shared)


def project(
    reader: Reader,
    level: Level | None = None,
    as_of: AsOf = NOW,
    min_probability: float | None = None,
    *,
    crowd: int | None = None,
    memory: int | None = None,
    only: Collection[str] | None = None,
    computed: bool = True,
) -> Projection:
    """The graph of a level (None: of all levels) from what was accepted at a moment, and at least that probable.

    Its nodes are the level's entities of which anything was then believed; their names are those of today.
    `crowd`: works with more members tie nobody. `only`: statements to take into account. `memory`: bytes that
    the projection may take, half of the machine's unless told; raises InputError, which says the size, where it
    would take more. Without `computed`: what is stated alone.
    """
    moment = pinned(reader, as_of)
    snapshot = reader.snapshot(COLUMNS, as_of=moment)
    made = of(snapshot, level, min_probability, crowd=crowd, memory=memory, only=only, computed=computed)
    return replace(made, as_of=moment)


def pinned(reader: Reader, as_of: AsOf) -> AsOf:
    """The same view, which later runs do not move: what is believed now is what the last run left."""
    if as_of.known_at is not None:
        return as_of
    runs = chain.from_iterable(pages(reader.runs, _RUNS))
    return replace(as_of, known_at=next((run.finished for run in runs if run.status is RunStatus.DONE), None))


def of(
    snapshot: Snapshot,
    level: Level | None = None,
    min_probability: float | None = None,
    *,
    crowd: int | None = None,
    memory: int | None = None,
    only: Collection[str] | None = None,
    computed: bool = True,
) -> Projection:
    """The same from a snapshot of accepted statements."""
    believed = _believed(snapshot, min_probability, only)
    inside = [level in (None, LEVEL_OF[kind]) for kind in KINDS]
    spoken = sorted(set(chain(believed.head, (code for code in believed.tail if code >= 0))))
    nodes = [code for code in spoken if inside[believed.kinds[code]]]
    place = {code: number for number, code in enumerate(nodes)}
    years = _years(believed)
    circles = {bond: bond.circles(believed) for bond in BONDS if computed and level in (None, bond.level)}
    kept = {bond: _small(found, crowd) if bond.dated else found for bond, found in circles.items()}
    room.check(sum(map(most, kept.values())), BYTES_PER_PAIR, memory, f"the {level or 'whole'} graph")
    ties = tuple(
        (bond.relation, _recoded(tied(found, years if bond.dated else None), place)) for bond, found in kept.items()
    )
    return Projection(
        level,
        _graph(believed, nodes, place),
        ties,
        believed.entities,
        {place[code]: year for code, year in years.items() if code in place},
        sum(len(found) - len(kept[bond]) for bond, found in circles.items()),
    )


def kind(projection: Projection, node: int) -> Kind:
    """The kind of a node."""
    return KINDS[projection.graph.kinds[node]]


def _believed(snapshot: Snapshot, least: float | None, only: Collection[str] | None) -> Snapshot:
    """The statements that are probable enough; one that was never judged is not."""
    if least is None and only is None:
        return snapshot
    if least is not None and not 0 <= least <= 1:
        raise InputError(f"a probability of {least} is asked for.", mend="Give a number from 0 to 1.")
    chosen = None if only is None else frozenset(only)
    rows = [
        row
        for row, statement in enumerate(snapshot.statements)
        if (least is None or snapshot.probability[row] >= least) and (chosen is None or statement in chosen)
    ]
    return _rows(snapshot, rows)


def _rows(snapshot: Snapshot, rows: Sequence[int]) -> Snapshot:
    """The same graph with some of its statements."""
    return replace(
        snapshot,
        statements=[snapshot.statements[row] for row in rows],
        head=array("i", (snapshot.head[row] for row in rows)),
        relation=array("h", (snapshot.relation[row] for row in rows)),
        tail=array("i", (snapshot.tail[row] for row in rows)),
        probability=array("d", (snapshot.probability[row] for row in rows) if snapshot.probability else ()),
        literals=[snapshot.literals[row] for row in rows] if snapshot.literals else (),
        status=array("b", (snapshot.status[row] for row in rows) if snapshot.status else ()),
    )


def _years(snapshot: Snapshot) -> dict[int, int]:
    """The earliest release year of each work that has one."""
    years: dict[int, int] = {}
    released = {code for code, name in enumerate(snapshot.relations) if name == "release_date"}
    for row, relation in enumerate(snapshot.relation if snapshot.literals else ()):
        if relation in released and snapshot.literals[row]:
            year, head = interval(snapshot.literals[row])[0].year, snapshot.head[row]
            years[head] = min(years.get(head, year), year)
    return years


def _small(circles: dict[int, set[int]], crowd: int | None) -> dict[int, set[int]]:
    if crowd is None:
        return circles
    return {code: circle for code, circle in circles.items() if len(circle) <= crowd}


def _recoded(ties: Ties, place: Mapping[int, int]) -> Ties:
    return replace(
        ties,
        head=array("i", map(place.__getitem__, ties.head)),
        tail=array("i", map(place.__getitem__, ties.tail)),
    )


def _graph(snapshot: Snapshot, nodes: Sequence[int], place: Mapping[int, int]) -> Snapshot:
    """What is stated between the nodes, and they coded anew, in the order they had."""
    ends = enumerate(zip(snapshot.head, snapshot.tail, strict=True))
    stated = _rows(snapshot, [row for row, (head, tail) in ends if head in place and tail in place])
    return replace(
        stated,
        entities=[snapshot.entities[code] for code in nodes],
        kinds=array("b", (snapshot.kinds[code] for code in nodes)),
        names=[snapshot.names[code] for code in nodes] if snapshot.names else (),
        head=array("i", map(place.__getitem__, stated.head)),
        tail=array("i", map(place.__getitem__, stated.tail)),
        literals=(),
    )
