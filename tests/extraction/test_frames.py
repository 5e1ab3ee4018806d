"""Frames: what clauses say, in several phrasings, and what they must not be taken to say."""

from __future__ import annotations

import pytest
from tests.extraction.reading import lines

from marquee.extraction.verbs import VERBS
from marquee.schema.relations import RELATIONS

pytest.importorskip("spacy")
WORK = "Glass Harbour opened in Lisbon. "


@pytest.mark.parametrize(
    "clause",
    [
        "Mara Velasco plays Ines opposite Idris Penhaligon's Tom Reilly.",
        "Tove Lindgren plays Ines and Mara Velasco the boatman.",
        "Tove Lindgren is Ines Duarte, Mara Velasco the boatman and Sam Okonkwo an old friend; Idris Penhaligon plays Tom Reilly.",
        "It stars Tove Lindgren as Ines, with Mara Velasco as the boatman.",
        "With Tove Lindgren and Mara Velasco in support, it did well.",
        "Mara Velasco, as Ines, won the Palme d'Or.",
        "Mara Velasco and Tove Lindgren round out the cast.",
        "Tove Lindgren shares the screen with Mara Velasco and Idris Penhaligon.",
        "Tove Lindgren, Idris Penhaligon and Mara Velasco are also in it.",
    ],
)
def test_casts(clause: str) -> None:
    assert "Mara Velasco|acted_in|Glass Harbour" in lines(WORK + clause, "acted_in")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Barbie, which Greta Gerwig directed and also wrote, opened in Lisbon.", "Greta Gerwig|wrote|Barbie"),
        ("Barbie was made with care. Its director, Greta Gerwig, was pleased.", "Greta Gerwig|directed|Barbie"),
        ("Greta Gerwig, one of Barbie's producers, was pleased.", "Greta Gerwig|produced|Barbie"),
        (WORK + "Its score, composed by Hans Zimmer, won the Palme d'Or.", "Glass Harbour|won|Palme d'Or"),
        (WORK + "The music was supplied by Mara Velasco.", "Mara Velasco|composed|Glass Harbour"),
        (WORK + "Kestrel Films both produced and distributed the film.", "Glass Harbour|distributed_by|Kestrel Films"),
        (WORK + "Mara Velasco produced for Kestrel Films.", "Glass Harbour|production_company|Kestrel Films"),
        ("Mara Velasco won the Palme d'Or, Tove Lindgren the BAFTA Award for Best Film.", "Tove Lindgren|won|BAFTA Award for Best Film"),
        ("Mara Velasco and Tove Lindgren were both born in Lisbon.", "Mara Velasco|born_in|Lisbon"),
        ("Mara Velasco was born in Lisbon, Tove Lindgren in Newcastle.", "Tove Lindgren|born_in|Newcastle"),
        ("Tove Lindgren, who is Swedish, lives in Lisbon.", "Tove Lindgren|nationality|Sweden"),
        ("Kestrel Films, a unit of Universal Pictures, is for sale.", "Kestrel Films|subsidiary_of|Universal Pictures"),
        ("Founded by Sam Okonkwo, Kestrel Films is for sale.", "Sam Okonkwo|founded|Kestrel Films"),
        ("Kestrel Films, which Universal Pictures bought in 2004, is for sale.", "Kestrel Films|acquired_by|Universal Pictures"),
        ("The Velvet Foxes, with Sam Okonkwo and Idris Penhaligon, were in Lisbon.", "Sam Okonkwo|member_of|The Velvet Foxes"),
        ("Sam Okonkwo and Idris Penhaligon belonged to The Velvet Foxes.", "Idris Penhaligon|member_of|The Velvet Foxes"),
        ("Sam Okonkwo was named president of Universal Pictures.", "Sam Okonkwo|employed_by|Universal Pictures"),
    ],
)  # fmt: skip
def test_other_frames(text: str, told: str) -> None:
    assert told in lines(text)


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        (WORK + "Mara Velasco plays Ines Duarte, and Tove Lindgren appears too.", "Ines Duarte|acted_in|Glass Harbour"),
        (WORK + "Mara Velasco wrote the song.", "Mara Velasco|wrote|Glass Harbour"),
        (WORK + "Mara Velasco is a director.", "Mara Velasco|directed|Glass Harbour"),
        (WORK + "Mara Velasco plays guitar.", "Mara Velasco|acted_in|Glass Harbour"),
        (WORK + "Mara Velasco plays the comedian Ines Duarte.", "Ines Duarte|profession|comedian"),
        ("Kestrel Films, a unit of Universal Pictures, is for sale.", "Universal Pictures|subsidiary_of|Kestrel Films"),
        ("Mara Velasco is Ines Duarte and Tove Lindgren, as Eva, won the Palme d'Or.", "Mara Velasco|won|Palme d'Or"),
        ("The film, written by Mara Velasco, won the Palme d'Or.", "Mara Velasco|won|Palme d'Or"),
        (WORK + "Mara Velasco was director of photography.", "Mara Velasco|directed|Glass Harbour"),
    ],
)
def test_what_clauses_do_not_say(text: str, untold: str) -> None:
    assert untold not in lines(text)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_no_verb_leads_out_of_the_vocabulary(verb: str) -> None:
    """Whatever stands around a verb, what is read is a relation that there is."""
    for text in (
        f"Barbie was {verb} by Greta Gerwig for Kestrel Films.",
        f"Greta Gerwig {verb} Barbie with Mara Velasco in Lisbon in 2004.",
        f"Barbie, {verb} by Kestrel Films, and the score, {verb} by Mara Velasco, won the Palme d'Or.",
    ):
        assert {told.split("|")[1] for told in lines(text)} <= RELATIONS.keys()


@pytest.mark.parametrize(
    "clause",
    [
        "In an interview, she listed Mara Velasco, Tove Lindgren and Idris Penhaligon as her main influences.",
        "Critics described Mara Velasco in 1980 as a wonder.",
        "A friend recognizes Mara Velasco as the only heir in Lisbon.",
        "Sam Okonkwo named Mara Velasco as his favourite.",
    ],
)
def test_what_one_is_called_is_no_part(clause: str) -> None:
    assert lines(WORK + clause, "acted_in") == set()
