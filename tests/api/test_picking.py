"""Which entity each name is taken for."""

from __future__ import annotations

from marquee.api.picking import _carried, pick
from marquee.schema.kinds import Kind
from marquee.schema.values import Candidate, Claim, Evidence, Extraction, Locator, Name, Resolution

LOCATOR = Locator("films.jsonl", row=1)
HEAT = Name("Heat", Kind.FILM)
MANN = Name("Michael Mann", Kind.PERSON)
PACINO = Name("Al Pacino", Kind.PERSON)


def claim(subject: Name, relation: str, object_: Name) -> Claim:
    return Claim(subject, relation, object_, evidence=Evidence("films", LOCATOR, "", "records", "1", "2026-01-01", 1.0))


def given() -> Extraction:
    claims = (claim(MANN, "directed", HEAT), claim(PACINO, "acted_in", HEAT))
    return Extraction("films", LOCATOR, (HEAT, MANN, PACINO), claims)


def resolution(name: Name, *ids: str, features: dict[str, float] | None = None) -> Resolution:
    candidates = tuple(Candidate(id_, 0.9 - 0.1 * n, features or {"name": 1.0}) for n, id_ in enumerate(ids))
    return Resolution(name, candidates, 0.05)


def test_a_name_without_candidates_is_new_and_a_key_decides() -> None:
    found = {HEAT: resolution(HEAT, "e1", features={"external_id": 1.0}), MANN: resolution(MANN)}
    picked = pick([given()], [found], None, None)
    assert picked.chosen == ({HEAT: "e1", MANN: None},)
    assert picked.open_names == ({},)


def test_a_name_two_entities_bear_alike_stays_open() -> None:
    found = {MANN: resolution(MANN, "e1", "e2", features={"name": 1.0, "kind": 1.0})}
    picked = pick([given()], [found], None, None)
    assert picked.chosen == ({},)
    assert picked.open_names == (found,)


def test_each_name_carries_the_statements_whose_other_end_may_be_known() -> None:
    found = {HEAT: resolution(HEAT, "e1", "e2"), MANN: resolution(MANN, "e3"), PACINO: resolution(PACINO)}
    assert _carried(given(), found) == {
        MANN: [("directed", True, "e1")],
        HEAT: [("directed", False, "e3")],
        PACINO: [("acted_in", True, "e1")],
    }
