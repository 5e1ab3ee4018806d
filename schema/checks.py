"""The schema check: may a statement stand at all, and does it clash with what is known?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from marquee.schema.errors import VocabularyError
from marquee.schema.kinds import SCREEN_WORKS, TITLED_WORKS, Kind
from marquee.schema.literals import FIRST_FILM_YEAR, Literal, LiteralType, interval, year_of
from marquee.schema.relations import CREDITS, QUALIFIERS, Relation, relation


@dataclass(frozen=True, slots=True)
class Problem:
    """One objection. A hard one refuses the statement; a soft one is a reason for doubt."""

    rule: str
    message: str
    hard: bool


@dataclass(frozen=True, slots=True)
class End:
    """What a check needs to know of one end: its kind, name, and the dates already believed of it."""

    kind: Kind | None
    label: str = ""
    born: str | None = None
    died: str | None = None
    released: str | None = None


def check(
    name: str,
    subject: End,
    object_: End | Literal,
    qualifiers: Iterable[tuple[str, End | Literal]] = (),
    held: Iterable[str] = (),
) -> list[Problem]:
    """Objections to the statement, worst first; empty where there is none.

    `held`: values already accepted for the same subject and identifying qualifiers, for one-value relations.
    An unknown relation is a hard problem, not an exception: input decides what comes here.
    """
    try:
        row = relation(name)
    except VocabularyError as error:
        return [Problem("relation", str(error), hard=True)]
    quals = tuple(qualifiers)
    problems = [
        *_domain(row, subject),
        *_range(row, object_),
        *_qualifiers(row, quals),
        *_dates(row, subject, object_, dict(quals)),
        *_cardinality(row, object_, held),
    ]
    return sorted(problems, key=lambda problem: not problem.hard)


@lru_cache(maxsize=4096)
def fits(name: str, subject: Kind | None, object_: Kind | LiteralType | None) -> bool:
    """Whether ends of these kinds or types may stand there, whatever else is wrong. Raises VocabularyError on an
    unknown relation."""
    row = relation(name)
    value = Literal(object_, "") if isinstance(object_, LiteralType) else End(object_)
    return not (_domain(row, End(subject)) or _range(row, value))


def _domain(row: Relation, subject: End) -> list[Problem]:
    if row.computed:
        return [Problem("computed", f"{row.label} is computed from the graph and cannot be claimed.", hard=True)]
    if subject.kind is not None and subject.kind not in row.domain:
        return [
            Problem("domain", f"{_who(subject)} cannot stand before {row.label}; {_kinds(row.domain)} can.", hard=True)
        ]
    return []


def _range(row: Relation, object_: End | Literal) -> list[Problem]:
    if isinstance(object_, Literal):
        if row.literal is not object_.type:
            wanted = row.literal or _kinds(row.tail_kinds)
            return [Problem("range", f"{row.label} takes {wanted}, not a {object_.type}.", hard=True)]
        return []
    if row.literal is not None:
        return [Problem("range", f"{row.label} takes a {row.literal}, not {_who(object_)}.", hard=True)]
    if object_.kind is not None and object_.kind not in row.tail_kinds:
        return [
            Problem(
                "range", f"{_who(object_)} cannot stand behind {row.label}; {_kinds(row.tail_kinds)} can.", hard=True
            )
        ]
    return []


def _qualifiers(row: Relation, quals: tuple[tuple[str, End | Literal], ...]) -> list[Problem]:
    problems = []
    for name, value in quals:
        wanted = QUALIFIERS.get(name)
        if wanted is None or name not in row.qualifiers:
            allowed = ", ".join(row.qualifiers) or "none"
            problems.append(
                Problem("qualifier", f"{row.label} takes no qualifier {name!r}; it takes {allowed}.", hard=True)
            )
        elif isinstance(wanted, frozenset) and (
            isinstance(value, Literal) or (value.kind and value.kind not in wanted)
        ):
            problems.append(Problem("qualifier", f"qualifier {name} takes {_kinds(wanted)}.", hard=True))
        elif not isinstance(wanted, frozenset) and (not isinstance(value, Literal) or value.type is not wanted):
            problems.append(Problem("qualifier", f"qualifier {name} takes a {wanted}.", hard=True))
    return problems


# A child actor's or a late release's slack, in years.
_POSTHUMOUS_RELEASE = 60
_LONGEST_LIFE = 125


def _dates(row: Relation, subject: End, object_: End | Literal, quals: dict[str, End | Literal]) -> list[Problem]:
    problems = []
    if row.name == "release_date" and isinstance(object_, Literal) and subject.kind in TITLED_WORKS:
        problems += _first_film(subject, object_.value)
    if row.name in CREDITS and isinstance(object_, End) and object_.kind in SCREEN_WORKS:
        problems += _lifetime(row, subject, object_)
    if row.name in ("birth_date", "death_date") and isinstance(object_, Literal):
        problems += _life(row, subject, object_.value)
    start, end = quals.get("start"), quals.get("end")
    if isinstance(start, Literal) and isinstance(end, Literal) and interval(end.value)[1] < interval(start.value)[0]:
        problems.append(
            Problem("dates", f"{row.label} ends ({end.value}) before it starts ({start.value}).", hard=True)
        )
    return problems


def _first_film(subject: End, released: str) -> list[Problem]:
    if subject.kind in SCREEN_WORKS and interval(released)[1].year < FIRST_FILM_YEAR:
        return [Problem("dates", f"{_who(subject)} dated {released}, before there was film.", hard=True)]
    return []


def _lifetime(row: Relation, person: End, work: End) -> list[Problem]:
    released = year_of(work.released or "")
    born, died = year_of(person.born or ""), year_of(person.died or "")
    if released and born and released < born:
        return [
            Problem("dates", f"{_who(person)}, born {born}, before {row.label} {_who(work)} of {released}.", hard=True)
        ]
    if released and died and released > died + _POSTHUMOUS_RELEASE:
        return [Problem("dates", f"{_who(person)}, died {died}, long before {_who(work)} of {released}.", hard=False)]
    return []


def _life(row: Relation, person: End, value: str) -> list[Problem]:
    other = person.died if row.name == "birth_date" else person.born
    if not other:
        return []
    born, died = (value, other) if row.name == "birth_date" else (other, value)
    first, last = interval(born)[0], interval(died)[1]
    if last < first:
        return [Problem("dates", f"{_who(person)} would have died ({died}) before being born ({born}).", hard=True)]
    if last.year - first.year > _LONGEST_LIFE:
        return [Problem("dates", f"{_who(person)} would have lived {last.year - first.year} years.", hard=True)]
    return []


def _cardinality(row: Relation, object_: End | Literal, held: Iterable[str]) -> list[Problem]:
    if not row.single:
        return []
    value = object_.value if isinstance(object_, Literal) else object_.label
    others = sorted({other for other in held if other != value and not _refines(row, value, other)})
    if not others:
        return []
    return [
        Problem(
            "cardinality", f"{row.label} holds one value; {', '.join(others)} is known, {value} is claimed.", hard=False
        )
    ]


def _refines(row: Relation, value: str, other: str) -> bool:
    """Whether of two dates one only says the other more exactly."""
    if row.literal is None or row.literal.value != "date":
        return False
    (a, b), (c, d) = interval(value), interval(other)
    return (a <= c and d <= b) or (c <= a and b <= d)


def _who(end: End) -> str:
    return f"{end.label} ({end.kind})" if end.label and end.kind else end.label or str(end.kind or "something")


def _kinds(kinds: Iterable[Kind]) -> str:
    names = sorted(kinds)
    return ", ".join(names[:-1]) + " or " + names[-1] if len(names) > 1 else str(names[0])
