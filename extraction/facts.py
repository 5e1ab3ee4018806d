"""Facts: records and facts in Marquee's own JSON form, checked and turned into names and claims."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from marquee.extraction.toml_table import nearest
from marquee.schema.checks import End, check
from marquee.schema.errors import VocabularyError
from marquee.schema.kinds import SCREEN_WORKS, Kind
from marquee.schema.literals import FIRST_FILM_YEAR, FIRST_YEAR, LAST_YEAR, Literal, LiteralType, canonical
from marquee.schema.relations import QUALIFIERS, Relation, kind, read_relation
from marquee.schema.values import Claim, Evidence, ExternalId, Locator, Name

NAME_KEYS = frozenset({"name", "kind", "ids", "aliases", "year"})
VALUE_KEYS = frozenset({"value", "currency", "year"})
RECORD_KEYS = NAME_KEYS | {"facts"}
_ABOUT = frozenset({"relation", "qualifiers", "score", "quote"})
NAME_FACT_KEYS = _ABOUT | NAME_KEYS
VALUE_FACT_KEYS = _ABOUT | VALUE_KEYS

_LONGEST = 1000  # characters of a name or quote
_CACHE = 1 << 14

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
    _known_keys(record, RECORD_KEYS, "a", "record")
    if not isinstance(record.get("facts", []), list):
        raise VocabularyError("facts must be a list.", mend='Write "facts": [{"relation": "genre", "name": "drama"}].')
    if "kind" not in record:
        raise VocabularyError("the record has no kind.", mend='Add one, as "kind": "Film".')
    return _name(record)


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
    name = form.get("relation")
    if not isinstance(name, str):
        raise VocabularyError("the fact names no relation.", mend='Add one, as "relation": "genre".')
    return _read_relation(name)


_read_relation = lru_cache(maxsize=1024)(read_relation)


def _name_end(row: Relation, swapped: bool, fact: Mapping[str, object]) -> Name:
    _known_keys(fact, NAME_FACT_KEYS, "a fact of", row.name)
    kinds = row.domain if swapped else row.tail_kinds
    return _name(fact, next(iter(kinds)) if len(kinds) == 1 else None)


def _literal_end(row: Relation, swapped: bool, fact: Mapping[str, object]) -> Literal:
    _known_keys(fact, VALUE_FACT_KEYS, "a fact of", row.name)
    if swapped:
        raise VocabularyError(
            f"a {row.literal} cannot be what a fact is about.", mend=f"Write {row.name} of its bearer."
        )
    return _literal(row.name, fact)


def _literal(name: str, form: Mapping[str, object]) -> Literal:
    value, currency, year = form.get("value"), form.get("currency", ""), form.get("year")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise VocabularyError(f"{name} needs a value, a text or a number.", mend='Write it as "value": "1997".')
    if year is not None:
        _year(year)
    return _canonical(name, _printable(str(value)), str(currency), year if isinstance(year, int) else None)


@lru_cache(maxsize=_CACHE)
def _canonical(name: str, value: str, currency: str, year: int | None) -> Literal:
    type_ = _literal_type(name)
    if currency and type_ is not LiteralType.MONEY:
        raise VocabularyError(f"{name} is a {type_}, which has no currency.", mend="Leave it out.")
    return canonical(type_, value, currency, year)


def _literal_type(name: str) -> LiteralType:
    wanted = QUALIFIERS[name] if name in QUALIFIERS else read_relation(name)[0].range
    assert isinstance(wanted, LiteralType)
    return wanted


def _qualifiers(row: Relation, given: object) -> Qualifiers:
    if not isinstance(given, dict):
        raise VocabularyError("qualifiers must be an object.", mend='Write "qualifiers": {"character": "Rose"}.')
    return tuple((name, _qualifier(row, name, value)) for name, value in given.items())


def _qualifier(row: Relation, name: str, value: object) -> Name | Literal:
    if name not in row.qualifiers:
        mend = nearest(name, row.qualifiers) if row.qualifiers else "Leave it out."
        raise VocabularyError(f"{row.label} takes no qualifier {name!r}.", mend=mend)
    wanted = QUALIFIERS[name]
    if isinstance(wanted, LiteralType):
        form = value if isinstance(value, dict) else {"value": value}
        _known_keys(form, VALUE_KEYS, "qualifier", name)
        return _literal(name, form)
    if not isinstance(value, dict):
        raise VocabularyError(
            f"qualifier {name} must be an object.", mend='Write it as {"name": "...", "kind": "Film"}.'
        )
    _known_keys(value, NAME_KEYS, "qualifier", name)
    return _name(value)


def _name(form: Mapping[str, object], only: Kind | None = None) -> Name:
    text, kind_, year = form.get("name"), form.get("kind", only), form.get("year")
    if not isinstance(text, str):
        raise VocabularyError("there is no name.", mend='Add one, as "name": "Titanic".')
    if kind_ is not None and not isinstance(kind_, str):
        raise VocabularyError("kind must be a text.", mend='Write it as "kind": "Film".')
    if year is not None:
        _year(year)
    ids = _ids(form["ids"]) if "ids" in form else ()
    return _named(text, kind_, ids, year, _aliases(form["aliases"]) if "aliases" in form else ())


@lru_cache(maxsize=_CACHE)
def _named(
    text: str, kind_: str | None, ids: tuple[ExternalId, ...], year: int | None, aliases: tuple[str, ...]
) -> Name:
    hint = kind(kind_) if kind_ is not None else None
    if year is not None and hint in SCREEN_WORKS and year < FIRST_FILM_YEAR:
        raise VocabularyError(f"a {hint} of {year}, before there was film.", mend="Mend the year.")
    return Name(_printable(text), hint, ids, year, aliases=aliases)


def _ids(given: object) -> tuple[ExternalId, ...]:
    if not isinstance(given, dict):
        raise VocabularyError("ids must be an object.", mend='Write "ids": {"wikidata": "Q44578"}.')
    return tuple(sorted((scheme, _id(scheme, value)) for scheme, value in given.items()))


_ID = re.compile(r"[^\s,|\x00-\x1f\x7f\ud800-\udfff]{1,200}")
_SCHEME = re.compile(r"[a-z][a-z0-9_]*")


def _id(scheme: str, value: object) -> str:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not _SCHEME.fullmatch(scheme):
        raise VocabularyError(f"{scheme!r} is no name of an id scheme.", mend="Use small letters, as wikidata or imdb.")
    if not _ID.fullmatch(text):
        raise VocabularyError(f"{value!r} is no {scheme} id.", mend="An id is one text without blanks and commas.")
    return text


def _aliases(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(alias, str) for alias in given):
        raise VocabularyError("aliases must be a list of texts.", mend='Write "aliases": ["La Dolce Vita"].')
    return tuple(_printable(alias) for alias in given)


def _year(given: object) -> None:
    if not isinstance(given, int) or isinstance(given, bool):
        raise VocabularyError(f"the year {str(given)[:40]!r} is no whole number.", mend='Write it as "year": 1997.')
    if not FIRST_YEAR <= given <= LAST_YEAR:
        mend = f"Years run from {FIRST_YEAR} to {LAST_YEAR}."
        raise VocabularyError(f"{str(given)[:40]} is no possible year.", mend=mend)


_BAD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@lru_cache(maxsize=_CACHE)
def _printable(text: str) -> str:
    """`text` with single spaces. Raises VocabularyError if it is empty, overlong, or holds what no name holds."""
    clean = " ".join(text.split())
    if not clean:
        raise VocabularyError("an empty name or value.", mend="Leave the fact out instead.")
    if len(clean) > _LONGEST:
        raise VocabularyError(f"a name or value of {len(clean):,} characters.", mend=f"Up to {_LONGEST} are taken.")
    if bad := _BAD.search(clean):
        raise VocabularyError(f"the sign {bad[0]!r} stands in a name or value.", mend="Take it out.")
    return clean


def _score(fact: Mapping[str, object]) -> float:
    score = fact.get("score", 1.0)
    if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 1:
        raise VocabularyError(
            f"the score {str(score)[:40]!r} is not from 0 to 1.", mend="Write how sure the source is."
        )
    return float(score)


def _quote(fact: Mapping[str, object], qualifiers: Qualifiers) -> str:
    given = fact.get("quote")
    if given is None:
        said = fact["name"] if "name" in fact else fact["value"]
        given = "; ".join([f"{fact['relation']}: {said}", *(f"{name}: {_shown(value)}" for name, value in qualifiers)])
    if not isinstance(given, str):
        raise VocabularyError("the quote must be a text.", mend="Quote what the source says, or leave it out.")
    return _BAD.sub(" ", given[:_LONGEST])


def _shown(value: Name | Literal) -> str:
    return value.text if isinstance(value, Name) else str(value)


def _known_keys(form: Mapping[str, object], known: Set[str], *what: str) -> None:
    if not form.keys() <= known:
        key = next(key for key in form if key not in known)
        raise VocabularyError(f"{' '.join(what)} has no key {key[:40]!r}.", mend=nearest(key, sorted(known)))


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


@lru_cache(maxsize=_CACHE)
def _kinds_fit(name: str, head: Kind | None, tail: Kind | None, kinds: tuple[tuple[str, Kind | None], ...]) -> bool:
    row = read_relation(name)[0]
    end: End | Literal = End(tail) if row.literal is None else Literal(row.literal, "")
    return not any(problem.hard for problem in check(name, End(head), end, ((q, End(k)) for q, k in kinds)))


def _end(value: Name | Literal) -> End | Literal:
    return End(value.kind, value.text) if isinstance(value, Name) else value
