"""Shared entities by the trade's own words, under the names the gazetteer knows."""

from __future__ import annotations

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.page import Page
from marquee.extraction.shared import shared_mentions
from marquee.schema.kinds import Kind as K

GAZETTEER = Gazetteer.build(
    [("United States of America", K.COUNTRY, "1"), ("romance film", K.GENRE, "2"), ("film director", K.PROFESSION, "3")]
)


def shared(text: str) -> dict[str, tuple[str, str]]:
    return {text[m.start : m.end]: (m.labels, m.name) for m in shared_mentions(Page(text), GAZETTEER)}


def test_words_are_given_the_name_the_gazetteer_has() -> None:
    assert shared("an American romantic comedy by a director") == {
        "American": ("L", "United States of America"), "romantic comedy": ("G", "romantic comedy"), "director": ("R", "film director"),
    }  # fmt: skip
    assert shared("a romantic film") == {"romantic": ("G", "romance film")}


def test_a_nation_behind_in_is_a_language() -> None:
    assert shared("It is in Swedish.") == {"Swedish": ("N", "Swedish")}
    assert shared("a Swedish-language film") == {"Swedish": ("N", "Swedish")}
    assert shared("a Swedish film") == {"Swedish": ("L", "Sweden")}


def test_words_that_only_look_like_nations_are_none() -> None:
    assert shared("polish it and tell us") == {}


def test_live_action_is_no_genre() -> None:
    assert list(shared("a live-action comedy")) == ["comedy"]
    assert list(shared("an action comedy")) == ["action comedy"]
