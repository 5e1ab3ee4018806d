"""Deciding: a reviewer's word on a statement, and on whom its open name means."""

from __future__ import annotations

from dataclasses import replace

from marquee.graph.store import Writer
from marquee.schema import ids
from marquee.schema.errors import InputError, NotFound
from marquee.schema.kinds import Kind
from marquee.schema.relations import relation
from marquee.schema.values import Action, Decision, Entity, EntityName, Resolution, Statement

NEW = "new"  # the choice that says: none of the candidates


def decide(writer: Writer, statement: Statement, decision: Decision) -> str:
    """Records a decision; the id of the statement it ends with.

    A choice of another entity than the one that stands in restates the fact about the chosen one, evidence
    and all; the first statement is rejected. Raises InputError for a choice where no name is open,
    NotFound for an unknown entity.
    """
    if decision.choice is None or decision.action is not Action.ACCEPT:
        writer.decide([decision])
        return statement.id
    end, resolution = _open_end(statement, decision.choice)
    chosen = _chosen(writer, statement, end, resolution, decision.choice)
    if chosen == getattr(statement, end):
        writer.decide([decision])
        return statement.id
    restated = _restated(statement, end, chosen)
    writer.stage([restated])
    meant = f"{resolution.name.text} meant another: {decision.reason}"
    writer.decide([replace(decision, statement=restated.id), replace(decision, action=Action.REJECT, reason=meant)])
    return restated.id


def _open_end(statement: Statement, choice: str) -> tuple[str, Resolution]:
    ends = [(end, resolution) for end, resolution in statement.candidates if end in ("subject", "object")]
    if not ends:
        raise InputError("no name of this statement is open.", where=statement.id, mend="Decide without a choice.")
    fitting = (pair for pair in ends if any(candidate.entity == choice for candidate in pair[1].candidates))
    return next(fitting, ends[0])


def _chosen(writer: Writer, statement: Statement, end: str, resolution: Resolution, choice: str) -> str:
    if choice != NEW:
        found = writer.entities([choice])
        if not found:
            raise NotFound(f"no entity has the id {choice!r}.", mend="Name a candidate, or new.")
        return found[choice].id
    name = resolution.name
    place = statement.evidence[0]
    id_ = ids.entity_id(f"{place.source}#{place.locator}#{name.text}#{end}")
    writer.put_entities([Entity(id_, _kind(writer, statement, end, resolution), (EntityName(name.text),))])
    return id_


def _kind(writer: Writer, statement: Statement, end: str, resolution: Resolution) -> Kind:
    """The kind the text hints at, else that of the entity that stands in."""
    row = relation(statement.relation)
    allowed = row.domain if end == "subject" else row.tail_kinds
    hint = resolution.name.kind
    if hint in allowed and hint is not None:
        return hint
    stand_in = str(getattr(statement, end))
    return writer.entities([stand_in])[stand_in].kind


def _restated(statement: Statement, end: str, chosen: str) -> Statement:
    ends = {"subject": statement.subject, "object": statement.object, end: chosen}
    row = relation(statement.relation)
    if row.symmetric and isinstance(ends["object"], str) and ends["object"] < str(ends["subject"]):
        ends = {"subject": ends["object"], "object": ends["subject"]}
    identifying = [pair for pair in statement.qualifiers if pair[0] in row.identifying]
    id_ = ids.statement_id(str(ends["subject"]), row.name, ends["object"], identifying)
    return replace(statement, id=id_, subject=str(ends["subject"]), object=ends["object"], candidates=(), reasons=())
