"""Staging statements: new ones as they are, and evidence that known ones lacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from marquee.graph.batches import batches
from marquee.graph.codec import dump, dump_candidates, dump_parts, dump_qualifiers
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_session import Row
from marquee.graph.staging import Placed, Placing, ends_of, staged
from marquee.graph.store import Staged
from marquee.graph.times import days
from marquee.schema.literals import Literal
from marquee.schema.values import Evidence, Statement, Status

_PIECE = ("source", "item", "row", "start", "stop", "extractor")  # what makes it the same piece
VALIDITY = ("valid_from", "valid_to", "valid_first", "valid_last")
_SAYS = ("quote", "score", "supports", "modality")  # and what that piece says


def stage(changes: Changes, statements: Iterable[Statement]) -> Staged:
    """Adds statements and evidence. Raises StoreError on a statement without evidence or with unknown ends."""
    return staged(_batches(changes, statements))


def _batches(changes: Changes, statements: Iterable[Statement]) -> Iterator[_Batch]:
    for items in batches(statements):
        yield _Batch(changes, items)
        changes.breathe()


class _Batch:
    """A batch of statements: what of it is known, and what is to be added."""

    def __init__(self, changes: Changes, statements: Sequence[Statement]) -> None:
        self.changes, self.statements = changes, statements
        self.placing = Placing(
            statements,
            changes.entity_numbers({end for one in statements for end in ends_of(one)}),
            changes.statement_numbers({one.id for one in statements}),
            changes.number,
            changes.statement_numbers,
        )

    def add_statements(self) -> list[str]:
        """Writes those that are new; their ids."""
        rows = [self._row(placed) for placed in self.placing.new]
        self.changes.write(_CREATE, [row for row in rows if row["object"] is not None])
        self.changes.write(_CREATE_LITERAL, [row for row in rows if row["object"] is None])
        self.changes.write(_MENTION, [row for row in rows if row["mentions"]])
        redirect(self.changes, self.placing.redirects)
        self._gain_times()
        return [placed.statement.id for placed in self.placing.new]

    def add_evidence(self) -> set[int]:
        """Writes the pieces that are new or read otherwise now; the statements, by number, that gained some."""
        run, seen = self.changes.run, self._pieces()
        rows: list[dict[str, Any]] = []
        replaced: list[dict[str, int]] = []
        for one in self.statements:
            statement = self.placing.numbers[one.id]
            for piece in one.evidence:
                node = evidence_node(piece)
                key = (statement, *map(node.get, _PIECE))
                number, since, said = seen.get(key, (None, None, None))
                seen[key] = number or 0, run, _said(node)  # what is told first of a piece counts
                if since == run or said == _said(node):
                    continue
                if number is not None:
                    replaced.append({"of": statement, "n": number})
                node["n"] = self.changes.number()
                rows.append({"of": statement, "node": node})
        self.changes.write(END, replaced)
        self.changes.write(EVIDENCE, rows)
        gained = {row["of"] for row in rows}
        self._revive(gained)
        return gained

    def _row(self, placed: Placed) -> dict[str, Any]:
        one = placed.statement
        if one.status is Status.ACCEPTED:
            if placed.object is not None:
                self.changes.fresh[placed.number] = one.relation
            self.changes.degree(placed.subject, placed.object, 1)
        return {
            "subject": placed.subject,
            "object": placed.object,
            "mentions": list(placed.mentions),
            "node": statement_node(placed),
        }

    # --- known statements ---

    def _pieces(self) -> dict[tuple[Any, ...], tuple[int, int, tuple[Any, ...]]]:
        """The evidence that the known statements have, by key: its number, since when, and what it says."""
        numbers = {self.placing.numbers[id_] for id_ in self.placing.known}
        if not numbers:
            return {}
        rows = self.changes.rows(
            "UNWIND $numbers AS n MATCH (s:MarqueeStatement {n: n})<-[:SUPPORTS]-(x:MarqueeEvidence)"
            f" WHERE x.until IS NULL RETURN [n, {', '.join(f'x.{name}' for name in _PIECE)}], x.n, x.since,"
            f" [{', '.join(f'x.{name}' for name in _SAYS)}]",
            numbers=list(numbers),
        )
        return {tuple(key): (number, since, tuple(said)) for key, number, since, said in rows}

    def _gain_times(self) -> None:
        """Known statements gain the start or end of their validity where they had none."""
        timed = [one for one in self.statements if one.id in self.placing.known and (one.valid_from or one.valid_to)]
        numbers = self.placing.numbers
        if not timed:
            return
        rows = self.changes.rows(
            "UNWIND $numbers AS n MATCH (s:MarqueeStatement {n: n}) RETURN n, s.valid_from, s.valid_to",
            numbers=[numbers[one.id] for one in timed],
        )
        held = {row[0]: row[1:] for row in rows}
        revised: list[Row] = []
        for one in timed:
            start, stop = held[numbers[one.id]]
            later = replace(one, valid_from=start or one.valid_from, valid_to=stop or one.valid_to)
            revised.append([numbers[one.id], *_validity(later).values()])
        self.changes.revise(VALIDITY, revised)

    def _revive(self, gained: Collection[int]) -> None:
        """A withdrawn statement that gained evidence is pending again."""
        believed = {new.number for new in self.placing.new if new.statement.status is not Status.WITHDRAWN}
        numbers = [number for number in gained if number not in believed]
        if not numbers:
            return
        rows = self.changes.rows(
            "UNWIND $numbers AS n MATCH (s:MarqueeStatement {n: n, status: 'withdrawn'}) RETURN n", numbers=numbers
        )
        self.changes.set_status((), [[number, str(Status.PENDING)] for (number,) in rows])


_NODE = "CREATE (s:MarqueeStatement) SET s = r.node, s.first = $run, s.since = $run, s.changed = $run"
_CREATE = (
    "MATCH (a:MarqueeEntity {n: r.subject}) MATCH (b:MarqueeEntity {n: r.object})"
    f" {_NODE} CREATE (s)-[:SUBJECT]->(a), (s)-[:OBJECT]->(b)"
)
_CREATE_LITERAL = f"MATCH (a:MarqueeEntity {{n: r.subject}}) {_NODE} CREATE (s)-[:SUBJECT]->(a)"
_MENTION = (
    "MATCH (s:MarqueeStatement {n: r.node.n}) UNWIND r.mentions AS m"
    " MATCH (e:MarqueeEntity {n: m}) CREATE (s)-[:MENTIONS]->(e)"
)
END = "MATCH (:MarqueeStatement {n: r.of})<-[:SUPPORTS]-(x:MarqueeEvidence {n: r.n}) SET x.until = $run"
EVIDENCE = (
    "MATCH (s:MarqueeStatement {n: r.of}) CREATE (x:MarqueeEvidence)-[:SUPPORTS]->(s) SET x = r.node, x.since = $run"
)


def statement_node(placed: Placed) -> dict[str, Any]:
    """A new statement as a node's properties."""
    one = placed.statement
    literal = one.object if isinstance(one.object, Literal) else None
    low, high = one.interval or (None, None)
    node = {
        "id": one.id,
        "n": placed.number,
        "relation": one.relation,
        "type": literal and literal.type.value,
        "value": literal and literal.value,
        "unit": literal and literal.unit,
        "year": literal and literal.year,
        "qualifiers": dump_qualifiers(placed.own),
        "status": str(one.status),
        "support": one.support,
        "probability": one.probability,
        "low": low,
        "high": high,
        "parts": dump_parts(one.parts),
        "reasons": dump(list(one.reasons)) if one.reasons else None,
        "candidates": dump_candidates(one.candidates) if one.candidates else None,
        **_validity(one),
    }
    return {name: value for name, value in node.items() if value is not None}


