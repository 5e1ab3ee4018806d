"""Stating: one claim between placed names becomes a statement, or a refusal that says what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from marquee.graph.minting import Draft
from marquee.graph.store import Dates
from marquee.graph.support import together
from marquee.graph.written import written
from marquee.schema import ids
from marquee.schema.checks import End, Problem, check, fits
from marquee.schema.kinds import COMPANIES, Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.relations import QUALIFIERS, RELATIONS, Relation
from marquee.schema.values import Claim, Evidence, Locator, Name, Qualifiers, Refusal, Resolution, Statement, Value

Places = Mapping[Name, Draft | str]  # where a name was placed, or why it could not be
UNKNOWN: Mapping[str, float] = MappingProxyType({})  # where nobody said how reliable any source is
_NOWHERE = Dates()


@dataclass(frozen=True, slots=True)
class Known:
    """What the store already believes of the ends of a batch. `labels`: of entities that held values name."""

    dates: Mapping[str, Dates] = field(default_factory=dict)
    held: Mapping[tuple[str, str], list[Statement]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


class Stated(NamedTuple):
    """A claim with its names placed. `drafts`: the entities it speaks of, qualifiers included."""

    claim: Claim
    relation: Relation
    subject: Draft
    object: Draft | Literal
    qualifiers: tuple[tuple[str, Draft | Literal], ...]
    drafts: tuple[Draft, ...]


def place_claim(claim: Claim, places: Places) -> Stated | Refusal:
    """The claim over entities, its ends in order of id where the relation is symmetric."""
    row = RELATIONS.get(claim.relation)
    if row is None:
        return refuse(claim, check(claim.relation, End(None), End(None))[0])
    quals = [(name, _placed(value, places)) for name, value in claim.qualifiers]
    subject, object_ = _placed(claim.subject, places), _placed(claim.object, places)
    more = [value for _, value in quals]
    lost = [value for value in (subject, object_, *more) if isinstance(value, str)]
    if lost or isinstance(subject, str | Literal) or isinstance(object_, str):
        return refuse(claim, Problem("name", lost[0] if lost else "the subject is no name.", hard=True))
    if subject is object_:
        return refuse(claim, Problem("loop", f"{subject.label} stands on both ends of {row.label}.", hard=True))
    if row.symmetric and isinstance(object_, Draft) and object_.id < subject.id:
        subject, object_ = object_, subject
        claim = replace(claim, subject=claim.object, object=claim.subject)  # type: ignore[arg-type]
    drafts = tuple([value for value in (subject, object_, *more) if isinstance(value, Draft)])
    return Stated(claim, row, subject, object_, tuple(quals), drafts)  # type: ignore[arg-type]


def state(
    stated: Stated,
    known: Known,
    open_names: Mapping[Name, Resolution],
    now: str,
    reliability: Mapping[str, float] = UNKNOWN,
) -> Statement | Refusal:
    """The pending statement with its one piece of evidence, what that is worth, and the soft objections to it;
    a refusal at a hard one."""
    row, claim = stated.relation, stated.claim
    quals = tuple((name, _value(value)) for name, value in stated.qualifiers)
    identifying = tuple((name, value) for name, value in quals if name in row.identifying)
    problems = [*_problems(stated, known, identifying), *_guesses(stated)]
    if any(problem.hard for problem in problems):
        return refuse(claim, problems[0])
    joining = tuple((name, value) for name, value in quals if name not in row.identifying)
    object_ = _value(stated.object)
    evidence = (_supporting(claim, joining),)
    return Statement(
        ids.statement_id(stated.subject.id, row.name, object_, identifying),
        stated.subject.id,
        row.name,
        object_,
        qualifiers=identifying + joining,
        valid_from=_text_of(quals, "start"),
        valid_to=_text_of(quals, "end"),
        recorded_from=now,
        support=together(evidence, reliability),
        evidence=evidence,
        candidates=tuple(_open_ends(stated, open_names)),
        reasons=tuple(problem.message for problem in problems),
    )


def join(mine: Statement, other: Statement, reliability: Mapping[str, float] = UNKNOWN) -> Statement:
    """One statement said twice: the evidence, qualifiers, candidates and reasons of both, each once."""
    evidence = {_evidence_key(piece): piece for piece in mine.evidence}
    for piece in other.evidence:
        same = evidence.get(_evidence_key(piece))
        evidence[_evidence_key(piece)] = _both(same, piece) if same else piece
    return replace(
        mine,
        qualifiers=tuple(dict.fromkeys((*mine.qualifiers, *other.qualifiers))),
        valid_from=mine.valid_from or other.valid_from,
        valid_to=mine.valid_to or other.valid_to,
        support=together(tuple(evidence.values()), reliability),
        evidence=tuple(evidence.values()),
        candidates=mine.candidates or other.candidates,
        reasons=tuple(dict.fromkeys((*mine.reasons, *other.reasons))),
    )


def refuse(claim: Claim, problem: Problem) -> Refusal:
    """What speaks against the claim and how to mend it; `raw` is the claim in a form that can be read again."""
    evidence = claim.evidence
    return Refusal(evidence.source, str(evidence.locator), problem.message, _MENDS[problem.rule], written(claim))


_MENDS = {
    "relation": "Use a relation of the vocabulary; docs/vocabulary.md lists them.",
    "computed": "Leave it out; it is computed from the credits.",
    "domain": "Mend the relation, or the kind of the name before it.",
    "range": "Mend the relation, or the kind of the name behind it.",
    "qualifier": "Leave the qualifier out, or mend its name or value.",
    "dates": "Mend the date, or correct the one that is known.",
    "cardinality": "Decide which value holds.",
    "name": "Give the name a kind or an external id.",
    "loop": "Mend one of the two names.",
}


def _placed(value: Name | Literal, places: Places) -> Draft | Literal | str:
    return places.get(value, f"{value.text!r} is not among the names.") if isinstance(value, Name) else value


def _value(value: Draft | Literal) -> Value:
    return value.id if isinstance(value, Draft) else value


def _supporting(claim: Claim, joining: Qualifiers) -> Evidence:
    """The claim's evidence with what it supports."""
    piece = claim.evidence
    if piece.supports == joining and piece.modality is claim.modality:
        return piece
    return replace(piece, supports=joining, modality=claim.modality)


