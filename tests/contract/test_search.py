from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.world import Opener, entity, fact, fill, law

from marquee.graph.store import Store
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind

NAMES = {
    "amelie": "Le Fabuleux Destin d'Amélie Poulain",
    "spirited": "千と千尋の神隠し",
    "thai": "ฉลาดเกมส์โกง",
    "hindi": "कुछ कुछ होता है",
    "korean": "기생충",
    "russian": "Ирония судьбы",
    "arabic": "باب الحديد",
    "greek": "Κυνόδοντας",
    "thing": "The Thing",
    "thing2": "The Thing from Another World",
    "star": "A Star Is Born",
}


@pytest.fixture
def named(store: Store) -> Store:
    people = [entity(f"p{number}", Kind.PERSON, f"Amelia {number}") for number in range(3)]
    drama = entity("g", Kind.GENRE, "Drama")
    fill(
        store,
        [*(entity(id_, Kind.FILM, name) for id_, name in NAMES.items()), *people, drama],
        [fact("p1", "acted_in", "thing"), fact("p1", "acted_in", "star")],
    )
    return store


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("amelie poulain", "amelie"),
        ("AMÉLIE", "amelie"),
        ("fabul", "amelie"),
        ("poulain destin", "amelie"),
        ("千と千尋", "spirited"),
        ("千尋", "spirited"),
        ("神隠", "spirited"),
        ("隠", "spirited"),
        ("เกมส์", "thai"),
        ("होता", "hindi"),
        ("कुछ हो", "hindi"),
        ("기생", "korean"),
        ("ирон", "russian"),
        ("الحديد", "arabic"),
        ("κυνοδ", "greek"),
        ("thing", "thing"),
        ("Thing, The", "thing"),
        ("another thing", "thing2"),
        ("star is b", "star"),
    ],
)
def test_names_are_found_in_any_script(named: Store, text: str, found: str) -> None:
    assert named.search(text)[0].entity.id == found


def test_well_connected_entities_come_first(named: Store) -> None:
    hits = named.search("amelia")

    assert [hit.entity.id for hit in hits] == ["p1", "p0", "p2"]
    assert hits[0].score > hits[1].score == hits[2].score
    assert hits[0].name == "Amelia 1"


def test_kinds_and_limit(named: Store) -> None:
    assert [hit.entity.id for hit in named.search("ame", [Kind.FILM])] == ["amelie"]
    assert len(named.search("ame", limit=2)) == 2
    assert named.search("thing", [Kind.PERSON]) == []


@pytest.mark.parametrize("text", ["", "  ", "!?", "zzzz", "\u0301"])
def test_nothing_is_found(named: Store, text: str) -> None:
    assert named.search(text) == []


def test_half_a_character_is_refused_with_a_mend(named: Store) -> None:
    assert named.search("star\ud800")[0].entity.id == "star"
    with pytest.raises(StoreError, match="surrogate"):
        fill(named, [entity("bad", Kind.FILM, "caf\ud800")])


@law
@given(text=st.one_of(st.text(max_size=30), st.text('"*()^:-+AND ORNEAR{}%\x00\\', max_size=20)))
def test_no_input_is_a_syntax_error(fresh: Opener, text: str) -> None:
    store = fresh()
    fill(store, [entity("e1", Kind.FILM, "Alien")])

    assert isinstance(store.search(text), list)
    assert isinstance(store.by_name([text]), dict)


@law
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20))
def test_every_name_is_found_by_itself(fresh: Opener, name: str) -> None:
    from marquee.schema.text import fold

    store = fresh()
    fill(store, [entity("e1", Kind.FILM, name)])

    assert [hit.entity.id for hit in store.search(name)] == (["e1"] if fold(name) else [])
    assert [one.entity for one in store.by_name([fold(name)])[fold(name)]] == ["e1"]
