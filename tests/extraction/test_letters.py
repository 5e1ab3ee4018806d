"""Letters: societies behind a name are nobody's name."""

from __future__ import annotations

import pytest
from tests.extraction.reading import lines

from marquee.extraction.letters import unlettered, without_letters
from marquee.extraction.mentions import ORG, PERSON, Mention, Origin


def kept(text: str, *names: tuple[str, str]) -> list[str]:
    mentions = [Mention(text.index(n), text.index(n) + len(n), label, Origin.PIPELINE) for n, label in names]
    return [text[m.start : m.end] for m in without_letters(text, mentions)]


def test_letters_behind_a_person_are_dropped() -> None:
    assert kept("by Petra Holm, A.S.C., then", ("Petra Holm", PERSON), ("A.S.C.", PERSON)) == ["Petra Holm"]
    assert kept("by Petra Holm, BSC.", ("Petra Holm", PERSON), ("BSC", ORG)) == ["Petra Holm"]
    assert kept("by Petra Holm (ACE)", ("Petra Holm", PERSON), ("ACE", ORG)) == ["Petra Holm"]


def test_a_name_loses_the_letters_it_ends_with() -> None:
    assert kept("by Petra Holm, A.S.C. in", ("Petra Holm, A.S.C.", PERSON)) == ["Petra Holm"]
    assert kept("by Petra Holm A.C.E.", ("Petra Holm A.C.E.", PERSON)) == ["Petra Holm"]


def test_the_society_itself_is_kept() -> None:
    assert kept("the ASC honoured him", ("ASC", ORG)) == ["ASC"]
    assert kept("Kestrel Films, ASC", ("Kestrel Films", ORG), ("ASC", ORG)) == ["Kestrel Films", "ASC"]


def test_masked_lists_stay_whole() -> None:
    assert unlettered("shot by <P1>, a.s.c., and <P2>, b.s.c.") == "shot by <P1>, and <P2>"
    assert unlettered("<P1>, ace reporter") == "<P1>, ace reporter"
    assert unlettered("<P1>, a.space") == "<P1>, a.space"


@pytest.mark.parametrize("second", ["Ann Lee.", "Ann Lee, B.S.C."])
def test_both_cameramen_are_read(second: str) -> None:
    pytest.importorskip("spacy")
    text = f"Glass Harbour was shot by Petra Holm, A.S.C., and {second}"
    assert lines(text) == {"Petra Holm|shot|Glass Harbour", "Ann Lee|shot|Glass Harbour"}
