"""Support: what the sources together say for a statement, in one number.

A source's word is worth its reliability x the extraction score x a factor of its modality; the words of
independent sources are joined by noisy-or, s = 1 - prod(1 - w). Values that exclude each other share: with
odds o = s / (1 - s), exactly one of them or none is so with chance o / (1 + sum of all rivals' o and its own).
Both are the plain forms of truth discovery as surveyed by Li et al., "A Survey on Truth Discovery" (2016).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from marquee.graph.store import Reader
from marquee.schema.errors import VocabularyError
from marquee.schema.literals import Literal, LiteralType, interval
from marquee.schema.relations import relation
from marquee.schema.text import fold
from marquee.schema.values import Evidence, Modality, Statement, Status

MODALITY: dict[Modality, float] = {
    Modality.ASSERTED: 1.0,
    Modality.QUOTED: 0.8,
    Modality.FUTURE: 0.5,
    Modality.HEDGED: 0.35,
    Modality.QUESTION: 0.1,
    Modality.NEGATED: 0.0,
}
UNKNOWN_SOURCE = 0.95  # the reliability of a source that no setting speaks of, as in values.Source
CAP = 0.995
_STANDING = (Status.PENDING, Status.ACCEPTED)


def support(statements: Iterable[Statement], reliability: Mapping[str, float]) -> dict[str, float]:
    """Support in [0, `CAP`] by statement id; `reliability` is the chance that a source is right, by its name.

    Several pieces from one source count by the best of them, and so does one passage that several sources
    print: it is a copy, not an agreement. Rivals share only if all of them are among
    `statements`: see `with_rivals`. One that comes without evidence counts with the support it has.
    """
    all_ = list(statements)
    alone = {statement.id: _alone(statement, reliability) for statement in all_}
    shared = dict(alone)
    for rivals in rival_groups(all_):
        for id_, others in rivals.items():
            odds = _odds(alone[id_])
            shared[id_] = odds / (1 + odds + sum(_odds(alone[other]) for other in others))
    return shared


def together(evidence: Sequence[Evidence], reliability: Mapping[str, float]) -> float:
    """Support in [0, `CAP`] of a statement by its evidence, where it has no rivals."""
    if len(evidence) == 1:
        return min(word(evidence[0], reliability), CAP)
    doubt = 1.0
    for worth in _voices(evidence, reliability).values():
        doubt *= 1 - worth
    return min(1 - doubt, CAP)


def rival_groups(statements: Iterable[Statement]) -> list[dict[str, frozenset[str]]]:
    """Pending and accepted statements that cannot all be so, with the rivals of each, group by group.

    A group is one subject, one relation of a single value and one set of identifying qualifiers. Of two
    dates or years where one only says the other more exactly, neither is a rival.
    """
    groups: dict[object, dict[str, Statement]] = defaultdict(dict)
    for statement in statements:
        key = _slot(statement) if statement.status in _STANDING else None
        if key is not None:
            groups[key][statement.id] = statement
    found = [_rivals(list(group.values())) for group in groups.values() if len(group) > 1]
    return [rivals for rivals in found if rivals]


def with_rivals(statements: Sequence[Statement], reader: Reader) -> list[Statement]:
    """The statements and the accepted ones that may be their rivals, evidence and all. Two store reads."""
    known = {statement.id for statement in statements}
    pairs = {(statement.subject, statement.relation) for statement in statements if _slot(statement) is not None}
    held = reader.values(pairs) if pairs else {}
    missing = {statement.id for sts in held.values() for statement in sts} - known
    return [*statements, *(reader.statements(missing).values() if missing else ())]


def word(piece: Evidence, reliability: Mapping[str, float]) -> float:
    """What one piece of evidence is worth, in [0, 1]."""
    return reliability.get(piece.source, UNKNOWN_SOURCE) * piece.score * MODALITY[piece.modality]


def _alone(statement: Statement, reliability: Mapping[str, float]) -> float:
    return together(statement.evidence, reliability) if statement.evidence else min(statement.support or 0.0, CAP)


def _voices(evidence: Iterable[Evidence], reliability: Mapping[str, float]) -> dict[str, float]:
    """The best word of every voice. A source is one; one that prints a passage word for word only repeats another."""
    first: dict[str, str] = {}
    best: dict[str, float] = {}
    for piece in evidence:
        passage = fold(piece.quote) if piece.locator.span else ""
        voice = first.setdefault(passage, piece.source) if passage else piece.source
        best[voice] = max(best.get(voice, 0.0), word(piece, reliability))
    return best


def _odds(chance: float) -> float:
    return chance / (1 - chance)


def _slot(statement: Statement) -> object | None:
    try:
        row = relation(statement.relation)
    except VocabularyError:
        return None
    if not row.single:
        return None
    identifying = frozenset(pair for pair in statement.qualifiers if pair[0] in row.identifying)
    return statement.subject, row.name, identifying


def _rivals(group: Sequence[Statement]) -> dict[str, frozenset[str]]:
    rivals: dict[str, set[str]] = defaultdict(set)
    for one, other in combinations(group, 2):
        if not _agree(one, other):
            rivals[one.id].add(other.id)
            rivals[other.id].add(one.id)
    return {id_: frozenset(others) for id_, others in rivals.items()}


def _agree(one: Statement, other: Statement) -> bool:
    """Whether both may be so: the same value, or a date and the same date said less exactly."""
    a, b = one.object, other.object
    if not (isinstance(a, Literal) and isinstance(b, Literal)) or a.type not in (LiteralType.DATE, LiteralType.YEAR):
        return a == b
    (first, last), (start, end) = interval(a.value), interval(b.value)
    return (first <= start and end <= last) or (start <= first and last <= end)
