"""The relations table: the single source from which checks, GraphQL, Neo4j types, model and docs derive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from marquee.schema.errors import VocabularyError
from marquee.schema.kinds import (
    COMPANIES,
    INSTITUTIONS,
    KINDS_OF,
    PEOPLE,
    RECORDINGS,
    SCREEN_WORKS,
    TITLED_WORKS,
    Kind,
    Level,
)
from marquee.schema.literals import LiteralType


class Family(StrEnum):
    """Where a relation lives: inside one level, between levels, towards shared kinds, or to a literal."""

    WORK = "work"
    PERSON = "person"
    INSTITUTION = "institution"
    BETWEEN = "between"
    SHARED = "shared"
    LITERAL = "literal"


# A qualifier's value is a literal of this type, or an entity of one of these kinds.
QUALIFIERS: dict[str, LiteralType | frozenset[Kind]] = {
    "character": LiteralType.TEXT,
    "billing": LiteralType.COUNT,
    "role": LiteralType.TEXT,
    "year": LiteralType.YEAR,
    "category": LiteralType.TEXT,
    "work": TITLED_WORKS,
    "territory": LiteralType.TEXT,
    "medium": LiteralType.TEXT,
    "date": LiteralType.DATE,
    "start": LiteralType.DATE,
    "end": LiteralType.DATE,
    "share": LiteralType.RATING,
    "price": LiteralType.MONEY,
    "ordinal": LiteralType.COUNT,
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of the vocabulary.

    `single`: holds one value at a time for one subject and one set of identifying qualifiers.
    `identifying`: qualifiers that tell two statements apart; the other allowed ones join one statement.
    `symmetric`: (a, r, b) says the same as (b, r, a). `computed`: derived from the graph, never claimed.
    """

    name: str
    inverse: str
    wikidata: str | None
    domain: frozenset[Kind]
    range: frozenset[Kind] | LiteralType
    family: Family
    single: bool = False
    identifying: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    symmetric: bool = False
    computed: bool = False

    @property
    def literal(self) -> LiteralType | None:
        """The literal type of the range, or None where the range is kinds."""
        return self.range if isinstance(self.range, LiteralType) else None

    @property
    def tail_kinds(self) -> frozenset[Kind]:
        """The kinds of the range; empty where it is a literal."""
        return frozenset() if isinstance(self.range, LiteralType) else self.range

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """All qualifiers the relation takes."""
        return self.identifying + self.joining

    @property
    def label(self) -> str:
        """The name as one reads it: `acted_in` is "acted in"."""
        return self.name.replace("_", " ")


K = Kind
F = Family
SERIES_PARTS = frozenset({K.SERIES, K.SEASON, K.EPISODE})
PERSON = frozenset({K.PERSON})
HONOURED = PEOPLE | TITLED_WORKS | INSTITUTIONS
STORIES = frozenset({K.FILM, K.SERIES, K.SEASON, K.EPISODE, K.FRANCHISE})
AWARD = ("year", "category", "work")
TENURE = ("start",)
RELEASE = ("territory", "medium", "date")


def _credit(name: str, inverse: str, wikidata: str, works: frozenset[Kind], *joining: str) -> Relation:
    return Relation(name, inverse, wikidata, PEOPLE, works, F.BETWEEN, joining=(*joining, "role"))


def _shared(
    name: str, inverse: str, wikidata: str, domain: frozenset[Kind], kind: Kind, single: bool = False
) -> Relation:
    return Relation(name, inverse, wikidata, domain, frozenset({kind}), F.SHARED, single=single)


def _literal(
    name: str, wikidata: str | None, domain: frozenset[Kind], type_: LiteralType, **more: tuple[str, ...]
) -> Relation:
    return Relation(name, f"{name}_of", wikidata, domain, type_, F.LITERAL, single=True, **more)  # type: ignore[arg-type]


