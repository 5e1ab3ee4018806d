"""Settling what a run staged: weigh the sources, judge, pass the gate, apply, compute attributes."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from marquee.api import trust
from marquee.api.desk import Desk
from marquee.gnn import audit, prior
from marquee.gnn.gate import About, Thresholds, doubts_of, gate
from marquee.gnn.judge import judge
from marquee.graph import attributes
from marquee.graph.store import Writer
from marquee.graph.support import support
from marquee.schema.relations import RELATIONS
from marquee.schema.snapshot import STATUS_CODE, Snapshot
from marquee.schema.values import Action, Modality, Statement, Status

if TYPE_CHECKING:
    from marquee.api.settings import Gate
    from marquee.gnn.artifact import Model

COLUMNS = ("status", "support", "score", "decision", "names", "literals")
JUDGED = (Status.ACCEPTED, Status.PENDING, Status.REJECTED)
_PENDING = STATUS_CODE[Status.PENDING]
_STANDING = frozenset({STATUS_CODE[Status.ACCEPTED], STATUS_CODE[Status.PENDING]})
_CHUNK = 5000  # statements weighed together
_AT_ONCE = 20_000  # and judged
_COUNTED = {Action.ACCEPT: "accepted", Action.REVIEW: "review", Action.REJECT: "rejected"}


Touched = Mapping[str, About | None]  # by statement id; None where what the gate must know is in the store


def settle(desk: Desk, writer: Writer, touched: Touched, model: Model | None, now: str) -> Counter[str]:
    """Judges every statement of `touched`, and all that cannot be so beside one of them, and applies the
    verdicts; counts accepted, review and rejected.

    Nothing is judged that a reviewer has decided. What was accepted before gets its new probability and
    stays accepted.
    """
    if not touched:
        return Counter()
    snapshot = writer.snapshot(COLUMNS, JUDGED)
    rows = _with_rivals(snapshot, *_today(writer, snapshot, touched))
    snapshot, read = _weigh(desk, writer, snapshot, rows, touched)
    with desk.steps.step("judge", total=len(rows)):
        known = {id_: found for id_, found in touched.items() if found is not None} | read
        counts = _judge(desk, writer, snapshot, model, rows, known)
        writer.set_model(model.id if model else prior.MODEL)
    compute_attributes(desk, writer, now)
    return counts


def about(statement: Statement, decided: bool = False) -> About:
    """What the gate must know of a statement. `decided`: a reviewer has spoken."""
    modalities = tuple(dict.fromkeys(piece.modality for piece in statement.evidence))
    ends = tuple(end for end, _ in statement.candidates)
    decided = decided or statement.status is Status.ACCEPTED
    return _about(statement.relation, statement.status, modalities, ends, doubts_of(statement), decided)


def compute_attributes(desk: Desk, writer: Writer, now: str) -> None:
    """Computes every attribute anew from the accepted graph."""
    with desk.steps.step("attributes"):
        snapshot = writer.snapshot(attributes.COLUMNS)
        writer.put_attributes(attributes.compute(snapshot, now))


def thresholds(settings: Gate) -> Thresholds:
    """The gate's thresholds from the settings."""
    by_relation = {name: (accept, settings.reject) for name, accept in settings.relations.items()}
    return Thresholds(settings.accept, settings.reject, by_relation, settings.audit)


Slot = tuple[int, int]  # a subject and a relation, by their codes in a snapshot


def _today(writer: Writer, snapshot: Snapshot, touched: Touched) -> tuple[set[str], set[Slot]]:
    """The ids of `touched`, those that were merged away followed to what they are today; and the slots of those
    that were withdrawn."""
    elsewhere = set(touched).difference(snapshot.statements)
    found = writer.statements(elsewhere, 1).values() if elsewhere else ()
    gone = {(one.subject, one.relation) for one in found if one.status is Status.WITHDRAWN}
    entities = {id_: code for code, id_ in enumerate(snapshot.entities)} if gone else {}
    relations = {name: code for code, name in enumerate(snapshot.relations)}
    known = {
        (entities[subject], relations[name]) for subject, name in gone if subject in entities and name in relations
    }
    return {*touched, *(one.id for one in found)}, known


