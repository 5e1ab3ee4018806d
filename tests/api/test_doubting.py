"""Once a model is in service, what was accepted before is judged again; what it doubts is put to review."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("torch", reason="the gnn extra is not installed")

from tests.api.scenes import FALSE, records
from tests.given import write

from marquee.api import demonstration, jobs
from marquee.api.desk import Desk
from marquee.api.settings import load
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Source, Statement, Status


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Four scenes of films and their people, with a few facts across them, ingested and then trained on."""
    folder = tmp_path_factory.mktemp("scenes")
    path = write(folder / "scenes.jsonl", *records())
    settings = load(None, {}, home=folder / "home")
    with Desk(replace(settings, gate=replace(settings.gate, audit=0.0)), quiet=True) as desk:
        jobs.ingest(desk, [Source("scenes", str(path), reliability=0.97)])
        yield desk


def statements(desk: Desk, **which: object) -> list[Statement]:
    return list(desk.store.list_statements(StatementFilter(**which), Page(5000)).items)  # type: ignore[arg-type]


def named(desk: Desk, found: list[Statement]) -> set[tuple[str, str, str]]:
    ends = desk.store.entities({end for s in found for end in (s.subject, str(s.object))})
    return {(ends[s.subject].label, s.relation, ends[str(s.object)].label) for s in found}


def test_training_judges_again_and_doubts_what_is_false(desk: Desk) -> None:
    before = desk.store.status()
    assert demonstration._again(desk) is None
    told = jobs.train_links(desk, "fast", seed=1)
    assert demonstration._again(desk) == told["again"]
    assert told["promoted"]
    accepted = statements(desk, status=(Status.ACCEPTED,))
    assert len(accepted) == before.by_status["accepted"]
    judged = [s for s in accepted if any(part.name != "support" for part in s.parts)]
    assert told["again"]["judged"] == len(judged) > 0.9 * len(accepted)
    doubted = statements(desk, review=True)
    assert told["again"]["doubtful"] == len(doubted)
    assert all("with the graph only" in s.reasons[0] and len(s.parts) > 2 for s in doubted)
    found = named(desk, doubted)
    assert len(found & FALSE) >= 6
    assert len(found - FALSE) <= 4
    run = desk.store.runs(Page(1)).items[0]
    assert (run.kind, run.model, dict(run.counts)) == ("judge", told["model"], told["again"])


def test_judging_once_more_changes_nothing(desk: Desk) -> None:
    waiting = {s.id: (s.reasons, s.probability) for s in statements(desk, review=True)}
    jobs.judge_pending(desk)
    assert {s.id: (s.reasons, s.probability) for s in statements(desk, review=True)} == waiting


def test_what_a_reviewer_decided_is_doubted_no_more(desk: Desk) -> None:
    kept, dropped = statements(desk, review=True)[:2]
    jobs.decide(desk, [kept.id], "accept", "the credits say so", "ann")
    jobs.decide(desk, [dropped.id], "reject", "another film", "ann")
    jobs.judge_pending(desk)
    assert not {s.id for s in statements(desk, review=True)} & {kept.id, dropped.id}
    held = desk.store.statements([kept.id, dropped.id])
    assert (held[kept.id].status, held[dropped.id].status) == (Status.ACCEPTED, Status.REJECTED)
