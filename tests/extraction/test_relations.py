"""Relations: the claims of the gold sentences and passages, and what must not be read."""

from __future__ import annotations

import pytest
from tests.extraction.passages_gold import PASSAGES
from tests.extraction.reading import claims, lines
from tests.extraction.sentences_gold import GOLD

from marquee.schema.relations import RELATIONS

pytest.importorskip("spacy")


@pytest.mark.parametrize(("text", "told"), [*GOLD, *PASSAGES], ids=lambda value: str(value)[:40])
def test_the_claims_of_a_text(text: str, told: tuple[str, ...]) -> None:
    assert lines(text) == set(told)


def test_every_relation_read_is_in_the_vocabulary_with_its_qualifiers() -> None:
    for text, _ in (*GOLD, *PASSAGES):
        for claim in claims(text):
            allowed = RELATIONS[claim.relation].qualifiers
            assert {name for name, _ in claim.qualifiers} <= set(allowed)
            assert 0 < claim.evidence.score <= 1


def test_characters_years_and_works_are_qualifiers() -> None:
    text = (
        "Glass Harbour stars Idris Penhaligon as Tom Reilly. Mara Velasco won the Palme d'Or for Glass Harbour in 2011."
    )
    told = {c.relation: {name: getattr(v, "text", None) or str(v) for name, v in c.qualifiers} for c in claims(text)}
    assert told["acted_in"] == {"character": "Tom Reilly"}
    assert told["won"] == {"work": "Glass Harbour", "year": "2011"}


def test_the_work_at_hand_gives_way_to_one_that_the_sentence_names() -> None:
    text = 'James Cameron directed "Titanic". Tom Hanks stars in "Big Fish".'
    assert lines(text) == {"James Cameron|directed|Titanic", "Tom Hanks|acted_in|Big Fish"}


@pytest.mark.parametrize(
    "text",
    [
        "Glass Harbour was filmed at Pinewood Studios and on location in Kent.",
        "Glass Harbour was shot at Kestrel Films.",
        "Interiors of Glass Harbour were shot at the Paramount studios.",
        "Glass Harbour was made on the Universal Studios lot.",
    ],
)
def test_where_it_was_filmed_is_not_who_made_it(text: str) -> None:
    assert lines(text, "production_company") == set()


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Glass Harbour was shot for Kestrel Films at Bray Studios.", "Kestrel Films"),
        ("Glass Harbour was produced by Kestrel Films and shot at Pinewood Studios.", "Kestrel Films"),
        ("Glass Harbour was made at RKO Studios in Hollywood.", "RKO Studios"),
    ],
)
def test_who_made_it_is_read_beside_where_it_was_filmed(text: str, company: str) -> None:
    assert lines(text, "production_company") == {f"Glass Harbour|production_company|{company}"}
