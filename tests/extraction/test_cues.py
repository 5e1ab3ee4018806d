"""Cues: a last guess with a low score, and none where a clause says more than one thing."""

from __future__ import annotations

import pytest
from tests.extraction.reading import claims, lines

pytest.importorskip("spacy")
WORK = "Glass Harbour opened in Lisbon. "


def test_one_cue_and_one_list_make_a_guess_with_a_low_score() -> None:
    (claim,) = [c for c in claims(WORK + "Much of it rests on the music of Hans Zimmer.") if c.relation == "composed"]
    assert claim.subject.text == "Hans Zimmer"
    assert claim.evidence.score < 0.75


@pytest.mark.parametrize(
    "clause",
    [
        "Critics praised the camera of Tove Lindgren.",
        "Ridley Scott declined to direct.",
        "The music of Hans Zimmer and the script were lost with Mara Velasco aboard.",
    ],
)
def test_other_clauses_make_none(clause: str) -> None:
    assert not {told for told in lines(WORK + clause) if not told.endswith("negated")} - lines(WORK)
