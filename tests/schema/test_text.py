"""Folding names: what people hold for one name has one key, what they do not has two."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from marquee.schema.text import fold, title_key, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amélie", "AMELIE"),
        ("Schindler’s List", "Schindlers List"),
        ("Penélope Cruz", "Penelope Cruz"),
        ("Simon & Garfunkel", "Simon and Garfunkel"),
        ("Ｔｏｋｙｏ", "tokyo"),
        ("Mission: Impossible – Fallout", "mission impossible fallout"),
        ("Řehoř Samsa", "Rehor Samsa"),
        ("Łódź", "lodz"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("はは", "ばば"), ("कि", "की"), ("Alien", "Aliens"), ("Up", "Us")])
def test_two_names_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_articles_do_not_count_in_titles() -> None:
    assert title_key("The Godfather") == title_key("Godfather, The") == "godfather"
    assert title_key("The") == "the"
    assert title_key("Anna") == "anna"


@given(st.text())
@example("\ud7fc\U00016af0")  # a mark after what is no letter
def test_fold_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert " ".join(tokens(name)) == fold(name)