def _validity(one: Statement) -> dict[str, Any]:
    return dict(zip(VALIDITY, (one.valid_from, one.valid_to, *days(one)), strict=True))


def evidence_node(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as a node's properties, but for its number."""
    start, stop = piece.locator.span or (None, None)
    billing = next((int(v.value) for name, v in piece.supports if name == "billing" and isinstance(v, Literal)), None)
    return {
        "source": piece.source,
        "item": piece.locator.item,
        "row": piece.locator.row,
        "start": start,
        "stop": stop,
        "quote": piece.quote,
        "extractor": piece.extractor,
        "version": piece.version,
        "observed": piece.observed_at,
        "score": float(piece.score),
        "supports": dump_qualifiers(piece.supports),
        "billing": billing,
        "modality": piece.modality.value,
    }


def _said(node: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(map(node.get, _SAYS))


def redirect(changes: Changes, rows: Sequence[tuple[str, int]]) -> None:
    """Lets ids that no node has yet answer as the statement of that number."""
    changes.write(
        "MATCH (t:MarqueeStatement {n: r.to}) CREATE (y:MarqueeStatement {id: r.id, n: r.n, relation: t.relation,"
        " status: 'merged', first: $run, since: $run, changed: $run})-[:MERGED_INTO]->(t)",
        [{"id": id_, "to": number, "n": changes.number()} for id_, number in rows],
    )
