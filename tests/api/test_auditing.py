"""The gate's precision, measured on what was drawn for audit, whatever else reviewers decide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.given import fact, film, write

from marquee.api import auditing, jobs
from marquee.api.desk import Desk
from marquee.api.settings import load
from marquee.gnn import audit
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Source, Statement


def waiting(desk: Desk) -> list[Statement]:
    return list(desk.store.list_statements(StatementFilter(review=True), Page(1000)).items)


def test_the_precision_is_that_of_drawn_statements_alone(tmp_path: Path) -> None:
    rows = [film(f"Film {n}", fact("director", f"Person {n}"), ids={"own": f"f{n}"}) for n in range(300)]
    settings = load(None, {}, home=tmp_path / "home")
    with Desk(replace(settings, gate=replace(settings.gate, audit=0.3)), quiet=True) as desk:
        jobs.ingest(desk, [Source("films", str(write(tmp_path / "films.jsonl", *rows)), reliability=0.97)])
        drawn = waiting(desk)
        assert 40 < len(drawn) <= 100
        assert all(audit.drawn(s.reasons) for s in drawn)
        assert auditing.measured(desk.store) == {}
        jobs.decide(desk, [s.id for s in drawn[:30]], "accept", "it is so", "ann")
        jobs.decide(desk, [s.id for s in drawn[30:40]], "reject", "it is not", "ann")
        others = desk.store.list_statements(StatementFilter(review=False), Page(20)).items
        jobs.decide(desk, [s.id for s in others if not audit.drawn(s.reasons)], "reject", "it is not", "ann")
        found = jobs.status(desk)["audit"]["accepted"]
    assert (found["decided"], found["precision"]) == (40, pytest.approx(0.75))
    assert 0.5 < found["low"] < 0.75 < found["high"] < 0.9
