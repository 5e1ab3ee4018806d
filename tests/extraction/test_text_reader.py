"""The reader of texts: who reads them, few and many, and that nothing is left behind."""

from __future__ import annotations

import threading

import pytest
from tests.extraction.reading import documents, gazetteer
from tests.extraction.sentences_gold import GOLD

from marquee.extraction.text_reader import FEW, TextReader, cores
from marquee.schema.errors import SettingsError

pytest.importorskip("spacy")
NOW = "2024-01-01T00:00:00Z"
MANY = documents(f"{GOLD[number % len(GOLD)][0]} This is note {number}." for number in range(FEW))


def crew() -> list[str]:
    """The threads that ask workers."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("crew")]


def test_few_texts_are_read_here_and_many_by_a_crew_with_the_same_outcome() -> None:
    alone, several = TextReader(gazetteer(), processes=1), TextReader(gazetteer(), processes=2)
    few = list(several.pipe(MANY[: FEW - 1], NOW))
    assert not crew()
    many = list(several.pipe(MANY, NOW))
    assert crew()
    assert list(several.pipe(MANY[:3], NOW)) == many[:3]
    several.close()
    assert not crew()
    assert many == list(alone.pipe(MANY, NOW))
    assert many[: FEW - 1] == few
    assert not crew()
    alone.close()


def test_a_pipeline_that_cannot_be_loaded_is_an_error() -> None:
    reader = TextReader(gazetteer(), "no_such_pipeline", processes=2)
    with pytest.raises(SettingsError, match="no_such_pipeline"):
        list(reader.pipe(MANY[:1], NOW))


def test_there_is_a_core() -> None:
    assert cores() >= 1
