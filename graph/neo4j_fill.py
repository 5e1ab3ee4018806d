"""The rows of `marquee.graph.rows` as nodes and relationships: each kind of row in one query a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from marquee.graph.codec import load_qualifiers
from marquee.graph.neo4j_once import Once
from marquee.graph.neo4j_put import name_node
from marquee.graph.neo4j_schema import TYPE_OF
from marquee.graph.neo4j_table import Table, table
from marquee.graph.rows import (
    DecisionRow,
    DocumentRow,
    EntityLead,
    EntityRow,
    EvidenceRow,
    ReadingRow,
    RunRow,
    StatementLead,
    StatementRow,
    StoreRow,
    grouped,
    label,
)
from marquee.schema.kinds import LEVEL_OF, Kind, Level
from marquee.schema.text import fold
from marquee.schema.values import EntityName, Status

Node = dict[str, Any]


@dataclass(slots=True)
class Filling:
    """Rows on their way into an empty store, a transaction a batch. `next` is the number of the next node.

    `since`: the run that wrote what rows do not say it of. Runs are kept apart: who fills the store writes them last.
    """

    once: Once
    next: int = 1
    since: int = 1
    runs: list[RunRow] = field(default_factory=list)
    _queries: list[tuple[str, Node]] = field(default_factory=list)

    def take(self, rows: Iterable[StoreRow]) -> None:
        """Writes all rows but the runs."""
        for kind, batch in grouped(rows):
            _LOADERS[kind](self, batch)
            if self._queries:
                self.once.do(self._write)
                self._queries.clear()

    def add(self, query: str, rows: Sequence[Any], **params: Any) -> None:
        """One query for many rows, unwound as `r`."""
        if rows:
            self._queries.append((f"UNWIND $rows AS r {query}", {"rows": rows, **params}))

    def number(self) -> int:
        """The number of the next node."""
        self.next += 1
        return self.next - 1

    def _write(self, tx: ManagedTransaction) -> None:
        for query, params in self._queries:
            tx.run(query, params).consume()


# --- entities ------------------------------------------------------------------------------------


def _entities(filling: Filling, batch: Sequence[EntityRow]) -> None:
    nodes = table([_entity(filling.number(), one) for one in batch])
    owned = {
        ("MarqueeName", "NAMES"): [list(_names(filling, one)) for one in batch],
        ("MarqueeKey", "IDENTIFIES"): [[{**key._asdict(), "n": filling.number()} for key in one.keys] for one in batch],
        ("MarqueeAttribute", "MEASURES"): [
            [{**each._asdict(), "n": filling.number(), "since": filling.since} for each in one.attributes]
            for one in batch
        ],
    }
    hung = [_Hung(name, type_, "e", place, of) for place, ((name, type_), of) in enumerate(owned.items(), 1)]
    rows = [
        [_labels(one.kind), *(own.rows[place] for own in hung), *row]
        for place, (one, row) in enumerate(zip(batch, nodes.rows, strict=True))
    ]
    filling.add(
        f"CREATE (e:MarqueeEntity {{{nodes.properties('r', 'node', 1 + len(hung))}}}) SET e:$(r[0])"
        + "".join(own.clause for own in hung),
        rows,
        node=nodes.shared,
        **{own.label: own.table.shared for own in hung},
    )


class _Hung:
    """Nodes that hang on each node of a batch; the lists of their values are at `place` of its row."""

    def __init__(self, label: str, type_: str, on: str, place: int, nodes: Sequence[Sequence[Node]]) -> None:
        self.label = label
        self.table: Table = table([node for some in nodes for node in some])
        waiting = iter(self.table.rows)
        self.rows = [[next(waiting) for _ in some] for some in nodes]
        properties = self.table.properties("p", label)
        way = f"<-[:{type_}]-" if type_ != "WAS" else f"-[:{type_}]->"
        self.clause = f" FOREACH (p IN r[{place}] | CREATE ({on}){way}(:{label} {{{properties}}}))"


def _names(filling: Filling, one: EntityRow) -> Iterator[Node]:
    for text, language, kind, since, until in one.names:
        yield name_node(filling.number(), EntityName(text, language, kind), kind) | {"since": since, "until": until}


def _labels(kind: str) -> list[str]:
    return [kind, *(["MarqueeShared"] if LEVEL_OF[Kind(kind)] is Level.SHARED else [])]


def _entity(number: int, one: EntityRow) -> Node:
    name = label(one)
    return {
        "id": one.id, "n": number, "kind": one.kind, "name": name, "key": fold(name), "degree": one.degree,
        "since": one.since,
    }  # fmt: skip


def _entity_leads(filling: Filling, batch: Sequence[EntityLead]) -> None:
    filling.add(
        "MATCH (e:MarqueeEntity {id: r[0]}), (t:MarqueeEntity {id: r[1]}) CREATE (e)-[:MERGED_INTO]->(t)"
        " SET e.merged = t.id, e.until = r[2] REMOVE e:$(e.kind), e:MarqueeShared",
        [list(one) for one in batch],
    )


# --- statements ----------------------------------------------------------------------------------

_SUBJECT = "MATCH (a:MarqueeEntity {id: r[0]}) "
_OBJECT = "MATCH (b:MarqueeEntity {id: r[1]}) "
_PLAIN = " CREATE (a)-[:$(r[2]) {statement: s.id, probability: s.probability}]->(b)"
# What stands before and behind a statement's own clause, and of which statements.
_SHAPES: tuple[tuple[str, str, Callable[[StatementRow], bool]], ...] = (
    (_SUBJECT + _OBJECT, "-[:SUBJECT]->(a) CREATE (s)-[:OBJECT]->(b)" + _PLAIN, lambda o: _plain(o)),
    (
        _SUBJECT + _OBJECT,
        "-[:SUBJECT]->(a) CREATE (s)-[:OBJECT]->(b)",
        lambda o: o.object is not None and not _plain(o),
    ),
    (_SUBJECT, "-[:SUBJECT]->(a)", lambda o: o.subject is not None and o.object is None),
    ("", "", lambda o: o.subject is None),
)
_MENTION = "MATCH (s:MarqueeStatement {id: r[0]}) MATCH (e:MarqueeEntity {id: r[1]}) MERGE (s)-[:MENTIONS]->(e)"
_OF = "MATCH (s:MarqueeStatement {id: r.of}) CREATE"
_ELSEWHERE = ("subject", "object", "evidence", "past")


def _statements(filling: Filling, batch: Sequence[StatementRow]) -> None:
    numbers = {one.id: filling.number() for one in batch}
    for before, behind, kept in _SHAPES:
        if alike := [one for one in batch if kept(one)]:
            _alike(filling, before, behind, alike, numbers)
    mentioned = [[one.id, value] for one in batch for _, value in load_qualifiers(one.qualifiers)]
    filling.add(_MENTION, [pair for pair in mentioned if isinstance(pair[1], str)])


def _alike(
    filling: Filling, before: str, behind: str, batch: Sequence[StatementRow], numbers: Mapping[str, int]
) -> None:
    """Statements of one shape, with their evidence and past."""
    nodes = table([_statement(numbers[one.id], one) for one in batch])
    pieces = [[_piece(filling.number(), piece) for piece in one.evidence] for one in batch]
    hung = [
        _Hung("MarqueeEvidence", "SUPPORTS", "s", 3, pieces),
        _Hung("MarqueePast", "WAS", "s", 4, [[was._asdict() for was in one.past] for one in batch]),
    ]
    rows = [
        [one.subject, one.object, TYPE_OF.get(one.relation), *(own.rows[place] for own in hung), *row]
        for place, (one, row) in enumerate(zip(batch, nodes.rows, strict=True))
    ]
    filling.add(
        f"{before}CREATE (s:MarqueeStatement {{{nodes.properties('r', 'node', 5)}}}){behind}"
        + "".join(own.clause for own in hung),
        rows,
        node=nodes.shared,
        **{own.label: own.table.shared for own in hung},
    )


def _plain(one: StatementRow) -> bool:
    """Whether it stands as a plain relationship, too."""
    return one.status == Status.ACCEPTED and one.object is not None


def _statement(number: int, one: StatementRow) -> Node:
    node = {name: value for name, value in one._asdict().items() if name not in _ELSEWHERE}
    judged = one.grounded if one.model is not None else None
    return node | {"grounded": judged, "review": one.review or None, "plain": _plain(one) or None, "n": number}


def _piece(number: int, piece: EvidenceRow) -> Node:
    return piece._asdict() | {"n": number}


def _statement_leads(filling: Filling, batch: Sequence[StatementLead]) -> None:
    filling.add(
        "MATCH (s:MarqueeStatement {id: r[0]}), (t:MarqueeStatement {id: r[1]}) CREATE (s)-[:MERGED_INTO]->(t)",
        [list(one) for one in batch],
    )


# --- the rest ------------------------------------------------------------------------------------


def _documents(filling: Filling, batch: Sequence[DocumentRow]) -> None:
    filling.add("CREATE (x:MarqueeDocument) SET x = r", [one._asdict() | {"n": filling.number()} for one in batch])


def _decisions(filling: Filling, batch: Sequence[DecisionRow]) -> None:
    rows = []
    for one in batch:
        node = one._asdict() | {"n": filling.number(), "since": one.run}
        del node["statement"], node["run"]
        rows.append({"of": one.statement, "node": node})
    filling.add(f"{_OF} (d:MarqueeDecision)-[:DECIDES]->(s) SET d = r.node", rows)


def _readings(filling: Filling, batch: Sequence[ReadingRow]) -> None:
    nodes = [[one.source, one.locator, one.digest, one.run] for one in batch]
    filling.add("CREATE (:MarqueeReading {source: r[0], locator: r[1], digest: r[2], since: r[3]})", nodes)


def _runs(filling: Filling, batch: Sequence[RunRow]) -> None:
    filling.runs += batch


_LOADERS: Mapping[type, Callable[[Filling, Any], None]] = {
    EntityRow: _entities,
    EntityLead: _entity_leads,
    DocumentRow: _documents,
    StatementRow: _statements,
    StatementLead: _statement_leads,
    DecisionRow: _decisions,
    ReadingRow: _readings,
    RunRow: _runs,
}
