"""Prizes: one award under the many ways texts write it."""

from __future__ import annotations

import pytest

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.page import Page
from marquee.extraction.prizes import prize_mentions
from marquee.schema.kinds import Kind

KNOWN = Gazetteer.build(
    [
        ("Academy Award for Best Actress", Kind.AWARD, "1"),
        ("Academy Award for Best Picture", Kind.AWARD, "2"),
        ("91st Academy Awards", Kind.CEREMONY, "3"),
    ]
)


def names(text: str) -> list[str]:
    return [mention.name for mention in prize_mentions(Page(text), KNOWN)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She won the Oscar for best actress.", "Academy Award for Best Actress"),
        ("She took the best actress Oscar.", "Academy Award for Best Actress"),
        ("The Academy Award nomination for best actress was her third.", "Academy Award for Best Actress"),
        ("It was named best picture at the 91st Academy Awards.", "Academy Award for Best Picture"),
        ("She went to the 91st Oscars.", "91st Academy Awards"),
        ("An Emmy for Outstanding Drama Series followed.", "Primetime Emmy Award for Outstanding Drama Series"),
        ("She won an Oscar.", "Academy Award"),
    ],
)
def test_awards_go_by_their_full_names(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text", ["It is her best picture.", "Oscar Isaac stars.", "an Oscar-winning actor", "The best director of his age."]
)
def test_what_is_no_prize(text: str) -> None:
    assert names(text) == []
