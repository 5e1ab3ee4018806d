"""A reviewer says whom an open name means; the fact is restated about the one that was chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marquee.api import jobs
from marquee.api.desk import Desk
from marquee.schema.errors import InputError, NotFound
from marquee.schema.kinds import Kind
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import (
    Candidate,
    Entity,
    EntityName,
    Evidence,
    Locator,
    Name,
    Resolution,
    Statement,
    Status,
)

ELDER, YOUNGER, FILM = "eelder", "eyounger", "efilm"


@pytest.fixture
def waiting(desk: Desk) -> Statement:
    """A statement whose subject may be either of two namesakes; the elder stands in."""
    open_ = Resolution(Name("Steve McQueen"), (Candidate(ELDER, 0.5), Candidate(YOUNGER, 0.45)), 0.2)
    piece = Evidence("notes", Locator("n1", span=(0, 9)), "McQueen directed Hunger.", "text", "1", "2026-01-01", 0.8)
    statement = Statement("sopen", ELDER, "directed", FILM, evidence=(piece,), candidates=(("subject", open_),))
    people = [Entity(id_, Kind.PERSON, (EntityName("Steve McQueen"),)) for id_ in (ELDER, YOUNGER)]
    with desk.store.writing(jobs.new_run("test")) as writer:
        writer.put_entities([*people, Entity(FILM, Kind.FILM, (EntityName("Hunger"),))])
        writer.stage([statement])
    return statement


def accepted(desk: Desk) -> list[Statement]:
    which = StatementFilter(status=(Status.ACCEPTED,))
    return list(desk.store.list_statements(which, Page()).items)


def test_the_stand_in_is_confirmed(desk: Desk, waiting: Statement) -> None:
    jobs.decide(desk, [waiting.id], "accept", "the credits say so", "ann", ELDER)
    assert [s.id for s in accepted(desk)] == [waiting.id]


def test_another_candidate_is_chosen(desk: Desk, waiting: Statement) -> None:
    jobs.decide(desk, [waiting.id], "accept", "the elder had died", "ann", YOUNGER)
    (fact,) = accepted(desk)
    assert (fact.subject, fact.object) == (YOUNGER, FILM)
    assert fact.evidence == waiting.evidence
    assert desk.store.statements([waiting.id])[waiting.id].status is Status.REJECTED
    assert {d.by for d in desk.store.decisions([waiting.id, fact.id])} == {"ann"}


def test_none_of_them_is_someone_new(desk: Desk, waiting: Statement) -> None:
    jobs.decide(desk, [waiting.id], "accept", "a third one", "ann", "new")
    (fact,) = accepted(desk)
    assert fact.subject not in (ELDER, YOUNGER)
    entity = desk.store.entities([fact.subject])[fact.subject]
    assert (entity.label, entity.kind) == ("Steve McQueen", Kind.PERSON)


@pytest.mark.parametrize("choice", [YOUNGER, "new"])
def test_putting_it_back_to_review_takes_the_restatement_back(desk: Desk, waiting: Statement, choice: str) -> None:
    jobs.decide(desk, [waiting.id], "accept", "the elder had died", "ann", choice)
    (fact,) = accepted(desk)
    jobs.decide(desk, [waiting.id], "review", "it was the elder after all", "ann")
    assert accepted(desk) == []
    assert desk.store.statements([fact.id])[fact.id].status is Status.SUPERSEDED
    assert [s.id for s in desk.store.list_statements(StatementFilter(review=True), Page()).items] == [waiting.id]
    jobs.decide(desk, [waiting.id], "accept", "no, it was another", "ann", choice)
    assert [s.id for s in accepted(desk)] == [fact.id]


def test_what_others_say_too_is_put_back_to_review_with_it(desk: Desk, waiting: Statement) -> None:
    jobs.decide(desk, [waiting.id], "accept", "the elder had died", "ann", YOUNGER)
    (fact,) = accepted(desk)
    other = replace(waiting.evidence[0], source="credits")
    with desk.store.writing(jobs.new_run("test")) as writer:
        writer.stage([replace(fact, evidence=(other,))])
    jobs.decide(desk, [waiting.id], "review", "it was the elder after all", "ann")
    waits = desk.store.list_statements(StatementFilter(review=True), Page()).items
    assert {s.id for s in waits} == {waiting.id, fact.id}


def test_what_was_decided_anew_since_is_left_alone(desk: Desk, waiting: Statement) -> None:
    jobs.decide(desk, [waiting.id], "accept", "the elder had died", "ann", YOUNGER)
    (fact,) = accepted(desk)
    jobs.decide(desk, [fact.id], "accept", "I know it for sure", "bob")
    jobs.decide(desk, [waiting.id], "review", "to look at again", "ann")
    assert [s.id for s in accepted(desk)] == [fact.id]


def test_a_choice_that_is_none(desk: Desk, waiting: Statement) -> None:
    with pytest.raises(NotFound):
        jobs.decide(desk, [waiting.id], "accept", "so", "ann", "enobody")
    assert accepted(desk) == []


def test_a_choice_where_no_name_is_open(desk: Desk, waiting: Statement) -> None:
    jobs.decide(desk, [waiting.id], "accept", "so", "ann", YOUNGER)
    (fact,) = accepted(desk)
    with pytest.raises(InputError, match="no name"):
        jobs.decide(desk, [fact.id], "accept", "so", "ann", ELDER)


def test_attributes_are_computed_anew_where_the_graph_changes_and_only_there(desk: Desk, waiting: Statement) -> None:
    def computed() -> str:
        found = desk.store.attributes("popularity").get(FILM)
        return found.computed_at if found else ""

    jobs.decide(desk, [waiting.id], "reject", "a rumour", "ann")
    assert computed() == ""
    jobs.decide(desk, [waiting.id], "accept", "it was so after all", "ann")
    first = computed()
    assert first
    jobs.decide(desk, [waiting.id], "accept", "still so", "ann")
    assert computed() == first
