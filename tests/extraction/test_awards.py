"""Awards: won, nominated, by whom, for what and when."""

from __future__ import annotations

import pytest
from tests.extraction.reading import claims, lines

pytest.importorskip("spacy")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mara Velasco won the Palme d'Or.", "Mara Velasco|won|Palme d'Or"),
        ("The Palme d'Or went to Mara Velasco.", "Mara Velasco|won|Palme d'Or"),
        ("Mara Velasco was nominated for the Palme d'Or.", "Mara Velasco|nominated_for|Palme d'Or"),
        ("Mara Velasco received a Palme d'Or nomination.", "Mara Velasco|nominated_for|Palme d'Or"),
        ("Glass Harbour brought Mara Velasco the Palme d'Or.", "Mara Velasco|won|Palme d'Or"),
        ("Palme d'Or: Mara Velasco, Glass Harbour", "Mara Velasco|won|Palme d'Or"),
        ("Mara Velasco never won the Palme d'Or.", "Mara Velasco|won|Palme d'Or|negated"),
    ],
)
def test_who_won_or_was_nominated(text: str, told: str) -> None:
    assert told in lines(text)


def test_a_line_of_many_names_may_be_of_nominees_and_is_left_alone() -> None:
    text = "Palme d'Or: Mara Velasco, Tove Lindgren, Ridley Scott, Greta Gerwig"
    assert lines(text, "won") == set()


def test_work_and_year_are_qualifiers() -> None:
    (won,) = [c for c in claims("Mara Velasco won the Palme d'Or for Glass Harbour in 2011.") if c.relation == "won"]
    assert {name: getattr(value, "text", str(value)) for name, value in won.qualifiers} == {
        "work": "Glass Harbour",
        "year": "2011",
    }
