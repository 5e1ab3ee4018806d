from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.world import (
    ALL,
    Opener,
    billing,
    date,
    decision,
    entity,
    everything,
    evidence,
    fact,
    fill,
    judgement,
    law,
    text,
    verdict,
    writing,
)

from marquee.graph.store import Store
from marquee.schema.errors import NotFound, StoreError
from marquee.schema.ids import statement_id
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.selection import AsOf, Direction, Selection, StatementFilter
from marquee.schema.values import Action, Attribute, Statement, Status

WORLD = [
    entity("ann", Kind.PERSON, "Ann Lee", keys=(("imdb", "nm1"),)),
    entity("ann2", Kind.PERSON, "Ann B. Lee", "Ann Lee", keys=(("tmdb", "7"),)),
    entity("ann3", Kind.PERSON, "A. Lee"),
    entity("f1", Kind.FILM),
    entity("f2", Kind.FILM),
    entity("oscar", Kind.AWARD),
]


def test_names_and_keys_move_and_the_id_redirects(store: Store) -> None:
    fill(store, WORLD)
    with writing(store) as writer:
        writer.put_attributes([Attribute("ann2", "popularity", 1.0, "", "2024", 1)])
        writer.merge({"ann2": "ann", "ann3": "ann2"})
        assert writer.entities(["ann3"])["ann3"].id == "ann"

    found = store.entities(["ann", "ann2", "ann3"])
    assert {one.id for one in found.values()} == {"ann"}
    assert found["ann"].label == "Ann Lee"
    assert {name.text for name in found["ann"].names} == {"Ann Lee", "Ann B. Lee", "A. Lee"}
    assert found["ann"].external_ids == (("imdb", "nm1"), ("tmdb", "7"))
    assert store.by_external([("tmdb", "7")]) == {("tmdb", "7"): "ann"}
    assert store.search("a lee")[0].entity.id == "ann"
    assert store.status().by_kind["Person"] == 1
    assert store.attributes("popularity") == {}
    assert list(store.snapshot().entities) == ["ann", "f1", "f2", "oscar"]


def test_statements_that_become_one_join_their_evidence(store: Store) -> None:
    first = fact("ann", "acted_in", "f1", qualifiers=(billing(1),))
    second = fact(
        "ann2", "acted_in", "f1", qualifiers=(("character", text("Eve")),),
        pieces=(evidence("credits", supports=(("character", text("Eve")),)), evidence(supports=(billing(1),))),
    )  # fmt: skip
    alone = fact("ann2", "directed", "f2")
    fill(store, WORLD, [first, second, alone])
    with writing(store) as writer:
        writer.decide([decision(second.id, Action.ACCEPT)])
        writer.merge({"ann2": "ann"})

    assert [one.id for one in everything(store)] == [first.id, alone.id]
    joined = store.statements([second.id])[second.id]
    assert joined.id == first.id
    assert set(joined.qualifiers) == {billing(1), ("character", text("Eve"))}
    assert sorted(piece.source for piece in joined.evidence) == ["credits", "films"]
    assert [one.statement for one in store.decisions()] == [first.id]
    assert store.statements([alone.id])[alone.id].subject == "ann"
    films = store.fetch(["ann2"], {"films": Selection(("acted_in", "directed"))})["ann2"].pages["films"]
    assert [edge.statement.id for edge in films.items] == [first.id, alone.id]
    assert store.by_name(["f1"])["f1"][0].degree == 1
    assert store.by_name(["ann lee"])["ann lee"][0].degree == 2


def test_the_best_believed_statement_stays(store: Store) -> None:
    doubted = fact("ann", "acted_in", "f1", status=Status.REJECTED)
    believed = fact("ann2", "acted_in", "f1")
    fill(store, WORLD, [doubted, believed])
    with writing(store) as writer:
        writer.merge({"ann2": "ann"})

    assert store.statements([doubted.id])[doubted.id].id == believed.id
    assert everything(store)[0].status is Status.ACCEPTED


def test_later_statements_find_the_merged_one(store: Store) -> None:
    old = fact("ann2", "acted_in", "f1")
    fill(store, WORLD, [old])
    with writing(store) as writer:
        writer.merge({"ann2": "ann"})

    by_new_id = fill(store, [], [fact("ann", "acted_in", "f1", pieces=(evidence("credits"),))])
    by_old_id = fill(store, [], [fact("ann2", "acted_in", "f1", pieces=(evidence("third"),))])
    never_seen = fill(store, [], [fact("ann2", "directed", "f1")])
    said_again = fill(store, [], [fact("ann", "directed", "f1", pieces=(evidence("credits"),))])
    known_today = fill(store, [], [fact("ann", "wrote", "f1"), fact("ann2", "wrote", "f1", pieces=(evidence("x"),))])

    assert (by_new_id.new, by_old_id.new) == ((), ())
    assert len(store.statements([old.id])[old.id].evidence) == 3
    assert len(never_seen.new) == 1
    assert said_again.new == ()
    assert len(known_today.new) == 1
    assert len(everything(store)) == 3
    wrote = store.statements([statement_id("ann2", "wrote", "f1", ())])
    assert [len(one.evidence) for one in wrote.values()] == [2]


