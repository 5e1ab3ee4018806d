"""Holding what the line believes against a gold file: which claims of the texts it got right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marquee.graph.store import Reader
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.relations import RELATIONS
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.text import title_key
from marquee.schema.values import Statement, Status

Fact = tuple[str, str, str]  # subject, relation, object: entity ids, or "literal:VALUE", or "name:KEY"


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the claims of the texts. `right`: their fact is a true one of the gold file."""

    accepted: int
    accepted_right: int
    accepted_new: int  # of the accepted: those no other source had stated
    accepted_new_right: int
    review: int
    review_right: int
    rejected: int
    rejected_right: int
    planted: int
    planted_found: int
    planted_let_in: int
    stated: int  # true facts that the gold file says the texts assert
    stated_accepted: int
    wrong: tuple[str, ...]  # accepted statements that are not right, by id


def score(reader: Reader, source: str, gold: Sequence[Mapping[str, Any]]) -> Score:
    """Compares every statement with evidence from `source` with the gold rows.

    A gold row has subject, relation, object or value, with subject_id and object_id as external ids where
    the entity has some, truth, origin, modality, and `implied` where the text does not say it outright:
    then it is right to find it, and no loss not to. Literals match by canonical value; a date matches one
    that says it more exactly.
    """
    ids = entity_ids(reader, gold)
    facts = [(fact_of_gold(row, ids), row) for row in gold]
    true = {fact for fact, row in facts if row["truth"]}
    planted = {fact for fact, row in facts if row["origin"] == "planted"}
    asserted = {fact for fact, row in facts if _stated(row)}
    found = list(statements_of(reader, source))
    named = _labels(reader, found)
    keyed = [(statement, _keys(statement, named)) for statement in found]
    right = {statement.id for statement, keys in keyed if keys & true}
    of = {status: [s for s, _ in keyed if s.status is status] for status in Status}
    accepted, new = of[Status.ACCEPTED], [s for s in of[Status.ACCEPTED] if all(e.source == source for e in s.evidence)]
    in_graph = {key for statement, keys in keyed if statement.status is Status.ACCEPTED for key in keys}
    return Score(
        accepted=len(accepted),
        accepted_right=sum(s.id in right for s in accepted),
        accepted_new=len(new),
        accepted_new_right=sum(s.id in right for s in new),
        review=len(of[Status.PENDING]),
        review_right=sum(s.id in right for s in of[Status.PENDING]),
        rejected=len(of[Status.REJECTED]),
        rejected_right=sum(s.id in right for s in of[Status.REJECTED]),
        planted=len(planted),
        planted_found=len(planted & {key for _, keys in keyed for key in keys}),
        planted_let_in=len(planted & in_graph),
        stated=len(asserted),
        stated_accepted=len(asserted & in_graph),
        wrong=tuple(s.id for s in accepted if s.id not in right),
    )


def _stated(row: Mapping[str, Any]) -> bool:
    """Whether the text says a true fact outright: what a reader that misses nothing would bring."""
    return bool(row["truth"]) and row["modality"] == "asserted" and not row.get("implied")


def statements_of(reader: Reader, source: str) -> Iterator[Statement]:
    """Every statement with evidence from a source, in order of id."""
    which, after = StatementFilter(source=source), None
    while True:
        listing = reader.list_statements(which, Page(500, after=after))
        yield from listing.items
        if not listing.more:
            return
        after = listing.keys[-1]


def fact_of_gold(row: Mapping[str, Any], ids: Mapping[tuple[str, str], str]) -> Fact:
    """The fact a gold row speaks of; an entity without a known id stands by its name."""
    subject = _end(row["subject"], row.get("subject_id"), ids)
    literal = RELATIONS[row["relation"]].literal
    object_ = (
        f"literal:{row['value']}" if literal and "value" in row else _end(row["object"], row.get("object_id"), ids)
    )
    return _ordered(subject, row["relation"], object_)


def _ordered(subject: str, relation: str, object_: str) -> Fact:
    if RELATIONS[relation].symmetric and object_ < subject:
        return object_, relation, subject
    return subject, relation, object_


def _end(name: str, external: Mapping[str, str] | None, ids: Mapping[tuple[str, str], str]) -> str:
    for key in (external or {}).items():
        if key in ids:
            return ids[key]
    return f"name:{title_key(name)}"


def entity_ids(reader: Reader, gold: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The entities that gold rows name, by external id."""
    keys = {
        (scheme, value)
        for row in gold
        for end in ("subject_id", "object_id")
        for scheme, value in (row.get(end) or {}).items()
    }
    return reader.by_external(keys)


def _labels(reader: Reader, found: Iterable[Statement]) -> dict[str, set[str]]:
    ends = {end for s in found for end in (s.subject, s.object) if isinstance(end, str)}
    return {id_: {title_key(name.text) for name in entity.names} for id_, entity in reader.entities(ends).items()}


def _keys(statement: Statement, named: Mapping[str, set[str]]) -> set[Fact]:
    """Every form in which a gold row may speak of this statement."""
    subjects = {statement.subject, *(f"name:{key}" for key in named.get(statement.subject, ()))}
    if isinstance(statement.object, Literal):
        objects = _literal_forms(statement.object)
    else:
        objects = {statement.object, *(f"name:{key}" for key in named.get(statement.object, ()))}
    return {_ordered(s, statement.relation, o) for s in subjects for o in objects}


def _literal_forms(literal: Literal) -> set[str]:
    forms = {f"literal:{literal.value}"}
    if literal.type is LiteralType.DATE:
        forms |= {f"literal:{literal.value[:4]}", f"literal:{literal.value[:7]}"}
    return forms
