"""Masking: names become symbols, and a second reading repeats subjects and leaves appositions out."""

from __future__ import annotations

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.masked import masked_sentences, simplified
from marquee.extraction.names import find_mentions
from marquee.extraction.page import Page
from marquee.schema.kinds import Kind as K

GAZETTEER = Gazetteer.build([("Alien", K.FILM, "1"), ("Ridley Scott", K.PERSON, "2"), ("Gladiator", K.FILM, "3")])


def masks(text: str) -> list[list[str]]:
    page = Page(text)
    _, sentences = masked_sentences(page, find_mentions(page, GAZETTEER, []))
    return [[masked.plain for masked in variants] for variants in sentences]


def test_names_quotes_years_and_lead_ins_are_masked() -> None:
    assert masks('Ridley Scott’s 1979 film "Alien" opened.') == [["<P0>'s <W2> opened."]]
    assert masks("*Alien* (1979) is good.") == [["<W0> is good."]]


def test_a_second_subject_is_repeated() -> None:
    assert (
        simplified("<W0> was shot in <L1> and released on <D2>.") == "<W0> was shot in <L1> and <W0> released on <D2>."
    )
    assert simplified("<P0> wrote and directed <W1>.") == "<P0> wrote and directed <W1>."


def test_an_apposition_is_left_out() -> None:
    assert simplified("<P0>, the son of <P1>, directed <W2>.") == "<P0> directed <W2>."


def test_items_of_a_list_are_read_with_their_heading() -> None:
    heading, first, _ = masks("Films directed by Ridley Scott:\n- Alien\n- Gladiator")
    assert heading == ["films directed by <P0>:"]
    assert first[-1] == "<W1>, films directed by <P0>"


def test_what_looks_like_a_symbol_in_the_text_is_none() -> None:
    assert masks("<p1> directed Alien.")[0][0] == "(p1) directed <W0>."
