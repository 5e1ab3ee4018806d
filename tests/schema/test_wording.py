"""Statements in words."""

from __future__ import annotations

import pytest

from marquee.schema.relations import RELATIONS
from marquee.schema.wording import _INVERSES, _VERBS, inverse_label, sentence


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        ("acted_in", "A acted in B"),
        ("genre", "A is of genre B"),
        ("won", "A won B"),
        ("budget", "The budget of A is B"),
        ("likes_best", "A likes best B"),
    ],
)
def test_a_statement_reads_as_a_sentence(relation: str, told: str) -> None:
    assert sentence("A", relation, "B") == told


def test_every_verb_is_of_the_vocabulary() -> None:
    assert _VERBS.keys() | _INVERSES.keys() <= RELATIONS.keys()


@pytest.mark.parametrize(
    ("relation", "told"),
    [("directed", "directed by"), ("acted_in", "cast"), ("spouse", "spouse"), ("likes_best", "likes best")],
)
def test_a_relation_is_called_from_its_objects_side(relation: str, told: str) -> None:
    assert inverse_label(relation) == told


def test_the_two_sides_of_a_relation_are_called_differently() -> None:
    assert [row.name for row in RELATIONS.values() if not row.symmetric and inverse_label(row.name) == row.label] == []
