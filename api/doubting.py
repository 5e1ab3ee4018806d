"""Doubting: judging again what was accepted, with the model in service; the most doubtful go to review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from marquee.api.desk import Desk
from marquee.api.settling import thresholds
from marquee.gnn import doubt
from marquee.gnn.judge import judge
from marquee.graph.store import Reader, Writer
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Judgement, Status

if TYPE_CHECKING:
    from marquee.gnn.artifact import Model

COLUMNS = ("status", "support", "decision", "names")
_CHUNK = 5000


def judge_again(desk: Desk, writer: Writer, model: Model) -> Counter[str]:
    """Judges every accepted statement between entities that no reviewer has decided; counts judged and doubtful.

    All of them stay accepted. One that an earlier model doubted and this one does not waits no longer.
    """
    snapshot = writer.snapshot(COLUMNS)
    rows = [row for row in range(len(snapshot)) if not snapshot.decision[row]]
    limits, judged, low = thresholds(desk.settings.gate), 0, []
    with desk.steps.step("judge again", total=len(rows)):
        for at in range(0, len(rows), _CHUNK):
            some = rows[at : at + _CHUNK]
            judgements = judge(snapshot, model, some, brief=True)
            writer.put_judgements(judgements)
            judged += sum(one.grounded for one in judgements)
            relations = (snapshot.relations[snapshot.relation[row]] for row in some)
            low += [one for one, name in zip(judgements, relations, strict=True) if doubt.below(one, name, limits)]
            desk.steps.advance(len(some))
        doubtful = doubt.most_doubtful(low, judged)
        _put_to_review(writer, doubtful)
    writer.set_model(model.id)
    return Counter(judged=judged, doubtful=len(doubtful))


def _put_to_review(writer: Writer, doubtful: Sequence[Judgement]) -> None:
    """The doubtful ones wait for a reviewer; others that were doubted before do no more."""
    before = {id_: found.reasons for id_, found in writer.statements([one.statement for one in doubtful], 1).items()}
    waiting = {id_: reasons for id_, reasons in _waiting(writer) if id_ not in before}
    writer.apply([*doubt.relieved(waiting), *doubt.verdicts(doubtful, before)])


def _waiting(reader: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Accepted statements that wait for a reviewer, with their reasons."""
    which, after = StatementFilter(status=(Status.ACCEPTED,), review=True), None
    while True:
        listing = reader.list_statements(which, Page(1000, after=after))
        yield from ((statement.id, statement.reasons) for statement in listing.items)
        if not listing.more:
            return
        after = listing.keys[-1]
