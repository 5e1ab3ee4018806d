from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.naive import Naive, shape, walked
from tests.contract.world import (
    PASSED,
    Opener,
    billing,
    date,
    entity,
    evidence,
    fact,
    fill,
    law,
    text,
    verdict,
    writing,
)

from marquee.graph.store import Store
from marquee.schema.errors import CursorError, DeadlineExceeded
from marquee.schema.kinds import Kind
from marquee.schema.selection import AsOf, Direction, Order, Page, Selection, StatementFilter
from marquee.schema.values import Action, Attribute, Entity, Statement, Status

ENTITIES = {
    one.id: one
    for one in (
        entity("f1", Kind.FILM, "Élan"),
        entity("f2", Kind.FILM, "Beta"),
        entity("f3", Kind.FILM, "Alpha"),
        entity("p1", Kind.PERSON, "Zoë"),
        entity("p2", Kind.PERSON, "Adam"),
        entity("g1", Kind.GENRE, "Drama"),
    )
}
FILMS, PEOPLE = ("f1", "f2", "f3"), ("p1", "p2")
_PROBABILITY = st.sampled_from([None, 0.2, 0.5, 0.1 + 0.2, 0.3, 0.9])
_VALID = st.tuples(st.sampled_from([None, "1980", "1990"]), st.sampled_from([None, "1990-06", "2000"]))
_BILLED = st.lists(st.integers(1, 3).map(billing), max_size=1).map(tuple)


def _facts(
    subjects: tuple[str, ...], names: tuple[str, ...], objects: tuple[object, ...]
) -> st.SearchStrategy[Statement]:
    return st.builds(
        fact,
        st.sampled_from(subjects),
        st.sampled_from(names),
        st.sampled_from(objects),
        status=st.sampled_from([Status.ACCEPTED, Status.ACCEPTED, Status.PENDING, Status.REJECTED]),
        probability=_PROBABILITY,
        pieces=_BILLED.map(lambda supports: (evidence(supports=supports),)),
        valid=_VALID,
    )


_WORLDS = st.lists(
    st.one_of(
        _facts(PEOPLE, ("acted_in", "directed"), FILMS),
        _facts(PEOPLE, ("spouse", "sibling"), PEOPLE),
        _facts(FILMS, ("sequel_of",), FILMS),
        _facts(FILMS, ("genre",), ("g1",)),
        _facts(FILMS, ("release_date",), (date("1979"), date("1990-05"), date("1979-05-25"))),
    ),
    max_size=14,
    unique_by=lambda one: one.id,
)


def _selections(nested: st.SearchStrategy[dict[str, Selection]]) -> st.SearchStrategy[Selection]:
    relations = ("acted_in", "directed", "spouse", "sibling", "sequel_of", "genre", "release_date", "won")
    return st.builds(
        Selection,
        relations=st.lists(st.sampled_from(relations), max_size=3, unique=True).map(tuple),
        direction=st.sampled_from(Direction),
        status=st.sampled_from([(Status.ACCEPTED,), (Status.PENDING, Status.ACCEPTED), (Status.REJECTED,)]),
        kinds=st.sampled_from([(), (), (Kind.FILM,), (Kind.PERSON, Kind.GENRE)]),
        min_probability=st.sampled_from([None, None, 0.3]),
        order=st.sampled_from(Order),
        descending=st.booleans(),
        page=st.builds(Page, st.integers(0, 4), backward=st.booleans()),
        as_of=st.sampled_from([AsOf(), AsOf(), AsOf("1985"), AsOf(None, "2999-01-01")]),
        total=st.booleans(),
        nested=nested,
    )


_FLAT = _selections(st.just({}))
_DEEP = _selections(
    st.dictionaries(
        st.sampled_from(["a", "b"]), _selections(st.dictionaries(st.just("c"), _FLAT, max_size=1)), max_size=2
    )
)


