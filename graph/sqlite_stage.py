"""Staging statements: new ones as they are, and evidence that known ones lacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from marquee.graph.batches import batches
from marquee.graph.codec import dump, dump_candidates, dump_parts, dump_qualifiers
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_codec import ACCEPTED, MERGED, PENDING, STATUS_CODE
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Row, sql
from marquee.graph.staging import Placed, Placing, ends_of, staged
from marquee.graph.store import Staged
from marquee.graph.times import days
from marquee.schema.literals import Literal
from marquee.schema.values import Evidence, Statement, Status

_STATEMENT = (
    "id, sid, subject, relation, object, type, value, unit, year, qualifiers, status, support, probability,"
    " valid_from, valid_to, valid_first, valid_last, first, since, changed"
)
EVIDENCE = (
    "statement, source, item, line, start, stop, extractor, since, passage, version, observed, score, supports,"
    " billing, modality"
)
_KEY = 7  # the columns of evidence, from the first, that make it the same piece


def stage(changes: Changes, statements: Iterable[Statement]) -> Staged:
    """Adds statements and evidence. Raises StoreError on a statement without evidence or with unknown ends."""
    return staged(_Batch(changes, items) for items in batches(statements))


@dataclass(slots=True)
class _Rows:
    """Rows to insert."""

    statements: list[Row] = field(default_factory=list)
    judgements: list[Row] = field(default_factory=list)
    open_names: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)


class _Batch:
    """A batch of statements: what of it is known, and what is to be added."""

    def __init__(self, changes: Changes, statements: Sequence[Statement]) -> None:
        self.changes, self.statements, self.rows = changes, statements, _Rows()
        self.placing = Placing(
            statements,
            changes.entity_numbers({end for one in statements for end in ends_of(one)}),
            changes.statement_numbers({one.id for one in statements}),
            lambda: changes.number("statement"),
            changes.statement_numbers,
        )

    def add_statements(self) -> list[str]:
        """Writes those that are new; their ids."""
        for placed in self.placing.new:
            self._insert(placed)
        self._write()
        self._gain_times()
        return [placed.statement.id for placed in self.placing.new]

    def add_evidence(self) -> set[int]:
        """Writes the pieces that are new or read otherwise now; the statements, by number, that gained some."""
        run, seen = self.changes.run, self._pieces()
        rows: list[Row] = []
        replaced: list[Row] = []
        for one in self.statements:
            for piece in one.evidence:
                row = evidence_row(self.changes, self.placing.numbers[one.id], piece)
                key, says = row[:_KEY], _said(row)
                since, said = seen.get(key, (None, None))
                seen[key] = run, says  # what is told first of a piece counts
                if since == run or said == says:
                    continue
                if since is not None:
                    replaced.append((run, *key, since))
                rows.append(row)
        self.changes.many(END, replaced)
        self.changes.insert("evidence", EVIDENCE, rows)
        gained = {row[0] for row in rows}
        self._revive(gained)
        return gained

    # --- new statements ---

    def _insert(self, placed: Placed) -> None:
        one, run = placed.statement, self.changes.run
        literal = one.object if isinstance(one.object, Literal) else None
        status = STATUS_CODE[one.status]
        self.rows.statements.append((
            placed.number, one.id, placed.subject, self.changes.intern(one.relation), placed.object,
            self.changes.intern(literal.type.value) if literal else None, literal and literal.value,
            literal and literal.unit, literal and literal.year, dump_qualifiers(placed.own),
            status, one.support, one.probability,
            one.valid_from, one.valid_to, *days(one), run, run, run,
        ))  # fmt: skip
        self._insert_more(one, placed.number)
        self.rows.mentions += [(entity, placed.number) for entity in placed.mentions]
        self.changes.degree(placed.subject, placed.object, status == ACCEPTED)

    def _insert_more(self, one: Statement, number: int) -> None:
        """What few statements have, in tables of its own."""
        if one.interval or one.parts or one.reasons:
            low, high = one.interval or (None, None)
            reasons = dump(list(one.reasons)) if one.reasons else None
            self.rows.judgements.append((number, low, high, dump_parts(one.parts), reasons, self.changes.run))
        if one.candidates:
            self.rows.open_names.append((number, dump_candidates(one.candidates)))

    def _write(self) -> None:
        insert, rows = self.changes.insert, self.rows
        insert("statement", _STATEMENT, rows.statements)
        insert("judgement", "statement, low, high, parts, reasons, run", rows.judgements)
        insert("open_name", "statement, candidates", rows.open_names)
        insert("mention", "entity, statement", rows.mentions)
        redirect(self.changes, self.placing.redirects)

    # --- known statements ---

    def _pieces(self) -> dict[Row, tuple[int, Row]]:
        """The evidence that the known statements have, by key: since when, and what it says."""
        numbers = array({self.placing.numbers[sid] for sid in self.placing.known})
        query = sql("SELECT", EVIDENCE, "FROM json_each(?) j JOIN evidence ON statement = j.value WHERE until IS NULL")
        return {row[:_KEY]: (row[_KEY], _said(row)) for row in self.changes.rows(query, (numbers,))}

    def _gain_times(self) -> None:
        """Known statements gain the start or end of their validity where they had none."""
        timed = [one for one in self.statements if one.id in self.placing.known and (one.valid_from or one.valid_to)]
        held = {
            row[0]: row[1:]
            for row in self.changes.rows(_TIMES, (array({self.placing.numbers[one.id] for one in timed}),))
        }
        rows = []
        for one in timed:
            start, stop = held[self.placing.numbers[one.id]]
            later = replace(one, valid_from=start or one.valid_from, valid_to=stop or one.valid_to)
            rows.append((later.valid_from, later.valid_to, *days(later), self.placing.numbers[one.id]))
        self.changes.revise(("valid_from", "valid_to", "valid_first", "valid_last"), rows)

    def _revive(self, gained: Collection[int]) -> None:
        """A withdrawn statement that gained evidence is pending again."""
        withdrawn = STATUS_CODE[Status.WITHDRAWN]
        rows = self.changes.rows(
            "SELECT s.id FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value WHERE s.status = ?",
            (array(gained), withdrawn),
        )
        self.changes.set_status({number: PENDING for (number,) in rows})


def _said(row: Row) -> Row:
    """What a piece says: its passage, score, what it supports, and how."""
    return row[8], row[11], row[12], row[14]


# Ends a piece: the run, then its key and since.
END = (
    "UPDATE evidence SET until = ? WHERE (statement, source, item, line, start, stop, extractor, since)"
    " = (?, ?, ?, ?, ?, ?, ?, ?)"
)
_TIMES = "SELECT s.id, s.valid_from, s.valid_to FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value"


def redirect(changes: Changes, rows: Sequence[tuple[str, int]]) -> None:
    """Lets ids that no row has yet answer as the statement of that number."""
    changes.many(
        "INSERT INTO statement (sid, subject, relation, object, type, value, status, first, since, changed, merged)"
        " SELECT ?, subject, relation, object, type, value, ?, ?, ?, ?, id FROM statement WHERE id = ?",
        [(sid, MERGED, changes.run, changes.run, changes.run, number) for sid, number in rows],
    )
    changes.following.pop("statement", None)


def evidence_row(changes: Changes, statement: int, piece: Evidence) -> Row:
    """A piece as a row of `EVIDENCE`; the first `_KEY` columns make it the same piece."""
    words = (piece.source, piece.locator.item, piece.extractor, piece.version, piece.observed_at, piece.modality.value)
    source, item, extractor, version, observed, modality = changes.interned(words)
    start, stop = piece.locator.span or (-1, -1)
    line = -1 if piece.locator.row is None else piece.locator.row
    billing = next((int(v.value) for name, v in piece.supports if name == "billing" and isinstance(v, Literal)), None)
    return (
        statement, source, item, line, start, stop, extractor, changes.run, piece.quote, version, observed,
        piece.score, dump_qualifiers(piece.supports), billing, modality,
    )  # fmt: skip
