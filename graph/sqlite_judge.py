"""Writing belief: support, judgements, verdicts and reviewers' decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from marquee.graph.batches import batches
from marquee.graph.codec import dump_parts, dump_texts
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_codec import ACCEPTED, STATUS_CODE
from marquee.graph.sqlite_read import array
from marquee.graph.verdicts import STATUS_OF, waits
from marquee.schema.values import Decision, Judgement, Status, Verdict


def put_support(changes: Changes, support: Mapping[str, float]) -> None:
    """Sets the support of statements. Raises NotFound on an unknown id."""
    for batch in batches(support.items()):
        numbers = changes.known_statements(dict(batch))
        changes.revise(("support",), [(value, numbers[sid]) for sid, value in batch])


def put_judgements(changes: Changes, judgements: Iterable[Judgement]) -> None:
    """Sets probability, interval and parts. Raises NotFound on an unknown id."""
    for batch in batches(judgements):
        numbers = changes.known_statements({one.statement for one in batch})
        changes.revise(("probability",), [(one.probability, numbers[one.statement]) for one in batch])
        changes.many(
            "INSERT INTO judgement (statement, low, high, parts, model, grounded, run) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (statement) DO UPDATE SET (low, high, parts, model, grounded, run)"
            " = (excluded.low, excluded.high, excluded.parts, excluded.model, excluded.grounded, excluded.run)",
            [
                (numbers[one.statement], *one.interval, dump_parts(one.parts), one.model, one.grounded, changes.run)
                for one in batch
            ],
        )


def apply(changes: Changes, verdicts: Iterable[Verdict], judgements: Iterable[Judgement] = ()) -> None:
    """Sets status and reasons by verdict; reviews and audits wait for a reviewer. Raises NotFound."""
    judged = {one.statement: one for one in judgements}
    for batch in batches(verdicts):
        numbers = changes.known_statements({one.statement for one in batch})
        both = [(numbers[one.statement], one, judged.pop(one.statement, None)) for one in batch]
        _believe(changes, both)
        _judge(changes, both)
    put_judgements(changes, judged.values())


def _believe(changes: Changes, batch: Sequence[tuple[int, Verdict, Judgement | None]]) -> None:
    """Sets status, probability and wait of statements, by number, where they differ."""
    held = {
        row[0]: row[1:]
        for row in changes.rows(
            "SELECT s.id, s.status, s.changed, s.probability, s.review, s.subject, s.object"
            " FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value",
            (array([number for number, _, _ in batch]),),
        )
    }
    beliefs, waiting = [], []
    for number, verdict, judgement in batch:
        old, since, probability, review, subject, object_ = held[number]
        status = STATUS_CODE[STATUS_OF[verdict.action]]
        if status != old:
            changes.degree(subject, object_, (status == ACCEPTED) - (old == ACCEPTED))
        now = judgement.probability if judgement else probability
        if status != old or now != probability:
            beliefs.append((now, status, changes.run if status != old else since, number))
        if waits(verdict) != review:
            waiting.append((waits(verdict), number))
    changes.revise(("probability", "status", "changed"), beliefs)
    changes.many("UPDATE statement SET review = ? WHERE id = ?", waiting)


def _judge(changes: Changes, batch: Sequence[tuple[int, Verdict, Judgement | None]]) -> None:
    """Keeps reasons, and what each judgement says beside its probability."""
    changes.many(
        "INSERT INTO judgement (statement, reasons, run) VALUES (?, ?, ?)"
        " ON CONFLICT (statement) DO UPDATE SET reasons = excluded.reasons",
        [(number, dump_texts(verdict.reasons), changes.run) for number, verdict, judgement in batch if not judgement],
    )
    changes.many(
        "INSERT INTO judgement (statement, low, high, parts, reasons, model, grounded, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (statement) DO UPDATE SET"
        " (low, high, parts, reasons, model, grounded, run) = (excluded.low, excluded.high, excluded.parts,"
        " excluded.reasons, excluded.model, excluded.grounded, excluded.run)",
        [
            (
                number,
                *one.interval,
                dump_parts(one.parts),
                dump_texts(verdict.reasons),
                one.model,
                one.grounded,
                changes.run,
            )
            for number, verdict, one in batch
            if one
        ],
    )


def decide(changes: Changes, decisions: Iterable[Decision]) -> None:
    """Records decisions with the judgement as it stood, sets the status they give, and ends the wait."""
    for batch in batches(decisions):
        numbers = changes.known_statements({one.statement for one in batch})
        changes.many(
            "INSERT INTO decision (statement, action, reason, by, at, choice, run, probability, parts, model)"
            " SELECT s.id, ?, ?, ?, ?, ?, ?, s.probability, g.parts, g.model"
            " FROM statement s LEFT JOIN judgement g ON g.statement = s.id WHERE s.id = ?",
            [
                (one.action, one.reason, one.by, one.at, one.choice, changes.run, numbers[one.statement])
                for one in batch
            ],
        )
        changes.set_status({numbers[one.statement]: STATUS_CODE[STATUS_OF[one.action]] for one in batch})
        changes.many(
            "UPDATE statement SET review = ? WHERE id = ?",
            [(waits(one), numbers[one.statement]) for one in batch],
        )


def supersede(changes: Changes, statements: Collection[str]) -> None:
    """Marks statements as corrected and ends their wait. Raises NotFound on an unknown id."""
    for batch in batches(statements):
        numbers = changes.known_statements(set(batch)).values()
        changes.set_status(dict.fromkeys(numbers, STATUS_CODE[Status.SUPERSEDED]))
        changes.many("UPDATE statement SET review = 0 WHERE id = ?", [(number,) for number in numbers])
