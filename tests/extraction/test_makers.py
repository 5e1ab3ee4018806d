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


@pytest.mark.parametrize(
    "source", ["on the 1931 play by", "on a novel of the same name by", "on the novel Old Water, written by"]
)
def test_who_wrote_what_a_film_is_based_on_did_not_write_the_film(source: str) -> None:
    text = f"Glass Harbour is a British film based {source} Mara Velasco. Tove Lindgren directed it."
    assert lines(text, "wrote") | lines(text, "directed") == {"Tove Lindgren|directed|Glass Harbour"}


def test_who_is_based_on_did_not_make_it() -> None:
    text = "Glass Harbour opened. Based on a novel by Mara Velasco, it was produced by Tove Lindgren."
    assert lines(text, "produced") == {"Tove Lindgren|produced|Glass Harbour"}


def test_who_financed_a_film_is_its_company_or_nothing() -> None:
    text = "Glass Harbour was financed by Mara Velasco. Glass Harbour was financed by Kestrel Films."
    assert lines(text) == {"Glass Harbour|production_company|Kestrel Films"}


def test_a_company_that_made_an_earlier_film_did_not_make_this_one() -> None:
    text = "Glass Harbour opened. It is a remake of the 1942 Kestrel Films film of the same name."
    assert not lines(text, "production_company")


def test_who_directed_an_earlier_version_did_not_direct_this_one() -> None:
    text = "Glass Harbour opened. It is a remake of an earlier 1914 version directed by Mara Velasco."
    assert not lines(text, "directed")
