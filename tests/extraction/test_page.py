"""A page: how a sentence is cased, and where a capital means something."""

from __future__ import annotations

import pytest

from marquee.extraction.page import Case, Page, is_common


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Ridley Scott directed the film in three weeks.", Case.MIXED),
        ("Fox Lands Rights to New Thriller From Ridley Scott", Case.TITLE),
        ("FOX LANDS THE RIGHTS TO A THRILLER", Case.UPPER),
        ("ridley scott directed it", Case.LOWER),
        ("Golden Harvest Pictures was nominated for the Golden Globe Award.", Case.MIXED),
    ],
)
def test_the_case_of_a_sentence(text: str, case: Case) -> None:
    assert Page(text).cases == [case]


def test_a_capital_means_something_inside_a_clause_only() -> None:
    page = Page("He liked Heat. Heat is a film.")
    assert page.inside(9)
    assert not page.inside(15)


def test_common_words_and_numbers_are_no_names_alone() -> None:
    assert all(map(is_common, ("her", "once", "heat", "300", "friday")))
    assert not any(map(is_common, ("titanic", "paramount", "cameron")))


def test_a_name_across_a_full_stop_makes_one_sentence() -> None:
    page = Page("He saw Mamma Mia! Here We Go Again with her.")
    assert len(page.sentences) == 2
    page.bridge([(7, 34)])
    assert len(page.sentences) == 1
