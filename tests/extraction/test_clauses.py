"""Clauses that leave their work out speak of the work at hand."""

from __future__ import annotations

import pytest
from tests.extraction.reading import lines

from marquee.extraction.clauses import for_kinds
from marquee.schema.kinds import Kind

pytest.importorskip("spacy")
WORK = "Glass Harbour opened in Lisbon. "


@pytest.mark.parametrize(
    ("clause", "relation"),
    [
        ("Mara Velasco directed.", "directed"),
        ("Mara Velasco was the director.", "directed"),
        ("The director was Mara Velasco.", "directed"),
        ("With Mara Velasco directing, nothing could go wrong.", "directed"),
        ("Mara Velasco wrote the script.", "wrote"),
        ("The screenplay is by Mara Velasco.", "wrote"),
        ("Mara Velasco shares the writing credit.", "wrote"),
        ("Mara Velasco handled the cinematography.", "shot"),
        ("Editing was by Mara Velasco.", "edited"),
        ("The score came from Mara Velasco.", "composed"),
        ("Mara Velasco served as executive producer.", "executive_produced"),
        ("Mara Velasco plays a nurse.", "acted_in"),
        ("Mara Velasco heads the cast.", "acted_in"),
        ("The leads are Mara Velasco and Tove Lindgren.", "acted_in"),
    ],
)
def test_people(clause: str, relation: str) -> None:
    assert f"Mara Velasco|{relation}|Glass Harbour" in lines(WORK + clause)


@pytest.mark.parametrize(
    ("clause", "relation"),
    [
        ("Kestrel Films produced it.", "production_company"),
        ("It was made for Kestrel Films.", "production_company"),
        ("Kestrel Films handled distribution.", "distributed_by"),
        ("It went out through Kestrel Films.", "distributed_by"),
    ],
)
def test_companies(clause: str, relation: str) -> None:
    assert f"Glass Harbour|{relation}|Kestrel Films" in lines(WORK + clause)


def test_one_verb_of_several_is_not_taken_alone() -> None:
    assert lines(WORK + "Mara Velasco wrote, directed and staged the original play.", "wrote") == set()


def test_a_place_is_not_photographed() -> None:
    assert lines(WORK + "Mara Velasco shot in the desert for weeks.", "shot") == set()


def test_what_a_company_is_to_a_work_is_told_by_both() -> None:
    network, label = frozenset((Kind.NETWORK,)), frozenset((Kind.RECORD_LABEL,))

    assert for_kinds("production_company", frozenset((Kind.SERIES,)), network) == "broadcast_by"
    assert for_kinds("production_company", frozenset(), network) == "broadcast_by"
    assert for_kinds("production_company", frozenset((Kind.FILM,)), network) == "production_company"
    assert for_kinds("distributed_by", frozenset(), label) == "released_by"