def _with_rivals(snapshot: Snapshot, wanted: set[str], freed: set[Slot]) -> list[int]:
    """Rows of the `wanted` and of the standing ones that share a slot with one of them, or stand in a `freed`
    one, slot by slot.

    A slot is one subject and one relation of a single value: what is in it may exclude each other, and one
    gains or loses by what is said for another.
    """
    single = [name in RELATIONS and RELATIONS[name].single for name in snapshot.relations]
    slots = list(zip(snapshot.head, snapshot.relation, strict=True))
    mine = [id_ in wanted for id_ in snapshot.statements]
    open_ = {slot for slot, chosen in zip(slots, mine, strict=True) if chosen} | freed
    open_ = {slot for slot in open_ if single[slot[1]]}
    rows = [
        row
        for row, (slot, chosen) in enumerate(zip(slots, mine, strict=True))
        if chosen or (slot in open_ and snapshot.status[row] in _STANDING)
    ]
    return sorted(rows, key=slots.__getitem__)


def _weigh(
    desk: Desk, writer: Writer, snapshot: Snapshot, rows: list[int], touched: Touched
) -> tuple[Snapshot, dict[str, About]]:
    """The snapshot with the support of every row, and what the gate must know of those that had to be read.

    A statement that is new and has its slot for itself was weighed when it was staged.
    """
    read: dict[str, About] = {}
    column = array("f", snapshot.support)
    reliability = trust.kept(writer) | desk.reliability
    open_ = _unweighed(snapshot, rows, touched)
    with desk.steps.step("weigh the sources", total=len(open_)):
        for chunk in _chunks(snapshot, open_):
            statements = writer.statements([snapshot.statements[row] for row in chunk])
            weighed = support(statements.values(), reliability)
            writer.put_support(weighed)
            for row in chunk:
                id_ = snapshot.statements[row]
                column[row] = weighed[id_]
                read[id_] = about(statements[id_], bool(snapshot.decision[row]) and snapshot.status[row] != _PENDING)
            desk.steps.advance(len(chunk))
    return replace(snapshot, support=column), read


def _unweighed(snapshot: Snapshot, rows: list[int], touched: Touched) -> list[int]:
    """Rows that the store has to be asked about, slot by slot: not staged by this run, or beside a rival."""
    found: list[int] = []
    for (_, relation), slot in groupby(rows, key=lambda row: (snapshot.head[row], snapshot.relation[row])):
        members = list(slot)
        name = snapshot.relations[relation]
        rivals = len(members) > 1 and name in RELATIONS and RELATIONS[name].single
        found += members if rivals else [row for row in members if touched.get(snapshot.statements[row]) is None]
    return found


def _chunks(snapshot: Snapshot, rows: list[int]) -> Iterator[list[int]]:
    """The rows, some thousands at a time; no slot is parted."""
    chunk: list[int] = []
    for _, slot in groupby(rows, key=lambda row: (snapshot.head[row], snapshot.relation[row])):
        chunk += slot
        if len(chunk) >= _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _judge(
    desk: Desk, writer: Writer, snapshot: Snapshot, model: Model | None, rows: list[int], known: Mapping[str, About]
) -> Counter[str]:
    """Judges the rows and stores what comes of it, some thousands at a time: all at once would fill the memory.
    Then the audit is drawn. Counts accepted, review and rejected."""
    limits, counts = thresholds(desk.settings.gate), Counter[str]()
    lottery = audit.Lottery(limits.audit, limits.audit_alone)
    for at in range(0, len(rows), _AT_ONCE):
        judgements = judge(snapshot, model, rows[at : at + _AT_ONCE])
        verdicts = gate(judgements, known, limits)
        writer.apply(verdicts, judgements)
        lottery.enter(verdicts, {one.statement for one in judgements if one.grounded})
        counts.update(_COUNTED[verdict.action] for verdict in verdicts)
        desk.steps.advance(len(judgements))
    writer.apply(lottery.draw())
    return counts


@lru_cache(maxsize=10_000)
def _about(
    relation: str,
    status: Status,
    modalities: tuple[Modality, ...],
    open_names: tuple[str, ...],
    doubts: tuple[str, ...],
    decided: bool,
) -> About:
    """One for all statements that are alike to the gate."""
    return About(relation, status, modalities, open_names, doubts, decided)