@law
@given(
    facts=_WORLDS,
    pages=st.dictionaries(st.sampled_from(["x", "y"]), _DEEP, max_size=2),
    root=st.sampled_from([*ENTITIES]),
)
def test_fetch_is_what_one_would_find_by_hand(
    fresh: Opener, facts: list[Statement], pages: dict[str, Selection], root: str
) -> None:
    store = fresh()
    fill(store, ENTITIES.values(), facts)

    assert shape(store, root, pages) == Naive(store, ENTITIES).node(root, pages)


@law
@given(
    facts=_WORLDS, selection=_FLAT, root=st.sampled_from([*ENTITIES]), size=st.integers(1, 3), backward=st.booleans()
)
def test_every_row_is_on_one_page(
    fresh: Opener, facts: list[Statement], selection: Selection, root: str, size: int, backward: bool
) -> None:
    store = fresh()
    fill(store, ENTITIES.values(), facts)

    whole = [one.id for one, _ in Naive(store, ENTITIES).matches(root, selection)]

    assert walked(store, root, selection, size, backward) == whole


@law
@given(
    facts=_WORLDS,
    later=_WORLDS,
    order=st.sampled_from(Order),
    descending=st.booleans(),
    gone=st.integers(0, 13),
    size=st.integers(1, 3),
)
def test_rows_that_stay_are_seen_once_while_others_come_and_go(
    fresh: Opener, facts: list[Statement], later: list[Statement], order: Order, descending: bool, gone: int, size: int
) -> None:
    store = fresh()
    fill(store, ENTITIES.values(), facts)
    selection = Selection((), Direction.BOTH, order=order, descending=descending, page=Page(size))
    before = {one.id for one, _ in Naive(store, ENTITIES).matches("p1", selection)}

    first = store.fetch(["p1"], {"page": selection})["p1"].pages["page"]
    with writing(store) as writer:
        # A date would move a film in the order of years, and so past the reader.
        writer.stage(one for one in later if one.relation != "release_date")
        if gone < len(facts) and facts[gone].relation != "release_date":
            writer.apply([verdict(facts[gone].id, Action.REJECT)])
    seen = [edge.statement.id for edge in first.items]
    if first.more:
        rest = replace(selection, page=Page(100, after=first.items[-1].key))
        seen += [edge.statement.id for edge in store.fetch(["p1"], {"page": rest})["p1"].pages["page"].items]

    after = {one.id for one, _ in Naive(store, ENTITIES).matches("p1", selection)}
    assert len(seen) == len(set(seen))
    assert before & after <= set(seen) <= before | after


@law
@given(
    facts=_WORLDS,
    size=st.integers(1, 4),
    doubt=st.booleans(),
    backward=st.booleans(),
    status=st.sampled_from([(), (Status.ACCEPTED,)]),
    relations=st.sampled_from([(), ("acted_in",), ("genre", "spouse", "acted_in", "won")]),
)
def test_the_list_of_statements_has_every_row_once(
    fresh: Opener,
    facts: list[Statement],
    size: int,
    doubt: bool,
    backward: bool,
    status: tuple[Status, ...],
    relations: tuple[str, ...],
) -> None:
    store = fresh()
    fill(store, ENTITIES.values(), facts)
    which = StatementFilter(status, relations, doubt_first=doubt)
    whole = [one.id for one in store.list_statements(which, Page(100)).items]

    seen: list[str] = []
    page = Page(size, backward=backward)
    while (listing := store.list_statements(which, page)).items:
        ids = [one.id for one in listing.items]
        seen = ids + seen if backward else seen + ids
        page = Page(size, before=listing.keys[0], backward=True) if backward else Page(size, after=listing.keys[-1])

    assert seen == whole
    assert len(whole) == sum(
        (not status or one.status in status) and (not relations or one.relation in relations) for one in facts
    )


# --- by example ----------------------------------------------------------------------------------


def _cast(number: int) -> Statement:
    role = (("character", text(f"Role {number}")), billing(number))
    return fact(f"p{number}", "acted_in", "f1", qualifiers=role, probability=number / 7)


