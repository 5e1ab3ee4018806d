"""What runs changed: each statement as it was believed before and after, and what came of it in a word.

A span of runs reaches from the end of one run to the end of a later one; a run alone is the span from the state
before it. Both stores read the versions of a statement and its evidence; comparing them is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marquee.schema.errors import InputError
from marquee.schema.kinds import Kind
from marquee.schema.values import RunStatus, Status


class Shift(StrEnum):
    """What became of a statement."""

    ADDED = "added"
    ACCEPTED = "accepted"
    PENDING = "pending"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    JOINED = "joined"
    EVIDENCE = "evidence"
    DATED = "dated"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Belief:
    """What was believed of a statement at a moment; `valid`: its start and end."""

    status: Status
    support: float | None = None
    probability: float | None = None
    valid: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that a span of runs touched. `before` is None where it was not known yet, `after` where it leads to
    `joined` since. `gained` and `lost` count pieces of evidence."""

    statement: str
    relation: str
    before: Belief | None
    after: Belief | None
    gained: int = 0
    lost: int = 0
    joined: str | None = None

    @property
    def shift(self) -> Shift:
        """The most that became of it."""
        if self.after is None:
            return Shift.JOINED
        if self.before is None:
            return Shift.ADDED
        if self.before.status is not self.after.status:
            return Shift(self.after.status)
        if self.gained or self.lost:
            return Shift.EVIDENCE
        return Shift.DATED if self.before.valid != self.after.valid else Shift.JUDGED

    @property
    def moved(self) -> float:
        """By how much its probability rose; 0 where it had none before or has none after."""
        if self.before is None or self.after is None:
            return 0.0
        return (self.after.probability or 0.0) - (self.before.probability or 0.0) if _both(self) else 0.0


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity that a span of runs added, or merged into another."""

    entity: str
    kind: Kind
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Runs after number `after` up to number `upto`."""

    after: int
    upto: int

    def __contains__(self, number: int | None) -> bool:
        return number is not None and self.after < number <= self.upto


@dataclass(frozen=True, slots=True)
class Version:
    """What was believed from run `since` until before run `until`; a belief of None leads elsewhere."""

    since: int
    until: int | None
    belief: Belief | None

    def at(self, number: int) -> bool:
        """Whether it was what was believed after the run of that number."""
        return self.since <= number and (self.until is None or number < self.until)


def span(run: str, since: str | None, look: Callable[[str], tuple[int, str]]) -> Span:
    """The span that ends with `run`: from the end of `since`, or from the state before the run.

    `look` gives the number and status of a run and raises NotFound. Raises InputError on a run that is not done, or
    where `since` is later.
    """
    upto = _done(run, look)
    if since is None:
        return Span(upto - 1, upto)
    after = _done(since, look)
    if after > upto:
        raise InputError(f"run {since} is later than run {run}.", mend="Name the earlier run first.")
    return Span(after, upto)


def compared(
    statement: str,
    relation: str,
    versions: Sequence[Version],
    evidence: Sequence[tuple[int, int | None]],
    runs: Span,
    joined: str | None,
) -> Change:
    """The change of a statement over the runs by its versions, and by since and until of its pieces of evidence."""
    before, after = (_at(versions, number) for number in (runs.after, runs.upto))
    gained = sum(since in runs and (until is None or until > runs.upto) for since, until in evidence)
    lost = sum(since <= runs.after and until in runs for since, until in evidence)
    return Change(statement, relation, before, after, gained, lost, joined if after is None else None)


def _at(versions: Sequence[Version], number: int) -> Belief | None:
    return next((version.belief for version in versions if version.at(number)), None)


def _done(run: str, look: Callable[[str], tuple[int, str]]) -> int:
    number, status = look(run)
    if status != RunStatus.DONE:
        raise InputError(f"run {run} is {status}: it changed nothing.", mend="Name a run that is done.")
    return number


def _both(change: Change) -> bool:
    return all(belief is not None and belief.probability is not None for belief in (change.before, change.after))
