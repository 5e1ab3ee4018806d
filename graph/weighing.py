"""Weighing: the support of many statements at once, by who says them and who is silent, from a snapshot's columns."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import prod

from marquee.graph.support import MODALITY, Voice, hushed, joined
from marquee.graph.trust import Trust
from marquee.schema.relations import CREDITS, RELATIONS
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Modality

COLUMNS = ("voices",)  # that a `Scale` needs
Said = tuple[tuple[int, float], ...]  # a voice of the snapshot, and its best score


@dataclass(frozen=True, slots=True)
class Weighed:
    """Of one row: its support if it had no rival, and what silence makes of its odds. `copied`: the words may be
    one passage that several sources print, which only the evidence itself tells."""

    support: float
    silence: float
    copied: bool


class Scale:
    """Weighs rows of a snapshot by a trust. Statements that are said alike are weighed once."""

    def __init__(self, snapshot: Snapshot, trust: Trust) -> None:
        self._snapshot, self._trust = snapshot, trust
        self._said = said(snapshot)
        self._asserted = [modality == Modality.ASSERTED for _, _, modality in snapshot.voices]
        self._alike: dict[tuple[int, Said], tuple[float, bool]] = {}

    def weigh(self, wanted: Collection[int] | None = None) -> Iterator[tuple[int, Weighed]]:
        """Rows with what is found of them; all that stand in one slot with one of `wanted`, or simply all."""
        for relation, rows in slots(self._snapshot, wanted):
            speak = {row: self._sources(row) for row in rows}
            all_ = set().union(*speak.values())
            name = self._snapshot.relations[relation]
            listing = name in RELATIONS and not RELATIONS[name].single
            for row in rows:
                alone, copied = self._alone(relation, self._said[row])
                silent = sorted(all_ - speak[row]) if listing and len(all_) > 1 else ()
                silence = prod(self._trust.silence(source, name) for source in silent)
                yield row, Weighed(hushed(alone, silence), silence, copied)

    def _sources(self, row: int) -> set[str]:
        return {self._snapshot.voices[voice][0] for voice, _ in self._said[row] if self._asserted[voice]}

    def _alone(self, relation: int, words: Said) -> tuple[float, bool]:
        """Support by the words alone, and whether one extractor read several sources."""
        found = self._alike.get((relation, words))
        if found is None:
            voices: dict[str, dict[str, float]] = {}
            for voice, score in words:
                source, extractor, modality = self._snapshot.voices[voice]
                readings = voices.setdefault(source, {})
                readings[extractor] = max(readings.get(extractor, 0.0), score * MODALITY[Modality(modality)])
            spoken: list[Voice] = [{source: readings} for source, readings in voices.items()]
            extractors = [extractor for readings in voices.values() for extractor in readings]
            copied = len(extractors) > len(set(extractors))
            found = joined(spoken, self._snapshot.relations[relation], self._trust), copied
            self._alike[relation, words] = found
        return found


def said(snapshot: Snapshot) -> list[Said]:
    """Who says each statement, each voice with its best score; one tuple for all that are alike."""
    found: list[Said] = [()] * len(snapshot)
    same: dict[Said, Said] = {}
    for row, voice, score in zip(snapshot.said_of, snapshot.said_by, snapshot.said_score, strict=True):
        words: Said = ((voice, score),)
        if before := found[row]:
            best = dict(before)
            best[voice] = max(score, best.get(voice, 0.0))
            words = tuple(sorted(best.items()))
        found[row] = same.setdefault(words, words)
    return found


def slots(snapshot: Snapshot, wanted: Collection[int] | None = None) -> Iterator[tuple[int, list[int]]]:
    """Rows that speak of one thing by one relation, with the relation's code; those slots in which one of `wanted`
    stands, or all. The thing is the work that somebody made, else the subject."""
    count = len(snapshot.entities) + 1
    made = [name in CREDITS for name in snapshot.relations]
    keys = array(
        "q",
        (
            relation * count + (tail if made[relation] else head)
            for head, relation, tail in zip(snapshot.head, snapshot.relation, snapshot.tail, strict=True)
        ),
    )
    chosen = None if wanted is None else {keys[row] for row in wanted}
    rows = [row for row in range(len(keys)) if chosen is None or keys[row] in chosen]
    rows.sort(key=keys.__getitem__)
    for key, some in groupby(rows, key=keys.__getitem__):
        yield key // count, list(some)


def supports(snapshot: Snapshot, found: Mapping[int, Weighed]) -> array[float]:
    """The snapshot's column of support with what was found."""
    column = array("f", snapshot.support)
    for row, weighed in found.items():
        column[row] = weighed.support
    return column
