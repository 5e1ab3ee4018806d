"""Texts: exact spans, quotes, kinds, refusals, and any input at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extraction.sentences_gold import KNOWN

from marquee.extraction.faults import FAULT
from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.texts import TextExtractor
from marquee.schema.ids import document_id
from marquee.schema.kinds import Kind
from marquee.schema.literals import LiteralType
from marquee.schema.values import Document, Extraction, Modality, Name

pytest.importorskip("spacy")
EXTRACTOR = TextExtractor(Gazetteer.build((name, kind, str(number)) for number, (name, kind) in enumerate(KNOWN)))
NOW = "2024-01-01T00:00:00Z"


def extract(text: str) -> Extraction:
    extraction = EXTRACTOR.extract(Document(document_id(text), "notes", text, name="n1"), NOW)
    assert not [refusal for refusal in extraction.refusals if refusal.what.startswith(FAULT)]
    return extraction


# Kinds that have a name of their own, however a text writes them.
CALLED = (Kind.GENRE, Kind.COUNTRY, Kind.LANGUAGE, Kind.PROFESSION, Kind.AWARD, Kind.CEREMONY, Kind.FESTIVAL)


def hold(extraction: Extraction, text: str) -> None:
    """The laws of spans: names are as written or shared, quotes are the sentence of their locator."""
    for name in extraction.names:
        assert name.span is not None
        assert text[slice(*name.span)]
        if name.kind not in CALLED:
            written = text[slice(*name.span)]
            assert name.text == written or name.text.startswith(f"{written} ")  # a first name, with its surname
    for claim in extraction.claims:
        span = claim.evidence.locator.span
        assert span is not None
        assert claim.evidence.quote == text[slice(*span)]
        assert claim.evidence.locator.item == extraction.locator.item
        assert claim.modality is claim.evidence.modality


def test_evidence_names_its_sentence_source_and_time() -> None:
    text = "A note.\nAlien is a film. Ridley Scott directed Alien."
    (claim,) = extract(text).claims
    assert claim.evidence.quote == "Ridley Scott directed Alien."
    assert (claim.evidence.source, claim.evidence.observed_at, claim.evidence.extractor) == ("notes", NOW, "text-rules")


def test_one_bearer_is_one_name_with_its_kind_and_year() -> None:
    text = "Ridley Scott made Alien (1979). Scott also produced the film, and he directed Gladiator."
    claims = extract(text).claims
    people = {claim.subject for claim in claims if claim.relation == "directed"}
    assert len({person for person in people if person.text == "Ridley Scott"}) == 1
    alien = next(c.object for c in claims if isinstance(c.object, Name) and c.object.text == "Alien")
    assert (alien.kind, alien.year, alien.span) == (Kind.FILM, 1979, (18, 23))


def test_a_wrong_kind_is_handed_on_for_the_graph_to_see() -> None:
    (claim,) = extract("Universal Pictures starred in Gladiator.").claims
    assert (claim.subject.kind, claim.relation) == (Kind.STUDIO, "acted_in")


def test_negated_and_hedged_claims_say_so_and_hedged_ones_score_less() -> None:
    (said,) = extract("Ridley Scott directed Alien.").claims
    (denied,) = extract("Ridley Scott did not direct Alien.").claims
    (hedged,) = extract("Ridley Scott reportedly directed Alien.").claims
    assert (said.modality, denied.modality, hedged.modality) == (Modality.ASSERTED, Modality.NEGATED, Modality.HEDGED)
    assert hedged.evidence.score < said.evidence.score


def test_figures_are_literals() -> None:
    claims = {c.relation: c.object for c in extract("Alien runs 117 minutes. It grossed $104 million.").claims}
    assert str(claims["runtime"]) == "7020"
    assert getattr(claims["revenue"], "type", None) is LiteralType.MONEY


def test_an_impossible_year_is_refused_with_its_sentence() -> None:
    extraction = extract("Alien was released on May 25, 19799.")
    assert extraction.claims == ()
    (refusal,) = extraction.refusals
    assert "19799 is no possible year" in refusal.what
    assert refusal.raw == "Alien was released on May 25, 19799."
    assert refusal.locator == "n1[0:36]"


def test_documents_come_back_in_order_and_progress_is_told() -> None:
    done: list[int] = []
    documents = [Document(str(n), "s", text) for n, text in enumerate(["", "Alien.", "Heat.", ""])]
    extractions = list(EXTRACTOR.pipe(documents, NOW, done.append))
    assert [e.locator.item for e in extractions] == ["0", "1", "2", "3"]
    assert done == [1, 1, 1, 1]


ODD = (
    "", "\0", "\0" * 50 + "Ridley Scott directed Alien.", "🎬 Ridley Scott 🎬 directed 🚢 Alien 🎉", "Ridley\u200b Scott directed\u200d Alien\ufeff.",
    "\u202eRidley Scott directed Alien\u202c", "\ud800 Ridley Scott directed Alien", "<P1> directed <W2>", "a" * 5000, "(" * 3000,
    "Ridley Scott, " * 800, "and " * 3000, "\n" * 3000, "it " * 3000, "starring " * 900, "'s " * 2000, "1 " * 3000, "The film " * 900,
)  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=lambda text: repr(text[:12]))
def test_odd_input_is_read_without_complaint(text: str) -> None:
    hold(extract(text), text)


WORDS = [
    "the",
    "a",
    "film",
    "directed",
    "by",
    "and",
    "starring",
    "Ridley",
    "Scott",
    "Alien",
    "Barbie",
    "Her",
    "It",
    "Once",
    "who",
    ",",
    ".",
    "(",
    ")",
    '"',
    "'",
    "was",
    "not",
    "is",
    "of",
    "in",
    "1979",
    "$20",
    "million",
    "Universal",
    "Pictures",
    "won",
    "Palme",
    "d'Or",
    "for",
    "he",
    "his",
    "she",
    "*",
    ":",
    "-",
    "\n",
    ";",
    "?",
    "!",
    "reportedly",
    "will",
    "said",
    "born",
    "Lisbon",
    "Swedish",
    "actor",
    "–",
    "É",
    "宮崎",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_spans_hold_on_any_words(words: list[str]) -> None:
    text = " ".join(words)
    hold(extract(text), text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_spans_hold_on_any_text(text: str) -> None:
    hold(extract(text), text)


def test_long_texts_are_read_in_pieces_with_true_spans() -> None:
    text = "Nothing happened here at all today. " * 400 + "Ridley Scott directed Alien. " + "More words follow. " * 400
    extraction = extract(text)
    hold(extraction, text)
    assert [claim.relation for claim in extraction.claims] == ["directed"]


def test_a_text_that_breaks_a_rule_is_refused_and_the_others_are_read() -> None:
    scores: list[float] = []

    def scored(score: float) -> float:
        scores.append(score)
        return 1 / 0 if len(scores) == 1 else score

    texts = ("Ridley Scott directed Alien.", "Alien was directed by Ridley Scott.")
    extractor = TextExtractor(EXTRACTOR._gazetteer, scored=scored)
    documents = [Document(document_id(text), "notes", text, name=f"n{at}") for at, text in enumerate(texts)]
    broken, whole = extractor.pipe(documents, NOW)
    (refusal,) = broken.refusals
    assert (refusal.locator, broken.claims, whole.refusals) == ("n0", (), ())
    assert "reading it failed with ZeroDivisionError" in refusal.what
    assert json.loads(refusal.raw) == {"id": "n0", "text": texts[0]}
    assert whole.claims
