"""Cases: who says what of a thing, who speaks of it and does not; counted, those that are alike together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marquee.graph.weighing import Said, said, slots
from marquee.schema.literals import LiteralType
from marquee.schema.relations import RELATIONS
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Modality

Say = tuple[str, str, float]  # source, extractor, extraction score to two digits
Says = tuple[Say, ...]
COLUMNS = ("decision", "literals", "open", "voices")  # that `cases` needs
_MOST = 4_000  # different cases that are looked at; of more, every so many-th is taken


@dataclass(frozen=True, slots=True)
class Case:
    """Of a relation of one value, the values that are said of one thing; of another, one of them.

    `values`: who says each. `silent`: sources that speak of the thing, by this relation, and do not say it; none
    where `single`. `known`: a reviewer's word on each value, 1, -1 or 0 for none.
    """

    relation: str
    single: bool
    values: tuple[Says, ...]
    silent: tuple[str, ...] = ()
    known: tuple[int, ...] = (0,)


def by_source(says: Says) -> dict[str, Says]:
    """Who says a value, source by source."""
    found: dict[str, Says] = {}
    for say in says:
        found[say[0]] = (*found.get(say[0], ()), say)
    return found


def speakers(case: Case) -> set[str]:
    """The sources that say one of its values."""
    return {say[0] for says in case.values for say in says}


def cases(snapshot: Snapshot) -> Counter[Case]:
    """The cases of a snapshot that can teach something: two sources speak of the thing, or a reviewer decided.

    Needs `COLUMNS`. What is only quoted, hedged, asked or foretold is left out, and so is what is said of a name
    that may mean another. Some seconds for a million statements.
    """
    says = _says(snapshot)
    found: Counter[Case] = Counter()
    for code, slot in slots(snapshot):
        relation, rows = snapshot.relations[code], [row for row in slot if says[row]]
        sources = {say[0] for row in rows for say in says[row]} if relation in RELATIONS else set()
        if len(sources) > 1 or (sources and any(snapshot.decision[row] for row in rows)):
            single = RELATIONS[relation].single
            found.update(
                _of_one(snapshot, relation, rows, says) if single else _of_many(snapshot, relation, rows, says)
            )
    return _some(found)


def _says(snapshot: Snapshot) -> list[Says]:
    """Who asserts each statement, the best score of each; one tuple for all that are alike."""
    asserted = [modality == Modality.ASSERTED for _, _, modality in snapshot.voices]
    heard: dict[Said, Says] = {(): ()}
    found: list[Says] = []
    for row, words in enumerate(said(snapshot)):
        if words not in heard:
            mine = ((*snapshot.voices[voice][:2], round(score, 2)) for voice, score in words if asserted[voice])
            heard[words] = tuple(sorted(mine))
        found.append(() if snapshot.open[row] else heard[words])
    return found


def _of_one(snapshot: Snapshot, relation: str, rows: Sequence[int], says: Sequence[Says]) -> Iterator[Case]:
    """The values of a relation of one value. Of dates, one that says another less exactly says the same."""
    kind = RELATIONS[relation].literal
    values: dict[str, Says] = {}
    known: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: (-len(snapshot.literals[row]), snapshot.literals[row], row)):
        text = snapshot.literals[row] or str(snapshot.tail[row])
        if kind in (LiteralType.DATE, LiteralType.YEAR):
            # A day of release differs by territory, which a snapshot does not tell; its year seldom does.
            text = text[:4] if RELATIONS[relation].identifying else text
            text = next((longer for longer in values if longer.startswith(text)), text)
        values[text] = tuple(sorted({*values.get(text, ()), *says[row]}))
        known[text] = known.get(text) or snapshot.decision[row]
    ordered = sorted(zip(values.values(), known.values(), strict=True))
    yield Case(relation, True, tuple(v for v, _ in ordered), known=tuple(k for _, k in ordered))


def _of_many(snapshot: Snapshot, relation: str, rows: Sequence[int], says: Sequence[Says]) -> Iterator[Case]:
    sources = {say[0] for row in rows for say in says[row]}
    for row in rows:
        mine = {say[0] for say in says[row]}
        silent = tuple(sorted(sources - mine))
        if len(mine) > 1 or silent or snapshot.decision[row]:
            yield Case(relation, False, (says[row],), silent, (snapshot.decision[row],))


def _some(found: Counter[Case]) -> Counter[Case]:
    """All of them, or where they are too many some of each kind, with the weight of all."""
    if len(found) <= _MOST:
        return found
    every = -(-len(found) // _MOST)
    by_relation: dict[str, list[Case]] = defaultdict(list)
    for case in found:
        by_relation[case.relation].append(case)
    return Counter({case: found[case] * every for some in by_relation.values() for case in some[::every]})
