"""Modality: denied, asked, hedged, foretold, quoted, or simply said."""

from __future__ import annotations

import pytest

from marquee.extraction.modality import modality
from marquee.schema.values import Modality

M = Modality


@pytest.mark.parametrize(
    ("text", "verb", "tone"),
    [
        ("<P0> directed <W1>.", "directed", M.ASSERTED),
        ("<P0> did not direct <W1>.", "direct", M.NEGATED),
        ("<P0> never scored <W1>.", "scored", M.NEGATED),
        ("<P0> denied directing <W1>.", "directing", M.NEGATED),
        ("<P0> turned down directing <W1>.", "directing", M.NEGATED),
        ("<P0> passed on it, but <P1> directed <W2>.", "directed", M.ASSERTED),
        ("did <P0> direct <W1>?", "direct", M.QUESTION),
        ("<P0> is in talks to star in <W1>.", "star in", M.HEDGED),
        ("<P0> was to have directed <W1>.", "directed", M.HEDGED),
        ("<P0> was cast in <W1> but dropped out.", "cast", M.HEDGED),
        ("<P0> reportedly wrote <W1>.", "wrote", M.HEDGED),
        ("<P0> will direct <W1>.", "direct", M.FUTURE),
        ("<P0> to direct <W1>", "direct", M.FUTURE),
        ("<P0> is set to star in <W1>.", "star in", M.FUTURE),
        ('"<P0> directed <W1>," he says.', "directed", M.QUOTED),
        ("according to <P2>, <P0> directed <W1>.", "directed", M.QUOTED),
        ("<W1> was originally broadcast by <O2>.", "broadcast", M.ASSERTED),
        ("<P0> signed to <O1>.", "signed", M.ASSERTED),
    ],
)
def test_how_a_sentence_puts_it(text: str, verb: str, tone: Modality) -> None:
    start = text.index(verb)
    assert modality(text, start, start + len(verb)) is tone
