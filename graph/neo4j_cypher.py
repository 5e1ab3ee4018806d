"""The Cypher fragments that all reads share, and the rows they give as values.

Fragments are made of our own names only; what comes from outside is a parameter. `head` is a variable of every
query (see `neo4j_session.HEAD`), `known` the number of the last run that the reader may know: of now, the head.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from marquee.graph.codec import load_candidates, load_parts, load_qualifiers, united
from marquee.graph.neo4j_session import Row, Session
from marquee.graph.times import seconds
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

MERGED = "merged"  # the status of a statement that redirects to another
_ENDED = frozenset({Status.REJECTED, Status.WITHDRAWN, Status.SUPERSEDED})


def live(alias: str, moment: str = "head") -> str:
    """The condition that keeps a node with `since` and `until` that was there at a moment."""
    return f"{alias}.since <= {moment} AND ({alias}.until IS NULL OR {alias}.until > {moment})"


def version(s: str = "s", known: str = "head") -> str:
    """What was known of a statement: itself, or a node of its past; null where it was not there yet."""
    return (
        f"CASE WHEN {s}.since <= {known} THEN {s} ELSE head(COLLECT {{ MATCH ({s})-[:WAS]->(w:MarqueePast)"
        f" WHERE w.since <= {known} AND w.until > {known} RETURN w }}) END"
    )


def entity_of(asked: str) -> str:
    """Clauses that find the entity `e` by the id `asked`, redirects followed."""
    return (
        f"MATCH (a:MarqueeEntity {{id: {asked}}}) WHERE a.since <= head"
        " OPTIONAL MATCH (a)-[:MERGED_INTO]->(t:MarqueeEntity) WITH *, coalesce(t, a) AS e"
    )


def entity(e: str = "e") -> str:
    """A list of an entity: id, kind, names, external ids; null for null."""
    return (
        f"CASE WHEN {e} IS NULL THEN null ELSE [{e}.id, {e}.kind,"
        f" COLLECT {{ MATCH ({e})<-[:NAMES]-(x:MarqueeName) WHERE {live('x')}"
        " RETURN [x.n, x.text, x.language, x.kind] },"
        f" COLLECT {{ MATCH ({e})<-[:IDENTIFIES]-(x:MarqueeKey) WHERE x.since <= head RETURN [x.n, x.scheme, x.value] }}]"
        " END"
    )


MEASURED = (  # an attribute `x` as a list; its date may be that of a run that is being written
    "[x.name, x.value, x.unit, CASE WHEN coalesce(x.at_run, 0) > head THEN x.at_was ELSE x.at END, x.inputs]"
)


def attributes(e: str, names: str) -> str:
    """A list of the attributes of an entity; `names` is Cypher for which."""
    return (
        f"COLLECT {{ MATCH ({e})<-[:MEASURES]-(x:MarqueeAttribute) WHERE x.name IN {names} AND {live('x')}"
        f" RETURN {MEASURED} }}"
    )


def statement(known: str = "head", pieces: str = "0") -> str:
    """A list of statement `s` between `a` and `b` (null: a literal) in its version `v`.

    `pieces`: Cypher for how many pieces of evidence the reader wants; of the others only what they support.
    """
    return (
        "[s.id, a.id, s.relation, b.id, s.type, s.value, s.unit, s.year, s.qualifiers, v.valid_from, v.valid_to,"
        " s.first, v.changed, v.status, v.support, v.probability, v.low, v.high, v.parts, v.reasons, s.candidates,"
        f" COLLECT {{ MATCH (s)<-[:SUPPORTS]-(x:MarqueeEvidence) WHERE {live('x', known)}"
        f" RETURN CASE {pieces} WHEN 0 THEN [x.n, x.supports] ELSE [x.n, x.supports, x.score, x.source, x.item, x.row,"
        " x.start, x.stop, x.quote, x.extractor, x.version, x.observed, x.modality] END }]"
    )


def moments(session: Session, times: Collection[str]) -> dict[str, int]:
    """The number of the last run that was finished by each time. Raises VocabularyError where one is no time."""
    if not times:
        return {}
    asked = [[time, seconds(time)] for time in times]
    rows = session.rows(
        "UNWIND $asked AS one OPTIONAL MATCH (r:MarqueeRun) WHERE r.at <= one[1] RETURN one[0], max(r.n)", asked=asked
    )
    return {time: number or 0 for time, number in rows}


# --- rows as values ------------------------------------------------------------------------------


def read_entity(row: Row) -> Entity:
    """The entity of `entity`."""
    id_, kind, names, keys = row
    return Entity(
        id_,
        Kind(kind),
        tuple(EntityName(text, language, kind) for _, text, language, kind in sorted(names)),
        tuple((scheme, value) for _, scheme, value in sorted(keys)),
    )


def read_attributes(id_: str, rows: Iterable[Row]) -> tuple[Attribute, ...]:
    """The attributes of `attributes`."""
    return tuple(Attribute(id_, *row) for row in sorted(rows))


def read_statements(session: Session, rows: Sequence[Row], pieces: Sequence[int]) -> list[Statement]:
    """The statements of `statement`, each with up to so many pieces of evidence, best first; -1 is all."""
    times = session.times_of({run for row in rows for run in (row[11], row[12])})
    return [_statement(row, times, count) for row, count in zip(rows, pieces, strict=True)]


def _statement(row: Row, times: Mapping[int, str], count: int) -> Statement:
    (
        id_, subject, relation, object_, type_, value, unit, year, own, valid_from, valid_to, first, changed,
        state, support, probability, low, high, parts, reasons, candidates, evidence,
    ) = row  # fmt: skip
    status = Status(state)
    supported = [piece[1] for piece in sorted(evidence, key=lambda piece: piece[0])]
    return Statement(
        id_,
        subject,
        relation,
        object_ if object_ is not None else Literal(LiteralType(type_), value, unit, year),
        united(load_qualifiers(own), map(load_qualifiers, supported)),
        valid_from,
        valid_to,
        times[first],
        times[changed] if status in _ENDED else None,
        status,
        support,
        probability,
        None if low is None or high is None else (low, high),
        load_parts(parts),
        _evidence(evidence, count),
        load_candidates(candidates),
        tuple(json.loads(reasons)) if reasons else (),
    )


def _evidence(rows: Iterable[Row], count: int) -> tuple[Evidence, ...]:
    if count == 0:
        return ()
    best = sorted(rows, key=lambda row: (-row[2], row[0]))
    return tuple(_piece(row) for row in (best if count < 0 else best[:count]))


def _piece(row: Row) -> Evidence:
    _, supports, score, source, item, line, start, stop, quote, extractor, made, observed, modality = row
    span = None if start is None else (start, stop)
    place = Locator(item, line, span)
    return Evidence(
        source, place, quote, extractor, made, observed, score, load_qualifiers(supports), Modality(modality)
    )