_ROWS: tuple[Relation, ...] = (
    # work
    Relation("part_of", "has_part", "P361", frozenset(KINDS_OF[Level.WORK]), frozenset(KINDS_OF[Level.WORK]), F.WORK, joining=("ordinal",)),
    Relation("sequel_of", "sequel", "P155", STORIES, STORIES, F.WORK),
    Relation("remake_of", "remake", None, STORIES, STORIES, F.WORK),
    Relation("spin_off_of", "spin_off", None, STORIES, STORIES, F.WORK),
    Relation("based_on", "adaptation", "P144", TITLED_WORKS | {K.CHARACTER}, TITLED_WORKS | {K.CHARACTER}, F.WORK),
    Relation("features_character", "appears_in", "P674", TITLED_WORKS | {K.SCENE}, frozenset({K.CHARACTER}), F.WORK),
    # person
    Relation("spouse", "spouse", "P26", PERSON, PERSON, F.PERSON, identifying=TENURE, joining=("end",), symmetric=True),
    Relation("sibling", "sibling", "P3373", PERSON, PERSON, F.PERSON, symmetric=True),
    Relation("parent", "child", "P8810", PERSON, PERSON, F.PERSON),
    Relation("member_of", "member", "P463", PERSON, frozenset({K.GROUP}), F.PERSON, identifying=TENURE, joining=("end", "role")),
    Relation("collaborated_with", "collaborated_with", None, PEOPLE, PEOPLE, F.PERSON, symmetric=True, computed=True),
    # institution
    Relation("owned_by", "owns", "P127", INSTITUTIONS, INSTITUTIONS | PEOPLE, F.INSTITUTION, identifying=TENURE, joining=("share", "end")),
    Relation("subsidiary_of", "subsidiary", "P749", INSTITUTIONS, INSTITUTIONS, F.INSTITUTION, joining=("start", "end")),
    Relation("acquired_by", "acquired", None, INSTITUTIONS, INSTITUTIONS | PEOPLE, F.INSTITUTION, joining=("date", "price", "share")),
    Relation("co_produced_with", "co_produced_with", None, INSTITUTIONS, INSTITUTIONS, F.INSTITUTION, symmetric=True, computed=True),
    # between levels
    Relation("shares_talent", "shares_talent", None, TITLED_WORKS | INSTITUTIONS, TITLED_WORKS | INSTITUTIONS, F.BETWEEN, symmetric=True, computed=True),
    _credit("acted_in", "cast", "P161", SCREEN_WORKS, "character", "billing"),
    _credit("directed", "director", "P57", SCREEN_WORKS),
    _credit("wrote", "writer", "P58", TITLED_WORKS),
    _credit("produced", "producer", "P162", TITLED_WORKS),
    _credit("executive_produced", "executive_producer", "P1431", TITLED_WORKS),
    _credit("composed", "composer", "P86", TITLED_WORKS),
    _credit("shot", "cinematographer", "P344", SCREEN_WORKS),
    _credit("edited", "editor", "P1040", SCREEN_WORKS),
    _credit("performed", "performer", "P175", RECORDINGS | SCREEN_WORKS),
    Relation("production_company", "produced_work", "P272", TITLED_WORKS, COMPANIES, F.BETWEEN),
    Relation("distributed_by", "distributed_work", "P750", TITLED_WORKS, COMPANIES, F.BETWEEN, identifying=RELEASE),
    Relation("broadcast_by", "broadcast_work", "P449", SCREEN_WORKS, frozenset({K.NETWORK}), F.BETWEEN, joining=("start", "end")),
    Relation("released_by", "released", "P264", RECORDINGS | PEOPLE, frozenset({K.RECORD_LABEL}), F.BETWEEN, joining=("start", "end")),
    Relation("employed_by", "employee", "P108", PERSON, INSTITUTIONS, F.BETWEEN, identifying=TENURE, joining=("end", "role")),
    Relation("founded", "founder", "P112", PEOPLE, INSTITUTIONS | {K.GROUP}, F.BETWEEN, joining=("date",)),
    Relation("represented_by", "client", "P1875", PEOPLE, frozenset({K.AGENCY}), F.BETWEEN, identifying=TENURE, joining=("end",)),
    Relation("nominated_for", "nominee", "P1411", HONOURED, frozenset({K.AWARD}), F.BETWEEN, identifying=AWARD),
    Relation("won", "winner", "P166", HONOURED, frozenset({K.AWARD}), F.BETWEEN, identifying=AWARD),
    Relation("presented_by", "presents", "P1027", frozenset({K.AWARD, K.CEREMONY}), frozenset({K.AWARD_BODY, K.FESTIVAL, K.NETWORK}), F.BETWEEN),
    Relation("presented_at", "award_presented", None, frozenset({K.AWARD}), frozenset({K.CEREMONY}), F.SHARED),
    Relation("honored_at", "honored", None, HONOURED, frozenset({K.CEREMONY}), F.BETWEEN),
    Relation("shown_at", "showed", None, SCREEN_WORKS, frozenset({K.FESTIVAL}), F.BETWEEN, joining=("date",)),
    Relation("owns_rights_to", "rights_holder", None, INSTITUTIONS | PEOPLE, TITLED_WORKS | {K.CHARACTER}, F.BETWEEN, identifying=("territory", "start"), joining=("share", "end", "price")),
    # shared
    _shared("genre", "genre_of", "P136", TITLED_WORKS | PEOPLE, K.GENRE),
    _shared("country", "country_of", "P495", TITLED_WORKS | INSTITUTIONS | {K.GROUP}, K.COUNTRY),
    _shared("language", "language_of", "P364", TITLED_WORKS, K.LANGUAGE),
    Relation("filmed_in", "filming_location_of", "P915", SCREEN_WORKS, frozenset({K.PLACE, K.COUNTRY}), F.SHARED),
    _shared("keyword", "keyword_of", "P921", TITLED_WORKS, K.KEYWORD),
    _shared("profession", "profession_of", "P106", PEOPLE, K.PROFESSION),
    _shared("nationality", "national", "P27", PERSON, K.COUNTRY),
    Relation("born_in", "birthplace_of", "P19", PERSON, frozenset({K.PLACE, K.COUNTRY}), F.SHARED, single=True),
    # literals
    _literal("release_date", "P577", TITLED_WORKS, LiteralType.DATE, identifying=("territory",)),
    _literal("birth_date", "P569", PERSON, LiteralType.DATE),
    _literal("death_date", "P570", PERSON, LiteralType.DATE),
    _literal("gender", "P21", PERSON, LiteralType.CODE),
    _literal("runtime", "P2047", SCREEN_WORKS | RECORDINGS, LiteralType.DURATION),
    _literal("budget", "P2130", TITLED_WORKS, LiteralType.MONEY),
    _literal("revenue", "P2142", TITLED_WORKS, LiteralType.MONEY, identifying=("territory",)),
    _literal("vote_count", None, TITLED_WORKS, LiteralType.COUNT),
    _literal("rating", "P444", TITLED_WORKS, LiteralType.RATING),
)  # fmt: skip

