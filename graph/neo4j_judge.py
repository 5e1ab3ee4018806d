"""Writing belief: support, judgements, verdicts and reviewers' decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from marquee.graph.batches import batches
from marquee.graph.codec import dump, dump_parts
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_session import Row
from marquee.graph.verdicts import STATUS_OF, waits
from marquee.schema.values import Decision, Judgement, Status, Verdict

_JUDGED = ("probability", "low", "high", "parts", "model", "grounded")
_SAID = ("review", "reasons")


def put_support(changes: Changes, support: Mapping[str, float]) -> None:
    """Sets the support of statements. Raises NotFound on an unknown id."""
    for batch in batches(support.items()):
        numbers = changes.known_statements(dict(batch))
        changes.revise(("support",), [[numbers[id_], float(value)] for id_, value in batch])
        changes.breathe()


def put_judgements(changes: Changes, judgements: Iterable[Judgement]) -> None:
    """Sets probability, interval and parts. Raises NotFound on an unknown id."""
    for batch in batches(judgements):
        numbers = changes.known_statements({one.statement for one in batch})
        changes.revise(_JUDGED, [[numbers[one.statement], *_judged(one)] for one in batch])
        changes.breathe()


def _judged(one: Judgement) -> Row:
    low, high = one.interval
    return [float(one.probability), float(low), float(high), dump_parts(one.parts), one.model, one.grounded]


def apply(changes: Changes, verdicts: Iterable[Verdict], judgements: Iterable[Judgement] = ()) -> None:
    """Sets status and reasons by verdict; reviews and audits wait for a reviewer. A statement's judgement is written
    with its verdict. Raises NotFound."""
    judged = {one.statement: one for one in judgements}
    for batch in batches(verdicts):
        numbers = changes.known_statements({one.statement for one in batch})
        plain: dict[int, Row] = {}
        whole: dict[int, Row] = {}
        for one in batch:
            number, judgement = numbers[one.statement], judged.pop(one.statement, None)
            said = [number, str(STATUS_OF[one.action]), waits(one) or None, dump(list(one.reasons))]
            if judgement is None:
                plain[number] = said
            else:
                whole[number] = [*said, *_judged(judgement)]
        changes.set_status((*_SAID, *_JUDGED), list(whole.values()))
        changes.set_status(_SAID, list(plain.values()))
        changes.breathe()
    put_judgements(changes, judged.values())


def decide(changes: Changes, decisions: Iterable[Decision]) -> None:
    """Records decisions with the judgement as it stood, sets the status they give, and ends the wait."""
    for batch in batches(decisions):
        numbers = changes.known_statements({one.statement for one in batch})
        changes.write(
            "MATCH (s:MarqueeStatement {n: r.of}) CREATE (d:MarqueeDecision)-[:DECIDES]->(s)"
            " SET d = r.node, d.since = $run, d.probability = s.probability, d.parts = s.parts, d.model = s.model",
            [{"of": numbers[one.statement], "node": _node(changes.number(), one)} for one in batch],
        )
        last = {numbers[one.statement]: [str(STATUS_OF[one.action]), waits(one) or None] for one in batch}
        changes.set_status(("review",), [[number, *row] for number, row in last.items()])
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
        changes.set_status(("review",), [[number, str(Status.SUPERSEDED), None] for number in numbers])
        changes.breathe()
