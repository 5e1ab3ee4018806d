"""Levels: a hand-worked industry, projected."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace

import pytest

from marquee.graph import levels
from marquee.graph.levels import Line, Projection
from marquee.schema.errors import InputError
from marquee.schema.kinds import Kind, Level
from marquee.schema.snapshot import Snapshot, from_triples

# Duet: Ann and Ben, by Acme and Bolt. Trio: Ann, Ben and Cay, by Acme. Solo: Dee alone, by Core.
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
    ("Solo", "production_company", "Core"),
    ("Trio", "sequel_of", "Duet"),
    ("Ann", "spouse", "Dee"),
    ("Bolt", "subsidiary_of", "Acme"),
    ("Duet", "genre", "Drama"),
]
KINDS = {
    **dict.fromkeys(("Ann", "Ben", "Cay", "Dee"), Kind.PERSON),
    **dict.fromkeys(("Duet", "Trio", "Solo"), Kind.FILM),
    **dict.fromkeys(("Acme", "Bolt", "Core"), Kind.STUDIO),
    "Drama": Kind.GENRE,
}


def graph() -> Snapshot:
    """The industry; of Trio's credits we are half sure, of the others quite."""
    made = from_triples(TRIPLES, KINDS)
    sure = (0.5 if tail == "Trio" else 0.9 for _, _, tail in TRIPLES)
    return replace(made, probability=array("d", sure), literals=[""] * len(made))


def dated() -> Snapshot:
    """The same with years: Duet 1980, Trio 2000, which is the latest."""
    made = graph()
    place = made.index()
    relations = [*made.relations, "release_date"]
    return replace(
        made,
        relations=relations,
        statements=[*made.statements, "d1", "d2"],
        head=made.head + array("i", [place["Duet"], place["Trio"]]),
        relation=made.relation + array("h", [len(relations) - 1] * 2),
        tail=made.tail + array("i", [-1, -1]),
        probability=made.probability + array("d", [0.9, 0.9]),
        literals=[*made.literals, "1980-05", "2000"],
        status=array("b"),
    )


def ends(projection: Projection) -> Iterator[tuple[str, str, str]]:
    ids = projection.graph.entities
    return ((ids[line.head], line.relation, ids[line.tail]) for line in projection.lines())


def weights(projection: Projection) -> dict[tuple[str, str, str], float]:
    return dict(zip(ends(projection), (line.weight for line in projection.lines()), strict=True))


def test_the_people() -> None:
    projection = levels.of(graph(), Level.PERSON)
    assert list(projection.graph.entities) == ["Ann", "Ben", "Cay", "Dee"]
    assert weights(projection) == {
        ("Ann", "spouse", "Dee"): 1.0,
        ("Ann", "collaborated_with", "Ben"): 1 + 1 / 2,
        ("Ann", "collaborated_with", "Cay"): 1 / 2,
        ("Ben", "collaborated_with", "Cay"): 1 / 2,
    }
    assert len(projection) == 4


def test_the_works() -> None:
    projection = levels.of(graph(), Level.WORK)
    assert list(projection.graph.entities) == ["Duet", "Trio", "Solo"]
    assert weights(projection) == {
        ("Trio", "sequel_of", "Duet"): 1.0,
        ("Duet", "shares_talent", "Trio"): 2.0,  # Ann's and Ben's two works each
    }


def test_the_institutions() -> None:
    projection = levels.of(graph(), Level.INSTITUTION)
    assert weights(projection) == {
        ("Bolt", "subsidiary_of", "Acme"): 1.0,
        ("Acme", "co_produced_with", "Bolt"): 1.0,
        ("Acme", "shares_talent", "Bolt"): 2.0,
    }


def test_all_levels_hold_every_fact_between_entities_and_every_tie() -> None:
    projection = levels.of(graph())
    assert set(projection.graph.entities) == set(KINDS)
    alone = [levels.of(graph(), level) for level in (Level.WORK, Level.PERSON, Level.INSTITUTION)]
    ties = {end for one in alone for end in ends(one)} - set(TRIPLES)
    assert set(ends(projection)) == set(TRIPLES) | ties


def test_an_edge_says_what_it_comes_from() -> None:
    projection = levels.of(dated(), Level.PERSON)
    stated, tie, *_ = projection.lines()
    assert stated == Line(0, 3, "spouse", "t12", 0.9, 1.0, None, None, None, ())
    assert tie == Line(
        0, 1, "collaborated_with", "collaborated_with.Ann.Ben", None, 1.5, 0.5 + 0.5, 1980, 2000, ("Duet", "Trio")
    )
    assert levels.of(dated(), Level.WORK).years == {0: 1980, 1: 2000}


def test_what_is_not_probable_enough_ties_nobody() -> None:
    projection = levels.of(graph(), Level.PERSON, 0.9)
    assert weights(projection) == {("Ann", "spouse", "Dee"): 1.0, ("Ann", "collaborated_with", "Ben"): 1.0}
    assert "Cay" not in projection.graph.entities


def test_statements_that_are_not_asked_for_count_for_nothing() -> None:
    projection = levels.of(graph(), Level.PERSON, only={"t0", "t1"})
    assert weights(projection) == {("Ann", "collaborated_with", "Ben"): 1.0}


def test_a_crowd_ties_nobody_where_it_is_left_out() -> None:
    projection = levels.of(graph(), Level.PERSON, crowd=2)
    assert weights(projection)["Ann", "collaborated_with", "Ben"] == 1.0
    assert projection.left_out == 1


def test_a_person_of_many_works_is_no_crowd() -> None:
    career = from_triples([("Ann", "acted_in", work) for work in "abcd"], dict.fromkeys("abcd", Kind.FILM) | KINDS)
    projection = levels.of(career, Level.WORK, crowd=2)
    assert (len(projection), projection.left_out) == (6, 0)


def test_a_graph_that_would_not_fit_is_refused_with_its_size() -> None:
    crowd = [(f"p{number}", "acted_in", "Epic") for number in range(10_000)]
    kinds = dict.fromkeys((name for name, _, _ in crowd), Kind.PERSON) | {"Epic": Kind.FILM}
    epic = from_triples(crowd, kinds)
    with pytest.raises(InputError, match=r"person graph: up to 49,995,000 edges, 3,600 MB, .* 1,000 MB"):
        levels.of(epic, Level.PERSON, memory=10**9)
    assert len(levels.of(epic, Level.PERSON, memory=10**9, crowd=100)) == 0
    assert len(levels.of(epic, Level.WORK, memory=10**9)) == 0


def test_what_is_stated_alone_needs_no_room_for_ties() -> None:
    projection = levels.of(graph(), memory=1, computed=False)
    assert (set(ends(projection)), projection.computed) == (set(TRIPLES), ())


def test_a_node_of_ten_thousand_edges_is_nothing_special() -> None:
    star = [(f"p{number}", "spouse", "star") for number in range(10_000)]
    kinds = dict.fromkeys((name for name, _, _ in star), Kind.PERSON) | {"star": Kind.PERSON}
    assert len(levels.of(from_triples(star, kinds), Level.PERSON)) == 10_000


@pytest.mark.parametrize("least", [-0.1, 1.5, float("nan")])
def test_a_probability_out_of_range_is_refused(least: float) -> None:
    with pytest.raises(InputError, match="from 0 to 1"):
        levels.of(graph(), None, least)


def test_an_empty_graph_has_empty_levels() -> None:
    assert len(levels.of(from_triples([]))) == 0
