"""The gazetteer: folded matching with raw spans, longest first, ambiguity kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction.gazetteer import Gazetteer, words
from marquee.schema.kinds import Kind
from marquee.schema.text import fold

KNOWN = (
    ("Titanic", Kind.FILM, "f1"),
    ("Heat", Kind.FILM, "f2"),
    ("Heat", Kind.ALBUM, "a1"),
    ("Ocean's Eleven", Kind.FILM, "f3"),
    ("Mr. & Mrs. Smith", Kind.FILM, "f4"),
    ("The Lord of the Rings", Kind.FRANCHISE, "r1"),
    ("The Lord of the Rings: The Two Towers", Kind.FILM, "f5"),
    ("drama film", Kind.GENRE, "g1"),
    ("film music", Kind.GENRE, "g2"),
    ("Amélie", Kind.FILM, "f6"),
)


def found(text: str) -> list[str]:
    gazetteer = Gazetteer.build(KNOWN)
    return [text[slice(*match.span)] for match in gazetteer.find(text, words(text))]


def test_case_accents_and_apostrophes_do_not_matter_and_spans_are_raw() -> None:
    assert found("TITANIC, ocean’s eleven; Ame\u0301lie and AMELIE") == [
        "TITANIC",
        "ocean’s eleven",
        "Ame\u0301lie",
        "AMELIE",
    ]


def test_a_possessive_is_left_outside_the_name() -> None:
    assert found("Titanic's crew, Heat’s score") == ["Titanic", "Heat"]


def test_the_longest_name_wins() -> None:
    assert found("The Lord of the Rings: The Two Towers") == ["The Lord of the Rings: The Two Towers"]
    assert found("The Lord of the Rings: The Return") == ["The Lord of the Rings"]


def test_signs_between_words_are_bridged_but_not_sentences() -> None:
    assert found("Mr. and Mrs. Smith") == ["Mr. and Mrs. Smith"]
    assert found("We saw Ocean. 's Eleven") == []


def test_one_surface_keeps_all_its_bearers() -> None:
    gazetteer = Gazetteer.build(KNOWN)
    assert {entry.entity for entry in gazetteer.lookup("heat")} == {"f2", "a1"}
    (match,) = gazetteer.find("Heat", words("Heat"))
    assert match.kinds == {Kind.FILM, Kind.ALBUM}


def test_a_genre_is_found_without_the_word_film_but_film_is_no_genre() -> None:
    assert found("a drama, a film") == ["drama"]


def test_names_that_fold_to_nothing_are_left_out() -> None:
    assert len(Gazetteer.build([("!!!", Kind.GROUP, "g"), ("Up", Kind.FILM, "f")])) == 1


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_characters="´¨¯¸"), max_size=60))
def test_words_are_those_of_fold(text: str) -> None:
    assert [word.key for word in words(text)] == fold(text).split()


@given(st.text(max_size=80))
def test_words_stand_in_order_inside_the_text(text: str) -> None:
    spans = [(word.start, word.end) for word in words(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.lists(st.text(alphabet="abcdef ", min_size=1, max_size=12), min_size=1, max_size=8), st.integers(0, 7))
def test_every_name_is_found_where_it_is_written(names: list[str], which: int) -> None:
    gazetteer = Gazetteer.build((name, Kind.FILM, str(n)) for n, name in enumerate(names))
    name = names[which % len(names)].strip()
    if fold(name):
        text = f"-- {name} --"
        spans = [text[slice(*match.span)] for match in gazetteer.find(text, words(text))]
        assert any(name in span or span in name for span in spans)


def test_a_keyword_is_no_name() -> None:
    tagged = Gazetteer.build([("new york", Kind.KEYWORD, "e1"), ("New York", Kind.PLACE, "e2")])
    assert [entry.entity for entry in tagged.lookup("New York")] == ["e2"]
