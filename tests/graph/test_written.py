"""Written: a refused claim reads back as the claim it was."""

from __future__ import annotations

import json

import pytest
from tests.graph.worlds import NOW, claim

from marquee.extraction import facts
from marquee.extraction.facts import Stamp
from marquee.graph.written import written
from marquee.schema.kinds import Kind
from marquee.schema.literals import LiteralType, canonical
from marquee.schema.values import Claim, Locator, Name

ANN = Name("Ann Lee", Kind.PERSON, (("imdb", "nm1"), ("wikidata", "Q1")))
DAWN = Name("Dawn", Kind.FILM, year=2001)
DOLLARS = canonical(LiteralType.MONEY, 5, "USD", 2001)

CLAIMS = [
    claim(ANN, "directed", DAWN),
    claim(ANN, "acted_in", DAWN, character=canonical(LiteralType.TEXT, "Zoë")),
    claim(ANN, "won", Name("Prize", Kind.AWARD), year=canonical(LiteralType.YEAR, 2001), work=DAWN),
    claim(DAWN, "budget", DOLLARS),
    claim(Name("Acme", Kind.STUDIO), "acquired_by", ANN, price=DOLLARS),
]


@pytest.mark.parametrize("said", CLAIMS, ids=lambda said: said.relation)
def test_what_is_written_reads_back_as_the_same_claim(said: Claim) -> None:
    record = json.loads(written(said))
    stamp = Stamp("notes", Locator("refused.jsonl", row=1), "test", "1", NOW)
    again = facts.claim(facts.subject(record), facts.read(record["facts"][0]), stamp)
    assert (again.subject, again.relation, again.object) == (said.subject, said.relation, said.object)
    assert dict(again.qualifiers) == dict(said.qualifiers)
    assert again.evidence.quote == said.evidence.quote