def _film(store: Store) -> list[Statement]:
    people: list[Entity] = [entity(f"p{number}", Kind.PERSON) for number in range(1, 6)]
    cast = [_cast(number) for number in (3, 1, 2, 5, 4)]
    with writing(store) as writer:
        writer.put_entities([ENTITIES["f1"], *people])
        writer.stage(cast)
        writer.put_attributes([Attribute("p1", "popularity", 1 / 3, "share", "2024", 4)])
    return cast


def test_a_page_brings_statements_evidence_nodes_and_attributes(store: Store) -> None:
    _film(store)
    cast = Selection(
        ("acted_in",), Direction.IN, order=Order.BILLING, evidence=1, attributes=("popularity",), total=True
    )

    node = store.fetch(["f1", "none"], {"cast": replace(cast, page=Page(2))}, ("popularity",))["f1"]

    page = node.pages["cast"]
    assert [edge.node.entity.id for edge in page.items if edge.node] == ["p1", "p2"]
    assert (page.more, page.total) == (True, 5)
    first = page.items[0]
    assert first.statement == store.statements([first.statement.id], 1)[first.statement.id]
    assert first.node
    assert first.node.attributes == (Attribute("p1", "popularity", 1 / 3, "share", "2024", 4),)
    assert node.attributes == ()
    assert [edge.key[0] for edge in page.items] == [1, 2]


def test_a_window_between_two_positions(store: Store) -> None:
    _film(store)
    cast = Selection(("acted_in",), Direction.IN, order=Order.PROBABILITY, descending=True)
    keys = [edge.key for edge in store.fetch(["f1"], {"cast": cast})["f1"].pages["cast"].items]

    for backward in (False, True):
        page = Page(10, after=keys[0], before=keys[4], backward=backward)
        found = store.fetch(["f1"], {"cast": replace(cast, page=page)})["f1"].pages["cast"]
        assert [edge.key for edge in found.items] == keys[1:4]


def test_roots_are_answered_by_the_id_that_was_asked(store: Store) -> None:
    _film(store)
    with writing(store) as writer:
        writer.merge({"p2": "p1"})

    found = store.fetch(["p2", "p1", "p2"], {"films": Selection(("acted_in",))})

    assert found.keys() == {"p1", "p2"}
    assert found["p2"] == found["p1"]
    assert len(found["p2"].pages["films"].items) == 1


def test_a_position_of_another_order_is_refused(store: Store) -> None:
    _film(store)
    for key in [("x", 1), (1,), (None, 1), (0.5, True), (0.5, 2**80), (0.5, 1, 1)]:
        selection = Selection(("acted_in",), Direction.IN, order=Order.PROBABILITY, page=Page(2, after=key))
        with pytest.raises(CursorError):
            store.fetch(["f1"], {"cast": selection})


def test_nothing_from_outside_becomes_a_query(store: Store) -> None:
    _film(store)
    odd = "x'); DROP TABLE statement; --"
    selection = Selection((odd,), attributes=(odd,), nested={odd: Selection((odd,))})

    assert store.fetch(["f1", odd], {odd: selection}, (odd,))["f1"].pages[odd].items == ()
    assert store.status().statements == 5


def test_deeply_nested_pages(store: Store) -> None:
    _film(store)
    selection = Selection(("acted_in",), Direction.IN, page=Page(1))
    for level in range(12):
        selection = Selection(("acted_in",), Direction.BOTH, page=Page(1), nested={f"l{level}": selection})

    assert store.fetch(["f1"], {"top": selection})["f1"].pages["top"].items


def test_a_deadline_stops_the_read(store: Store) -> None:
    _film(store)
    for read in (
        lambda: store.fetch(["f1"], {"cast": Selection(direction=Direction.BOTH)}, deadline=PASSED),
        lambda: store.search("role", deadline=PASSED),
        lambda: store.path("f1", "p1", deadline=PASSED),
        lambda: store.list_statements(StatementFilter(), Page(), PASSED),
    ):
        with pytest.raises(DeadlineExceeded):
            read()
    assert store.fetch(["f1"], {})["f1"].entity.id == "f1"
