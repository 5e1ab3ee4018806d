"""Relations: the claims of the gold sentences and passages, and what must not be read."""

from __future__ import annotations

import pytest
from tests.extraction.passages_gold import PASSAGES
from tests.extraction.sentences_gold import GOLD, KNOWN

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.texts import TextExtractor
from marquee.schema.ids import document_id
from marquee.schema.relations import RELATIONS
from marquee.schema.values import Claim, Document, Modality, Name

pytest.importorskip("spacy")
GAZETTEER = Gazetteer.build((name, kind, str(number)) for number, (name, kind) in enumerate(KNOWN))


@pytest.fixture(scope="module")
def extractor() -> TextExtractor:
    return TextExtractor(GAZETTEER)


def line(claim: Claim) -> str:
    object_ = claim.object.text if isinstance(claim.object, Name) else claim.object.value
    said = claim.modality in (Modality.ASSERTED, Modality.QUOTED)
    return f"{claim.subject.text}|{claim.relation}|{object_}" + ("" if said else f"|{claim.modality}")


def lines(extractor: TextExtractor, text: str) -> set[str]:
    extraction = extractor.extract(Document(document_id(text), "test", text), "2024-01-01T00:00:00Z")
    return {line(claim) for claim in extraction.claims}


@pytest.mark.parametrize(("text", "claims"), [*GOLD, *PASSAGES], ids=lambda value: str(value)[:40])
def test_the_claims_of_a_text(extractor: TextExtractor, text: str, claims: tuple[str, ...]) -> None:
    assert lines(extractor, text) == set(claims)


def test_every_relation_read_is_in_the_vocabulary_with_its_qualifiers(extractor: TextExtractor) -> None:
    for text, _ in (*GOLD, *PASSAGES):
        for claim in extractor.extract(Document("d", "test", text), "now").claims:
            allowed = RELATIONS[claim.relation].qualifiers
            assert {name for name, _ in claim.qualifiers} <= set(allowed)
            assert 0 < claim.evidence.score <= 1


def test_characters_years_and_works_are_qualifiers(extractor: TextExtractor) -> None:
    text = (
        "Glass Harbour stars Idris Penhaligon as Tom Reilly. Mara Velasco won the Palme d'Or for Glass Harbour in 2011."
    )
    claims = extractor.extract(Document("d", "test", text), "now").claims
    told = {c.relation: {name: getattr(v, "text", None) or str(v) for name, v in c.qualifiers} for c in claims}
    assert told["acted_in"] == {"character": "Tom Reilly"}
    assert told["won"] == {"work": "Glass Harbour", "year": "2011"}


def test_the_work_at_hand_gives_way_to_one_that_the_sentence_names(extractor: TextExtractor) -> None:
    text = 'James Cameron directed "Titanic". Tom Hanks stars in "Big Fish".'
    assert lines(extractor, text) == {"James Cameron|directed|Titanic", "Tom Hanks|acted_in|Big Fish"}