RELATIONS: dict[str, Relation] = {row.name: row for row in _ROWS}
INVERSES: dict[str, Relation] = {row.inverse: row for row in _ROWS if not row.symmetric}
CREDITS = tuple(
    name
    for name, row in RELATIONS.items()
    if row.family is F.BETWEEN and "role" in row.joining and row.domain == PEOPLE
)


def relation(name: str) -> Relation:
    """The row of `name`. Raises VocabularyError with the nearest names if there is none."""
    try:
        return RELATIONS[name]
    except KeyError:
        raise VocabularyError(f"unknown relation {name!r}.", mend=_nearest(name, RELATIONS)) from None


def read_relation(name: str) -> tuple[Relation, bool]:
    """The row that `name` names, and whether it does so by its inverse (then the ends are swapped).

    Raises VocabularyError if it names none.
    """
    if name in RELATIONS:
        return RELATIONS[name], False
    if name in INVERSES:
        return INVERSES[name], True
    raise VocabularyError(f"unknown relation {name!r}.", mend=_nearest(name, [*RELATIONS, *INVERSES]))


def kind(name: str) -> Kind:
    """The kind of that name. Raises VocabularyError with the nearest names if there is none."""
    try:
        return Kind(name)
    except ValueError:
        raise VocabularyError(f"unknown kind {name!r}.", mend=_nearest(name, [k.value for k in Kind])) from None


def _nearest(name: str, known: object) -> str:
    import difflib

    names = [str(item) for item in known]  # type: ignore[attr-defined]
    close = difflib.get_close_matches(str(name), names, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(close)}?" if close else f"Known are: {', '.join(sorted(names))}."
