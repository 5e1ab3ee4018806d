from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.test_fetch import ENTITIES
from tests.contract.world import (
    Opener,
    date,
    decision,
    entity,
    everything,
    evidence,
    fact,
    fill,
    judgement,
    law,
    writing,
)

from marquee.graph.store import Store
from marquee.schema.errors import StoreError
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import KINDS, STATUSES, Snapshot
from marquee.schema.values import Action, Candidate, Modality, Name, Resolution, Statement, Status

OPTIONAL = ("status", "support", "probability", "score", "source", "decision", "names", "literals")
A = fact("p1", "acted_in", "f1", pieces=(evidence("films", score=0.5), evidence("credits", score=0.75)))
B = fact("p1", "directed", "f1", status=Status.PENDING)
C = fact("f1", "release_date", date("1979-05"))
WORLD = [entity("f1", Kind.FILM, "Alien"), entity("p1", Kind.PERSON, "Ridley"), entity("a0", Kind.GENRE, "Horror")]


def _rows(snapshot: Snapshot) -> dict[str, tuple[str, str, str]]:
    ends = [*snapshot.entities, ""]
    columns = zip(snapshot.statements, snapshot.head, snapshot.relation, snapshot.tail, strict=True)
    return {id_: (ends[head], snapshot.relations[relation], ends[tail]) for id_, head, relation, tail in columns}


def test_plain_columns(store: Store) -> None:
    fill(store, WORLD, [A, B, C])

    snapshot = store.snapshot()

    assert list(snapshot.entities) == ["a0", "f1", "p1"]
    assert [KINDS[code] for code in snapshot.kinds] == [Kind.GENRE, Kind.FILM, Kind.PERSON]
    assert _rows(snapshot) == {A.id: ("p1", "acted_in", "f1")}
    assert list(snapshot.relations) == ["acted_in"]
    assert not any(len(getattr(snapshot, name)) for name in (*OPTIONAL, "sources"))


def test_optional_columns(store: Store) -> None:
    fill(store, WORLD, [A, B, C])
    with writing(store) as writer:
        writer.put_support({A.id: 0.25})
        writer.put_judgements([judgement(A.id, 0.9)])
        writer.decide([decision(B.id, Action.REJECT, "2024-01-01"), decision(B.id, Action.REVIEW, "2024-01-02")])
        writer.decide([decision(A.id, Action.ACCEPT)])

    snapshot = store.snapshot(OPTIONAL, (Status.PENDING, Status.ACCEPTED))

    place = {id_: number for number, id_ in enumerate(snapshot.statements)}
    assert list(snapshot.statements) == sorted([A.id, B.id, C.id])
    assert [STATUSES[snapshot.status[place[one.id]]] for one in (A, B, C)] == [
        Status.ACCEPTED,
        Status.PENDING,
        Status.ACCEPTED,
    ]
    assert snapshot.support[place[A.id]] == 0.25
    assert math.isnan(snapshot.support[place[B.id]])
    assert snapshot.probability[place[A.id]] == 0.9
    assert math.isnan(snapshot.probability[place[B.id]])
    assert snapshot.score[place[A.id]] == 0.75
    assert list(snapshot.sources) == ["credits", "films"]
    assert [snapshot.sources[snapshot.source[place[one.id]]] for one in (A, B)] == ["credits", "films"]
    assert [snapshot.decision[place[one.id]] for one in (A, B, C)] == [1, 0, 0]
    assert list(snapshot.names) == ["Horror", "Alien", "Ridley"]
    assert [snapshot.literals[place[one.id]] for one in (A, C)] == ["", "1979-05"]
    assert snapshot.tail[place[C.id]] == -1


def test_an_empty_store_and_an_unknown_column(store: Store) -> None:
    assert len(store.snapshot(OPTIONAL)) == 0
    with pytest.raises(StoreError, match="no column colour"):
        store.snapshot(["colour"])


@law
@given(
    facts=st.lists(
        st.builds(
            fact,
            st.sampled_from(["p1", "p2"]),
            st.sampled_from(["acted_in", "directed", "wrote"]),
            st.sampled_from(["f1", "f2", "f3"]),
            status=st.sampled_from(Status),
        ),
        max_size=12,
        unique_by=lambda one: one.id,
    ),
    status=st.sets(st.sampled_from(Status), min_size=1),
)
def test_a_snapshot_has_the_statements_of_the_status(
    fresh: Opener, facts: list[Statement], status: set[Status]
) -> None:
    store = fresh()
    fill(store, ENTITIES.values(), facts)

    snapshot = store.snapshot(("status",), status)

    chosen = [one for one in everything(store) if one.status in status]
    assert _rows(snapshot) == {one.id: (one.subject, one.relation, one.object) for one in chosen}
    assert list(snapshot.statements) == sorted(one.id for one in chosen)
    assert [STATUSES[code] for code in snapshot.status] == [
        one.status for one in sorted(chosen, key=lambda one: one.id)
    ]


def test_who_says_what_and_what_is_open(store: Store) -> None:
    asked = Resolution(Name("Ridley"), (Candidate("p1", 0.5),), 0.5)
    hedged = replace(evidence("press", row=2, score=0.25), modality=Modality.HEDGED)
    more = (evidence("films", row=2, score=0.75), hedged)
    fill(store, WORLD, [A, replace(B, candidates=(("subject", asked),)), C])
    with writing(store) as writer:
        writer.stage([replace(A, evidence=more)])

    snapshot = store.snapshot(("voices", "open"), (Status.PENDING, Status.ACCEPTED))

    said = zip(snapshot.said_of, snapshot.said_by, snapshot.said_score, strict=True)
    found = sorted((snapshot.statements[row], *snapshot.voices[voice], score) for row, voice, score in said)
    assert [row for row in found if row[0] == A.id] == [
        (A.id, "credits", "csv", "asserted", 0.75),
        (A.id, "films", "csv", "asserted", 0.5),
        (A.id, "films", "csv", "asserted", 0.75),
        (A.id, "press", "csv", "hedged", 0.25),
    ]
    assert {id_ for id_, *_ in found} == {A.id, B.id}
    assert [snapshot.open[snapshot.statements.index(one.id)] for one in (A, B)] == [0, 1]


def test_who_said_what_before_a_piece_was_withdrawn(store: Store) -> None:
    fill(store, WORLD, [A])
    with writing(store) as writer:
        writer.withdraw("films", {("films.csv", 1): ()})

    snapshot = store.snapshot(("voices",))

    assert [snapshot.voices[voice][0] for voice in snapshot.said_by] == ["credits"]
