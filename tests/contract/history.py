"""A small store with a history of every sort, made in a handful of runs."""

from __future__ import annotations

import pytest
from tests.contract.world import billing, date, decision, entity, evidence, fact, judgement, run, text, verdict, writing

from marquee.graph.store import LedgerRow, Store
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.values import Action, Attribute, Candidate, Document, Name, Resolution, Status

DAYS = [f"2024-01-{day:02d}T00:00:00Z" for day in range(1, 9)]
WORLD = [
    entity("alien", Kind.FILM, "Alien", "Ալիեն", keys=(("imdb", "tt1"), ("tmdb", "1"))),
    entity("aliens", Kind.FILM, "Aliens"),
    entity("ann", Kind.PERSON, "Ann", "L'Ann", keys=(("imdb", "nm1"),)),
    entity("ann2", Kind.PERSON, "Ann", "Anna", keys=(("imdb", "nm2"),)),
    entity("prize", Kind.AWARD),
    entity("drama", Kind.GENRE),
]
ACTED = fact("ann", "acted_in", "alien", qualifiers=(("character", text("Ripley")), billing(1)))
SAME = fact("ann2", "acted_in", "alien", status=Status.PENDING, pieces=(evidence("credits", 3), evidence("news", 4)))
WON = fact("ann", "won", "prize", qualifiers=(("for_work", "alien"),))
WON_TOO = fact("ann2", "nominated_for", "prize", qualifiers=(("for_work", "aliens"),), status=Status.PENDING)
OUT = fact("alien", "release_date", date("1979-05-25"))
GENRE = fact("alien", "genre", "drama", status=Status.WITHDRAWN, valid=("1979", "1980-06"))


def history(store: Store) -> None:
    """Puts, stages, judges, decides, merges, supersedes and fails, one run after another."""
    with writing(store, DAYS[0]) as writer:
        writer.put_entities(WORLD)
        writer.stage([ACTED, SAME, WON, WON_TOO, OUT, GENRE, _open_name()])
        writer.put_documents([Document("d2", "news", "zwei <b>"), Document("d1", "news", "one", "a", "2024", "CC0")])
        writer.put_ledger([LedgerRow("films", "b", "x", "r"), LedgerRow("films", "a", "ä", "r")])
        writer.count(read=3)
    with writing(store, DAYS[1]) as writer:
        writer.put_support({ACTED.id: 1, SAME.id: 0.25})
        writer.put_judgements([judgement(ACTED.id, 0.9), judgement(SAME.id, 0.4), judgement(OUT.id, 0.7)])
        writer.apply([verdict(SAME.id, Action.REVIEW, "close"), verdict(OUT.id, Action.ACCEPT, "sure", audit=True)])
        writer.set_model("m1")
    with writing(store, DAYS[2]) as writer:
        writer.decide([decision(OUT.id, Action.REJECT), decision(SAME.id, Action.ACCEPT)])
        writer.stage([fact("alien", "genre", "drama", pieces=(evidence("credits"),))])
        writer.put_attributes([Attribute("ann", "popularity", 2.0, "", "2024", 1)])
        writer.put_ledger([LedgerRow("films", "a", "y", "r")])
    with pytest.raises(ValueError, match="stop"), store.writing(run()):
        raise ValueError("stop")
    with writing(store, DAYS[4]) as writer:
        writer.merge({"ann2": "ann", "aliens": "alien"})
        writer.put_attributes([Attribute("alien", "popularity", 3.5, "", "2024", 2)])
    with writing(store, DAYS[5]) as writer:
        writer.put_judgements([judgement(ACTED.id, 0.95, "m2")])
        writer.supersede([OUT.id])
        writer.stage([fact("ann2", "directed", "aliens")])
        writer.apply([verdict(WON_TOO.id, Action.REVIEW, "close")])
    with pytest.raises(StoreError), store.writing(run()) as writer:
        writer.put_entities([entity("other", keys=(("imdb", "nm1"),))])


def _open_name() -> object:
    from dataclasses import replace

    name = Resolution(Name("Ann", Kind.PERSON, (("imdb", "nm9"),), 1979), (Candidate("ann2", 0.5, {"a": 1.0}),), 0.25)
    return replace(fact("ann2", "produced", "aliens", status=Status.PENDING), candidates=(("subject", name),))
