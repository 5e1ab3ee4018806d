"""A small industry with a text behind it, to look at in a browser."""

from __future__ import annotations

from dataclasses import replace

from tests.api.industry import NOW, build, eid

from marquee.graph.store import Store
from marquee.schema.ids import document_id, statement_id
from marquee.schema.kinds import Kind
from marquee.schema.values import (
    Action,
    Document,
    Entity,
    EntityName,
    Evidence,
    Judgement,
    Locator,
    Part,
    Run,
    Statement,
    Verdict,
)

HOSTILE = "<img src=x onerror=\"alert('x')\"> O'Hara \\ {$MATCH (n) DETACH DELETE n}"
QUOTE = "Cy Young directs “Slow Boat”, people say."
TEXT = f"Notes of May. 🎬 The harbour was full. {QUOTE} The weather held."
CLAIM = (eid("Cy Young"), "directed", eid("Slow Boat"))
LATER = "2024-05-02T12:00:00Z"


def furnish(store: Store) -> None:
    """Writes the industry, then what a text says of it: one claim that waits, and an entity of a hostile name."""
    build(store)
    hostile = Entity("ehostile00000000a", Kind.PERSON, (EntityName(HOSTILE),))
    claim, spread = _claim(), _said(hostile.id)
    with store.writing(Run("r20240502-000001", "ingest", LATER, sources=("notes",))) as writer:
        writer.put_documents([Document(document_id(TEXT), "notes", TEXT, "may.txt", licence="CC0")])
        writer.put_entities([hostile])
        writer.stage([claim, spread])
        writer.put_judgements([_judged(claim, 0.52), _judged(spread, 0.9)])
        writer.apply([Verdict(claim.id, Action.REVIEW, ("52% likely, between 20% and 90%",))])
        writer.apply([Verdict(spread.id, Action.ACCEPT, ())])
        writer.count(claims=2, statements=2, review=1, accepted=1)


def _claim() -> Statement:
    subject, relation, object_ = CLAIM
    start = TEXT.index(QUOTE)
    place = Locator(document_id(TEXT), span=(start, start + len(QUOTE)))
    piece = Evidence("notes", place, QUOTE, "text-rules", "1", LATER, 0.7)
    id_ = statement_id(subject, relation, object_, ())
    return Statement(id_, subject, relation, object_, recorded_from=LATER, evidence=(piece,))


def _said(person: str) -> Statement:
    id_ = statement_id(person, "acted_in", eid("Night Train"), ())
    piece = Evidence("notes", Locator("a & <b>.csv", row=2), f"cast: {HOSTILE}", "test", "1", NOW, 0.9)
    return replace(_claim(), id=id_, subject=person, relation="acted_in", object=eid("Night Train"), evidence=(piece,))


def _judged(statement: Statement, probability: float) -> Judgement:
    parts = (Part("support", 0.8, 0.7, "the sources together give it 70%"), Part("paths", -0.7, note="no path"))
    return Judgement(statement.id, probability, (probability - 0.2, min(1.0, probability + 0.3)), parts, "test-model")
