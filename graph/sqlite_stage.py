"""Staging statements: new ones as they are, and evidence that known ones lacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from marquee.graph.batches import batches
from marquee.graph.codec import dump, dump_candidates, dump_parts, dump_qualifiers
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_codec import ACCEPTED, MERGED, PENDING, STATUS_CODE
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Row
from marquee.graph.staging import identifying
from marquee.graph.store import Staged
from marquee.graph.times import days
from marquee.schema.errors import StoreError
from marquee.schema.ids import statement_id
from marquee.schema.literals import Literal
from marquee.schema.values import Evidence, Qualifiers, Statement, Status, Value

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
    new: dict[str, None] = {}
    grown: dict[str, None] = {}
    same: set[str] = set()
    for items in batches(statements):
        batch = _Batch(changes, items)
        new.update(dict.fromkeys(batch.add_statements()))
        gained = batch.add_evidence()
        known = [sid for sid in batch.known if sid not in new]
        grown.update((sid, None) for sid in known if batch.numbers[sid] in gained)
        same.update(sid for sid in known if batch.numbers[sid] not in gained)
    return Staged(tuple(new), tuple(grown), len(same - grown.keys()))


@dataclass(slots=True)
class _Rows:
    """Rows to insert."""

    statements: list[Row] = field(default_factory=list)
    judgements: list[Row] = field(default_factory=list)
    open_names: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    redirects: list[Row] = field(default_factory=list)


class _Batch:
    """A batch of statements: what of it is known, and what is to be added."""

    def __init__(self, changes: Changes, statements: Sequence[Statement]) -> None:
        self.changes, self.statements, self.rows = changes, statements, _Rows()
        self.ends = changes.entity_numbers({end for one in statements for end in _ends(one)})
        self.moved = {asked for asked, (_, eid) in self.ends.items() if eid != asked}
        self.numbers = changes.statement_numbers({one.id for one in statements})
        self.known = dict.fromkeys(one.id for one in statements if one.id in self.numbers)

    def add_statements(self) -> list[str]:
        """Writes those that are new; their ids."""
        new = []
        for one in self.statements:
            if one.id in self.numbers:
                continue
            if self._add(one):
                new.append(one.id)
            else:
                self.known[one.id] = None
        self._write()
        self._gain_times()
        return new

    def add_evidence(self) -> set[int]:
        """Writes the pieces that are new; the statements, by number, that gained some."""
        seen = self._pieces()
        rows: list[Row] = []
        for one in self.statements:
            for piece in one.evidence:
                row = evidence_row(self.changes, self.numbers[one.id], piece)
                if row[:_KEY] not in seen:
                    seen.add(row[:_KEY])
                    rows.append(row)
        self.changes.insert("evidence", EVIDENCE, rows)
        gained = {row[0] for row in rows}
        self._revive(gained)
        return gained

    # --- new statements ---

    def _add(self, one: Statement) -> bool:
        """Adds a statement, unless an end was merged since and the same is known under today's id."""
        today = self._id_today(one) if self.moved else one.id
        if today not in self.numbers and today != one.id:
            self.numbers |= self.changes.statement_numbers([today])
        new = today not in self.numbers
        number = self._insert(one) if new else self.numbers[today]
        if today != one.id:
            self.rows.redirects.append((one.id if not new else today, number))
        self.numbers[one.id] = self.numbers[today] = number
        return new

    def _id_today(self, one: Statement) -> str:
        """The id the statement would be given now: another where an end redirects."""
        if not any(end in self.moved for end in _ends(one)):
            return one.id
        own = [(name, self._today(value, one)) for name, value in identifying(one)]
        return statement_id(self._end(one.subject, one)[1], one.relation, self._today(one.object, one), own)

    def _insert(self, one: Statement) -> int:
        if not one.evidence:
            raise StoreError(f"statement {one.id} has no evidence.", mend="Every statement needs a piece that says so.")
        number, run = self.changes.number("statement"), self.changes.run
        subject = self._end(one.subject, one)[0]
        literal = one.object if isinstance(one.object, Literal) else None
        object_ = self._end(one.object, one)[0] if isinstance(one.object, str) else None
        own = tuple((name, self._today(value, one)) for name, value in identifying(one))
        status = STATUS_CODE[one.status]
        self.rows.statements.append((
            number, one.id, subject, self.changes.intern(one.relation), object_,
            self.changes.intern(literal.type.value) if literal else None, literal and literal.value,
            literal and literal.unit, literal and literal.year, dump_qualifiers(own),
            status, one.support, one.probability,
            one.valid_from, one.valid_to, *days(one), run, run, run,
        ))  # fmt: skip
        self._insert_more(one, number, own)
        self.changes.degree(subject, object_, status == ACCEPTED)
        return number

    def _insert_more(self, one: Statement, number: int, own: Qualifiers) -> None:
        """What few statements have, in tables of its own."""
        if one.interval or one.parts or one.reasons:
            low, high = one.interval or (None, None)
            reasons = dump(list(one.reasons)) if one.reasons else None
            self.rows.judgements.append((number, low, high, dump_parts(one.parts), reasons, self.changes.run))
        if one.candidates:
            self.rows.open_names.append((number, dump_candidates(one.candidates)))
        for _, value in own:
            if isinstance(value, str):
                self.rows.mentions.append((self._end(value, one)[0], number))

    def _write(self) -> None:
        insert, rows = self.changes.insert, self.rows
        insert("statement", _STATEMENT, rows.statements)
        insert("judgement", "statement, low, high, parts, reasons, run", rows.judgements)
        insert("open_name", "statement, candidates", rows.open_names)
        insert("mention", "entity, statement", list(dict.fromkeys(rows.mentions)))
        redirect(self.changes, rows.redirects)

    def _end(self, end: str, one: Statement) -> tuple[int, str]:
        if end not in self.ends:
            raise StoreError(f"statement {one.id} names the unknown entity {end!r}.", mend="Put the entity first.")
        return self.ends[end]

    def _today(self, value: Value, one: Statement) -> Value:
        return self._end(value, one)[1] if isinstance(value, str) else value

    # --- known statements ---

    def _pieces(self) -> set[Row]:
        """The evidence that the known statements have."""
        numbers = array({self.numbers[sid] for sid in self.known})
        return set(
            self.changes.rows(
                "SELECT v.statement, v.source, v.item, v.line, v.start, v.stop, v.extractor FROM json_each(?) j"
                " JOIN evidence v ON v.statement = j.value WHERE v.until IS NULL",
                (numbers,),
            )
        )

    def _gain_times(self) -> None:
        """Known statements gain the start or end of their validity where they had none."""
        timed = [one for one in self.statements if one.id in self.known and (one.valid_from or one.valid_to)]
        held = {row[0]: row[1:] for row in self.changes.rows(_TIMES, (array({self.numbers[one.id] for one in timed}),))}
        rows = []
        for one in timed:
            start, stop = held[self.numbers[one.id]]
            later = replace(one, valid_from=start or one.valid_from, valid_to=stop or one.valid_to)
            rows.append((later.valid_from, later.valid_to, *days(later), self.numbers[one.id]))
        self.changes.revise(("valid_from", "valid_to", "valid_first", "valid_last"), rows)

    def _revive(self, gained: Collection[int]) -> None:
        """A withdrawn statement that gained evidence is pending again."""
        withdrawn = STATUS_CODE[Status.WITHDRAWN]
        rows = self.changes.rows(
            "SELECT s.id FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value WHERE s.status = ?",
            (array(gained), withdrawn),
        )
        self.changes.set_status({number: PENDING for (number,) in rows})


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


def _ends(one: Statement) -> Iterator[str]:
    yield one.subject
    if isinstance(one.object, str):
        yield one.object
    yield from (value for _, value in identifying(one) if isinstance(value, str))
