from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contract.history import DAYS, WORLD, history
from tests.contract.world import ALL, Opener, entity, everything, fact, fill, judgement, run, verdict, writing
from tests.neo4j.server import PASSWORD

from marquee.graph.open import open_store
from marquee.graph.rows import StoreRow
from marquee.graph.store import Reader, Store, Writer
from marquee.schema.errors import StoreBusy, StoreError
from marquee.schema.selection import AsOf, Direction, EntityFilter, Page, Selection, StatementFilter
from marquee.schema.values import Action, RunStatus, Statement, Status

ROOT = Path(__file__).resolve().parents[2]
IDS = [one.id for one in WORLD]


def _seen(reader: Reader) -> dict[str, Any]:
    """All that a reader can see, now and at each time."""
    status = reader.status()
    return {
        "now": _told(reader, StatementFilter()),
        "review": _told(reader, StatementFilter(review=True)),
        "entities": reader.list_entities(EntityFilter(), ALL).items,
        "redirects": {asked: one.id for asked, one in reader.entities(IDS).items()},
        "external": reader.by_external([("imdb", "nm1"), ("imdb", "nm2"), ("imdb", "tt1")]),
        "names": sorted(reader.names()),
        "named": reader.by_name(["ann", "anna", "alien", "l ann"]),
        "search": reader.search("anna"),
        "attributes": reader.attributes("popularity"),
        "ledger": reader.ledger("films"),
        "documents": reader.documents(["d1", "d2"]),
        "decisions": reader.decisions(),
        "runs": reader.runs(Page(100)),
        "status": (status.by_status, status.by_relation, status.by_kind, status.evidence, status.review, status.runs),
        "path": reader.path("ann", "drama"),
    } | {day: (_then(reader, day), _page(reader, day)) for day in DAYS}


def _told(reader: Reader, which: StatementFilter) -> list[Statement]:
    return [_sorted(one) for one in reader.list_statements(which, ALL).items]


def _then(reader: Reader, day: str) -> list[Statement]:
    """What was believed; parts and reasons of the past are kept by one kind of store only."""
    told = _told(reader, StatementFilter(as_of=AsOf(known_at=day)))
    return [replace(one, parts=(), reasons=()) for one in told]


def _page(reader: Reader, day: str) -> list[str]:
    page = Selection(("acted_in",), Direction.OUT, as_of=AsOf(known_at=day))
    return [edge.statement.id for edge in reader.fetch(["ann"], {"films": page})["ann"].pages["films"].items]


def _sorted(one: Statement) -> Statement:
    """Pieces that are equally sure come in an order of the store's own."""
    return replace(
        one, evidence=tuple(sorted(one.evidence, key=repr)), qualifiers=tuple(sorted(one.qualifiers, key=repr))
    )


@pytest.fixture
def told(fresh: Opener) -> tuple[dict[str, Any], list[StoreRow]]:
    """What can be seen of a store with a history, and its rows."""
    store = fresh()
    history(store)
    return _seen(store), list(store.dump())


def test_a_copy_is_the_same_store(told: tuple[dict[str, Any], list[StoreRow]], target: Opener) -> None:
    seen, rows = told
    copy = target()
    copy.load(iter(rows))

    assert list(copy.dump()) == rows
    assert _seen(copy) == seen


def test_what_is_done_to_a_copy_is_what_is_done_to_the_original(
    told: tuple[dict[str, Any], list[StoreRow]], target: Opener, fresh: Opener
) -> None:
    _, rows = told
    states = []
    for opener in (fresh, target):
        copy = opener()
        copy.load(rows)
        with writing(copy, DAYS[6]) as writer:
            writer.put_entities([entity("new")])
            new = fact("new", "genre", "drama")
            writer.stage([new, fact("ann", "directed", "new"), fact("ann2", "acted_in", "alien")])
            writer.put_judgements([judgement(new.id, 0.9)])
            writer.apply([verdict(new.id, Action.REJECT)])
            writer.merge({"new": "alien"})
        states.append([replace_started(row) for row in copy.dump()])

    assert states[0] == states[1]


def replace_started(row: StoreRow) -> Any:
    """Runs of the test have numbers of their own."""
    return (*row[:1], *row[2:3], *row[5:10]) if "pid" in row._fields else row


def test_a_store_that_holds_something_takes_no_copy(fresh: Opener, target: Opener) -> None:
    rows = list(fresh().dump())
    copy = target()
    with pytest.raises(ValueError, match="stop"), copy.writing(run()):
        raise ValueError("stop")

    with pytest.raises(StoreError, match="not empty"):
        copy.load(rows)
    assert copy.status().runs == 1


def test_nobody_writes_while_a_store_is_copied(store: Store) -> None:
    fill(store, WORLD)
    rows = store.dump()
    next(rows)
    with pytest.raises(StoreBusy), writing(store):
        pass
    rows.close()  # type: ignore[attr-defined]
    with writing(store):
        pass


