"""Support: noisy-or over sources, shared among rivals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.support import CAP, MODALITY, rival_groups, support
from marquee.schema import ids
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.values import Evidence, Locator, Modality, Statement, Status, Value

SOURCES = ("ledger", "gazette", "forum")


def piece(source: str = "ledger", score: float = 1.0, modality: Modality = Modality.ASSERTED, row: int = 1) -> Evidence:
    return Evidence(source, Locator(source, row=row), "", "test", "1", "2024-01-01T00:00:00Z", score, modality=modality)


def born(value: str, *evidence: Evidence, who: str = "eann") -> Statement:
    return stated("birth_date", canonical(LiteralType.DATE, value), *evidence, who=who)


def stated(relation: str, value: Value, *evidence: Evidence, who: str = "eann") -> Statement:
    return Statement(ids.statement_id(who, relation, value, ()), who, relation, value, evidence=evidence)


pieces = st.builds(
    piece,
    st.sampled_from(SOURCES),
    st.floats(0, 1),
    st.sampled_from(list(Modality)),
    st.integers(1, 5),
)
trusts = st.fixed_dictionaries({source: st.floats(0, 1) for source in SOURCES})


def test_independent_sources_are_joined_by_noisy_or() -> None:
    statement = born("1950", piece("ledger"), piece("gazette"))
    assert support([statement], {"ledger": 0.8, "gazette": 0.5})[statement.id] == pytest.approx(0.9)


def test_one_source_counts_by_its_best_word() -> None:
    statement = born("1950", piece(score=0.4, row=1), piece(score=0.6, row=2), piece(score=0.6, row=3))
    assert support([statement], {"ledger": 0.5})[statement.id] == pytest.approx(0.3)


def test_a_passage_printed_again_adds_nothing_but_other_words_do() -> None:
    first = replace(piece("gazette"), quote="Mann directed Heat.", locator=Locator("a", span=(0, 19)))
    copy = replace(first, source="forum", locator=Locator("b", span=(40, 59)))
    own_words = replace(copy, quote="Heat is by Mann.")
    trust = {"gazette": 0.9, "forum": 0.8}
    for order in ((first, copy), (copy, first)):
        assert list(support([born("1970", *order)], trust).values()) == [pytest.approx(0.9)]
    assert list(support([born("1970", first, own_words)], trust).values()) == [pytest.approx(0.98)]
    records = (replace(piece("gazette"), quote="director: Mann"), replace(piece("forum"), quote="director: Mann"))
    assert list(support([born("1970", *records)], trust).values()) == [pytest.approx(0.98)]


@pytest.mark.parametrize("modality", list(Modality))
def test_modality_weakens_a_word(modality: Modality) -> None:
    statement = born("1950", piece(modality=modality))
    assert support([statement], {"ledger": 0.5})[statement.id] == pytest.approx(0.5 * MODALITY[modality])


def test_rivals_share_by_their_odds() -> None:
    # given 4:1 for one year and 1:1 for another
    likely, other = born("1950", piece("ledger")), born("1951", piece("gazette"))

    # then they get 4/6 and 1/6; 1/6 is left for neither
    found = support([likely, other], {"ledger": 0.8, "gazette": 0.5})
    assert found[likely.id] == pytest.approx(4 / 6)
    assert found[other.id] == pytest.approx(1 / 6)


def test_a_rejected_value_is_no_rival() -> None:
    right, wrong = born("1950", piece()), replace(born("1951", piece()), status=Status.REJECTED)
    assert rival_groups([right, wrong]) == []


def test_a_date_and_its_year_are_no_rivals_but_another_year_is_one_of_both() -> None:
    day, year, other = born("1950-05-01", piece()), born("1950", piece()), born("1949", piece())
    (rivals,) = rival_groups([day, year, other])
    assert rivals == {day.id: {other.id}, year.id: {other.id}, other.id: {day.id, year.id}}


def test_identifying_qualifiers_and_many_valued_relations_part_values() -> None:
    here = replace(stated("revenue", Literal(LiteralType.MONEY, "1", "USD")), qualifiers=(("territory", us()),))
    there = stated("revenue", Literal(LiteralType.MONEY, "2", "USD"))
    genres = [stated("genre", "edrama"), stated("genre", "ewestern")]
    assert rival_groups([here, there, *genres]) == []


def us() -> Literal:
    return Literal(LiteralType.TEXT, "US")


def test_a_rival_without_its_evidence_counts_with_the_support_it_has() -> None:
    mine, held = born("1950", piece()), replace(born("1951"), support=0.5, status=Status.ACCEPTED)
    assert support([mine, held], {"ledger": 0.8})[mine.id] == pytest.approx(4 / 6)


@given(st.lists(pieces, max_size=6), pieces, trusts)
def test_more_evidence_never_lowers_support(evidence: list[Evidence], more: Evidence, trust: dict[str, float]) -> None:
    before, after = born("1950", *evidence), born("1950", *evidence, more)
    assert support([before], trust)[before.id] <= support([after], trust)[after.id] + 1e-12


@given(st.lists(pieces, min_size=1, max_size=6), trusts, st.sampled_from(SOURCES), st.floats(0, 1))
def test_a_more_reliable_source_never_lowers_support(
    evidence: list[Evidence], trust: dict[str, float], source: str, better: float
) -> None:
    statement = born("1950", *evidence)
    raised = trust | {source: max(trust[source], better)}
    assert support([statement], trust)[statement.id] <= support([statement], raised)[statement.id] + 1e-12


@given(st.lists(st.lists(pieces, min_size=1, max_size=4), min_size=1, max_size=5), trusts)
def test_support_is_bounded_and_rivals_sum_to_at_most_one(many: list[list[Evidence]], trust: dict[str, float]) -> None:
    rivals = [born(str(1900 + year), *evidence) for year, evidence in enumerate(many)]
    found = support(rivals, trust)
    assert all(0 <= value <= CAP for value in found.values())
    assert sum(found.values()) <= 1 + 1e-9