def _text_of(quals: Qualifiers, name: str) -> str | None:
    return next((value.value for key, value in quals if key == name and isinstance(value, Literal)), None)


def _both(one: Evidence, other: Evidence) -> Evidence:
    """One place that says a thing twice, each time with other qualifiers."""
    supports = tuple(dict.fromkeys((*one.supports, *other.supports)))
    return replace(one, supports=supports, score=max(one.score, other.score))


def _evidence_key(piece: Evidence) -> tuple[str, Locator, str]:
    return piece.source, piece.locator, piece.extractor


# --- objections ----------------------------------------------------------------------------------


def _problems(stated: Stated, known: Known, identifying: Qualifiers) -> list[Problem]:
    if _plain(stated, known):
        return []
    row = stated.relation
    soft: list[Problem] = []
    subject = _end(stated.subject, row.domain, known, soft)
    object_ = _end(stated.object, row.tail_kinds, known, soft)
    quals = []
    for name, value in stated.qualifiers:
        allowed = QUALIFIERS.get(name)
        quals.append((name, _end(value, allowed if isinstance(allowed, frozenset) else frozenset(), known, soft)))
    assert isinstance(subject, End)
    return [*check(row.name, subject, object_, quals, _held(stated, known, identifying)), *soft]


def _plain(stated: Stated, known: Known) -> bool:
    """Whether its ends fit and nothing else of it could be wrong: it has no qualifier, no date and no rival."""
    row, subject, object_ = stated.relation, stated.subject, stated.object
    life = known.dates.get(subject.id, _NOWHERE)
    if stated.qualifiers or row.range is LiteralType.DATE or life.born or life.died:
        return False
    return not known.held.get((subject.id, row.name)) and fits(
        row.name, subject.kind, object_.type if isinstance(object_, Literal) else object_.kind
    )


def _end(value: Draft | Literal, allowed: frozenset[Kind], known: Known, soft: list[Problem]) -> End | Literal:
    """An end for the check. One company may stand for another: a studio that also broadcasts is one company."""
    if isinstance(value, Literal):
        return value
    dates = known.dates.get(value.id, _NOWHERE)
    kind = value.kind
    if kind in COMPANIES and kind not in allowed and allowed & COMPANIES:
        wanted = min(allowed & COMPANIES)
        soft.append(Problem("range", f"{value.label} is known as {kind}, not as {wanted}.", hard=False))
        kind = wanted
    return End(kind, value.label, dates.born, dates.died, dates.released)


def _held(stated: Stated, known: Known, identifying: Qualifiers) -> Iterator[str]:
    row, mine = stated.relation, _value(stated.object)
    for statement in known.held.get((stated.subject.id, row.name), ()):
        theirs = {pair for pair in statement.qualifiers if pair[0] in row.identifying}
        if statement.object != mine and theirs == set(identifying):
            value = statement.object
            yield value.value if isinstance(value, Literal) else known.labels.get(value, value)


def _guesses(stated: Stated) -> Iterable[Problem]:
    for draft in stated.drafts:
        if draft.guessed:
            yield Problem("name", f"That {draft.label} is a {draft.kind} is a guess from the relation.", hard=False)


def _open_ends(stated: Stated, open_names: Mapping[Name, Resolution]) -> Iterator[tuple[str, Resolution]]:
    if not open_names:
        return
    claim = stated.claim
    for end, value in (("subject", claim.subject), ("object", claim.object), *claim.qualifiers):
        if isinstance(value, Name) and value in open_names:
            yield end, open_names[value]
