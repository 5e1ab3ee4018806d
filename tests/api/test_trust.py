"""Trust in sources outlives the process that was told of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.given import fact, film, write

from marquee.api import jobs, trust
from marquee.api.desk import Desk
from marquee.api.settings import load
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Source


def support_of(desk: Desk) -> float:
    (statement,) = desk.store.list_statements(StatementFilter(), Page(10)).items
    return statement.support or 0.0


def test_a_later_process_weighs_a_source_as_it_was_told_to(tmp_path: Path) -> None:
    path = write(tmp_path / "films.jsonl", film("Playtime", fact("director", "Jacques Tati"), ids={"wikidata": "Q1"}))
    settings = load(None, {}, home=tmp_path / "home")
    with Desk(settings, quiet=True) as desk:
        jobs.ingest(desk, [Source("rumours", str(path), reliability=0.6)])
        told = support_of(desk)
    with Desk(settings, quiet=True) as desk:
        jobs.judge_pending(desk)
        assert support_of(desk) == told == pytest.approx(0.6)
        assert trust.kept(desk.store) == {"rumours": 0.6}


def test_the_last_word_and_the_settings_count(tmp_path: Path) -> None:
    path = write(tmp_path / "films.jsonl", film("Playtime", fact("director", "Jacques Tati"), ids={"wikidata": "Q1"}))
    with Desk(load(None, {}, home=tmp_path / "home"), quiet=True) as desk:
        for reliability in (0.6, 0.7):
            jobs.ingest(desk, [Source("films", str(path), reliability=reliability)])
        assert trust.kept(desk.store) == {"films": 0.7}
        desk.reliability = {"films": 0.5}
        jobs.judge_pending(desk)
        assert support_of(desk) == pytest.approx(0.5)


def test_a_source_read_again_keeps_its_reliability_unless_told_another(tmp_path: Path) -> None:
    path = write(tmp_path / "films.jsonl", film("Playtime", fact("director", "Jacques Tati"), ids={"wikidata": "Q1"}))
    with Desk(load(None, {}, home=tmp_path / "home"), quiet=True) as desk:
        assert desk.sources([str(path)])[0].reliability == 0.95
        jobs.ingest(desk, desk.sources([str(path)], reliability=0.6))
        assert desk.sources([str(path)])[0].reliability == 0.6
        assert desk.sources([str(path)], reliability=0.8)[0].reliability == 0.8
