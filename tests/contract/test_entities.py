from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.world import Opener, entity, fact, fill, law, writing

from marquee.graph.store import Store
from marquee.schema.errors import CursorError, StoreError
from marquee.schema.kinds import Kind
from marquee.schema.selection import EntityFilter, Page
from marquee.schema.values import Attribute, Entity, EntityName

ALIEN = entity("e1", Kind.FILM, "Alien", "Alien (1979)", keys=(("wikidata", "Q103569"), ("imdb", "tt0078748")))


def test_an_entity_reads_as_it_was_put(store: Store) -> None:
    fill(store, [ALIEN])

    assert store.entities(["e1", "nobody"]) == {"e1": ALIEN}
    assert store.by_external([("imdb", "tt0078748"), ("imdb", "tt1"), ("none", "1")]) == {("imdb", "tt0078748"): "e1"}


def test_putting_again_adds_only_what_is_new(store: Store) -> None:
    fill(store, [ALIEN])
    more = Entity("e1", Kind.FILM, (EntityName("Alien"), EntityName("Obcy", "pl")), (("tmdb", "348"),))

    with writing(store) as writer:
        assert writer.put_entities([more, more, entity("e2")]) == ("e2",)

    names = [name.text for name in store.entities(["e1"])["e1"].names]
    assert names == ["Alien", "Alien (1979)", "Obcy"]
    assert store.entities(["e1"])["e1"].external_ids == (*ALIEN.external_ids, ("tmdb", "348"))


def test_the_first_label_stays_the_one_shown(store: Store) -> None:
    fill(store, [ALIEN])
    fill(store, [entity("e1", Kind.FILM, "ALIEN!")])

    assert store.entities(["e1"])["e1"].label == "Alien"


def test_a_key_belongs_to_one_entity(store: Store) -> None:
    fill(store, [ALIEN])

    with pytest.raises(StoreError, match="imdb:tt0078748 belongs to entity e1, not to e2"):
        fill(store, [entity("e2", keys=(("imdb", "tt0078748"),))])
    assert store.entities(["e2"]) == {}


def test_names_give_every_name_with_kind_and_entity(store: Store) -> None:
    fill(store, [ALIEN, entity("e2", Kind.PERSON, "Ridley Scott")])

    assert set(store.names()) == {
        ("Alien", Kind.FILM, "e1"),
        ("Alien (1979)", Kind.FILM, "e1"),
        ("Ridley Scott", Kind.PERSON, "e2"),
    }
    assert list(store.names([Kind.PERSON])) == [("Ridley Scott", Kind.PERSON, "e2")]


def test_by_name_finds_folded_names_and_title_keys_best_connected_first(store: Store) -> None:
    films = [entity("e1", Kind.FILM, "The Thing"), entity("e2", Kind.FILM, "Thing"), entity("e3", Kind.ALBUM, "thing")]
    fill(store, [*films, entity("g", Kind.GENRE)], [fact("e2", "genre", "g")])

    found = store.by_name(["thing", "the thing", "nothing"])

    assert [named.entity for named in found["thing"]] == ["e2", "e1", "e3"]
    assert found["thing"][0].degree == 1
    assert [named.entity for named in found["the thing"]] == ["e1"]
    assert found["nothing"] == []
    assert [named.entity for named in store.by_name(["thing"], [Kind.ALBUM])["thing"]] == ["e3"]
    assert len(store.by_name(["thing"], limit=2)["thing"]) == 2


def _popular(entity_: str, value: float) -> Attribute:
    return Attribute(entity_, "popularity", value, "share", "2024-01-01T00:00:00Z", 3)


def test_attributes_replace_all_of_their_name(store: Store) -> None:
    fill(store, [entity("e1"), entity("e2")])
    with writing(store) as writer:
        writer.put_attributes([_popular("e1", 0.1 + 0.2), _popular("e2", 0.5)])
    with writing(store) as writer:
        writer.put_attributes([_popular("e1", 0.1 + 0.2)])

    assert store.attributes("popularity") == {"e1": _popular("e1", 0.1 + 0.2)}
    assert store.attributes("unknown") == {}


@law
@given(
    values=st.lists(st.one_of(st.none(), st.sampled_from([0.0, 0.3, 0.1 + 0.2, 7.5])), max_size=9),
    size=st.integers(1, 4),
    by=st.sampled_from([None, "popularity"]),
    backward=st.booleans(),
)
def test_every_entity_is_on_one_page(
    fresh: Opener, values: list[float | None], size: int, by: str | None, backward: bool
) -> None:
    store = fresh()
    with writing(store) as writer:
        writer.put_entities(entity(f"e{n}", (Kind.FILM, Kind.SONG)[n % 2]) for n in range(len(values)))
        writer.put_entities([entity("other", Kind.PERSON)])
        writer.put_attributes(_popular(f"e{n}", value) for n, value in enumerate(values) if value is not None)
    which = EntityFilter((Kind.FILM, Kind.SONG), by)
    whole = [one.id for one in store.list_entities(which, Page(100)).items]

    seen: list[str] = []
    page = Page(size, backward=backward)
    while True:
        listing = store.list_entities(which, page)
        ids = [one.id for one in listing.items]
        seen = ids + seen if backward else seen + ids
        if not listing.more:
            break
        page = Page(size, before=listing.keys[0], backward=True) if backward else Page(size, after=listing.keys[-1])

    assert seen == whole
    assert sorted(whole) == sorted(f"e{number}" for number in range(len(values)))
    if by:
        found = [values[int(id_[1:])] for id_ in whole]
        assert found == sorted(found, key=lambda value: (value is None, -(value or 0)))


def test_a_position_of_another_list_is_refused(store: Store) -> None:
    fill(store, [entity("e1")])

    for key in [("x",), (1, 2), (True,), (2**70,), ()]:
        with pytest.raises(CursorError):
            store.list_entities(EntityFilter(), Page(5, after=key))


def test_status_counts_by_kind_and_level(store: Store) -> None:
    fill(store, [entity("e1"), entity("e2", Kind.PERSON), entity("g", Kind.GENRE)], [fact("e1", "genre", "g")])

    status = store.status()

    assert (status.entities, status.statements, status.evidence, status.runs) == (3, 1, 1, 1)
    assert status.by_kind == {"Film": 1, "Person": 1, "Genre": 1}
    assert status.by_level == {"work": 1, "person": 1, "institution": 0, "shared": 1}
    assert status.by_status["accepted"] == 1
    assert status.by_relation == {"genre": 1}
    assert status.url == store.url


def test_batches_of_any_size(store: Store) -> None:
    fill(store, [entity("e1")])
    many = [f"x{number}" for number in range(40_000)]

    assert store.entities([*many, "e1"]).keys() == {"e1"}
    assert store.by_external([("imdb", one) for one in many]) == {}
    assert len(store.neighbours(many)) == len(many)
    assert store.statements(many) == {}
    assert len(store.dates(many)) == len(many)
    assert store.triples([(one, "genre", one) for one in many]) == {}
