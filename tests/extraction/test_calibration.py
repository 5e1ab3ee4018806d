"""Calibration: a rule's score becomes a chance, rising with it, by the table that the recipe fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.calibrate_reading import Judged, fitted, read_counts

from marquee.extraction.calibration import KNOTS, chance
from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.texts import TextExtractor
from marquee.schema.ids import document_id
from marquee.schema.values import Document

SCORES = st.floats(0, 1)


@given(SCORES, SCORES)
def test_a_surer_reading_stays_the_surer(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert 0 <= chance(low) <= chance(high) <= 1


@given(st.integers(0, 999))
def test_no_two_scores_become_one(thousandths: int) -> None:
    assert chance(thousandths / 1000) < chance((thousandths + 1) / 1000)


def test_the_table_is_what_the_recipe_fits() -> None:
    assert fitted(read_counts()) == KNOTS
    assert [chance(score) for score, _ in KNOTS] == pytest.approx([share for _, share in KNOTS])


def test_both_sources_count_half() -> None:
    wrong = [Judged("small", score, right=False, weight=100) for score, _ in KNOTS]
    right = [Judged("large", score, right=True, weight=10_000) for score, _ in KNOTS]

    assert [share for _, share in fitted(wrong + right)[1:-1]] == pytest.approx([0.5] * 6, abs=0.01)


def test_the_score_of_a_claim_is_the_chance() -> None:
    pytest.importorskip("spacy")
    text = "Glass Harbour is a 2011 Swedish film directed by Mara Velasco. She plays the boatman."
    plain = TextExtractor(Gazetteer(), scored=lambda score: score)
    raw = plain.extract(Document(document_id(text), "test", text), "2024-01-01T00:00:00Z").claims
    scored = (
        TextExtractor(Gazetteer()).extract(Document(document_id(text), "test", text), "2024-01-01T00:00:00Z").claims
    )

    assert len(scored) > 2
    assert [claim.evidence.score for claim in scored] == [round(chance(claim.evidence.score), 3) for claim in raw]
