from __future__ import annotations

from collections.abc import Collection
from itertools import count

import pytest
from tests.contract.world import fact

from marquee.graph.staging import Placing, identifying
from marquee.schema.errors import StoreError
from marquee.schema.ids import statement_id
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Statement

YEAR = ("year", Literal(LiteralType.YEAR, "1980"))
ENDS = {"ann": (1, "ann"), "ann2": (1, "ann"), "film": (2, "film"), "oscar": (3, "oscar")}


def _place(*statements: Statement, numbers: dict[str, int] | None = None) -> Placing:
    minted = count(10)
    return Placing(statements, ENDS, dict(numbers or {}), lambda: next(minted), _nothing)


def _nothing(ids: Collection[str]) -> dict[str, int]:
    return {}


def test_a_new_statement_gets_the_next_number_between_its_ends() -> None:
    placing = _place(fact("ann", "won", "oscar", qualifiers=(YEAR, ("work", "film"))))

    placed = placing.new[0]
    assert (placed.number, placed.subject, placed.object, placed.mentions) == (10, 1, 3, (2,))
    assert placed.own == (YEAR, ("work", "film"))
    assert placing.redirects == []


def test_a_known_one_is_not_new() -> None:
    one = fact("ann", "acted_in", "film")

    placing = _place(one, one, numbers={one.id: 7})

    assert placing.new == []
    assert list(placing.known) == [one.id]


def test_a_merged_end_leads_to_the_id_of_today() -> None:
    old, new = fact("ann2", "acted_in", "film"), fact("ann", "acted_in", "film")

    first = _place(old)
    assert first.redirects == [(statement_id("ann", "acted_in", "film", ()), 10)]
    second = _place(old, numbers={new.id: 7})
    assert (second.new, second.redirects, second.numbers[old.id]) == ([], [(old.id, 7)], 7)


def test_what_cannot_be_placed() -> None:
    with pytest.raises(StoreError, match="no evidence"):
        _place(fact("ann", "acted_in", "film", pieces=()))
    with pytest.raises(StoreError, match="unknown entity 'nobody'"):
        _place(fact("nobody", "acted_in", "film"))


def test_joining_qualifiers_are_not_its_own() -> None:
    role = ("character", Literal(LiteralType.TEXT, "Eve"))
    assert identifying(fact("ann", "acted_in", "film", qualifiers=(role,))) == ()
