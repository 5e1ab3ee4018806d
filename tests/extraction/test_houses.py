"""Houses: companies taken as known, festivals by their town, and short names."""

from __future__ import annotations

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.houses import full_names, house_mentions
from marquee.extraction.page import Page
from marquee.schema.kinds import Kind

KNOWN = Gazetteer.build([("Universal Pictures", Kind.STUDIO, "1"), ("Universal Records", Kind.RECORD_LABEL, "2")])


def found(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*m.span)], m.name) for m in house_mentions(Page(text), KNOWN)]


def test_well_known_companies_and_festivals() -> None:
    assert found("It airs on Netflix and BBC One.") == [("Netflix", ""), ("BBC One", "")]
    assert found("It premiered at Sundance.") == [("Sundance", "Sundance Film Festival")]


def test_a_town_or_a_common_word_is_no_house() -> None:
    assert found("He lives in Cannes.") == []
    assert found("the stars of abc") == []


def test_short_names_are_read_by_the_kind_that_is_asked_for() -> None:
    assert full_names(KNOWN, "Universal", frozenset({Kind.STUDIO})) == ("Universal Pictures",)
    assert full_names(KNOWN, "Universal", frozenset({Kind.RECORD_LABEL})) == ("Universal Records",)
    assert full_names(KNOWN, "Kestrel", frozenset({Kind.STUDIO})) == ()


def test_a_festival_is_named_whole() -> None:
    assert found("It won at the Southwest Film Festival in 2001.") == [("Southwest Film Festival", "")]
    assert found("It opened the South by Southwest Festival.") == [("South by Southwest Festival", "")]
    assert found("The Harrow Music Festival ended.") == [("Harrow Music Festival", "")]


def test_a_festival_known_under_less_and_a_headline_are_left_alone() -> None:
    gazetteer = Gazetteer.build([("Harrow Film Festival", Kind.FESTIVAL, "1")])
    assert list(house_mentions(Page("It won the 2001 Prize Harrow Film Festival gave."), gazetteer)) == []
    assert found("Salt Road Wins Southwest Festival") == []
    assert found("The Festival ended. He won the Southwest Festival Prize.") == []
