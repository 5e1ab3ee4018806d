"""Evidence of a projection: its statements with who says so, and which of them a licence lets pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from marquee.graph.levels import Projection, kind
from marquee.graph.paging import pages
from marquee.graph.store import Reader
from marquee.schema.selection import NOW, AsOf, StatementFilter
from marquee.schema.values import Entity, EntityName, Evidence, Statement, Status

_AT_ONCE = 2_000
_TEXTS = 50  # documents read at once, whole, for their licences


@dataclass(frozen=True, slots=True)
class Licences:
    """Licences that are wanted, in any case, and the licence of each source; that of a document goes before.

    A source under several, as "CC BY 2.5, CC0", is taken where all of them are wanted; one of unknown licence
    never. `of_document`: those of documents, as far as they were read.
    """

    wanted: Collection[str]
    of_source: Mapping[str, str]
    of_document: dict[str, str] = field(default_factory=dict)

    def allow(self, licence: str) -> bool:
        """Whether what is under that licence may pass."""
        named = {part.strip().casefold() for part in licence.split(",") if part.strip()}
        return bool(named) and named <= {one.strip().casefold() for one in self.wanted}


def entities(reader: Reader, projection: Projection, licences: Licences | None = None) -> Iterator[Entity]:
    """The nodes in their order, with all names and external ids; with `licences` the name to show alone, for the
    store does not know which source gave the others.

    One that was merged away since answers by its own id, with what the two are called now.
    """
    graph = projection.graph
    if licences:
        for code, id_ in enumerate(graph.entities):
            yield Entity(id_, kind(projection, code), (EntityName(graph.names[code]),), ())
        return
    for start in range(0, len(graph.entities), _AT_ONCE):
        some = graph.entities[start : start + _AT_ONCE]
        found = reader.entities(some)
        yield from (replace(found[id_], id=id_) for id_ in some)


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


def _licensed(reader: Reader, batch: Sequence[Statement], licences: Licences) -> Iterator[Statement]:
    """Those with evidence that may pass, and of it no other."""
    _learn(reader, licences, {piece.locator.item for one in batch for piece in one.evidence if piece.locator.span})

    def passes(piece: Evidence) -> bool:
        own = licences.of_document.get(piece.locator.item)
        return licences.allow(own or licences.of_source.get(piece.source, ""))

    for statement in batch:
        if pieces := tuple(filter(passes, statement.evidence)):
            yield replace(statement, evidence=pieces)


def _learn(reader: Reader, licences: Licences, documents: Collection[str]) -> None:
    """Reads the licences that are not known yet; of a document that is not kept there is none."""
    unread = sorted(set(documents).difference(licences.of_document))
    for start in range(0, len(unread), _TEXTS):
        some = unread[start : start + _TEXTS]
        licences.of_document.update(dict.fromkeys(some, ""))
        licences.of_document.update((id_, one.licence) for id_, one in reader.documents(some).items())


def _pages(reader: Reader, which: StatementFilter) -> Iterator[Sequence[Statement]]:
    return pages(lambda page: reader.list_statements(which, page), _AT_ONCE)
