"""Communities, centralities and bridges of a hand-worked graph: two triangles, abc and def, joined by c and d."""

from __future__ import annotations

import networkx as nx
import pytest

from marquee.graph.bridges import Bridge, bridges
from marquee.graph.centrality import MEASURES, centrality
from marquee.graph.communities import Community, communities
from marquee.schema.errors import InputError

JOINED = ("ab", "bc", "ca", "de", "ef", "fd", "cd")


def graph(*pairs: str) -> nx.Graph:
    made = nx.Graph()
    made.add_edges_from((one, other, {"weight": 1.0}) for one, other in pairs)
    return made


def test_two_triangles_are_two_communities() -> None:
    pytest.importorskip("graspologic_native", reason="communities need the levels extra")
    partition = communities(graph(*JOINED))
    assert partition.modularity == pytest.approx(2 * (3 / 7 - (7 / 14) ** 2))
    assert list(partition.communities) == [
        Community(1, ["a", "b", "c"], 3.0, 1.0),
        Community(2, ["d", "e", "f"], 3.0, 1.0),
    ]
    assert partition.home == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}


def test_the_same_seed_gives_the_same_communities_and_no_tie_gives_none() -> None:
    pytest.importorskip("graspologic_native", reason="communities need the levels extra")
    crowd = nx.gnm_random_graph(60, 200, seed=3)
    named = graph()
    named.add_edges_from((f"n{a}", f"n{b}", {"weight": 1.0}) for a, b in crowd.edges)
    assert communities(named, seed=5) == communities(named, seed=5)
    lonely = graph()
    lonely.add_node("a")
    assert communities(lonely).communities == ()


@pytest.mark.parametrize("resolution", [0.0, -1.0, float("nan"), float("inf")])
def test_a_resolution_out_of_range_is_refused(resolution: float) -> None:
    pytest.importorskip("graspologic_native", reason="communities need the levels extra")
    with pytest.raises(InputError, match="above 0"):
        communities(graph(*JOINED), resolution)


@pytest.mark.parametrize(
    ("measure", "outer", "joint"),
    [("strength", 2, 3), ("degree", 2, 3), ("betweenness", 0, 0.6), ("core", 2, 2)],
)
def test_measures_by_hand(measure: str, outer: float, joint: float) -> None:
    scores = centrality(graph(*JOINED), measure)
    assert {scores[node] for node in "abef"} == {outer}
    assert [scores[node] for node in "cd"] == pytest.approx([joint, joint])


def test_pagerank_adds_up_to_one_and_ranks_the_joints_first() -> None:
    pytest.importorskip("scipy", reason="networkx needs SciPy for it")
    scores = centrality(graph(*JOINED), "pagerank")
    assert sum(scores.values()) == pytest.approx(1)
    assert scores["c"] == pytest.approx(scores["d"])
    assert scores["c"] > scores["a"]


def test_betweenness_of_a_sample_is_near_that_of_all() -> None:
    crowd = nx.gnm_random_graph(200, 600, seed=3)
    named = graph()
    named.add_edges_from((f"n{one}", f"n{other}", {"weight": 1.0}) for one, other in crowd.edges)
    exact = centrality(named, "betweenness", sample=200)
    sampled = centrality(named, "betweenness", sample=100)
    assert exact == nx.betweenness_centrality(named)
    assert sampled != exact
    off = [abs(sampled[node] - exact[node]) for node in named]
    assert sum(off) / sum(exact.values()) < 0.15


def test_an_unknown_measure_names_those_there_are() -> None:
    with pytest.raises(InputError, match="strength, degree, pagerank"):
        centrality(graph(*JOINED), "fame")


@pytest.mark.parametrize("measure", MEASURES)
def test_an_empty_graph_has_no_centre(measure: str) -> None:
    assert centrality(graph(), measure) == {}


def test_bridges_are_who_joins_the_triangles() -> None:
    pytest.importorskip("graspologic_native", reason="communities need the levels extra")
    made = graph(*JOINED)
    found = bridges(made, communities(made), first=5)
    one, other = (
        Bridge("c", 1, 0.6, 4 / 9, ((1, 2 / 3), (2, 1 / 3))),
        Bridge("d", 2, 0.6, 4 / 9, ((2, 2 / 3), (1, 1 / 3))),
    )
    assert [(b.node, b.home, b.links) for b in found] == [(b.node, b.home, b.links) for b in (one, other)]
    assert [b.betweenness for b in found] == pytest.approx([0.6, 0.6])
    assert [b.participation for b in found] == pytest.approx([4 / 9, 4 / 9])
    assert bridges(graph("ab"), communities(graph("ab")), first=5) == []
