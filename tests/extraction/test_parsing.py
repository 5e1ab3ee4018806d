"""Parsing: verbs with their subjects, objects and phrases, over masked sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction.parsing import parse


def clauses(text: str) -> list[tuple[str, list[int], list[int]]]:
    """Verb, numbers of the subject's names, numbers of the objects' names."""
    return [
        (
            clause.verbs[0],
            [item.number for item in clause.subject if item.number >= 0],
            [item.number for items in clause.objects for item in items if item.number >= 0],
        )
        for clause in parse(text).clauses
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<P1> and <P2> directed <W3>.", [("directed", [1, 2], [3])]),
        ("<P1>, who directed <W2>, wrote <W3>.", [("directed", [1], [2]), ("wrote", [1], [3])]),
        ("<P1> plays <X2>, and <P3> and <P4> appear.", [("plays", [1], [2]), ("appear", [3, 4], [])]),
        ("<P1> plays <X2>, <P3> the boss <X4> and <P5> <X6>.", [("plays", [1], [2]), ("plays", [3], [4]), ("plays", [5], [6])]),
        ("<P1> is <X2> and <P3>, as <X4>, won the <A5>.", [("is", [1], [2]), ("won", [3], [5])]),
        ("<P1> was born in <L2>, <P3> in <L4>.", [("born", [1], []), ("born", [3], [])]),
        ("<P1> edited, <P2> composed.", [("edited", [1], []), ("composed", [2], [])]),
    ],
)  # fmt: skip
def test_clauses(text: str, told: list[tuple[str, list[int], list[int]]]) -> None:
    assert clauses(text) == told


def test_what_which_stands_for_is_the_object() -> None:
    (clause,) = parse("<W1>, which <P2> wrote").clauses
    assert clause.about is not None
    assert (clause.about.number, clause.subject[0].number) == (1, 2)


def test_a_participle_before_by_is_passive() -> None:
    (clause,) = parse("<W1>, directed by <P2>").clauses
    assert clause.passive
    assert [item.number for item in clause.behind("by")] == [2]


def test_appositions() -> None:
    (apposition,) = parse("<W1>'s producer, <P2>, paid").appositions
    assert (apposition.item.number, apposition.said.noun, apposition.said.owner) == (2, "producer", 1)


WORDS = ("<P1>", "<W2>", "<O3>", "<A4>", "directed", "is", "was", "who", "which", ",", "and", "by", "as", "with", "the", "star", "of", "'s", "(", ")", ";", "plays", "to", "executive", "produced", "whose")  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_words_are_parsed(words: list[str]) -> None:
    text = " ".join(words)
    for clause in parse(text).clauses:
        assert 0 <= clause.span[0] <= clause.span[1] <= len(text)
