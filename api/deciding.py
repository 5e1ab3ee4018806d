"""Deciding: a reviewer's word on a statement, and on whom its open name means."""

from __future__ import annotations

from dataclasses import replace

from marquee.graph.store import Writer
from marquee.schema import ids
from marquee.schema.errors import InputError, NotFound
from marquee.schema.kinds import Kind
from marquee.schema.relations import relation
from marquee.schema.values import Action, Decision, Entity, EntityName, Evidence, Resolution, Statement

NEW = "new"  # the choice that says: none of the candidates


def decide(writer: Writer, statement: Statement, decision: Decision) -> str:
    """Records a decision; the id of the statement it ends with.

    A choice of another entity than the one that stands in restates the fact about the chosen one, evidence
    and all; the first statement is rejected. Putting that one back to review takes the restatement back, too.
    Raises InputError for a choice where no name is open, NotFound for an unknown entity.
    """
    if decision.action is Action.REVIEW:
        _take_back(writer, statement, decision)
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


def _take_back(writer: Writer, statement: Statement, decision: Decision) -> None:
    """Takes back what the last decision restated: it is superseded if it has no evidence but this statement's;
    what others say, too, is put back to review with it."""
    restated = _restatement(writer, statement)
    if restated is None:
        return
    places = {_place(piece) for piece in statement.evidence}
    if all(_place(piece) in places for piece in restated.evidence):
        writer.supersede([restated.id])
    else:
        writer.decide([replace(decision, statement=restated.id, choice=None)])


def _restatement(writer: Writer, statement: Statement) -> Statement | None:
    """What the last decision on a statement restated about another, if nobody has decided on that since."""
    last = next(reversed(writer.decisions([statement.id])), None)
    if last is None or last.choice is None or last.action is not Action.REJECT:
        return None
    end, resolution = _open_end(statement, last.choice)
    chosen = _new_id(statement, end, resolution) if last.choice == NEW else last.choice
    id_ = _restated(statement, end, chosen).id
    theirs = next(reversed(writer.decisions([id_])), None)
    same = theirs is not None and theirs.action is Action.ACCEPT and (theirs.at, theirs.by) == (last.at, last.by)
    return writer.statements([id_], evidence=len(statement.evidence) + 1).get(id_) if same else None


def _place(piece: Evidence) -> tuple[str, str, str]:
    return piece.source, str(piece.locator), piece.extractor


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
    id_ = _new_id(statement, end, resolution)
    name = EntityName(resolution.name.text)
    writer.put_entities([Entity(id_, _kind(writer, statement, end, resolution), (name,))])
    return id_


def _new_id(statement: Statement, end: str, resolution: Resolution) -> str:
    place = statement.evidence[0]
    return ids.entity_id(f"{place.source}#{place.locator}#{resolution.name.text}#{end}")


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
