"""A session: one connection, the words it knows by number, and reads that stop at a deadline."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from marquee.graph.sqlite_file import translated
from marquee.schema.errors import StoreError
from marquee.schema.selection import NEVER, Deadline

Row = tuple[Any, ...]
Params = Sequence[Any] | Mapping[str, Any]
UNKNOWN = -1  # the code of a word that the store never heard: no row has it

_STEPS = 2_000  # virtual machine steps between two looks at the clock, well under a millisecond


def sql(*parts: str, **names: object) -> str:
    """SQL from parts and names that are all ours; what comes from outside is bound as parameters.

    >>> sql("SELECT {s}.id", "FROM statement {s}", s="x")
    'SELECT x.id FROM statement x'
    """
    text = " ".join(parts)
    return text.format(**names) if names else text


@dataclass(slots=True)
class Terms:
    """Words by number and back, as far as read. Sessions of committed data share one."""

    texts: dict[int, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    last: int = 0

    def learn(self, rows: Iterable[Row]) -> None:
        """Adds (number, word) rows, in order of number. Two threads may learn the same ones."""
        for code, text in rows:
            self.texts[code] = text
            self.codes[text] = code
            self.last = max(self.last, code)


@dataclass(slots=True)
class Session:
    """Reads of one connection. `where` names the store in errors."""

    conn: sqlite3.Connection
    terms: Terms
    where: str

    def rows(self, query: str, params: Params = (), deadline: Deadline = NEVER) -> list[Row]:
        """All rows of a query. Raises DeadlineExceeded when the deadline passes, and stops the query then."""
        with self.errors(), self._limit(deadline):
            return self.conn.execute(query, params).fetchall()

    def one(self, query: str, params: Params = ()) -> Any:
        """The first column of the first row; None if there is none."""
        rows = self.rows(query, params)
        return rows[0][0] if rows else None

    @contextmanager
    def view(self) -> Iterator[None]:
        """Several reads of one state of the store."""
        if self.conn.in_transaction:
            yield
            return
        with self.errors():
            self.conn.execute("BEGIN")
        try:
            yield
        finally:
            with self.errors():
                self.conn.execute("COMMIT")

    def text(self, code: int) -> str:
        """The word of that number."""
        if code not in self.terms.texts:
            self._catch_up()
        return self.terms.texts[code]

    def code(self, text: str) -> int:
        """The number of that word; `UNKNOWN` if the store has none."""
        return self.all_codes((text,))[0]

    def all_codes(self, texts: Collection[str]) -> list[int]:
        """The numbers of those words, in order; `UNKNOWN` where the store has none."""
        if any(text not in self.terms.codes for text in texts):
            self._catch_up()
        return [self.terms.codes.get(text, UNKNOWN) for text in texts]

    def _catch_up(self) -> None:
        self.terms.learn(self.rows("SELECT id, text FROM term WHERE id > ? ORDER BY id", (self.terms.last,)))

    @contextmanager
    def _limit(self, deadline: Deadline) -> Iterator[None]:
        if math.isinf(deadline.at):
            yield
            return
        deadline.check()
        self.conn.set_progress_handler(lambda: deadline.left() <= 0, _STEPS)
        try:
            yield
        finally:
            self.conn.set_progress_handler(None, 0)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns SQLite's errors of the block into ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise translated(error, self.where) from error
        except UnicodeEncodeError as error:
            raise StoreError("a text holds half a character (a lone surrogate).", mend="Mend the text.") from error
