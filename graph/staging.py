"""Staging as any store does it: which statements of a batch are new, under which number, between which ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from marquee.graph.store import Staged
from marquee.schema.errors import StoreError
from marquee.schema.ids import statement_id
from marquee.schema.relations import relation
from marquee.schema.values import Qualifiers, Statement, Value

Ends = Mapping[str, tuple[int, str]]  # asked entity id -> its number and the id it leads to today


class Batch(Protocol):
    """A batch that a store is writing."""

    placing: Placing

    def add_statements(self) -> list[str]:
        """Writes those that are new; their ids."""

    def add_evidence(self) -> Collection[int]:
        """Writes the pieces that are new; the statements, by number, that gained some."""


def staged(batches: Iterable[Batch]) -> Staged:
    """Writes batches, and tells what that did."""
    new: dict[str, None] = {}
    grown: dict[str, None] = {}
    same: set[str] = set()
    for batch in batches:
        new.update(dict.fromkeys(batch.add_statements()))
        gained = batch.add_evidence()
        numbers = batch.placing.numbers
        known = [id_ for id_ in batch.placing.known if id_ not in new]
        grown.update((id_, None) for id_ in known if numbers[id_] in gained)
        same.update(id_ for id_ in known if numbers[id_] not in gained)
    return Staged(tuple(new), tuple(grown), len(same - grown.keys()))


class Placed(NamedTuple):
    """A new statement with its number and those of its ends; `own`: its identifying qualifiers as of today."""

    number: int
    statement: Statement
    subject: int
    object: int | None
    own: Qualifiers
    mentions: tuple[int, ...]


class Placing:
    """What is new in a batch, and ids that lead to a statement known by another: an end was merged since."""

    def __init__(
        self,
        statements: Sequence[Statement],
        ends: Ends,
        numbers: dict[str, int],
        mint: Callable[[], int],
        find: Callable[[Collection[str]], Mapping[str, int]],
    ) -> None:
        """`numbers`: of the known ones by id; `mint` gives the next number, `find` those of other ids."""
        self.ends, self.numbers, self._mint, self._find = ends, numbers, mint, find
        self.known = dict.fromkeys(one.id for one in statements if one.id in numbers)
        self.new: list[Placed] = []
        self.redirects: list[tuple[str, int]] = []
        self._moved = {asked for asked, (_, id_) in ends.items() if id_ != asked}
        for one in statements:
            if one.id not in numbers and not self._add(one):
                self.known[one.id] = None

    def _add(self, one: Statement) -> bool:
        """Places a statement, unless the same is known under today's id."""
        today = self._id_today(one) if self._moved else one.id
        if today not in self.numbers and today != one.id:
            self.numbers |= self._find([today])
        new = today not in self.numbers
        number = self._place(one) if new else self.numbers[today]
        if today != one.id:
            self.redirects.append((one.id if not new else today, number))
        self.numbers[one.id] = self.numbers[today] = number
        return new

    def _place(self, one: Statement) -> int:
        if not one.evidence:
            raise StoreError(f"statement {one.id} has no evidence.", mend="Every statement needs a piece that says so.")
        subject = self._end(one.subject, one)[0]
        object_ = self._end(one.object, one)[0] if isinstance(one.object, str) else None
        own = self._own(one)
        mentions = tuple(dict.fromkeys([self._end(value, one)[0] for _, value in own if isinstance(value, str)]))
        self.new.append(Placed(self._mint(), one, subject, object_, own, mentions))
        return self.new[-1].number

    def _id_today(self, one: Statement) -> str:
        """The id the statement would be given now: another where an end redirects."""
        if not any(end in self._moved for end in ends_of(one)):
            return one.id
        return statement_id(self._end(one.subject, one)[1], one.relation, self._today(one.object, one), self._own(one))

    def _own(self, one: Statement) -> Qualifiers:
        """Its identifying qualifiers as of today."""
        return tuple([(name, self._today(value, one)) for name, value in identifying(one)])

    def _end(self, end: str, one: Statement) -> tuple[int, str]:
        if end not in self.ends:
            raise StoreError(f"statement {one.id} names the unknown entity {end!r}.", mend="Put the entity first.")
        return self.ends[end]

    def _today(self, value: Value, one: Statement) -> Value:
        return self._end(value, one)[1] if isinstance(value, str) else value


def identifying(statement: Statement) -> Qualifiers:
    """The qualifiers that are the statement's own; joining ones come from evidence."""
    if not statement.qualifiers:
        return ()
    names = relation(statement.relation).identifying
    return tuple([pair for pair in statement.qualifiers if pair[0] in names])


def ends_of(statement: Statement) -> Iterator[str]:
    """The entities it needs: its ends, and those that its own qualifiers name."""
    yield statement.subject
    if isinstance(statement.object, str):
        yield statement.object
    yield from (value for _, value in identifying(statement) if isinstance(value, str))
