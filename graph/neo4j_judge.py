"""Writing belief: support, judgements, verdicts and reviewers' decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from marquee.graph.batches import batches
from marquee.graph.codec import dump, dump_parts
from marquee.graph.neo4j_changes import Changes
from marquee.graph.verdicts import STATUS_OF, waits
from marquee.schema.values import Decision, Judgement, Status, Verdict


def put_support(changes: Changes, support: Mapping[str, float]) -> None:
    """Sets the support of statements. Raises NotFound on an unknown id."""
    for batch in batches(support.items()):
        numbers = changes.known_statements(dict(batch))
        changes.revise([{"n": numbers[id_], "set": {"support": float(value)}} for id_, value in batch])
        changes.breathe()


def put_judgements(changes: Changes, judgements: Iterable[Judgement]) -> None:
    """Sets probability, interval and parts. Raises NotFound on an unknown id."""
    for batch in batches(judgements):
        numbers = changes.known_statements({one.statement for one in batch})
        changes.revise([{"n": numbers[one.statement], "set": _judged(one)} for one in batch])
        changes.breathe()


def _judged(one: Judgement) -> dict[str, object]:
    low, high = one.interval
    return {
        "probability": float(one.probability),
        "low": float(low),
        "high": float(high),
        "parts": dump_parts(one.parts),
        "model": one.model,
        "grounded": one.grounded,
    }


def apply(changes: Changes, verdicts: Iterable[Verdict]) -> None:
    """Sets status and reasons by verdict; reviews and audits wait for a reviewer. Raises NotFound."""
    for batch in batches(verdicts):
        numbers = changes.known_statements({one.statement for one in batch})
        changes.set_status(
            {numbers[one.statement]: str(STATUS_OF[one.action]) for one in batch},
            reasons={numbers[one.statement]: dump(list(one.reasons)) for one in batch},
            review={numbers[one.statement]: waits(one) or None for one in batch},
        )
        changes.breathe()


def decide(changes: Changes, decisions: Iterable[Decision]) -> None:
    """Records decisions with the judgement as it stood, sets the status they give, and ends the wait."""
    for batch in batches(decisions):
        numbers = changes.known_statements({one.statement for one in batch})
        changes.write(
            "MATCH (s:MarqueeStatement {n: r.of}) CREATE (d:MarqueeDecision)-[:DECIDES]->(s)"
            " SET d = r.node, d.since = $run, d.probability = s.probability, d.parts = s.parts, d.model = s.model",
            [{"of": numbers[one.statement], "node": _node(changes.number(), one)} for one in batch],
        )
        changes.set_status(
            {numbers[one.statement]: str(STATUS_OF[one.action]) for one in batch},
            review={numbers[one.statement]: waits(one) or None for one in batch},
        )
        changes.breathe()


def _node(number: int, one: Decision) -> dict[str, object]:
    return {
        "n": number,
        "action": str(one.action),
        "reason": one.reason,
        "by": one.by,
        "at": one.at,
        "choice": one.choice,
    }


def supersede(changes: Changes, statements: Collection[str]) -> None:
    """Marks statements as corrected and ends their wait. Raises NotFound on an unknown id."""
    for batch in batches(statements):
        numbers = set(changes.known_statements(set(batch)).values())
        changes.set_status(dict.fromkeys(numbers, str(Status.SUPERSEDED)), review=dict.fromkeys(numbers))
        changes.breathe()
