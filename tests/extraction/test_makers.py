"""Makers: who made a work, from verbs and nouns before "by"."""

from __future__ import annotations

import pytest
from tests.extraction.reading import lines

pytest.importorskip("spacy")


def test_a_film_written_by_somebody_was_not_directed_by_them() -> None:
    text = (
        "Glass Harbour is a British film written by Mara Velasco and Idris Penhaligon, and directed by Tove Lindgren."
    )
    assert lines(text, "directed") == {"Tove Lindgren|directed|Glass Harbour"}
    assert lines(text, "wrote") == {"Mara Velasco|wrote|Glass Harbour", "Idris Penhaligon|wrote|Glass Harbour"}


def test_a_film_by_somebody_was() -> None:
    assert lines("Glass Harbour is a film by Mara Velasco.", "directed") == {"Mara Velasco|directed|Glass Harbour"}
