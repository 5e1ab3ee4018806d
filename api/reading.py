"""Reading sources into a run: read, extract, resolve, pick, check and stage, a batch at a time."""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from marquee.api import trust
from marquee.api.desk import Desk
from marquee.api.picking import pick
from marquee.api.retracting import Standing, locator_of
from marquee.api.settling import about
from marquee.extraction import readers, records
from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.refused import RefusedFile
from marquee.extraction.text_reader import TextReader
from marquee.graph.resolve import resolve
from marquee.graph.stage import Built, stage_batch
from marquee.graph.store import LedgerRow, Reader, Writer
from marquee.schema.errors import InputError
from marquee.schema.snapshot import Snapshot
from marquee.schema.values import Document, Extraction, Record, Refusal, Run, Source

if TYPE_CHECKING:
    from marquee.gnn.artifact import Model
    from marquee.gnn.gate import About

Batch = list[Record | Document]
BATCH = 1000  # records or documents resolved and staged together


class Reading:
    """Reads sources into one run. `touched`: statements that are new, with what the gate must know of each, or
    None where they only gained evidence, so that the store has to be asked."""

    def __init__(
        self, desk: Desk, writer: Writer, model: Model | None, run: Run, refused: RefusedFile, withdraw: bool = False
    ) -> None:
        """`withdraw`: what is gone from a source is taken back however much it is."""
        self.touched: dict[str, About | None] = {}
        self.counts: Counter[str] = Counter()
        self._desk, self._writer, self._model, self._refused = desk, writer, model, refused
        self._run, self._now, self._alone = run.id, run.started, len(run.sources) == 1
        self._reliability = trust.kept(writer) | desk.reliability
        self._withdraw = withdraw

    def read(self, source: Source) -> None:
        """Reads what is new or changed of one source. One that cannot be read at all is refused, and the others
        go on; where it is the run's only one, InputError is raised."""
        try:
            self._read(source)
        except InputError as error:
            if self._alone:
                raise
            self._refuse(_unreadable(source, error))

    def _read(self, source: Source) -> None:
        standing = Standing(self._writer.ledger(source.name))
        items = readers.read(source, self._now)
        try:
            for batch, found in self._ahead(self._batches(self._changed(items, standing), source)):
                self._take(batch, list(found), source, standing)
                self._desk.steps.advance(len(batch))
        finally:
            if "_texts" in self.__dict__:
                self._texts.close()

        if source.whole:
            self._retract(source, standing)

    def _retract(self, source: Source, standing: Standing) -> None:
        """Takes back what changed items of a source state no more, and what is gone from it."""
        gone = standing.gone
        if standing.too_many(gone) and not self._withdraw:
            self._refuse(_broken(source, len(gone), len(standing)))
            gone = []
        did = self._writer.withdraw(source.name, standing.places(gone))
        self._writer.put_ledger(LedgerRow(source.name, locator, "", self._run) for locator in gone)
        self.touched |= dict.fromkeys((*did.lost, *did.weakened))
        self.counts["gone"] += len(gone)
        self.counts["withdrawn"] += len(did.lost)

    def _batches(self, items: Iterator[Record | Document], source: Source) -> Iterator[Batch]:
        with self._desk.steps.step(f"read {source.name}"):
            while batch := list(islice(items, BATCH)):
                yield batch

    def _ahead(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, Iterable[Extraction]]]:
        """Each batch with what it says. Texts are read elsewhere while the batch before them is staged; but the
        first ones wait, for the names that are read with are those of all that came before."""
        waiting: deque[tuple[Batch, Iterable[Extraction]]] = deque()
        for batch in batches:
            if waiting and "_texts" not in self.__dict__:
                yield waiting.popleft()
            waiting.append((batch, self._extract(batch)))
            if len(waiting) > 1:
                yield waiting.popleft()
        yield from waiting

    def _changed(self, items: Iterable[readers.Item], standing: Standing) -> Iterator[Record | Document]:
        """Items that differ from what was last read at their place; refusals are put aside."""
        for item in items:
            if isinstance(item, Refusal):
                self._refuse(item)
                standing.refused(item)
            elif standing.same(item):
                self.counts["unchanged"] += 1
            else:
                self.counts["documents" if isinstance(item, Document) else "records"] += 1
                yield item

    def _take(self, batch: Batch, extractions: list[Extraction], source: Source, standing: Standing) -> None:
        for extraction in extractions:
            standing.unread(extraction)
            for refusal in extraction.refusals:
                self._refuse(refusal)
        resolutions = resolve(extractions, self._writer)
        picked = pick(extractions, resolutions, self._snapshot, self._model)
        built = stage_batch(extractions, picked.chosen, picked.open_names, self._writer, self._now, self._reliability)
        self._stage(built)
        standing.stated(built.statements)
        self._writer.put_documents(item for item in batch if isinstance(item, Document))
        rows = (LedgerRow(source.name, locator_of(item), readers.digest(item), self._run) for item in batch)
        self._writer.put_ledger(rows)
        self._count(extractions, built)

    def _extract(self, batch: Batch) -> Iterable[Extraction]:
        found = [records.extract(item, self._now) for item in batch if isinstance(item, Record)]
        documents = [item for item in batch if isinstance(item, Document)]
        return chain(found, self._texts.pipe(documents, self._now)) if documents else found

    def _stage(self, built: Built) -> None:
        self.counts["new_entities"] += len(self._writer.put_entities(built.entities))
        staged = self._writer.stage(built.statements)
        new = set(staged.new)
        self.touched |= {one.id: about(one) for one in built.statements if one.id in new}
        self.touched |= dict.fromkeys(staged.grown)
        self.counts["statements"] += len(staged.new)
        self.counts["confirmed"] += len(staged.grown)
        for refusal in built.refusals:
            self._refuse(refusal)

    def _count(self, extractions: Iterable[Extraction], built: Built) -> None:
        self.counts["claims"] += sum(len(extraction.claims) for extraction in extractions)
        self.counts["denied"] += len(built.unstated)
        self.counts["refused_claims"] += len(built.refusals)
        self.counts["withheld"] += len(built.withheld)

    def _refuse(self, refusal: Refusal) -> None:
        self.counts["refused"] += 1
        self._refused.add(refusal)

    @cached_property
    def _texts(self) -> TextReader:
        settings = self._desk.settings
        with self._desk.steps.step("learn the names"):
            return TextReader(Gazetteer.build(self._writer.names()), settings.pipeline, settings.processes)

    @cached_property
    def _snapshot(self) -> Snapshot | None:
        return self._writer.snapshot(("status",)) if self._model else None


