"""Pages that are made from the code are current."""

from __future__ import annotations

from scripts import make_vocabulary


def test_the_vocabulary_page_is_current() -> None:
    assert make_vocabulary.OUT.read_text(encoding="utf-8") == make_vocabulary.page()