def test_a_run_whose_process_died_is_marked_by_the_next_writer_of_the_copy(tmp_path: Path, target: Opener) -> None:
    source, copy = open_store(str(tmp_path / "source.db")), target()
    history(source)
    source.close()
    with closing(sqlite3.connect(tmp_path / "source.db")) as file, file:
        file.execute(
            "UPDATE run SET status = 'running', finished = NULL, at = NULL WHERE id = (SELECT max(id) FROM run)"
        )
    with closing(open_store(str(tmp_path / "source.db"))) as again:
        copy.load(again.dump())
    before = everything(copy)

    with writing(copy):
        pass

    assert everything(copy) == before
    assert [one.status for one in copy.runs(Page(2)).items] == [RunStatus.DONE, RunStatus.INTERRUPTED]


def _broken(rows: Sequence[StoreRow]) -> Iterator[StoreRow]:
    yield from rows[:-4]
    raise ValueError("stop")


def test_a_copy_that_fails_is_not_read_and_can_be_made_again(
    told: tuple[dict[str, Any], list[StoreRow]], target: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marquee.graph.rows._AT_ONCE", 2)
    seen, rows = told
    copy = target()
    other = open_store(copy.url, PASSWORD)
    with pytest.raises(ValueError, match="stop"):
        copy.load(_broken(rows))
    _expect_unfinished(copy.url)
    assert other.list_entities(EntityFilter(), ALL).items == ()

    copy.load(rows)

    assert list(copy.dump()) == rows
    assert _seen(other) == seen
    other.close()


_KILLED = """
import sys
from marquee.graph import rows
from marquee.graph.open import open_store
rows._AT_ONCE = 2
source, target = (open_store(url, sys.argv[1]) for url in sys.argv[2:])
def half():
    every = list(source.dump())
    yield from every[:-4]
    print("holding", flush=True)
    sys.stdin.read()
target.load(half())
"""


def test_a_copy_that_was_killed_is_not_read_and_can_be_made_again(tmp_path: Path, target: Opener) -> None:
    source, copy = open_store(str(tmp_path / "source.db")), target()
    history(source)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / '.dev'}{os.pathsep}{ROOT}"}
    process = subprocess.Popen(
        [sys.executable, "-c", _KILLED, PASSWORD, source.url, copy.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout
    assert process.stdout.readline() == "holding\n"
    with pytest.raises(StoreBusy):
        copy.load([])
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _expect_unfinished(copy.url)

    copy.load(source.dump())

    assert list(copy.dump()) == list(source.dump())
    source.close()


def _expect_unfinished(url: str) -> None:
    """Nothing is there, or reading and writing say what to do."""
    store = open_store(url, PASSWORD)
    try:
        if url.startswith("sqlite"):
            assert (store.status().entities, store.status().runs) == (0, 0)
        else:
            with pytest.raises(StoreError, match="copy that was not finished"):
                store.status()
            with pytest.raises(StoreError, match="copy that was not finished"), store.writing(run()):
                pass
            with pytest.raises(StoreError, match="copy that was not finished"):
                next(store.dump())
    finally:
        store.close()


# --- the law -------------------------------------------------------------------------------------

FACTS = [
    fact(who, name, film, qualifiers=qualifiers, status=status)
    for who in ("ann", "ann2")
    for name, film, qualifiers in (
        ("acted_in", "alien", ()),
        ("directed", "aliens", ()),
        ("won", "prize", (("for_work", "alien"),)),
    )
    for status in (Status.PENDING, Status.ACCEPTED, Status.WITHDRAWN)
]
_ids = st.sampled_from(sorted({one.id for one in FACTS}))
_steps = st.one_of(
    st.tuples(st.just("stage"), st.sampled_from(FACTS)),
    st.tuples(st.just("judge"), _ids, st.sampled_from([0.25, 0.5, 1.0])),
    st.tuples(st.just("apply"), _ids, st.sampled_from(Action)),
    st.tuples(st.just("merge"), st.sampled_from([("ann", "ann2"), ("ann2", "ann"), ("alien", "aliens")])),
)


def _do(writer: Writer, step: Any) -> None:
    name, what, *more = step
    if name == "stage":
        writer.stage([what])
    elif name == "merge":
        loser, winner = (next(iter(writer.entities([one]).values())).id for one in what)
        if loser != winner:
            writer.merge({loser: winner})
    elif what in writer.statements([what]):
        put = {"judge": lambda: writer.put_judgements([judgement(what, *more)])}
        put.get(name, lambda: writer.apply([verdict(what, *more, "why")]))()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(st.lists(_steps, max_size=6), min_size=1, max_size=4))
def test_a_copy_dumps_what_its_original_dumps(fresh: Opener, target: Opener, runs: list[list[Any]]) -> None:
    store = fresh()
    fill(store, WORLD)
    for steps in runs:
        with writing(store) as writer:
            for step in steps:
                _do(writer, step)
    rows = list(store.dump())
    store.close()

    copy = target()
    copy.load(rows)

    assert list(copy.dump()) == rows
    copy.close()
