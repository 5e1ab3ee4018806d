"""Values as the columns of SQLite rows, and back.

Queries answer with one JSON array a statement, entity or
attribute (see sqlite_sql), which the `read_*` functions here take apart in the same order.
"""

from __future__ import annotations

import json
from typing import Any

from marquee.graph.codec import load_candidates, load_parts, load_qualifiers, united
from marquee.graph.sqlite_session import Session
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import (
    Attribute,
    Entity,
    EntityName,
    Evidence,
    Locator,
    Modality,
    Statement,
    Status,
)

# What the file says; never renumber.
STATUS_CODE: dict[Status, int] = {
    Status.PENDING: 0,
    Status.ACCEPTED: 1,
    Status.REJECTED: 2,
    Status.WITHDRAWN: 3,
    Status.SUPERSEDED: 4,
}
STATUS_OF: dict[int, Status] = {code: status for status, code in STATUS_CODE.items()}
PENDING, ACCEPTED = STATUS_CODE[Status.PENDING], STATUS_CODE[Status.ACCEPTED]
MERGED = 9  # the statement redirects to another
ENDED = (STATUS_CODE[Status.REJECTED], STATUS_CODE[Status.WITHDRAWN], STATUS_CODE[Status.SUPERSEDED])


def read_entity(session: Session, text: str) -> Entity:
    """The entity of `sqlite_sql.entity_json`."""
    eid, kind, names, external_ids = json.loads(text)
    return Entity(
        eid,
        Kind(session.text(kind)),
        tuple(EntityName(name, session.text(language), session.text(code)) for name, language, code in names),
        tuple((session.text(scheme), value) for scheme, value in external_ids),
    )


def read_attributes(session: Session, text: str | None) -> tuple[Attribute, ...]:
    """The attributes of `sqlite_sql.attributes_json`."""
    return tuple(
        Attribute(eid, session.text(name), float(value), session.text(unit), session.text(at), inputs)
        for eid, name, value, unit, at, inputs in json.loads(text or "[]")
    )


def read_statement(session: Session, text: str) -> Statement:
    """The statement of `sqlite_sql.statement_json`."""
    (
        sid, subject, relation, object_, literal, own, supported, valid_from, valid_to, recorded_from, recorded_to,
        status, support, probability, judgement, evidence, candidates,
    ) = json.loads(text)  # fmt: skip
    low, high, parts, reasons = judgement or (None, None, None, None)
    return Statement(
        sid,
        subject,
        session.text(relation),
        object_ if object_ is not None else Literal(LiteralType(session.text(literal[0])), *literal[1:]),
        united(load_qualifiers(own), map(load_qualifiers, supported)),
        valid_from,
        valid_to,
        recorded_from,
        recorded_to,
        STATUS_OF[status],
        _float(support),
        _float(probability),
        None if low is None or high is None else (float(low), float(high)),
        load_parts(parts),
        tuple(_evidence(session, piece) for piece in evidence or ()),
        load_candidates(candidates),
        tuple(json.loads(reasons)) if reasons else (),
    )


def _evidence(session: Session, plain: list[Any]) -> Evidence:
    source, item, line, start, stop, extractor, version, observed, score, passage, supports, modality = plain
    locator = Locator(session.text(item), None if line < 0 else line, None if start < 0 else (start, stop))
    return Evidence(
        session.text(source),
        locator,
        passage,
        session.text(extractor),
        session.text(version),
        session.text(observed),
        float(score),
        load_qualifiers(supports),
        Modality(session.text(modality)),
    )


def _float(text: str | None) -> float | None:
    return None if text is None else float(text)
