"""What runs changed, as one reads it: counted by what became of statements, with examples that read as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from marquee.api.desk import Desk
from marquee.graph.changed import Belief, Change, EntityChange
from marquee.graph.store import Listing, Reader
from marquee.schema.selection import Key, Page
from marquee.schema.wording import sentence

_AT_ONCE = 2_000
T = TypeVar("T")


def diff(desk: Desk, run: str, until: str | None = None, examples: int = 3, whole: bool = False) -> dict[str, Any]:
    """What a run changed, or what changed between the end of `run` and the end of the later run `until`.

    Counts `statements` by what became of them and relation, and `entities`; up to so many `examples` of each. `whole`:
    every change besides, as `changes`. Raises NotFound, InputError where a run is not done or comes later.
    """
    last, since = (until, run) if until else (run, None)
    store = desk.store
    counted: dict[str, Counter[str]] = {}
    kept: dict[str, list[Change]] = {}
    changes = []
    for change in _all(lambda page: store.changed(last, since, page)):
        counted.setdefault(change.shift, Counter())[change.relation] += 1
        kept[change.shift] = _best([*kept.get(change.shift, ()), change], examples)
        changes += [_plain(change)] if whole else []
    entities = _all(lambda page: store.changed_entities(last, since, page))
    told = {
        "run": last,
        "since": since,
        "statements": {shift: dict(by.most_common()) for shift, by in sorted(counted.items())},
        "examples": {shift: _told(store, some) for shift, some in sorted(kept.items())},
        **_entities(store, entities, examples),
    }
    return told | ({"changes": changes} if whole else {})


def _all(read: Callable[[Page], Listing[T]]) -> Iterator[T]:
    after: Key | None = None
    while True:
        listing = read(Page(_AT_ONCE, after))
        yield from listing.items
        if not listing.more:
            return
        after = listing.keys[-1]


def _best(changes: Sequence[Change], most: int) -> list[Change]:
    """Those whose probability moved most; among equals the first."""
    return sorted(changes, key=lambda one: -abs(one.moved))[:most]


def _plain(change: Change) -> dict[str, Any]:
    """A change for --json."""
    return {
        "statement": change.statement,
        "relation": change.relation,
        "shift": change.shift,
        "before": _belief(change.before),
        "after": _belief(change.after),
        "gained": change.gained,
        "lost": change.lost,
        "joined": change.joined,
    }


def _belief(belief: Belief | None) -> dict[str, Any] | None:
    if belief is None:
        return None
    start, end = belief.valid
    return {
        "status": belief.status,
        "support": belief.support,
        "probability": belief.probability,
        "valid_from": start,
        "valid_to": end,
    }


def _told(store: Reader, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes with the sentence of each statement as of today."""
    found = store.statements([one.statement for one in changes], evidence=0)
    ends = {end for s in found.values() for end in (s.subject, s.object) if isinstance(end, str)}
    names = {id_: entity.label for id_, entity in store.entities(ends).items()}
    sentences = {
        id_: sentence(names.get(s.subject, s.subject), s.relation, names.get(str(s.object), str(s.object)))
        for id_, s in found.items()
    }
    return [{"sentence": sentences.get(one.statement, ""), **_plain(one)} for one in changes]


def _entities(store: Reader, changes: Iterable[EntityChange], examples: int) -> dict[str, Any]:
    """New entities counted by kind, and merged ones counted and shown."""
    counts: Counter[str] = Counter()
    merged: list[EntityChange] = []
    total = 0
    for one in changes:
        if one.merged_into is None:
            counts[one.kind] += 1
        else:
            total += 1
            merged += [one] if len(merged) < examples else []
    names = {id_: found.label for id_, found in store.entities([one.entity for one in merged]).items()}
    shown = [{"entity": one.entity, "into": one.merged_into, "name": names.get(one.entity, "")} for one in merged]
    return {"entities": dict(counts.most_common()), "merged": total, "merges": shown}
