"""Facts made wrong on purpose: what is changed and what is not, and that the judge finds them."""

from __future__ import annotations

import json
import random
from array import array
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the gnn extra is not installed")

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scripts.bench_doubt import corrupted, main

from marquee.api.desk import Desk
from marquee.api.jobs import new_run
from marquee.schema.ids import statement_id
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import Snapshot, from_triples
from marquee.schema.values import Entity, EntityName, Evidence, Locator, Statement, Status

Fact = tuple[str, str, str]
KINDS = {"person": Kind.PERSON, "film": Kind.FILM, "studio": Kind.STUDIO}


def industry(scenes: int = 4, films: int = 12) -> list[Fact]:
    """Films whose people and studio are of their own scene."""
    rng, facts = random.Random(1), []
    for scene in range(scenes):
        for number in range(films):
            film = f"film{scene}.{number}"
            facts += [(f"person{scene}.{at}", "acted_in", film) for at in rng.sample(range(10), 4)]
            facts += [(f"person{scene}.{rng.randrange(3)}", "directed", film)]
            facts += [(film, "production_company", f"studio{scene}")]
    return facts


def kind_of(name: str) -> Kind:
    return KINDS[name.rstrip("0123456789.")]


def snapshot() -> Snapshot:
    facts = industry()
    return from_triples(facts, {name: kind_of(name) for fact in facts for name in (fact[0], fact[2])})


def rows(of: Snapshot) -> list[Fact]:
    return [
        (of.entities[head], of.relations[relation], of.entities[tail])
        for head, relation, tail in zip(of.head, of.relation, of.tail, strict=True)
    ]


@given(st.integers(0, 50), st.floats(0, 0.5))
def test_of_a_wrong_fact_one_end_is_another_of_its_kind_and_the_fact_is_new(seed: int, share: float) -> None:
    before = snapshot()
    after, wrong = corrupted(before, share, seed)
    stated = set(rows(before))

    assert wrong.sum() <= round(share * len(before))
    for old, new, changed in zip(rows(before), rows(after), wrong, strict=True):
        assert (old == new) is not bool(changed)
        if changed:
            assert new[1] == old[1]
            assert (new[0] == old[0]) is not (new[2] == old[2])
            assert [kind_of(name) for name in (new[0], new[2])] == [kind_of(name) for name in (old[0], old[2])]
            assert new not in stated
    assert (after.statements, after.kinds, after.relation) == (before.statements, before.kinds, before.relation)


def test_nearly_all_that_were_drawn_are_made_wrong() -> None:
    before = snapshot()

    assert corrupted(before, 0.2, seed=1)[1].sum() >= 0.15 * len(before)


def test_the_same_seed_makes_the_same_facts_wrong() -> None:
    one, other = corrupted(snapshot(), 0.2, 1), corrupted(snapshot(), 0.2, 1)

    assert rows(one[0]) == rows(other[0])
    assert np.array_equal(one[1], other[1])


def test_what_is_not_accepted_stays_as_it_is() -> None:
    before = snapshot()
    before.status[:] = array("b", [-1]) * len(before)

    assert not corrupted(before, 0.5, seed=1)[1].any()


@pytest.fixture
def home(desk: Desk) -> Path:
    """A home whose store holds the industry."""
    facts = sorted(set(industry()))
    names = {name for fact in facts for name in (fact[0], fact[2])}
    with desk.store.writing(new_run("ingest", ["rows"])) as writer:
        writer.put_entities(Entity(name, kind_of(name), (EntityName(name),)) for name in sorted(names))
        writer.stage(_stated(number, fact) for number, fact in enumerate(facts))
    return desk.settings.home


def _stated(number: int, fact: Fact) -> Statement:
    place = Locator("rows.csv", row=number)
    piece = Evidence("rows", place, " ".join(fact), "rows", "1", "2026-01-01T00:00:00Z", 1.0)
    return Statement(statement_id(*fact, ()), *fact, status=Status.ACCEPTED, support=0.95, evidence=(piece,))


def test_wrong_facts_are_judged_less_likely(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(home), "--share", "0.05", "--seeds", "1", "--json"])
    lines = capsys.readouterr().out.splitlines()
    (found,) = json.loads(lines[-1])["seeds"]

    assert lines[0].startswith("| seed | facts | wrong | base rate | AUROC | average precision |")
    assert found["wrong"] >= 8
    assert found["base"] == pytest.approx(found["wrong"] / found["facts"])
    assert found["auroc"] > 0.6
    assert found["average_precision"] > found["base"]


def test_a_home_without_a_demo_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no demo"):
        main([str(tmp_path)])
