"""Writing belief: support, judgements, verdicts and reviewers' decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from marquee.graph.batches import batches
from marquee.graph.codec import dump, dump_parts
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_codec import STATUS_CODE
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


def apply(changes: Changes, verdicts: Iterable[Verdict]) -> None:
    """Sets status and reasons by verdict; reviews and audits wait for a reviewer. Raises NotFound."""
    for batch in batches(verdicts):
        numbers = changes.known_statements({one.statement for one in batch})
        changes.set_status({numbers[one.statement]: STATUS_CODE[STATUS_OF[one.action]] for one in batch})
        changes.many(
            "INSERT INTO judgement (statement, reasons, run) VALUES (?, ?, ?)"
            " ON CONFLICT (statement) DO UPDATE SET reasons = excluded.reasons",
            [(numbers[one.statement], dump(list(one.reasons)), changes.run) for one in batch],
        )
        changes.many(
            "UPDATE statement SET review = ? WHERE id = ?",
            [(waits(one), numbers[one.statement]) for one in batch],
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
