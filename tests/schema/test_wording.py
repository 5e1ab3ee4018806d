"""Statements in words."""

from __future__ import annotations

import pytest

from marquee.schema.relations import RELATIONS
from marquee.schema.wording import _VERBS, sentence


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
    assert _VERBS.keys() <= RELATIONS.keys()
