"""Forms: names and values as Marquee's JSON writes them, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import lru_cache

from marquee.extraction.toml_table import nearest
from marquee.schema.errors import VocabularyError
from marquee.schema.kinds import SCREEN_WORKS, Kind
from marquee.schema.literals import FIRST_FILM_YEAR, FIRST_YEAR, LAST_YEAR, Literal, LiteralType, canonical
from marquee.schema.relations import QUALIFIERS, kind, read_relation
from marquee.schema.values import ExternalId, Name

NAME_KEYS = frozenset({"name", "kind", "ids", "aliases", "year"})
VALUE_KEYS = frozenset({"value", "currency", "year"})
LONGEST = 1000  # characters of a name or quote
CACHE = 1 << 14  # names and values that are kept at hand
_LONGEST_WORD = 60
BAD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # signs that no name holds


def name_of(form: Mapping[str, object], only: Kind | None = None) -> Name:
    """The name that a record, fact or qualifier writes; of kind `only` where it says none.

    Raises VocabularyError if name, kind, ids, aliases or year are not right.
    """
    text, kind_, year = form.get("name"), form.get("kind", only), form.get("year")
    if not isinstance(text, str):
        raise VocabularyError("there is no name.", mend='Add one, as "name": "Titanic".')
    if kind_ is not None:
        kind_ = word(kind_, "kind", "Film")
    if year is not None:
        _year(year)
    ids = _ids(form["ids"]) if "ids" in form else ()
    return _named(text, kind_, ids, year, _aliases(form["aliases"]) if "aliases" in form else ())


def literal_of(name: str, form: Mapping[str, object]) -> Literal:
    """The literal that `form` writes for the relation or qualifier `name`. Raises VocabularyError if it is none."""
    value, currency, year = form.get("value"), form.get("currency", ""), form.get("year")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise VocabularyError(f"{name} needs a value, a text or a number.", mend='Write it as "value": "1997".')
    if year is not None:
        _year(year)
    money = word(currency, "currency", "USD") if currency else ""
    return _canonical(name, _printable(str(value)), money, year if isinstance(year, int) else None)


def check_keys(form: Mapping[str, object], known: Set[str], *what: str) -> None:
    """Raises VocabularyError if `form`, called `what`, has a key that is not known."""
    if not form.keys() <= known:
        key = next(key for key in form if key not in known)
        raise VocabularyError(f"{' '.join(what)} has no key {shown(key)}.", mend=nearest(key, sorted(known)))


def word(value: object, key: str, example: str) -> str:
    """`value` as a word of the vocabulary. Raises VocabularyError if it cannot be one."""
    if not isinstance(value, str) or len(value) > _LONGEST_WORD:
        raise VocabularyError(f"{key} cannot be {shown(value)}.", mend=f'Write it as "{key}": "{example}".')
    return value


def shown(value: object) -> str:
    """`value` as a message shows it, clipped."""
    text = repr(value)
    return text if len(text) <= _LONGEST_WORD else text[:_LONGEST_WORD] + "..."


@lru_cache(maxsize=CACHE)
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
        raise VocabularyError(
            f"{shown(scheme)} is no name of an id scheme.", mend="Use small letters, as wikidata or imdb."
        )
    if not _ID.fullmatch(text):
        raise VocabularyError(f"{shown(value)} is no {scheme} id.", mend="An id is one text without blanks and commas.")
    return text


def _aliases(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(alias, str) for alias in given):
        raise VocabularyError("aliases must be a list of texts.", mend='Write "aliases": ["La Dolce Vita"].')
    return tuple(_printable(alias) for alias in given)


def _year(given: object) -> None:
    if not isinstance(given, int) or isinstance(given, bool):
        raise VocabularyError(f"the year {shown(given)} is no whole number.", mend='Write it as "year": 1997.')
    if not FIRST_YEAR <= given <= LAST_YEAR:
        mend = f"Years run from {FIRST_YEAR} to {LAST_YEAR}."
        raise VocabularyError(f"{shown(given)} is no possible year.", mend=mend)


@lru_cache(maxsize=CACHE)
def _printable(text: str) -> str:
    """`text` with single spaces. Raises VocabularyError if it is empty, overlong, or holds what no name holds."""
    clean = " ".join(text.split())
    if not clean:
        raise VocabularyError("an empty name or value.", mend="Leave the fact out instead.")
    if len(clean) > LONGEST:
        raise VocabularyError(f"a name or value of {len(clean):,} characters.", mend=f"Up to {LONGEST} are taken.")
    if bad := BAD.search(clean):
        raise VocabularyError(f"the sign {bad[0]!r} stands in a name or value.", mend="Take it out.")
    return clean


@lru_cache(maxsize=CACHE)
def _canonical(name: str, value: str, currency: str, year: int | None) -> Literal:
    type_ = _literal_type(name)
    if currency and type_ is not LiteralType.MONEY:
        raise VocabularyError(f"{name} is a {type_}, which has no currency.", mend="Leave it out.")
    return canonical(type_, value, currency, year)


def _literal_type(name: str) -> LiteralType:
    wanted = QUALIFIERS[name] if name in QUALIFIERS else read_relation(name)[0].range
    assert isinstance(wanted, LiteralType)
    return wanted
