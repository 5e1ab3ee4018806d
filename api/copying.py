"""Copying: a store with its whole history into an empty one of either kind, checked by counts and hashes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from typing import Any

from marquee.api.progress import Steps
from marquee.graph.codec import dump
from marquee.graph.open import open_store
from marquee.graph.rows import KINDS, StoreRow
from marquee.graph.store import Store
from marquee.schema.errors import StoreError


def copy(source: str, target: str, password: str, steps: Steps) -> dict[str, Any]:
    """Copies the store at one URL to the other, and reads both; the counts of rows and the hash by kind of row.

    `password` is that of both where both are servers. Raises StoreError where there is nothing to copy, where the
    target is not empty, or where the copy came out otherwise than the original.
    """
    with closing(open_store(source, password, make=False)) as original:
        total = _size(original, source)
        with closing(open_store(target, password)) as copied:
            if copied.url == original.url:
                raise StoreError("is the store to be copied.", where=target, mend="Name another store to copy to.")
            told, kept = Tally(), Tally()
            with steps.step("copy", total):
                copied.load(told.of(original.dump(), steps))
            with steps.step("check", told.total):
                for _ in kept.of(copied.dump(), steps):
                    pass
            _check(told, kept, target)
            return {"from": original.url, "to": copied.url, "rows": dict(kept.counts), "sha256": kept.hashes()}


def _size(original: Store, source: str) -> int:
    """Roughly how many rows there are to copy. Raises StoreError where there are none."""
    status = original.status()
    if not status.runs:
        raise StoreError("the store is empty: there is nothing to copy.", where=source, mend="Check the name.")
    return status.entities + status.statements + status.documents + status.runs


def _check(told: Tally, kept: Tally, target: str) -> None:
    ours, theirs = told.hashes(), kept.hashes()
    kinds = [kind for kind in KINDS.values() if ours.get(kind) != theirs.get(kind)]
    if kinds or told.counts != kept.counts:
        raise StoreError(
            f"the copy is not as the original: other {', '.join(kinds)}.",
            where=target,
            mend="Do not use it; empty it, and copy again.",
        )


class Tally:
    """Counts rows, and what belongs to them, as they pass; one SHA-256 by kind of row, over their JSON."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.total = 0
        self._hashes = {kind: sha256() for kind in KINDS.values()}

    def of(self, rows: Iterable[StoreRow], steps: Steps) -> Iterator[StoreRow]:
        """The same rows; each moves the bar."""
        for row in rows:
            self._count(row)
            steps.advance()
            yield row

    def hashes(self) -> dict[str, str]:
        """The hash of each kind of row that occurred."""
        return {kind: self._hashes[kind].hexdigest() for kind in KINDS.values() if self.counts[kind]}

    def _count(self, row: StoreRow) -> None:
        kind = KINDS[type(row)]
        self.total += 1
        self.counts[kind] += 1
        self._hashes[kind].update(dump(row).encode() + b"\n")
        for name in ("names", "keys", "attributes", "evidence", "past"):
            if owned := getattr(row, name, ()):
                self.counts[name] += len(owned)
