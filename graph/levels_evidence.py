"""Evidence of a projection: its statements with who says so, and which of them a licence lets pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from marquee.graph.levels import Projection
from marquee.graph.store import Reader
from marquee.schema.selection import NOW, AsOf, Page, StatementFilter
from marquee.schema.values import Entity, Evidence, Statement, Status

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Licences:
    """Licences that are wanted, in any case, and the licence of each source; that of a document goes before.

    A source under several, as "CC BY 2.5, CC0", is taken where all of them are wanted; one of unknown licence
    never.
    """

    wanted: Collection[str]
    of_source: Mapping[str, str]

    def allow(self, licence: str) -> bool:
        """Whether what is under that licence may pass."""
        named = {part.strip().casefold() for part in licence.split(",") if part.strip()}
        return bool(named) and named <= {one.strip().casefold() for one in self.wanted}


def entities(reader: Reader, projection: Projection) -> Iterator[Entity]:
    """The nodes in their order, with all names and external ids."""
    ids = projection.graph.entities
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        found = reader.entities(some)
        yield from (found[id_] for id_ in some)


def statements(reader: Reader, projection: Projection, licences: Licences | None = None) -> Iterator[Statement]:
    """The stated edges with the evidence that was known at the projection's moment, in order of recording."""
    ids = frozenset(projection.graph.statements)
    relations = tuple(projection.graph.relations[code] for code in sorted(set(projection.graph.relation)))
    if ids:
        for batch in _pages(reader, StatementFilter((Status.ACCEPTED,), relations, as_of=projection.as_of)):
            mine = [statement for statement in batch if statement.id in ids]
            yield from _licensed(reader, mine, licences) if licences else mine


def licensed(reader: Reader, licences: Licences, as_of: AsOf = NOW) -> frozenset[str]:
    """The accepted statements that at least one piece of evidence under a wanted licence speaks for."""
    which = StatementFilter((Status.ACCEPTED,), as_of=as_of)
    return frozenset(
        statement.id for batch in _pages(reader, which) for statement in _licensed(reader, batch, licences)
    )


def _licensed(reader: Reader, batch: list[Statement], licences: Licences) -> Iterator[Statement]:
    """Those with evidence that may pass, and of it no other."""
    items = {piece.locator.item for statement in batch for piece in statement.evidence}
    documents = {id_: document.licence for id_, document in reader.documents(items).items()}

    def passes(piece: Evidence) -> bool:
        own = documents.get(piece.locator.item)
        return licences.allow(own or licences.of_source.get(piece.source, ""))

    for statement in batch:
        if pieces := tuple(filter(passes, statement.evidence)):
            yield replace(statement, evidence=pieces)


def _pages(reader: Reader, which: StatementFilter) -> Iterator[list[Statement]]:
    page: Page | None = Page(_AT_ONCE)
    while page:
        listing = reader.list_statements(which, page)
        yield list(listing.items)
        page = Page(_AT_ONCE, after=listing.keys[-1]) if listing.more else None
