"""Casts of held-out film leads against their cast lists: a figure that must not fall."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.inventory import film_rows, is_person
from marquee.extraction.silver import held_out
from marquee.extraction.texts import TextExtractor
from marquee.schema.text import fold
from marquee.schema.values import Document

DATA = Path(__file__).parents[3] / "shared" / "data"


def test_cast_recall_on_leads_that_nothing_was_trained_on() -> None:
    pytest.importorskip("spacy")
    if not (DATA / "wikipedia_movies").is_dir():
        pytest.skip("no shared data: ../shared/data/wikipedia_movies is absent")
    rows = [row for row in film_rows(DATA) if row.get("extract") and held_out(row.get("href") or row["title"])]
    Random(0).shuffle(rows)
    extractor = TextExtractor(Gazetteer())
    right = wanted = 0
    for row in islice(rows, 250):
        text = row["extract"]
        listed = {fold(name) for name in row["cast"] if is_person(name) and fold(name) in fold(text)}
        claims = extractor.extract(Document("d", "s", text), "now").claims
        told = {fold(claim.subject.text) for claim in claims if claim.relation == "acted_in"}
        right, wanted = right + len(listed & told), wanted + len(listed)
    assert right / wanted > 0.85
