"""Retracting: what a source said when it was last read, and says no more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from marquee.extraction import readers
from marquee.graph.store import Place
from marquee.schema.values import Document, Extraction, Record, Refusal, Statement

SHARE = 0.2  # of a source's places, at most so many may be gone at once without a word from the user
_FEW = 20  # and so many in any case
_A_ROW = re.compile(r".+:\d+")
_TEXT_DIGEST = 64  # the length of a document's id, which is its digest; that of a row is shorter


class Standing:
    """One source while it is read: what stood in the ledger, what is still there, and what changed places state."""

    def __init__(self, ledger: Mapping[str, str]) -> None:
        """`ledger`: digests by locator, "" where something was once and is gone."""
        self._before = {locator: digest for locator, digest in ledger.items() if digest}
        self._seen: set[str] = set()
        self._texts: set[str] = set()  # ids of the documents that are there
        self._stated: dict[Place, set[str]] = {}
        self._refused: set[str] = set()

    def same(self, item: Record | Document) -> bool:
        """Notes that an item is there; whether it is as it was."""
        locator = locator_of(item)
        digest = readers.digest(item)
        self._seen.add(locator)
        if isinstance(item, Document):
            self._texts.add(item.id)
        before = self._before.get(locator)
        if before and before != digest:
            self._stated[_place(locator, before)] = set()
        return before == digest

    def refused(self, refusal: Refusal) -> None:
        """Notes what could not be read: whether it says what it said before cannot be told."""
        self._refused.add(refusal.locator)

    def stated(self, statements: Iterable[Statement]) -> None:
        """Notes what changed rows state now."""
        for statement in statements:
            for piece in statement.evidence:
                place = piece.locator.item, piece.locator.row
                if place in self._stated:
                    self._stated[place].add(statement.id)

    def unread(self, extraction: Extraction) -> None:
        """Notes a changed text that could not be read: what it said before stands."""
        if extraction.document is not None and extraction.refusals and not extraction.claims:
            self._stated.pop((self._before.get(extraction.document.name, ""), None), None)

    @property
    def gone(self) -> list[str]:
        """Locators of what is there no more. Nothing is taken for gone where a file could not be read, and no text
        where any could not: it may be in there."""
        if not all(_A_ROW.fullmatch(locator) for locator in self._refused):
            return []
        absent = self._before.keys() - self._seen - self._refused
        return sorted(locator for locator in absent if not (self._refused and self._is_text(locator)))

    def too_many(self, gone: Collection[str]) -> bool:
        """Whether so much is gone that the source may be broken."""
        return len(gone) > max(_FEW, SHARE * len(self._before))

    def places(self, gone: Iterable[str]) -> dict[Place, set[str]]:
        """The places of changed items, each with the statements it makes still, and of those that are gone."""
        ended = self._stated | {_place(locator, self._before[locator]): set() for locator in gone}
        return {place: kept for place, kept in ended.items() if place[0] not in self._texts}

    def __len__(self) -> int:
        return len(self._before)

    def _is_text(self, locator: str) -> bool:
        return len(self._before[locator]) == _TEXT_DIGEST


def locator_of(item: Record | Document) -> str:
    """What the ledger knows an item by."""
    return item.name if isinstance(item, Document) else f"{item.name}:{item.row}"


def _place(locator: str, digest: str) -> Place:
    """Where the evidence of an item lies: in a row of a file, or in a document by its id."""
    if len(digest) == _TEXT_DIGEST:
        return digest, None
    name, _, row = locator.rpartition(":")
    return name, int(row)
