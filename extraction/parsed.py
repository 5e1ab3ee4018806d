"""Parsed: what a sentence falls into, its clauses and appositions, with the phrases and names of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from marquee.extraction.chunks import Item
from marquee.schema.values import Span


@dataclass(slots=True)
class Clause:
    """A verb with its arguments. `reduced`: a participle without "is"; `gapped`: the verb is understood;
    `about`: the item that "which … directed" makes its object."""

    verbs: tuple[str, ...]
    span: Span
    subject: list[Item] = field(default_factory=list)
    objects: list[list[Item]] = field(default_factory=list)
    phrases: list[tuple[str, list[Item]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    about: Item | None = None
    passive: bool = False
    reduced: bool = False
    gapped: bool = False

    def behind(self, *prepositions: str) -> list[Item]:
        """The items of its phrases with one of the prepositions."""
        return [item for preposition, items in self.phrases if preposition in prepositions for item in items]


@dataclass(frozen=True, slots=True)
class Apposition:
    """A name and what stands beside it between commas: "its producer, Ann", "Ann, star of Heat"."""

    item: Item
    said: Item
    phrases: list[tuple[str, list[Item]]]


@dataclass(slots=True)
class Parsed:
    """The clauses and appositions of a sentence, all its prepositional phrases with the subject before them, and
    all its names and nouns."""

    clauses: list[Clause] = field(default_factory=list)
    appositions: list[Apposition] = field(default_factory=list)
    loose: list[tuple[str, list[Item], list[Item]]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
