"""Trust: how reliable each source is, kept with the store, so that a later run weighs its word alike."""

from __future__ import annotations

from collections.abc import Iterable

from marquee.graph.store import LedgerRow, Reader, Writer
from marquee.schema.values import Run, Source

LEDGER = "marquee:reliability"  # a ledger of its own: locator is the source's name, digest its reliability


def keep(writer: Writer, sources: Iterable[Source], run: Run) -> None:
    """Notes the reliability of each source; what was told last is what counts."""
    writer.put_ledger(LedgerRow(LEDGER, source.name, str(source.reliability), run.id) for source in sources)


def kept(reader: Reader) -> dict[str, float]:
    """The reliability of every source that any run was told, by name."""
    return {name: float(text) for name, text in reader.ledger(LEDGER).items()}
