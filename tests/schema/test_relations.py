"""The relations table is consistent with itself and with the kinds."""

from __future__ import annotations

import pytest

from marquee.schema.errors import VocabularyError
from marquee.schema.kinds import KINDS_OF, LEVEL_OF, Kind, Level
from marquee.schema.literals import LiteralType
from marquee.schema.relations import CREDITS, INVERSES, QUALIFIERS, RELATIONS, kind, read_relation, relation


def test_every_kind_has_one_level() -> None:
    assert set(LEVEL_OF) == set(Kind)
    assert sum(len(kinds) for kinds in KINDS_OF.values()) == len(Kind)


def test_names_and_inverses_name_one_row_each() -> None:
    assert not set(INVERSES) & set(RELATIONS)
    assert len(INVERSES) == sum(not row.symmetric for row in RELATIONS.values())


def test_rows_are_well_formed() -> None:
    for row in RELATIONS.values():
        assert row.domain, row
        assert row.name.isidentifier()
        assert row.inverse.isidentifier()
        assert set(row.qualifiers) <= set(QUALIFIERS), row
        assert not set(row.identifying) & set(row.joining), row
        assert isinstance(row.range, LiteralType) or row.range, row
        if row.symmetric:
            assert row.domain == row.range
            assert row.inverse == row.name


def test_every_relation_of_the_design_is_there() -> None:
    named = (
        "part_of sequel_of remake_of spin_off_of based_on features_character spouse sibling parent member_of "
        "collaborated_with owned_by subsidiary_of acquired_by co_produced_with acted_in directed wrote produced "
        "executive_produced composed shot edited performed production_company distributed_by broadcast_by "
        "released_by employed_by founded represented_by nominated_for won presented_by owns_rights_to genre "
        "country language filmed_in profession nationality born_in release_date birth_date death_date gender "
        "runtime budget revenue vote_count rating"
    )
    assert set(named.split()) <= set(RELATIONS)


def test_credits_are_the_persons_part_in_a_work() -> None:
    assert CREDITS[:2] == ("acted_in", "directed")
    assert all(LEVEL_OF[kind_] is Level.WORK for name in CREDITS for kind_ in RELATIONS[name].tail_kinds)


def test_a_relation_is_read_forward_or_by_its_inverse() -> None:
    assert read_relation("acted_in") == (RELATIONS["acted_in"], False)
    assert read_relation("cast") == (RELATIONS["acted_in"], True)
    assert read_relation("spouse") == (RELATIONS["spouse"], False)


@pytest.mark.parametrize(("asked", "nearest"), [("directd", "directed"), ("actedin", "acted_in")])
def test_an_unknown_relation_names_the_nearest(asked: str, nearest: str) -> None:
    with pytest.raises(VocabularyError, match=nearest):
        relation(asked)


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(VocabularyError, match="Film"):
        kind("film")
