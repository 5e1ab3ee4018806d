"""Reading a text with the names of the gold sentences, as lines of claims."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from tests.extraction.sentences_gold import KNOWN

from marquee.extraction.faults import FAULT
from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.texts import TextExtractor
from marquee.schema.ids import document_id
from marquee.schema.values import Claim, Document, Modality, Name


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gold sentences' names."""
    return Gazetteer.build((name, kind, str(n)) for n, (name, kind) in enumerate(KNOWN))


@lru_cache(maxsize=1)
def extractor() -> TextExtractor:
    """One extractor over the gold sentences' names."""
    return TextExtractor(gazetteer())


def documents(texts: Iterable[str]) -> list[Document]:
    """The texts as documents n0, n1, …"""
    return [Document(document_id(text), "test", text, f"n{number}") for number, text in enumerate(texts)]


def claims(text: str) -> tuple[Claim, ...]:
    """The claims of a text."""
    extraction = extractor().extract(Document(document_id(text), "test", text), "2024-01-01T00:00:00Z")
    assert not [refusal for refusal in extraction.refusals if refusal.what.startswith(FAULT)]
    return extraction.claims


def line(claim: Claim) -> str:
    """A claim as `subject|relation|object`, with its modality if it is not plainly said."""
    object_ = claim.object.text if isinstance(claim.object, Name) else claim.object.value
    said = claim.modality in (Modality.ASSERTED, Modality.QUOTED)
    return f"{claim.subject.text}|{claim.relation}|{object_}" + ("" if said else f"|{claim.modality}")


def lines(text: str, relation: str = "") -> set[str]:
    """The claims of a text as lines, those of one relation only if it is given."""
    return {line(claim) for claim in claims(text) if relation in ("", claim.relation)}
