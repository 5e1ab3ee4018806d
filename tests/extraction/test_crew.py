"""The crew: order, the same outcome as one process, and what becomes of workers and texts that die."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extraction.processes import lives
from tests.extraction.reading import documents, extractor, gazetteer
from tests.extraction.sentences_gold import GOLD

from marquee.extraction.crew import CHARACTERS, TEXTS, Crew, portions
from marquee.schema.errors import MarqueeError

pytest.importorskip("spacy")
NOW = "2024-01-01T00:00:00Z"
MANY = documents(f"{text} This is note {number}." for number in range(4) for text, _ in GOLD)


def test_a_crew_reads_what_one_process_reads_and_outlives_its_workers() -> None:
    crew = Crew(2, gazetteer())
    expected = list(extractor().pipe(MANY, NOW))
    assert list(crew.pipe(MANY, NOW)) == expected
    workers = crew.pids()
    assert len(workers) == 2
    again = crew.pipe(MANY, NOW)
    os.kill(workers[0], signal.SIGKILL)
    assert list(again) == expected
    assert workers[0] not in crew.pids()

    found = crew.pipe(MANY, NOW)  # and closed in the middle of its work it leaves nothing behind
    next(found)
    workers = crew.pids()
    crew.close()
    assert not [pid for pid in workers if lives(pid)]
    crew.close()


_FATAL_PIPELINE = """
import os, spacy
from spacy.language import Language

@Language.component("fatal")
def fatal(doc):
    if "Macbeth" in doc.text:
        os._exit(3)
    return doc

def load(**_):
    nlp = spacy.blank("en")
    nlp.add_pipe("fatal")
    return nlp
"""


def test_a_text_that_ends_its_process_is_refused_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fatal_pipeline.py").write_text(_FATAL_PIPELINE)
    (tmp_path / "fatal_pipeline-1.0.dist-info").mkdir()
    (tmp_path / "fatal_pipeline-1.0.dist-info" / "METADATA").write_text("Name: fatal_pipeline\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    texts = documents(("Macbeth is cursed.", "Ridley Scott made Alien (1979)."))
    crew = Crew(1, gazetteer(), "fatal_pipeline")
    fatal, other = crew.pipe(texts, NOW)
    crew.close()
    assert other.claims
    (refusal,) = fatal.refusals
    assert (refusal.locator, json.loads(refusal.raw)["text"]) == ("n0", "Macbeth is cursed.")
    assert "ended its process with exit status 3" in refusal.what


def test_a_crew_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    crew = Crew(1, gazetteer())
    monkeypatch.setenv("PYTHONHASHSEED", "no number")
    with pytest.raises(MarqueeError, match=r"ended with exit status 1 before it was ready.*MARQUEE_PROCESSES=1"):
        list(crew.pipe(MANY[:2], NOW))
    crew.close()


@given(st.lists(st.sampled_from((1, 300, CHARACTERS - 1, 3 * CHARACTERS)), max_size=3 * TEXTS))
def test_portions_hold_every_text_in_order_and_are_small(sizes: list[int]) -> None:
    texts = documents("x" * size for size in sizes)
    parts = list(portions(texts))
    assert [text for part in parts for text in part] == texts
    assert all(len(part) == 1 or sum(len(text.text) for text in part) <= CHARACTERS for part in parts)
    assert all(0 < len(part) <= TEXTS for part in parts)
