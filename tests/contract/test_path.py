from __future__ import annotations

from collections import deque
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.contract.world import Opener, entity, fact, fill, law

from marquee.graph.store import Store
from marquee.schema.kinds import Kind
from marquee.schema.values import PathStep, Status

PEOPLE, FILMS = [f"p{n}" for n in range(5)], [f"f{n}" for n in range(5)]
WORLD = [
    *(entity(id_, Kind.PERSON) for id_ in PEOPLE),
    *(entity(id_, Kind.FILM) for id_ in FILMS),
    entity("drama", Kind.GENRE),
]
_CREDITS = st.tuples(st.sampled_from(PEOPLE), st.just("acted_in"), st.sampled_from(FILMS))
_GENRES = st.tuples(st.sampled_from(FILMS), st.just("genre"), st.just("drama"))
_EDGES = st.lists(st.one_of(_CREDITS, _CREDITS, _GENRES), max_size=14, unique=True)


def _distance(edges: list[tuple[str, str, str]], start: str, end: str) -> int | None:
    near: dict[str, set[str]] = {}
    for head, _, tail in edges:
        near.setdefault(head, set()).add(tail)
        near.setdefault(tail, set()).add(head)
    far, waiting = {start: 0}, deque([start])
    while waiting:
        place = waiting.popleft()
        if place == end:
            return far[place]
        if place == "drama" and place != start:
            continue
        for following in near.get(place, set()) - far.keys():
            far[following] = far[place] + 1
            waiting.append(following)
    return None


@law
@given(
    edges=_EDGES,
    start=st.sampled_from([*PEOPLE, "f0", "drama"]),
    end=st.sampled_from([*PEOPLE, "f1", "drama"]),
    hops=st.integers(1, 7),
)
def test_a_path_is_a_shortest_one(
    fresh: Opener, edges: list[tuple[str, str, str]], start: str, end: str, hops: int
) -> None:
    store = fresh()
    fill(store, WORLD, [fact(*edge) for edge in edges])
    distance = _distance(edges, start, end)

    path = store.path(start, end, hops)

    if distance is None or distance > hops:
        assert path is None
        return
    assert path is not None
    assert len(path) == distance
    _check_walk(path, start, end, edges)


def _check_walk(path: list[PathStep], start: str, end: str, edges: list[tuple[str, str, str]]) -> None:
    """Steps are statements that are there, and hang together from start to end."""
    ends = [(step.head, step.tail) if step.forward else (step.tail, step.head) for step in path]
    assert all((step.head, step.relation, step.tail) in edges for step in path)
    assert [one[1] for one in ends[:-1]] == [one[0] for one in ends[1:]]
    assert not path or (ends[0][0], ends[-1][1]) == (start, end)
    assert all(left != right for left, right in pairwise(ends))


def test_only_accepted_statements_are_walked(store: Store) -> None:
    one = fact("p0", "acted_in", "f0", status=Status.PENDING)
    fill(store, WORLD, [one])

    assert store.path("p0", "f0") is None
    assert store.path("p0", "p0") == []
    assert store.path("p0", "nobody") is None
    assert store.path("nobody", "nobody") is None


def test_a_step_tells_its_direction(store: Store) -> None:
    one, two = fact("p0", "acted_in", "f0"), fact("p1", "acted_in", "f0")
    fill(store, WORLD, [one, two])

    assert store.path("p0", "p1") == [
        PathStep("p0", "acted_in", "f0", one.id, forward=True),
        PathStep("p1", "acted_in", "f0", two.id, forward=False),
    ]