def test_qualifiers_that_name_the_merged_entity_follow(store: Store) -> None:
    year = ("year", Literal(LiteralType.YEAR, "1980"))
    one = fact("ann", "won", "oscar", qualifiers=(year, ("work", "f1")))
    two = fact("ann", "won", "oscar", qualifiers=(year, ("work", "f2")))
    fill(store, WORLD, [one, two])
    with writing(store) as writer:
        writer.merge({"f2": "f1"})

    assert [(found.id, found.qualifiers) for found in everything(store)] == [(one.id, one.qualifiers)]
    assert store.statements([two.id])[two.id].id == one.id


def test_literals_keep_apart_what_differs(store: Store) -> None:
    fill(store, WORLD, [fact("ann", "birth_date", date("1970")), fact("ann2", "birth_date", date("1971"))])
    with writing(store) as writer:
        writer.merge({"ann2": "ann"})

    assert [one.object for one in everything(store)] == [date("1970"), date("1971")]


def test_a_merge_that_cannot_be(store: Store) -> None:
    fill(store, WORLD)
    for redirects, error in (
        ({"ann": "nobody"}, NotFound),
        ({"nobody": "ann"}, NotFound),
        ({"ann": "ann2", "ann2": "ann"}, StoreError),
    ):
        with pytest.raises(error), writing(store) as writer:
            writer.merge(redirects)
    with writing(store) as writer:
        writer.merge({"ann": "ann"})
    assert store.status().by_kind["Person"] == 3


def test_belief_before_a_merge_can_still_be_read(store: Store) -> None:
    first, second = fact("ann", "acted_in", "f1"), fact("ann2", "acted_in", "f1", pieces=(evidence("credits"),))
    fill(store, WORLD, [first, second], "2024-01-01T00:00:00Z")
    with writing(store, "2024-01-03T00:00:00Z") as writer:
        writer.merge({"ann2": "ann"})

    before, after = AsOf(known_at="2024-01-02"), AsOf(known_at="2024-01-04")
    for as_of, ids, pieces in ((before, [first.id, second.id], [1, 1]), (after, [first.id], [2])):
        found = store.list_statements(StatementFilter(as_of=as_of), ALL).items
        assert [one.id for one in found] == ids
        assert [len(one.evidence) for one in found] == pieces
        page = Selection(("acted_in",), Direction.OUT, as_of=as_of)
        edges = store.fetch(["ann"], {"films": page})["ann"].pages["films"].items
        assert [edge.statement.id for edge in edges] == ids


def test_review_and_judgement_survive_a_merge(store: Store) -> None:
    first, second = (fact(who, "acted_in", "f1", status=Status.PENDING) for who in ("ann", "ann2"))
    fill(store, WORLD, [first, second])
    with writing(store) as writer:
        writer.put_judgements([judgement(first.id, 0.4), judgement(second.id, 0.6)])
        writer.apply([verdict(second.id, Action.REVIEW)])
        writer.merge({"ann2": "ann"})

    waiting = store.list_statements(StatementFilter(review=True), ALL).items
    assert [(one.id, one.probability) for one in waiting] == [(first.id, 0.4)]
    assert store.status().review == 1


@law
@given(
    facts=st.lists(
        st.builds(
            fact,
            st.sampled_from(["ann", "ann2", "ann3"]),
            st.sampled_from(["acted_in", "directed"]),
            st.sampled_from(["f1", "f2"]),
            status=st.sampled_from(Status),
        ),
        max_size=10,
        unique_by=lambda one: one.id,
    ),
    redirects=st.sampled_from([{"ann2": "ann"}, {"ann2": "ann3", "f2": "f1"}, {"ann": "ann3", "ann2": "ann"}]),
)
def test_a_merge_leaves_each_fact_once_and_loses_no_id(
    fresh: Opener, facts: list[Statement], redirects: dict[str, str]
) -> None:
    store = fresh()
    fill(store, WORLD, facts)
    with writing(store) as writer:
        writer.merge(redirects)

    def now(id_: str) -> str:
        while id_ in redirects:
            id_ = redirects[id_]
        return id_

    kept = everything(store)
    said = {(now(one.subject), one.relation, now(one.object)) for one in facts}
    assert sorted((one.subject, one.relation, one.object) for one in kept) == sorted(said)
    found = store.statements([one.id for one in facts])
    assert {id_: (one.subject, one.relation, one.object) for id_, one in found.items()} == {
        one.id: (now(one.subject), one.relation, now(one.object)) for one in facts
    }
    again = fill(store, [], facts)
    assert again.new == again.grown == ()
    assert [one.id for one in everything(store)] == [one.id for one in kept]
    degrees = {one: store.by_name([one])[one][0].degree for one in ("f1",)}
    assert degrees["f1"] == sum(one.status is Status.ACCEPTED and one.object == "f1" for one in kept)