def survey(reader: Reader, source: Source, now: str) -> dict[str, Any]:
    """What reading a source would find: new or changed, unchanged, refused and gone items; nothing is changed.

    `problem` says why a source cannot be read at all, "" where it can.
    """
    standing = Standing(reader.ledger(source.name))
    found = Counter({"changed": 0, "unchanged": 0, "refused": 0, "gone": 0})
    try:
        for item in readers.read(source, now):
            if isinstance(item, Refusal):
                found["refused"] += 1
                standing.refused(item)
            else:
                found["unchanged" if standing.same(item) else "changed"] += 1
        found["gone"] = len(standing.gone) if source.whole else 0
    except InputError as error:
        return {**found, "problem": str(error)}
    return {**found, "problem": ""}


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Lets Python look for cycles of garbage a hundred times as seldom: a run makes millions of values that hold none
    and live long, and to look through them over and over took a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100 * usual[0], *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _unreadable(source: Source, error: InputError) -> Refusal:
    return Refusal(source.name, error.where or source.path, error.what, error.mend)


def _broken(source: Source, gone: int, of: int) -> Refusal:
    return Refusal(
        source.name,
        source.path,
        f"{gone:,} of {of:,} items are gone from it, so much that it may be broken; none of them was taken back.",
        "Check the source. If they are to go, run: marquee refresh --withdraw",
    )
