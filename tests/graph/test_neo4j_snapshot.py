"""A snapshot of a Neo4j store whose writer commits batches, is taken back or merges between its reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.contract.world import entity, fact, fill, judgement, run

from marquee.graph.neo4j_session import Row, Session
from marquee.graph.neo4j_snapshot import snapshot
from marquee.graph.neo4j_store import Neo4jStore
from marquee.schema.kinds import Kind
from marquee.schema.selection import NEVER, NOW, Deadline
from marquee.schema.values import Status

COLUMNS = ("status", "support", "probability", "score", "source", "names", "literals", "open", "voices")
FILMS = [entity(f"f{number}") for number in range(4)]
FACTS = [fact(film.id, "genre", "drama") for film in FILMS]


@dataclass(slots=True)
class Interrupted(Session):
    """A session in which something happens after its read number `at`, the first being 0."""

    at: int = -1
    happens: Callable[[], object] = lambda: None
    asked: int = 0
    states: list[Interrupted] = field(default_factory=list)

    def rows(self, query: str, deadline: Deadline = NEVER, /, **params: Any) -> list[Row]:
        found = Session.rows(self, query, deadline, **params)
        self.asked += 1
        if self.asked - 1 == self.at:
            self.happens()
        return found

    def pinned(self) -> Session:
        head = Session.pinned(self).head
        self.states.append(Interrupted(self.place, self.times, head, self.at, self.happens, self.asked))
        self.at = -1  # it happens once, however often a snapshot is begun
        return self.states[-1]


@pytest.fixture
def filled(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> Neo4jStore:
    """Four facts, read one window after the other, and a writer that commits at every step."""
    fill(store, [*FILMS, entity("drama", Kind.GENRE), entity("more", Kind.GENRE)], FACTS)
    monkeypatch.setattr("marquee.graph.neo4j_changes._MOST", 1)
    monkeypatch.setattr("marquee.graph.neo4j_snapshot._WIDTH", 8)
    return store


def _taken(store: Neo4jStore, at: int = -1, happens: Callable[[], object] = lambda: None) -> tuple[str, int]:
    """A snapshot in words (NaN is not itself), and the number of reads that it took."""
    session = Interrupted(store._place, {}, at=at, happens=happens)
    words = repr(snapshot(session, COLUMNS, (Status.ACCEPTED,), NOW))
    return words, session.states[-1].asked


def test_a_batch_that_is_committed_between_two_reads_changes_nothing(filled: Neo4jStore) -> None:
    _, reads = _taken(filled)
    for at in range(reads):
        before, _ = _taken(filled)
        with filled.writing(run()) as writer:

            def commit() -> None:
                writer.put_judgements([judgement(one.id, at / 100) for one in FACTS])  # noqa: B023

            assert _taken(filled, at, commit)[0] == before, f"committed after read {at} of {reads}"


def test_a_run_that_is_taken_back_between_two_reads_changes_nothing(filled: Neo4jStore) -> None:
    before, reads = _taken(filled)
    for at in range(reads):
        writing = filled.writing(run())
        writing.__enter__().put_judgements([judgement(one.id, 0.5) for one in FACTS])
        stop = ValueError("stop")

        def take_back() -> None:
            assert not writing.__exit__(ValueError, stop, None)  # noqa: B023

        assert _taken(filled, at, take_back)[0] == before, f"taken back after read {at} of {reads}"


def test_a_merge_between_two_reads_is_told_whole(filled: Neo4jStore) -> None:
    """Entities are those that are there when it ends, or when it began."""
    _, reads = _taken(filled)
    for at in range(reads):
        loser, winner = entity(f"loser{at}", Kind.PERSON, "Ann"), entity(f"winner{at}", Kind.PERSON, "Anne")
        one = fact(loser.id, "directed", "f0")
        fill(filled, [loser], [one])

        def merge() -> None:
            with filled.writing(run()) as writer:
                writer.put_entities([winner])  # noqa: B023
                writer.merge({loser.id: winner.id})  # noqa: B023

        session = Interrupted(filled._place, {}, at=at, happens=merge)
        found = snapshot(session, COLUMNS, (Status.ACCEPTED,), NOW)

        place = list(found.statements).index(one.id)
        assert found.entities[found.head[place]] in (loser.id, winner.id)
        assert list(found.statements).count(one.id) == 1
