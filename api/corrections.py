"""Corrections: a fact by hand, as evidence of a curator, checked like any other and accepted at once."""

from __future__ import annotations

from collections.abc import Iterator

from marquee.api.service import Correction
from marquee.graph.store import Writer
from marquee.schema import ids
from marquee.schema.checks import End, check
from marquee.schema.errors import InputError, NotFound
from marquee.schema.literals import Literal
from marquee.schema.relations import relation
from marquee.schema.values import Action, Decision, Evidence, Locator, Qualifiers, Statement, Status, Value


def correct(writer: Writer, correction: Correction, now: str) -> str:
    """States and accepts a fact; the id of its statement. Of a relation that holds one value at a time, other
    accepted values are superseded.

    Raises NotFound for an unknown entity, InputError where the vocabulary or the dates forbid the fact.
    """
    statement = _statement(writer, correction, now)
    others = [other.id for other in _others(writer, statement)]
    writer.stage([statement])
    writer.supersede(others)
    writer.decide([Decision(statement.id, Action.ACCEPT, correction.reason, correction.by, now)])
    return statement.id


def _statement(writer: Writer, correction: Correction, now: str) -> Statement:
    row = relation(correction.relation)
    _check(writer, correction)
    subject, object_ = correction.subject, correction.object
    if row.symmetric and isinstance(object_, str) and object_ < subject:
        subject, object_ = object_, subject
    identifying = tuple(pair for pair in correction.qualifiers if pair[0] in row.identifying)
    joining = tuple(pair for pair in correction.qualifiers if pair[0] not in row.identifying)
    place = Locator(f"correction {now}")
    piece = Evidence(f"curator:{correction.by}", place, correction.reason, "curator", "1", now, 1.0, joining)
    return Statement(
        ids.statement_id(subject, row.name, object_, identifying),
        subject,
        row.name,
        object_,
        qualifiers=identifying + joining,
        valid_from=_date(correction.qualifiers, "start"),
        valid_to=_date(correction.qualifiers, "end"),
        recorded_from=now,
        evidence=(piece,),
    )


def _check(writer: Writer, correction: Correction) -> None:
    if correction.subject == correction.object:
        raise InputError("an entity cannot stand on both ends of a fact.", mend="Mend one of the two.")
    values = (correction.subject, correction.object, *(value for _, value in correction.qualifiers))
    known = _ends(writer, {value for value in values if isinstance(value, str)})

    def end(value: Value) -> End | Literal:
        return known[value] if isinstance(value, str) else value

    quals = [(name, end(value)) for name, value in correction.qualifiers]
    problems = check(correction.relation, known[correction.subject], end(correction.object), quals)
    if problems and problems[0].hard:
        raise InputError(problems[0].message, mend="Mend the fact.")


def _ends(writer: Writer, ids_: set[str]) -> dict[str, End]:
    entities, dates = writer.entities(ids_), writer.dates(ids_)
    for id_ in ids_:
        if id_ not in entities:
            raise NotFound(f"no entity has the id {id_!r}.", mend="Look it up with search or entity.")
    return {
        id_: End(one.kind, one.label, dates[id_].born, dates[id_].died, dates[id_].released)
        for id_, one in entities.items()
    }


def _others(writer: Writer, statement: Statement) -> Iterator[Statement]:
    """Accepted statements that a one-value relation cannot hold beside this one."""
    row = relation(statement.relation)
    if not row.single:
        return
    mine = {pair for pair in statement.qualifiers if pair[0] in row.identifying}
    key = (statement.subject, statement.relation)
    for other in writer.values([key]).get(key, ()):
        theirs = {pair for pair in other.qualifiers if pair[0] in row.identifying}
        if other.id != statement.id and theirs == mine and other.status is Status.ACCEPTED:
            yield other


def _date(qualifiers: Qualifiers, name: str) -> str | None:
    return next((value.value for key, value in qualifiers if key == name and isinstance(value, Literal)), None)
