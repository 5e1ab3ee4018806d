"""The writing half of the store protocol over Neo4j: one run, seen by others from its last commit on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

from marquee.graph import neo4j_judge
from marquee.graph.batches import batches
from marquee.graph.neo4j_attributes import put_attributes
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_merge import merge
from marquee.graph.neo4j_plain import follow
from marquee.graph.neo4j_put import put_entities
from marquee.graph.neo4j_reader import Neo4jReader
from marquee.graph.neo4j_session import Session
from marquee.graph.neo4j_stage import stage
from marquee.graph.neo4j_withdraw import withdraw
from marquee.graph.store import LedgerRow, Place, Staged, Withdrawn, Writer
from marquee.schema.selection import NEVER, Deadline
from marquee.schema.values import Attribute, Decision, Document, Entity, Judgement, PathStep, Run, Statement, Verdict


@contextmanager
def building(changes: Changes, run: Run, url: str) -> Iterator[Writer]:
    """A writer in the server; leaving the block writes what was put off."""
    writer = Neo4jWriter(url, changes)
    yield writer
    writer.settle()


class Neo4jWriter(Neo4jReader):
    """See `marquee.graph.store.Writer` for what each method promises."""

    def __init__(self, url: str, changes: Changes) -> None:
        self.url = url
        self.changes = changes

    def put_entities(self, entities: Iterable[Entity]) -> tuple[str, ...]:
        return put_entities(self.changes, entities)

    def stage(self, statements: Iterable[Statement]) -> Staged:
        return stage(self.changes, statements)

    def withdraw(self, source: str, places: Mapping[Place, Collection[str]]) -> Withdrawn:
        return withdraw(self.changes, source, places)

    def put_support(self, support: Mapping[str, float]) -> None:
        neo4j_judge.put_support(self.changes, support)

    def put_judgements(self, judgements: Iterable[Judgement]) -> None:
        neo4j_judge.put_judgements(self.changes, judgements)

    def apply(self, verdicts: Iterable[Verdict], judgements: Iterable[Judgement] = ()) -> None:
        neo4j_judge.apply(self.changes, verdicts, judgements)

    def decide(self, decisions: Iterable[Decision]) -> None:
        neo4j_judge.decide(self.changes, decisions)

    def supersede(self, statements: Collection[str]) -> None:
        neo4j_judge.supersede(self.changes, statements)

    def merge(self, redirects: Mapping[str, str]) -> None:
        merge(self.changes, redirects)

    def put_attributes(self, attributes: Iterable[Attribute]) -> None:
        put_attributes(self.changes, attributes)

    def put_documents(self, documents: Iterable[Document]) -> None:
        for batch in batches(documents, 100):  # texts may be long
            self.changes.write(
                "MERGE (d:MarqueeDocument {id: r.id}) ON CREATE SET d += r, d.since = $run",
                [_document(self.changes.number(), one) for one in batch],
            )
            self.changes.breathe()

    def put_ledger(self, rows: Iterable[LedgerRow]) -> None:
        for batch in batches(rows):
            self.changes.write(
                "MERGE (x:MarqueeReading {source: r.source, locator: r.locator})"
                " SET x.was = CASE WHEN coalesce(x.since, $run) = $run THEN x.was ELSE x.digest END,"
                " x.was_since = CASE WHEN coalesce(x.since, $run) = $run THEN x.was_since ELSE x.since END,"
                " x.digest = r.digest, x.since = $run",
                [{"source": row.source, "locator": row.locator, "digest": row.digest} for row in batch],
            )
            self.changes.breathe()

    def count(self, **counts: int) -> None:
        self.changes.counts.update(counts)

    def set_model(self, model: str) -> None:
        self.changes.model = model

    def path(self, start: str, end: str, max_hops: int = 6, deadline: Deadline = NEVER) -> list[PathStep] | None:
        if self.changes.touched or self.changes.fresh:
            self.changes.whole = True  # plain relationships carry no run's number
            self._follow()
        return super().path(start, end, max_hops, deadline)

    def settle(self) -> None:
        """Writes all that was put off; the last thing before the run is finished."""
        self.changes.flush()
        if not self.changes.batched:
            self._follow()

    def _follow(self) -> None:
        follow(self.changes.write, self.changes.touched, self.changes.fresh)
        self.changes.touched.clear()
        self.changes.fresh.clear()

    def _session(self) -> Session:
        """The run's own session; degrees that are owed are written before it reads."""
        self.changes.flush()
        return self.changes


def _document(number: int, one: Document) -> dict[str, object]:
    return {
        "id": one.id,
        "n": number,
        "source": one.source,
        "name": one.name,
        "text": one.text,
        "retrieved_at": one.retrieved_at,
        "licence": one.licence,
    }
