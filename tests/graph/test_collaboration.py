"""Collaboration: Newman's weights over a hand-worked graph."""

from __future__ import annotations

import pytest

from marquee.graph.collaboration import Tie, collaborations, collaborators, newman
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import Snapshot, from_triples

# Duet: Ann and Ben. Trio: Ann, Ben and Cay. Solo: Dee alone.
TRIPLES = [
    ("Ann", "acted_in", "Duet"),
    ("Ben", "directed", "Duet"),
    ("Ann", "acted_in", "Trio"),
    ("Ann", "wrote", "Trio"),
    ("Ben", "acted_in", "Trio"),
    ("Cay", "acted_in", "Trio"),
    ("Dee", "directed", "Solo"),
    ("Duet", "production_company", "Acme"),
    ("Duet", "production_company", "Bolt"),
    ("Trio", "production_company", "Acme"),
]


def graph() -> Snapshot:
    kinds = dict.fromkeys(("Ann", "Ben", "Cay", "Dee"), Kind.PERSON)
    kinds |= dict.fromkeys(("Duet", "Trio", "Solo"), Kind.FILM)
    return from_triples(TRIPLES, kinds | dict.fromkeys(("Acme", "Bolt"), Kind.STUDIO))


def test_two_alone_on_a_work_count_for_more_than_two_of_three() -> None:
    assert collaborations(graph(), "Ann") == [
        Tie("Ben", pytest.approx(1 + 1 / 2), ("Duet", "Trio")),  # type: ignore[arg-type]
        Tie("Cay", pytest.approx(1 / 2), ("Trio",)),  # type: ignore[arg-type]
    ]


def test_companies_are_tied_by_the_works_they_made() -> None:
    assert collaborations(graph(), "Acme", "co_produced_with") == [Tie("Bolt", 1.0, ("Duet",))]


@pytest.mark.parametrize("member", ["Dee", "nobody"])
def test_who_works_alone_or_is_unknown_has_no_ties(member: str) -> None:
    assert collaborations(graph(), member) == []


def test_weights_of_a_member_add_up_to_the_works_that_were_shared() -> None:
    crews = {"one": ["a", "b", "c"], "two": ["a", "b"], "three": ["a"], "four": ["b", "c"]}
    assert sum(tie.weight for tie in newman(crews, "a")) == pytest.approx(2)


def test_collaborators_are_counted_once_each() -> None:
    counts = {attribute.entity: attribute.value for attribute in collaborators(graph(), "2024-01-01T00:00:00Z")}
    assert counts == {"Ann": 2, "Ben": 2, "Cay": 2, "Acme": 1, "Bolt": 1}
