"""The changes of one run: its session, words it adds, and versions it closes before it writes new ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from marquee.graph.sqlite_codec import ACCEPTED
from marquee.graph.sqlite_session import Row, Session, sql
from marquee.schema.errors import NotFound


@dataclass(slots=True)
class Changes(Session):
    """A session inside a run's transaction. `run` is the run's number, `fresh` that of the first statement it
    may add: what was never believed before has no past to keep."""

    run: int
    fresh: int = field(init=False)
    degrees: Counter[int] = field(default_factory=Counter)  # to be added to entities
    counts: Counter[str] = field(default_factory=Counter)
    model: str | None = None
    following: dict[str, int] = field(default_factory=dict)  # next free row number by table

    def __post_init__(self) -> None:
        self.fresh = self.number("statement")
        self.following.clear()

    def intern(self, text: str) -> int:
        """The number of a word, added if it is new."""
        code = self.terms.codes.get(text)
        if code is None:
            code = self.code(text)
        if code < 0:
            code = int(self.conn.execute("INSERT INTO term (text) VALUES (?)", (text,)).lastrowid or 0)
            self.terms.learn([(code, text)])
        return code

    def interned(self, texts: tuple[str, ...]) -> list[int]:
        """The numbers of several words, added where they are new."""
        codes = self.terms.codes
        try:
            return [codes[text] for text in texts]
        except KeyError:
            return [self.intern(text) for text in texts]

    def number(self, table: str) -> int:
        """The next free row number of a table."""
        if table not in self.following:
            self.following[table] = 1 + (self.one(sql("SELECT max(id) FROM", table)) or 0)
        self.following[table] += 1
        return self.following[table] - 1

    def insert(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        """Adds rows of those columns."""
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self.many(sql("INSERT INTO", table, "(", columns, ") VALUES (", places, ")"), rows)

    def many(self, query: str, rows: Iterable[Row]) -> None:
        """One statement for many rows."""
        with self.errors():
            self.conn.executemany(query, rows)

    def flush(self) -> None:
        """Writes the degrees that are still owed."""
        if self.degrees:
            rows = [(count, entity) for entity, count in self.degrees.items() if count]
            self.degrees.clear()
            self.many("UPDATE entity SET degree = degree + ? WHERE id = ?", rows)

    def statement_numbers(self, ids: Collection[str]) -> dict[str, int]:
        """Row numbers by statement id, redirects followed; unknown ids are absent."""
        rows = self.rows(
            "SELECT a.sid, coalesce(a.merged, a.id) FROM json_each(?) j CROSS JOIN statement a ON a.sid = j.value",
            (json.dumps(list(ids)),),
        )
        return dict(rows)

    def known_statements(self, ids: Collection[str]) -> dict[str, int]:
        """`statement_numbers` of ids that must be known. Raises NotFound."""
        found = self.statement_numbers(ids)
        if len(found) < len(ids) and (missing := [id_ for id_ in ids if id_ not in found]):
            raise NotFound(f"no statement {missing[0]!r}.", mend="Stage it first.")
        return found

    def entity_numbers(self, ids: Collection[str]) -> dict[str, tuple[int, str]]:
        """(row number, id) by asked entity id, redirects followed; unknown ids are absent."""
        rows = self.rows(
            "SELECT j.value, e.id, e.eid FROM json_each(?) j CROSS JOIN entity a ON a.eid = j.value"
            " CROSS JOIN entity e ON e.id = coalesce(a.merged, a.id)",
            (json.dumps(list(ids)),),
        )
        return {asked: (number, eid) for asked, number, eid in rows}

    # --- versions ---

    def revise(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Gives statements new values: rows are (values of `columns`…, statement number).

        What a statement held in an earlier run is kept in `past` first; rows that change nothing are passed over.
        """
        names = ", ".join(columns)
        places = ", ".join("?" * len(columns))
        differs = sql("(", names, ") IS NOT (", places, ")")
        closing = [(self.run, row[-1], self.run, *row[:-1]) for row in rows if row[-1] < self.fresh]
        self.many(sql(_CLOSE, "AND s.since < ? AND", differs), closing)
        setting = sql("UPDATE statement SET (", names, ") = (", places, "), since = ? WHERE id = ? AND", differs)
        self.many(setting, [(*row[:-1], self.run, row[-1], *row[:-1]) for row in rows])

    def set_status(self, wanted: Mapping[int, int]) -> None:
        """Gives statements a status by number, and entities the degree that comes of it."""
        rows = self.rows(
            "SELECT s.id, s.status, s.subject, s.object FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value",
            (json.dumps(list(wanted)),),
        )
        changed = [row for row in rows if row[1] != wanted[row[0]]]
        for number, old, subject, object_ in changed:
            self.degree(subject, object_, (wanted[number] == ACCEPTED) - (old == ACCEPTED))
        self.revise(("status", "changed"), [(wanted[row[0]], self.run, row[0]) for row in changed])

    def degree(self, subject: int, object_: int | None, by: int) -> None:
        """Owes both ends of a statement a change of degree."""
        if by:
            self.degrees[subject] += by
            if object_ is not None and object_ != subject:
                self.degrees[object_] += by


_CLOSE = """
INSERT OR IGNORE INTO past (statement, since, until, status, support, probability, low, high,
                  valid_from, valid_to, valid_first, valid_last, changed)
SELECT s.id, s.since, ?, s.status, s.support, s.probability, g.low, g.high,
       s.valid_from, s.valid_to, s.valid_first, s.valid_last, s.changed
FROM statement s LEFT JOIN judgement g ON g.statement = s.id WHERE s.id = ?"""
