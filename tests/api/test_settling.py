"""Settling: rivals share support wherever they stand, doubts stay what they were, a reviewer's word stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.given import fact, film, write

from marquee.api import jobs, settling
from marquee.api.desk import Desk
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Source, Statement, Status


def dated(folder: Path, name: str, *years: str, films: int = 1) -> Path:
    """Films with one release date for each of `years`."""
    facts = [fact("release_date", value=year) for year in years]
    rows = [film(f"Film {n}", *facts, ids={"own": f"f{n}"}) for n in range(films)]
    return write(folder / f"{name}.jsonl", *rows)


def statements(desk: Desk, relation: str = "release_date") -> list[Statement]:
    return list(desk.store.list_statements(StatementFilter(relations=(relation,)), Page(1000)).items)


def test_rivals_share_support_in_however_small_pieces_they_are_weighed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "_CHUNK", 1)
    sources = [
        Source("one", str(dated(tmp_path, "one", "1967", films=3)), reliability=0.8),
        Source("two", str(dated(tmp_path, "two", "1971", films=3)), reliability=0.8),
    ]
    jobs.ingest(desk, sources)
    assert {round(s.support or 0, 3) for s in statements(desk)} == {round(4 / 9, 3)}


def test_one_that_waits_from_an_earlier_run_shares_with_a_new_rival(desk: Desk, tmp_path: Path) -> None:
    jobs.ingest(desk, [Source("one", str(dated(tmp_path, "one", "1967")), reliability=0.8)])
    assert statements(desk)[0].status is Status.PENDING
    jobs.ingest(desk, [Source("two", str(dated(tmp_path, "two", "1971")), reliability=0.95)])
    old, new = sorted(statements(desk), key=lambda s: str(s.object))
    assert (round(old.support or 0, 3), round(new.support or 0, 3)) == (round(4 / 24, 3), round(19 / 24, 3))
    assert old.probability == pytest.approx(old.support, abs=1e-3)
    assert new.status is Status.PENDING


def test_a_doubt_stays_one_doubt_however_often_it_is_judged(desk: Desk, tmp_path: Path) -> None:
    jobs.ingest(desk, [Source("one", str(dated(tmp_path, "one", "1967")), reliability=0.97)])
    jobs.ingest(desk, [Source("two", str(dated(tmp_path, "two", "1971")), reliability=0.97)])
    (first,) = (s for s in statements(desk) if s.status is Status.PENDING)
    assert any("1967 is known" in reason for reason in first.reasons)
    jobs.judge_pending(desk)
    (again,) = (s for s in statements(desk) if s.status is Status.PENDING)
    assert again.reasons == first.reasons


def test_what_only_the_gate_held_back_is_taken_when_another_source_says_it(desk: Desk, tmp_path: Path) -> None:
    jobs.ingest(desk, [Source("one", str(dated(tmp_path, "one", "1967")), reliability=0.8)])
    assert statements(desk)[0].status is Status.PENDING
    jobs.ingest(desk, [Source("two", str(dated(tmp_path, "two", "1967")), reliability=0.8)])
    assert statements(desk)[0].status is Status.ACCEPTED


def test_new_evidence_does_not_bring_back_what_a_reviewer_rejected(desk: Desk, tmp_path: Path) -> None:
    jobs.ingest(desk, [Source("one", str(dated(tmp_path, "one", "1967")), reliability=0.8)])
    jobs.decide(desk, [statements(desk)[0].id], "reject", "a misprint", "ann")
    jobs.ingest(desk, [Source("two", str(dated(tmp_path, "two", "1967")), reliability=0.97)])
    (statement,) = statements(desk)
    assert statement.status is Status.REJECTED
    assert len(statement.evidence) == 2


def test_a_statement_that_was_merged_into_another_is_weighed_as_what_it_is_today(desk: Desk, tmp_path: Path) -> None:
    director = fact("director", "Jacques Tati", ids={"own": "tati"})
    twice = [film("Playtime", director, ids={"own": id_}) for id_ in ("f1", "f2")]
    jobs.ingest(desk, [Source("one", str(write(tmp_path / "one.jsonl", *twice)), reliability=0.8)])
    keys = desk.store.by_external([("own", "f1"), ("own", "f2")])
    with desk.store.writing(jobs.new_run("merge")) as writer:
        writer.merge({keys["own", "f1"]: keys["own", "f2"]})
    for again in twice:
        name = again["ids"]["own"]
        jobs.ingest(desk, [Source(name, str(write(tmp_path / f"{name}.jsonl", again)), reliability=0.8)])
    (statement,) = statements(desk, "directed")
    assert statement.support == pytest.approx(1 - 0.2**3)
    assert statement.status is Status.ACCEPTED
