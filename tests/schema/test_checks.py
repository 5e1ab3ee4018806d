"""The schema check refuses what cannot be and doubts what clashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.schema.checks import End, check, fits
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.relations import RELATIONS

FILM = End(Kind.FILM, "Titanic", released="1997")
PERSON = End(Kind.PERSON, "Kate Winslet", born="1975-10-05")


def test_a_sound_statement_passes() -> None:
    character = canonical(LiteralType.TEXT, "Rose")
    assert check("acted_in", PERSON, FILM, [("character", character)]) == []


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "rule"),
    [
        ("acted_in", FILM, PERSON, "domain"),
        ("acted_in", End(Kind.STUDIO, "Fox"), FILM, "domain"),
        ("directed", End(Kind.AWARD, "Best Picture"), FILM, "domain"),
        ("directed", PERSON, End(Kind.AWARD, "Best Picture"), "range"),
        ("directed", PERSON, Literal(LiteralType.TEXT, "Titanic"), "range"),
        ("release_date", FILM, PERSON, "range"),
        ("release_date", FILM, Literal(LiteralType.COUNT, "1997"), "range"),
        ("starred_in", PERSON, FILM, "relation"),
        ("collaborated_with", PERSON, PERSON, "computed"),
        ("acted_in", PERSON, End(Kind.FILM, "Old", released="1950"), "dates"),
        ("release_date", FILM, Literal(LiteralType.DATE, "1797"), "dates"),
        ("death_date", PERSON, Literal(LiteralType.DATE, "1970"), "dates"),
    ],
)
def test_what_cannot_be_is_refused(relation: str, subject: End, object_: End | Literal, rule: str) -> None:
    problems = check(relation, subject, object_)
    assert [(p.rule, p.hard) for p in problems[:1]] == [(rule, True)]


def test_unknown_and_wrong_qualifiers_are_refused() -> None:
    year = Literal(LiteralType.YEAR, "1998")
    assert check("acted_in", PERSON, FILM, [("year", year)])[0].rule == "qualifier"
    assert check("won", FILM, End(Kind.AWARD), [("work", year)])[0].rule == "qualifier"
    assert check("won", PERSON, End(Kind.AWARD), [("work", FILM), ("year", year)]) == []


def test_an_end_before_its_start_is_refused() -> None:
    quals = [("start", Literal(LiteralType.DATE, "2004")), ("end", Literal(LiteralType.DATE, "2001"))]
    assert check("spouse", PERSON, PERSON, quals)[0].rule == "dates"


def test_a_second_value_of_a_one_value_relation_is_doubted() -> None:
    problems = check("release_date", FILM, Literal(LiteralType.DATE, "2001"), held=["1997"])
    assert [(p.rule, p.hard) for p in problems] == [("cardinality", False)]


def test_a_more_exact_date_is_no_second_value() -> None:
    assert check("release_date", FILM, Literal(LiteralType.DATE, "1997-12-19"), held=["1997"]) == []


def test_unknown_kinds_are_not_refused() -> None:
    assert check("acted_in", End(None, "X"), End(None, "Y")) == []


@given(
    st.sampled_from(sorted(RELATIONS)),
    st.none() | st.sampled_from(sorted(Kind)),
    st.none() | st.sampled_from([*sorted(Kind), *sorted(LiteralType)]),
)
def test_ends_fit_where_the_check_objects_to_neither_of_them(
    name: str, subject: Kind | None, object_: Kind | LiteralType | None
) -> None:
    value = Literal(object_, "1998") if isinstance(object_, LiteralType) else End(object_)
    objections = check(name, End(subject, "Ann"), value)
    assert fits(name, subject, object_) is not any(one.rule in ("domain", "range", "computed") for one in objections)
