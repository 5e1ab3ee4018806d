"""Facts: records and facts in Marquee's own JSON form, checked and turned into names and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from marquee.extraction import forms
from marquee.extraction.toml_table import nearest
from marquee.schema.checks import End, check
from marquee.schema.errors import VocabularyError
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.relations import QUALIFIERS, Relation, read_relation
from marquee.schema.values import Claim, Evidence, Locator, Name

RECORD_KEYS = forms.NAME_KEYS | {"facts"}
_ABOUT = frozenset({"relation", "qualifiers", "score", "quote"})
NAME_FACT_KEYS = _ABOUT | forms.NAME_KEYS
VALUE_FACT_KEYS = _ABOUT | forms.VALUE_KEYS

Qualifiers = tuple[tuple[str, Name | Literal], ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the evidence of one row has in common."""

    source: str
    locator: Locator
    extractor: str
    version: str
    observed_at: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as read, whatever record it stands in. `form` is how it is written."""

    relation: Relation
    swapped: bool
    other: Name | Literal
    qualifiers: Qualifiers
    supports: tuple[tuple[str, Literal], ...]
    quote: str
    score: float
    form: Mapping[str, object]


def subject(record: Mapping[str, object]) -> Name:
    """What a record is about. Raises VocabularyError if its name, kind, ids, aliases, year or keys are not right."""
    forms.check_keys(record, RECORD_KEYS, "a", "record")
    if not isinstance(record.get("facts", []), list):
        raise VocabularyError("facts must be a list.", mend='Write "facts": [{"relation": "genre", "name": "drama"}].')
    if "kind" not in record:
        raise VocabularyError("the record has no kind.", mend='Add one, as "kind": "Film".')
    return forms.name_of(record)


def read(form: object) -> Fact:
    """What a fact says. Raises VocabularyError if it cannot be read."""
    if not isinstance(form, dict):
        raise VocabularyError("a fact must be an object.", mend='Write {"relation": "genre", "name": "drama"}.')
    row, swapped = _relation(form)
    other = _literal_end(row, swapped, form) if row.literal else _name_end(row, swapped, form)
    qualifiers = _qualifiers(row, form["qualifiers"]) if "qualifiers" in form else ()
    supports = tuple((name, value) for name, value in qualifiers if name in row.joining and isinstance(value, Literal))
    return Fact(row, swapped, other, qualifiers, supports, _quote(form, qualifiers), _score(form), form)


def claim(about: Name, fact: Fact, stamp: Stamp) -> Claim:
    """The claim that a fact makes of what its record is about, ends swapped where it names an inverse.

    Raises VocabularyError if it cannot stand, whatever else is known.
    """
    other = fact.other
    head, tail = (other, about) if fact.swapped and isinstance(other, Name) else (about, other)
    _stand(fact, head, tail)
    evidence = Evidence(
        stamp.source,
        stamp.locator,
        fact.quote,
        stamp.extractor,
        stamp.version,
        stamp.observed_at,
        fact.score,
        fact.supports,
    )
    return Claim(head, fact.relation.name, tail, evidence, fact.qualifiers)


def _relation(form: Mapping[str, object]) -> tuple[Relation, bool]:
    if "relation" not in form:
        raise VocabularyError("the fact names no relation.", mend='Add one, as "relation": "genre".')
    return _read_relation(forms.word(form["relation"], "relation", "genre"))


_read_relation = lru_cache(maxsize=1024)(read_relation)


def _name_end(row: Relation, swapped: bool, fact: Mapping[str, object]) -> Name:
    forms.check_keys(fact, NAME_FACT_KEYS, "a fact of", row.name)
    kinds = row.domain if swapped else row.tail_kinds
    return forms.name_of(fact, next(iter(kinds)) if len(kinds) == 1 else None)


def _literal_end(row: Relation, swapped: bool, fact: Mapping[str, object]) -> Literal:
    forms.check_keys(fact, VALUE_FACT_KEYS, "a fact of", row.name)
    if swapped:
        raise VocabularyError(
            f"a {row.literal} cannot be what a fact is about.", mend=f"Write {row.name} of its bearer."
        )
    return forms.literal_of(row.name, fact)


def _qualifiers(row: Relation, given: object) -> Qualifiers:
    if not isinstance(given, dict):
        raise VocabularyError("qualifiers must be an object.", mend='Write "qualifiers": {"character": "Rose"}.')
    return tuple((name, _qualifier(row, name, value)) for name, value in given.items())


def _qualifier(row: Relation, name: str, value: object) -> Name | Literal:
    if name not in row.qualifiers:
        mend = nearest(name, row.qualifiers) if row.qualifiers else "Leave it out."
        raise VocabularyError(f"{row.label} takes no qualifier {forms.shown(name)}.", mend=mend)
    wanted = QUALIFIERS[name]
    if isinstance(wanted, LiteralType):
        form = value if isinstance(value, dict) else {"value": value}
        forms.check_keys(form, forms.VALUE_KEYS, "qualifier", name)
        return forms.literal_of(name, form)
    if not isinstance(value, dict):
        raise VocabularyError(
            f"qualifier {name} must be an object.", mend='Write it as {"name": "...", "kind": "Film"}.'
        )
    forms.check_keys(value, forms.NAME_KEYS, "qualifier", name)
    return forms.name_of(value)


def _score(fact: Mapping[str, object]) -> float:
    score = fact.get("score", 1.0)
    if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 1:
        raise VocabularyError(
            f"the score {forms.shown(score)} is not from 0 to 1.", mend="Write how sure the source is."
        )
    return float(score)


def _quote(fact: Mapping[str, object], qualifiers: Qualifiers) -> str:
    given = fact.get("quote")
    if given is None:
        said = fact["name"] if "name" in fact else fact["value"]
        given = "; ".join([f"{fact['relation']}: {said}", *(f"{name}: {_plain(value)}" for name, value in qualifiers)])
    if not isinstance(given, str):
        raise VocabularyError("the quote must be a text.", mend="Quote what the source says, or leave it out.")
    return forms.BAD.sub(" ", given[: forms.LONGEST])


def _plain(value: Name | Literal) -> str:
    return value.text if isinstance(value, Name) else str(value)


def _stand(fact: Fact, head: Name, tail: Name | Literal) -> None:
    """Raises VocabularyError with the schema check's first hard objection."""
    row, qualifiers = fact.relation, fact.qualifiers
    dated = row.range is LiteralType.DATE
    kinds: tuple[tuple[str, Kind | None], ...] = ()
    if qualifiers:
        dated = dated or any(name == "end" for name, _ in qualifiers)
        kinds = tuple((name, value.kind) for name, value in qualifiers if isinstance(value, Name))
    if not dated and _kinds_fit(row.name, head.kind, tail.kind if isinstance(tail, Name) else None, kinds):
        return
    ends = tuple((name, _end(value)) for name, value in qualifiers)
    problems = check(row.name, End(head.kind, head.text), _end(tail), ends)
    if problems and problems[0].hard:
        raise VocabularyError(problems[0].message, mend=_mend(row, fact.swapped, head, tail))


def _mend(row: Relation, swapped: bool, head: Name, tail: Name | Literal) -> str:
    """Where the ends fit the other way round, says so."""
    if isinstance(tail, Name) and tail.kind in row.domain and head.kind in row.tail_kinds:
        return f"The other way round it can: write {row.name if swapped else row.inverse}."
    return "Mend the fact, or leave it out."


@lru_cache(maxsize=forms.CACHE)
def _kinds_fit(name: str, head: Kind | None, tail: Kind | None, kinds: tuple[tuple[str, Kind | None], ...]) -> bool:
    row = read_relation(name)[0]
    end: End | Literal = End(tail) if row.literal is None else Literal(row.literal, "")
    return not any(problem.hard for problem in check(name, End(head), end, ((q, End(k)) for q, k in kinds)))


def _end(value: Name | Literal) -> End | Literal:
    return End(value.kind, value.text) if isinstance(value, Name) else value
