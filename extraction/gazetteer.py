"""The gazetteer: known names, found in raw text by folded words, longest match, with ambiguity kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from marquee.schema.kinds import Kind
from marquee.schema.text import fold
from marquee.schema.values import Span

folded = lru_cache(maxsize=1 << 16)(fold)
# Longer names exist, but their first words tell them apart.
MOST_WORDS = 16


class Word(NamedTuple):
    """A folded word and where it stands; `stem` is its key without a possessive 's, "" if it has none."""

    key: str
    start: int
    end: int
    stem: str = ""
    stem_end: int = 0


class Entry(NamedTuple):
    """A bearer of a name: the name as its source writes it, its kind, and its entity's id."""

    name: str
    kind: Kind
    entity: str


@dataclass(frozen=True, slots=True)
class Match:
    """A known name in a text: its words [first, last), its raw span, and who bears it."""

    first: int
    last: int
    span: Span
    entries: tuple[Entry, ...]

    @property
    def kinds(self) -> frozenset[Kind]:
        """Every kind the name may be of."""
        return frozenset(entry.kind for entry in self.entries)


@dataclass(slots=True)
class Gazetteer:
    """A table from folded names to their bearers; their strict prefixes are keys without bearers.

    A scan extends a run of words only while it is a key, so that its cost does not depend on the size
    of the table.
    """

    _table: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    names: int = 0

    @classmethod
    def build(cls, entries: Iterable[tuple[str, Kind, str]]) -> Gazetteer:
        """A gazetteer of (name, kind, entity id). Names that fold to nothing are left out."""
        gazetteer = cls()
        for name, kind, entity in entries:
            gazetteer.add(name, kind, entity)
        return gazetteer

    def add(self, name: str, kind: Kind, entity: str) -> None:
        """Adds a name of an entity; known ones keep their order. Keywords are tags ("new york", "female director"):
        where a text has the word, it means something else."""
        if kind is Kind.KEYWORD:
            return
        entry = Entry(name, kind, entity)
        for key in _keys(name, kind):
            held = self._table.get(key, ())
            self.names += not held
            if entry not in held:
                self._table[key] = (*held, entry)
            at = key.find(" ")
            while at > 0:
                self._table.setdefault(key[:at], ())
                at = key.find(" ", at + 1)

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """The bearers of a name, however it is written."""
        return self._table.get(folded(name), ())

    def find(self, text: str, words: Sequence[Word]) -> list[Match]:
        """Known names among the words of `text`, longest first from the left, none overlapping."""
        matches: list[Match] = []
        at = 0
        while at < len(words):
            match = self._longest(text, words, at)
            if match:
                matches.append(match)
                at = match.last
            else:
                at += 1
        return matches

    def _longest(self, text: str, words: Sequence[Word], first: int) -> Match | None:
        table, best = self._table, None
        key = ""
        for last in range(first, min(len(words), first + MOST_WORDS)):
            word = words[last]
            if last > first and not _bridged(text, words[last - 1], word):
                break
            stem = f"{key} {word.stem}" if key else word.stem
            if word.stem and (entries := table.get(stem)):
                best = Match(first, last + 1, (words[first].start, word.stem_end), entries)
            key = f"{key} {word.key}" if key else word.key
            found = table.get(key)
            if found is None:
                break
            if found:
                best = Match(first, last + 1, (words[first].start, word.end), found)
        return best

    def __len__(self) -> int:
        return self.names


def words(text: str) -> list[Word]:
    """The words of `text` as `fold` writes them, each with its raw span."""
    found: list[Word] = []
    for chunk in _CHUNK.finditer(text):
        base = chunk.start()
        found.extend(
            Word(key, base + start, base + end, stem, base + stem_end)
            for key, start, end, stem, stem_end in _split(chunk[0])
        )
    return found


# A "word" longer than this is no name: it is looked at in pieces, so that the cache stays small.
_CHUNK = re.compile(r"\S{1,60}")
_APOSTROPHES = "'’‘`"
_POSSESSIVE = ("'s", "’s", "'S", "’S")


@lru_cache(maxsize=1 << 16)
def _split(chunk: str) -> tuple[tuple[str, int, int, str, int], ...]:
    found = []
    for start, end in _runs(chunk):
        run = chunk[start:end]
        stem = fold(run[:-2]) if run.endswith(_POSSESSIVE) else ""
        keys = fold(run).split()
        found += [(key, start, end, stem if key == keys[-1] else "", end - 2) for key in keys]
    return tuple(found)


def _runs(chunk: str) -> Iterator[Span]:
    start = -1
    for at, char in enumerate(chunk + " "):
        if _wordish(char):
            start = at if start < 0 else start
            continue
        if start >= 0:
            yield _trimmed(chunk, start, at)
            start = -1
        if char == "&":
            yield at, at + 1


def _trimmed(chunk: str, start: int, end: int) -> Span:
    while start < end - 1 and chunk[start] in _APOSTROPHES:
        start += 1
    while end > start + 1 and chunk[end - 1] in _APOSTROPHES:
        end -= 1
    return start, end


@lru_cache(maxsize=1 << 12)
def _wordish(char: str) -> bool:
    if char in _APOSTROPHES:
        return True
    return any(c.isalnum() or unicodedata.category(c).startswith("M") for c in unicodedata.normalize("NFKC", char))


_GAP = re.compile(r"[ \t\r\n\u00a0\u2009\u202f.,:;!?'’‘\"“”\-‐–—/&*()·]{0,4}")


def _bridged(text: str, left: Word, right: Word) -> bool:
    """Whether one name may run on from `left` to `right`: no new line of a list, no new sentence."""
    if left.start == right.start:
        return True
    gap = text[left.end : right.start]
    if gap in (" ", "-", "’", "'"):
        return True
    if not _GAP.fullmatch(gap) or gap.count("\n") > 1:
        return False
    return not ("." in gap and " " in gap and len(left.key) > 4)


_NO_GENRES = frozenset(("", "film", "television", "music", "video", "short", "feature", "the", "album", "song"))
_GENRE_TAIL = (" film", " films", " movie", " fiction film", " television series", " music", " television program")


def _keys(name: str, kind: Kind) -> Iterator[str]:
    key = fold(name)
    if not key or len(key.split()) > MOST_WORDS:
        return
    yield key
    if kind is Kind.GENRE:
        shorter = {key.removesuffix(tail) for tail in _GENRE_TAIL if key.endswith(tail)}
        yield from sorted(shorter - _NO_GENRES)
