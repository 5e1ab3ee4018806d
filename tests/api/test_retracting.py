"""Edits and deletions: what a source changed or dropped is taken back, what others say stays, and so does history."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.given import fact, film, write

from marquee.api import jobs
from marquee.api.desk import Desk
from marquee.schema.selection import AsOf, Page, StatementFilter
from marquee.schema.values import Source, Statement, Status


def row(number: int, director: str = "Ann Lee", *more: object) -> dict[str, object]:
    return film(
        f"Film {number}",
        fact("director", director, ids={"own": director.replace(" ", "-")}),
        *more,
        ids={"own": f"f{number}"},
    )


def read(desk: Desk, path: Path, *rows: object, whole: bool = True, withdraw: bool = False) -> Counter[str]:
    write(path, *rows)
    source = Source(path.stem, str(path), whole=whole, reliability=0.97)
    return Counter(jobs.ingest(desk, [source], withdraw=withdraw).counts)


def believed(desk: Desk, relation: str = "directed", as_of: AsOf | None = None) -> list[Statement]:
    which = StatementFilter(relations=(relation,), status=(Status.ACCEPTED,), **({"as_of": as_of} if as_of else {}))  # type: ignore[arg-type]
    return list(desk.store.list_statements(which, Page(1000)).items)


def test_a_dropped_row_takes_its_facts_along(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    read(desk, path, row(1), row(2))
    counts = read(desk, path, row(1))
    assert (counts["gone"], counts["withdrawn"]) == (1, 1)
    assert len(believed(desk)) == 1
    assert read(desk, path, row(1))["gone"] == 0


def test_a_changed_row_keeps_what_it_says_still(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    genre = fact("genre", "Drama", "Genre")
    read(desk, path, row(1, "Ann Lee", genre))
    moment = jobs.now()
    counts = read(desk, path, row(1, "Ben Roe", genre))
    (one,) = believed(desk)
    assert desk.store.entities([one.subject])[one.subject].label == "Ben Roe"
    assert counts["withdrawn"] == 1
    (kept,) = believed(desk, "genre")
    assert len(kept.evidence) == 1
    (before,) = believed(desk, as_of=AsOf(known_at=moment))
    assert desk.store.entities([before.subject])[before.subject].label == "Ann Lee"


def test_what_another_source_says_stays(desk: Desk, tmp_path: Path) -> None:
    read(desk, tmp_path / "one.jsonl", row(1), row(2))
    read(desk, tmp_path / "two.jsonl", row(2))
    counts = read(desk, tmp_path / "one.jsonl", row(1))
    assert counts["withdrawn"] == 0
    assert len(believed(desk)) == 2
    weaker = next(s for s in believed(desk) if len(s.evidence) == 1 and s.evidence[0].source == "two")
    assert weaker.support == pytest.approx(0.97)


def test_a_row_that_moved_changes_nothing_that_is_believed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    read(desk, path, *(row(n, f"Director {n}") for n in range(5)))
    before = {s.id: (s.status, s.support, s.probability) for s in believed(desk)}
    counts = read(desk, path, row(9, "Director 9"), *(row(n, f"Director {n}") for n in range(5)))
    after = {s.id: (s.status, s.support, s.probability) for s in believed(desk)}
    assert counts["withdrawn"] == 0
    assert {id_: after[id_] for id_ in before} == before
    assert len(after) == 6


def test_a_source_that_only_adds_takes_nothing_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    read(desk, path, row(1), row(2), whole=False)
    read(desk, path, row(1, "Ben Roe"), whole=False)
    assert len(believed(desk)) == 3


def test_a_row_that_cannot_be_read_keeps_what_it_said(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    read(desk, path, row(1), row(2))
    path.write_text(json.dumps(row(1)) + "\n{ broken\n", encoding="utf-8")
    counts = jobs.ingest(desk, [Source("films", str(path), whole=True)]).counts
    assert (counts["refused"], counts.get("gone", 0)) == (1, 0)
    assert len(believed(desk)) == 2


def test_a_source_of_which_much_is_gone_is_taken_for_broken(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    read(desk, path, *(row(n) for n in range(100)))
    counts = read(desk, path, row(0))
    assert (counts["refused"], counts["gone"]) == (1, 0)
    assert len(believed(desk)) == 100
    assert read(desk, path, row(0), withdraw=True)["withdrawn"] == 99
    assert len(believed(desk)) == 1


def test_an_edited_text_takes_back_what_it_says_no_more(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    first = {"id": "a", "text": "The Long Day (1999) is a drama film directed by Ann Lee."}
    second = {"id": "a", "text": "The Long Day (1999) is a drama film directed by Ben Roe."}
    read(desk, path, first)
    read(desk, path, second)
    live = desk.store.list_statements(
        StatementFilter(relations=("directed",), status=(Status.ACCEPTED, Status.PENDING)), Page(9)
    )
    (one,) = live.items
    assert desk.store.entities([one.subject])[one.subject].label == "Ben Roe"


def test_a_rival_that_is_gone_frees_the_slot(desk: Desk, tmp_path: Path) -> None:
    dated = lambda year: film("Film", fact("release_date", value=year), ids={"own": "f"})  # noqa: E731
    read(desk, tmp_path / "one.jsonl", dated("1967"), row(2))
    read(desk, tmp_path / "two.jsonl", dated("1971"))
    both = desk.store.list_statements(StatementFilter(relations=("release_date",)), Page(9)).items
    assert {round(s.support or 0, 2) for s in both} == {0.49}
    read(desk, tmp_path / "one.jsonl", row(2))
    left = desk.store.list_statements(
        StatementFilter(relations=("release_date",), status=(Status.ACCEPTED, Status.PENDING)), Page(9)
    )
    (one,) = left.items
    assert one.support == pytest.approx(0.97)


def test_the_plan_tells_what_is_gone(desk: Desk, tmp_path: Path) -> None:
    from marquee.api.reading import survey

    path = tmp_path / "films.jsonl"
    read(desk, path, row(1), row(2))
    write(path, row(1))
    assert survey(desk.store, Source("films", str(path), whole=True), jobs.now())["gone"] == 1
    assert survey(desk.store, Source("films", str(path)), jobs.now())["gone"] == 0
