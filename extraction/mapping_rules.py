"""What a mapping of a table's columns says, as values; `mapping.py` documents and reads them."""

from __future__ import annotations

from collections import abc
from dataclasses import dataclass, field

from marquee.extraction.facts import Fact
from marquee.schema.literals import LiteralType

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600}  # units of a duration
Filters = abc.Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value comes from and what is done to it; see `mapping.py`."""

    column: str = ""
    const: str = ""
    list: bool = False
    skip: tuple[str, ...] = ()
    rename: abc.Mapping[str, str] = field(default_factory=dict)
    renamed_only: bool = False
    text: str = ""
    kind: str = ""
    kinds: abc.Mapping[str, str] = field(default_factory=dict)
    ids: abc.Mapping[str, Cell] = field(default_factory=dict)
    year: str = ""
    aliases: str = ""
    format: str = ""
    year_column: str = ""
    unit: str = ""
    at_least: float = 0.0


@dataclass(frozen=True, slots=True)
class FactRule:
    """One relation of an entity and where its other end is found. `plain`: a text of the cell alone says all of
    the fact; `memo` then holds facts already read, by their text."""

    relation: str
    object: Cell
    literal: LiteralType | None
    qualifiers: abc.Mapping[str, Cell] = field(default_factory=dict)
    when: Filters = field(default_factory=dict)
    unless: Filters = field(default_factory=dict)
    subject_kind: str = ""
    score: float = 1.0
    plain: bool = False
    memo: dict[str, Fact] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EntityRule:
    """What a row speaks of, and its facts."""

    name: Cell
    facts: tuple[FactRule, ...]
    when: Filters = field(default_factory=dict)
    unless: Filters = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written."""

    delimiter: str = ""
    quote: str = '"'
    list: str = "|"
    short_rows: str = "refuse"
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of a table mean. `columns` are those it needs; `fingerprint` changes with any of its text."""

    name: str
    path: str
    version: str
    fingerprint: str
    layout: Layout
    entities: tuple[EntityRule, ...]
    columns: frozenset[str]
