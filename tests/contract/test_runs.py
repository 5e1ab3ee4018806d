from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from tests.contract.world import ALL, Opener, entity, everything, fact, fill, judgement, run, verdict, writing
from tests.neo4j.server import PASSWORD

from marquee.graph.open import open_store
from marquee.graph.store import Store, Writer
from marquee.schema.errors import NotFound, StoreBusy, StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import EntityFilter, Page, StatementFilter
from marquee.schema.values import Action, Run, RunStatus, Status

WORLD = [entity("film"), entity("drama", Kind.GENRE)]
ONE = fact("film", "genre", "drama")


def _write_and_raise(writer: Writer, error: BaseException) -> None:
    writer.put_entities([*WORLD, entity("new")])
    writer.stage([ONE])
    raise error


def test_a_run_is_kept_with_its_counts(store: Store) -> None:
    told = Run("r1", "ingest", "2024-01-01T00:00:00Z", sources=("films", "news"), counts={"read": 1})
    with store.writing(told) as writer:
        writer.count(staged=2, refused=1)
        writer.count(staged=3)
        writer.set_model("m7")

    kept = store.run("r1")
    assert (kept.kind, kept.started, kept.sources, kept.model) == ("ingest", told.started, ("films", "news"), "m7")
    assert kept.status is RunStatus.DONE
    assert kept.finished
    assert kept.counts == {"read": 1, "staged": 5, "refused": 1}
    with pytest.raises(NotFound, match="r2"):
        store.run("r2")
    with pytest.raises(StoreError, match="r1 already"), store.writing(told):
        pass


def test_runs_are_listed_newest_first(store: Store) -> None:
    runs = [run() for _ in range(5)]
    for one in runs:
        with store.writing(one):
            pass

    first = store.runs(Page(3))
    rest = store.runs(Page(3, after=first.keys[-1]))
    back = store.runs(Page(3, before=rest.keys[0], backward=True))

    assert [one.id for one in first.items] == [one.id for one in runs[:1:-1]]
    assert [one.id for one in rest.items] == [one.id for one in runs[1::-1]]
    assert (first.more, rest.more, back.more) == (True, False, False)
    assert back.items == first.items


@pytest.mark.parametrize(
    ("error", "status"), [(ValueError("no such luck"), RunStatus.FAILED), (KeyboardInterrupt(), RunStatus.INTERRUPTED)]
)
def test_a_failed_run_leaves_nothing_but_its_row(store: Store, error: BaseException, status: RunStatus) -> None:
    fill(store, WORLD)
    one = run()

    with pytest.raises(type(error)), store.writing(one) as writer:
        _write_and_raise(writer, error)

    assert everything(store) == []
    assert store.entities(["new"]) == {}
    assert store.by_name(["new"])["new"] == []
    assert store.run(one.id).status is status
    assert store.run(one.id).message
    assert len(fill(store, [entity("new")], [ONE]).new) == 1


def test_readers_see_what_is_committed_and_the_writer_its_own(store: Store) -> None:
    with writing(store) as writer:
        writer.put_entities(WORLD)
        writer.stage([ONE])
        assert len(everything(writer)) == 1
        assert writer.search("film")[0].entity.id == "film"
        assert list(writer.fetch(["film"], {})) == ["film"]
        assert everything(store) == []
        assert store.search("film") == []
        running = store.runs(Page(1)).items[0]
        assert running.status is RunStatus.RUNNING
    assert len(everything(store)) == 1


def test_readers_in_other_threads_never_see_half_a_run(store: Store) -> None:
    entities = [entity(f"f{number}") for number in range(40)]
    fill(store, [*entities, *WORLD])
    done = threading.Event()

    def read() -> set[int]:
        seen = set()
        while not done.is_set():
            seen.add(len(everything(store)))
        seen.add(len(everything(store)))
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        for start in range(0, 40, 10):
            with writing(store) as writer:
                for one in entities[start : start + 10]:
                    writer.stage([fact(one.id, "genre", "drama")])
        done.set()
        for reader in readers:
            assert reader.result() <= {0, 10, 20, 30, 40}
            assert 40 in reader.result()


def test_one_writer_at_a_time(store: Store) -> None:
    first = run()
    with store.writing(first), pytest.raises(StoreBusy, match=first.id), store.writing(run()):
        pass
    with writing(store):
        pass


def test_what_is_written_stays_after_closing(fresh: Opener) -> None:
    store = fresh()
    fill(store, WORLD, [ONE])
    url = store.url
    store.close()

    again = open_store(url, PASSWORD)
    try:
        assert [one.id for one in everything(again)] == [ONE.id]
    finally:
        again.close()


def test_a_bulk_load_reads_its_own_writes(store: Store) -> None:
    with store.writing(run(), bulk=True) as writer:
        writer.put_entities(WORLD)
        writer.stage([ONE])
        assert writer.neighbours(["film"]) == {"film": frozenset({"drama"})}
        assert writer.by_name(["film"])["film"][0].entity == "film"
    assert store.neighbours(["film"]) == {"film": frozenset({"drama"})}
    with store.writing(run(), bulk=True) as writer:
        writer.put_entities([entity("more")])
    assert store.status().entities == 3


def test_a_bulk_load_that_fails_leaves_a_working_store(store: Store) -> None:
    with pytest.raises(ValueError, match="stop"), store.writing(run(), bulk=True) as writer:
        _write_and_raise(writer, ValueError("stop"))

    fill(store, WORLD, [ONE])
    assert store.neighbours(["film"]) == {"film": frozenset({"drama"})}


@pytest.mark.parametrize("bulk", [False, True])
def test_every_read_of_a_writer_sees_what_it_wrote(store: Store, bulk: bool) -> None:
    if not bulk:
        fill(store, [entity("old")], [])
    one = fact("ann", "directed", "film")
    with store.writing(run(), bulk=bulk) as writer:
        writer.put_entities([entity("film"), entity("ann", Kind.PERSON)])
        writer.stage([replace(one, status=Status.PENDING)])
        pending = writer.snapshot(("status", "support", "names", "literals"), (Status.PENDING,))
        assert list(pending.statements) == [one.id]
        writer.put_support({one.id: 0.75})
        writer.apply([verdict(one.id, Action.ACCEPT)], [judgement(one.id, 0.875)])
        assert list(writer.snapshot(("support",)).support) == [0.75]
        assert writer.status().by_status["accepted"] == 1
        assert [named.degree for named in writer.by_name(["ann"])["ann"]] == [1]
        (listed,) = writer.list_statements(StatementFilter(status=(Status.ACCEPTED,)), ALL).items
        assert (listed.probability, listed.support) == (0.875, 0.75)
        assert "film" in {found.id for found in writer.list_entities(EntityFilter(kinds=(Kind.FILM,)), ALL).items}
        assert [hit.entity.id for hit in writer.search("ann")] == ["ann"]
        assert [step.statement for step in writer.path("ann", "film") or ()] == [one.id]
