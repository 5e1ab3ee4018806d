"""Stating: one claim between placed names, and the joining of what is said twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.graph.worlds import NOW, claim

from marquee.graph.minting import Draft
from marquee.graph.stating import Known, Stated, join, place_claim, state
from marquee.schema.kinds import Kind
from marquee.schema.literals import LiteralType, canonical
from marquee.schema.values import Modality, Name, Refusal, Statement

ANN, DAWN = Name("Ann", Kind.PERSON), Name("Dawn", Kind.FILM)


def stated(source: str = "notes", row: int = 1, **qualifiers: str) -> Statement:
    places = {ANN: Draft("eann", Kind.PERSON), DAWN: Draft("edawn", Kind.FILM)}
    quals = {name: canonical(LiteralType.TEXT, value) for name, value in qualifiers.items()}
    placed = place_claim(claim(ANN, "acted_in", DAWN, source=source, row=row, **quals), places)
    assert isinstance(placed, Stated)
    statement = state(placed, Known(), {}, NOW)
    assert isinstance(statement, Statement)
    return statement


statements = st.builds(
    stated, st.sampled_from(["notes", "gazette"]), st.integers(1, 3), character=st.sampled_from(["Jack", "Jill"])
)


@given(statements, statements)
def test_joining_loses_nothing_and_joining_twice_is_joining_once(one: Statement, other: Statement) -> None:
    both = join(one, other)
    assert both.id == one.id == other.id
    assert set(both.qualifiers) == {*one.qualifiers, *other.qualifiers}
    places = {(piece.source, piece.locator) for piece in both.evidence}
    assert places == {(piece.source, piece.locator) for piece in (*one.evidence, *other.evidence)}
    assert join(both, other) == join(both, one) == both


@pytest.mark.parametrize("modality", [m for m in Modality if m is not Modality.NEGATED])
def test_evidence_keeps_how_the_source_put_it(modality: Modality) -> None:
    places = {ANN: Draft("eann", Kind.PERSON), DAWN: Draft("edawn", Kind.FILM)}
    placed = place_claim(claim(ANN, "directed", DAWN, modality=modality), places)
    assert isinstance(placed, Stated)
    statement = state(placed, Known(), {}, NOW)
    assert isinstance(statement, Statement)
    assert statement.evidence[0].modality is modality


def test_a_name_without_a_place_is_refused_with_why() -> None:
    refusal = place_claim(claim(ANN, "acted_in", DAWN), {ANN: "it is unreadable.", DAWN: Draft("edawn", Kind.FILM)})
    assert isinstance(refusal, Refusal)
    assert refusal.what == "it is unreadable."
