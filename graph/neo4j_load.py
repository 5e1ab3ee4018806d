"""The rows of `marquee.graph.rows` into an empty Neo4j store, in many transactions.

`copying` on the store's node says that the rest has yet to come: until the last small commit the store cannot be
read or changed. Loading again takes away what was left, and begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction
from neo4j import Session as Connection

from marquee.graph.codec import load_qualifiers
from marquee.graph.neo4j_plain import follow
from marquee.graph.neo4j_put import name_node
from marquee.graph.neo4j_session import Row
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
from marquee.graph.times import seconds
from marquee.schema.errors import StoreError
from marquee.schema.kinds import LEVEL_OF, Kind, Level
from marquee.schema.text import fold
from marquee.schema.values import EntityName, RunStatus, Status

_CLEARED = 5_000  # nodes deleted in one transaction
_CREATE = "CREATE (x:{label}) SET x = r"
_LABELS = (
    "Entity", "Name", "Key", "Attribute", "Statement", "Past", "Evidence", "Decision", "Document", "Reading", "Move",
)  # fmt: skip
Node = dict[str, Any]


def unfinished(where: str = "") -> StoreError:
    """What is said of a store that holds part of a copy."""
    return StoreError(
        "this store holds a copy that was not finished.",
        where=where,
        mend="Run the same marquee copy again: it takes away what was left, and begins anew.",
    )


def copying(connection: Connection) -> bool:
    """Whether the store holds part of a copy."""
    return bool(connection.execute_read(_rows, "MATCH (g:MarqueeStore) WHERE g.copying RETURN g.id"))


def load(connection: Connection, where: str, rows: Iterable[StoreRow]) -> None:
    """Writes all rows. Only under the lock. Raises StoreError where the store is not empty."""
    if copying(connection):
        _clear(connection)
    elif connection.execute_read(_rows, "MATCH (r:MarqueeRun) RETURN r.n LIMIT 1"):
        raise StoreError("the store is not empty.", where=where, mend="Name a database without a Marquee store.")
    connection.execute_write(_rows, "MATCH (g:MarqueeStore) SET g.copying = true")
    loading = _Loading(connection)
    for kind, batch in grouped(rows):
        if kind is RunRow:
            loading.runs += batch
        else:
            connection.execute_write(loading.write, _LOADERS[kind], batch)
    connection.execute_write(loading.finish)


def _clear(connection: Connection) -> None:
    for name in _LABELS:
        connection.run(
            f"MATCH (x:Marquee{name}) CALL (x) {{ DETACH DELETE x }} IN TRANSACTIONS OF {_CLEARED} ROWS"
        ).consume()


def _rows(tx: ManagedTransaction, query: str, params: Mapping[str, Any] | None = None) -> list[Row]:
    return [record.values() for record in tx.run(query, dict(params or {}))]


@dataclass(slots=True)
class _Loading:
    """A copy under way. `next` is the number of the next node; runs wait for the end."""

    connection: Connection
    next: int = 1
    runs: list[Any] = field(default_factory=list)
    tx: ManagedTransaction | None = None

    def write(self, tx: ManagedTransaction, loader: Callable[[_Loading, Any], None], batch: Sequence[StoreRow]) -> None:
        """A batch in one transaction."""
        self.tx = tx
        loader(self, batch)

    def add(self, query: str, rows: Sequence[Any]) -> list[Row]:
        """One statement for many rows, unwound as `r`."""
        if not rows or self.tx is None:
            return []
        return _rows(self.tx, f"UNWIND $rows AS r {query}", {"rows": rows})

    def number(self) -> int:
        """The number of the next node."""
        self.next += 1
        return self.next - 1

    def finish(self, tx: ManagedTransaction) -> None:
        """The last small commit: from here on the store is whole."""
        head = max((run.number for run in self.runs if run.status == RunStatus.DONE), default=0)
        last = max((run.number for run in self.runs), default=0)
        _rows(tx, f"UNWIND $rows AS r {_CREATE.format(label='MarqueeRun')}", {"rows": [_run(run) for run in self.runs]})
        _rows(
            tx,
            "MATCH (g:MarqueeStore) SET g.head = $head, g.runs = $last, g.next = $next REMOVE g.copying",
            {"head": head, "last": last, "next": self.next},
        )


# --- entities ------------------------------------------------------------------------------------

_HANG = "MATCH (e:MarqueeEntity {{id: r.of}}) CREATE (x:{label})-[:{type}]->(e) SET x = r.node"


def _entities(loading: _Loading, batch: Sequence[EntityRow]) -> None:
    nodes = [{"labels": _labels(one.kind), "node": _entity(loading.number(), one)} for one in batch]
    loading.add("CREATE (e:MarqueeEntity) SET e = r.node, e:$(r.labels)", nodes)
    names = []
    for one in batch:
        for text, language, kind, since, until in one.names:
            node = name_node(loading.number(), EntityName(text, language, kind), kind)
            names.append({"of": one.id, "node": node | {"since": since, "until": until}})
    loading.add(_HANG.format(label="MarqueeName", type="NAMES"), names)
    keys = [{"of": one.id, "node": {**key._asdict(), "n": loading.number()}} for one in batch for key in one.keys]
    loading.add(_HANG.format(label="MarqueeKey", type="IDENTIFIES"), keys)
    measured = [
        {"of": one.id, "node": {**each._asdict(), "n": loading.number(), "since": 1}}
        for one in batch
        for each in one.attributes
    ]
    loading.add(_HANG.format(label="MarqueeAttribute", type="MEASURES"), measured)


def _labels(kind: str) -> list[str]:
    return [kind, *(["MarqueeShared"] if LEVEL_OF[Kind(kind)] is Level.SHARED else [])]


def _entity(number: int, one: EntityRow) -> Node:
    name = label(one)
    return {
        "id": one.id, "n": number, "kind": one.kind, "name": name, "key": fold(name), "degree": one.degree,
        "since": one.since,
    }  # fmt: skip


def _entity_leads(loading: _Loading, batch: Sequence[EntityLead]) -> None:
    loading.add(
        "MATCH (e:MarqueeEntity {id: r[0]}), (t:MarqueeEntity {id: r[1]}) CREATE (e)-[:MERGED_INTO]->(t)"
        " SET e.merged = t.id REMOVE e:$(e.kind), e:MarqueeShared",
        [list(one) for one in batch],
    )


# --- statements ----------------------------------------------------------------------------------

_STATEMENT = "CREATE (s:MarqueeStatement) SET s = r.node"
_SUBJECT = "MATCH (a:MarqueeEntity {id: r.subject})"
_OBJECT = "MATCH (b:MarqueeEntity {id: r.object})"
_ENDS: dict[str, Callable[[StatementRow], bool]] = {
    f"{_SUBJECT} {_OBJECT} {_STATEMENT} CREATE (s)-[:SUBJECT]->(a), (s)-[:OBJECT]->(b)": lambda o: o.object is not None,
    f"{_SUBJECT} {_STATEMENT} CREATE (s)-[:SUBJECT]->(a)": lambda o: o.subject is not None and o.object is None,
    _STATEMENT: lambda o: o.subject is None,
}
_MENTION = "MATCH (s:MarqueeStatement {id: r.of}) MATCH (e:MarqueeEntity {id: r.entity}) MERGE (s)-[:MENTIONS]->(e)"
_OF = "MATCH (s:MarqueeStatement {id: r.of}) CREATE"
_ELSEWHERE = ("subject", "object", "evidence", "past", "grounded", "review")


def _statements(loading: _Loading, batch: Sequence[StatementRow]) -> None:
    numbers = {one.id: loading.number() for one in batch}
    for query, kept in _ENDS.items():
        rows = [(one.subject, one.object, _statement(numbers[one.id], one)) for one in batch if kept(one)]
        loading.add(query, [{"subject": subject, "object": object_, "node": node} for subject, object_, node in rows])
    mentioned = [{"of": one.id, "entity": entity} for one in batch for entity in _mentioned(one)]
    loading.add(_MENTION, mentioned)
    pieces = [{"of": one.id, "node": _piece(loading.number(), piece)} for one in batch for piece in one.evidence]
    loading.add(f"{_OF} (x:MarqueeEvidence)-[:SUPPORTS]->(s) SET x = r.node", pieces)
    past = [{"of": one.id, "node": was._asdict()} for one in batch for was in one.past]
    loading.add(f"{_OF} (s)-[:WAS]->(w:MarqueePast) SET w = r.node", past)
    accepted = [one for one in batch if one.status == Status.ACCEPTED and one.object is not None]
    follow(loading.add, (), {numbers[one.id]: one.relation for one in accepted})


def _statement(number: int, one: StatementRow) -> Node:
    node = {name: value for name, value in one._asdict().items() if name not in _ELSEWHERE and value is not None}
    if one.model is not None:
        node["grounded"] = one.grounded
    if one.review:
        node["review"] = one.review
    return node | {"n": number}


def _mentioned(one: StatementRow) -> list[str]:
    return [value for _, value in load_qualifiers(one.qualifiers) if isinstance(value, str)]


def _piece(number: int, piece: EvidenceRow) -> Node:
    return piece._asdict() | {"n": number}


def _statement_leads(loading: _Loading, batch: Sequence[StatementLead]) -> None:
    loading.add(
        "MATCH (s:MarqueeStatement {id: r[0]}), (t:MarqueeStatement {id: r[1]}) CREATE (s)-[:MERGED_INTO]->(t)",
        [list(one) for one in batch],
    )


# --- the rest ------------------------------------------------------------------------------------


def _documents(loading: _Loading, batch: Sequence[DocumentRow]) -> None:
    nodes = [one._asdict() | {"n": loading.number()} for one in batch]
    loading.add(_CREATE.format(label="MarqueeDocument"), nodes)


def _decisions(loading: _Loading, batch: Sequence[DecisionRow]) -> None:
    rows = []
    for one in batch:
        node = one._asdict() | {"n": loading.number(), "since": one.run}
        del node["statement"], node["run"]
        rows.append({"of": one.statement, "node": node})
    loading.add(f"{_OF} (d:MarqueeDecision)-[:DECIDES]->(s) SET d = r.node", rows)


def _readings(loading: _Loading, batch: Sequence[ReadingRow]) -> None:
    nodes = [{"source": o.source, "locator": o.locator, "digest": o.digest, "since": o.run} for o in batch]
    loading.add(_CREATE.format(label="MarqueeReading"), nodes)


def _run(one: RunRow) -> Node:
    node = one._asdict() | {"n": one.number, "sources": list(one.sources), "batches": 0, "plain": True}
    del node["number"]
    if one.finished and one.status == RunStatus.DONE:
        node["at"] = seconds(one.finished)
    return node


_LOADERS: dict[type, Callable[[_Loading, Any], None]] = {
    EntityRow: _entities,
    EntityLead: _entity_leads,
    DocumentRow: _documents,
    StatementRow: _statements,
    StatementLead: _statement_leads,
    DecisionRow: _decisions,
    ReadingRow: _readings,
}
