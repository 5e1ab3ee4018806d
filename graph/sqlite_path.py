"""Shortest paths: breadth-first from both ends, one query a step, the smaller frontier first."""

from __future__ import annotations

from dataclasses import dataclass, field

from marquee.graph.sqlite_codec import ACCEPTED
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Session, sql
from marquee.schema.kinds import KINDS_OF, Level
from marquee.schema.selection import Deadline
from marquee.schema.values import PathStep


@dataclass(slots=True)
class _Side:
    """What one end has reached: for each entity the statement and the entity it came by."""

    reached: dict[int, tuple[int, int] | None]
    frontier: list[int] = field(default_factory=list)


def path(session: Session, start: str, end: str, max_hops: int, deadline: Deadline) -> list[PathStep] | None:
    """A shortest path, or None. Between the ends it does not pass entities of shared kinds."""
    with session.view():
        numbers = _numbers(session, start, end)
        if len(numbers) < 2:
            return [] if numbers and start == end else None
        if numbers[0] == numbers[1]:
            return []
        near, far = (_Side({number: None}, [number]) for number in numbers)
        for _ in range(max_hops):
            near_is_smaller = len(near.frontier) <= len(far.frontier)
            side, other = (near, far) if near_is_smaller else (far, near)
            if not side.frontier:
                return None
            if (meeting := _step(session, side, other, deadline)) is not None:
                return _steps(session, near, far, meeting)
        return None


def _numbers(session: Session, start: str, end: str) -> list[int]:
    query = "SELECT coalesce(merged, id) FROM entity WHERE eid = ?"
    return [number for eid in (start, end) if (number := session.one(query, (eid,))) is not None]


_EXPAND = sql(
    "SELECT s.id, s.subject, s.object, o.kind FROM json_each(:front) j CROSS JOIN statement s ON s.subject = j.value",
    f"CROSS JOIN entity o ON o.id = s.object WHERE s.status = {ACCEPTED}",
    "UNION ALL SELECT s.id, s.object, s.subject, o.kind FROM json_each(:front) j CROSS JOIN statement s ON s.object = j.value",
    f"CROSS JOIN entity o ON o.id = s.subject WHERE s.status = {ACCEPTED}",
)


def _step(session: Session, side: _Side, other: _Side, deadline: Deadline) -> int | None:
    """Walks one statement further from one end; the entity where both ends meet, if they do."""
    shared = frozenset(session.all_codes([str(kind) for kind in KINDS_OF[Level.SHARED]]))
    following: list[int] = []
    meeting = None
    for statement, from_, to, kind in session.rows(_EXPAND, {"front": array(side.frontier)}, deadline):
        if to in side.reached or (kind in shared and to not in other.reached):
            continue
        side.reached[to] = (statement, from_)
        following.append(to)
        if to in other.reached:
            meeting = to if meeting is None else min(meeting, to)
    side.frontier = following
    return meeting


def _steps(session: Session, near: _Side, far: _Side, meeting: int) -> list[PathStep]:
    walked = [(statement, from_, to) for statement, from_, to in _trail(near, meeting)][::-1]
    walked += [(statement, to, from_) for statement, from_, to in _trail(far, meeting)]
    rows = session.rows(
        "SELECT s.id, s.sid, s.relation, s.subject, a.eid, b.eid FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value"
        " JOIN entity a ON a.id = s.subject JOIN entity b ON b.id = s.object",
        (array([statement for statement, _, _ in walked]),),
    )
    by_id = {row[0]: row[1:] for row in rows}
    steps = []
    for statement, from_, _ in walked:
        sid, relation, subject, head, tail = by_id[statement]
        steps.append(PathStep(head, session.text(relation), tail, sid, forward=subject == from_))
    return steps


def _trail(side: _Side, place: int) -> list[tuple[int, int, int]]:
    """(statement, from, to) from the meeting back to the side's end."""
    trail = []
    while (come := side.reached[place]) is not None:
        trail.append((come[0], come[1], place))
        place = come[1]
    return trail
