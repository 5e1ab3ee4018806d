"""Blocking and aligning: what is compared with what."""

from __future__ import annotations

import pytest
from tests.graph import sources

from marquee.graph.match_tables import Table, table
from marquee.graph.matching_blocks import NEAREST, Index
from marquee.graph.matching_decoys import decoys, pattern, stratum
from marquee.graph.matching_fields import MISSING, Field, align
from marquee.graph.matching_names import Likeness

HEADER = ("title", "year", "minutes", "people")
FILMS = [
    [f"Film {a} {b}", str(1950 + n), str(80 + n), f"{a} Smith|{b} Jones"]
    for n, (a, b) in enumerate((a, b) for a in sources.WORDS[:6] for b in sources.NOUNS[:6])
]


@pytest.fixture(scope="module")
def films() -> tuple[Table, Table]:
    theirs = [list(row) for row in FILMS]
    theirs[0][0] = FILMS[0][0].replace("i", "y", 1)  # a slip
    theirs[1][0] = "Zxqwv Kjuht"  # a translation: all else agrees
    theirs[2][0], theirs[2][1], theirs[2][2] = "Bvnmk Plokh", "", ""  # only its people agree
    return table("a", HEADER, FILMS), table("b", HEADER, theirs)


@pytest.fixture(scope="module")
def fields(films: tuple[Table, Table]) -> list[Field]:
    return align(*films)


def test_columns_that_say_the_same_are_aligned(fields: list[Field]) -> None:
    assert {field.headers for field in fields} == {(name, name) for name in HEADER}


@pytest.mark.parametrize("row", [0, 1, 2, 10])
def test_a_row_is_found_by_name_by_values_or_by_people(fields: list[Field], row: int) -> None:
    assert row in Index(fields, True).near(row, False)


def test_few_rows_are_compared_with_each(fields: list[Field]) -> None:
    index = Index(fields, True)
    assert max(len(index.near(row, False)) for row in range(len(FILMS))) <= 3 * NEAREST


def test_a_row_is_among_those_near_it_in_its_own_table(fields: list[Field]) -> None:
    index = Index(fields, False)
    assert all(row in index.near(row, False) for row in range(len(FILMS)))


def test_a_pattern_says_how_far_two_rows_agree(fields: list[Field]) -> None:
    found = dict(zip((field.headers[0] for field in fields), pattern(fields, 0, 0), strict=True))
    assert found["title"] >= Likeness.CLOSE
    assert found["year"] == 3
    silent = pattern(fields, 2, 2)
    assert MISSING in silent
    assert stratum(fields, silent) == 0


def test_decoys_are_rows_of_one_table_that_are_alike(fields: list[Field]) -> None:
    found = decoys(fields, Index(fields, False), Index(fields, True), seed=0)
    whole = pattern(fields, 5, 5)
    assert found.rate(whole, 0) == 0
    assert any(found.rate(one, 0) > 0 for one in found.patterns())


def test_a_table_that_repeats_itself_is_not_taken_for_one_of_namesakes() -> None:
    once = [
        [f"{a} {b}", str(1900 + n)] for n, (a, b) in enumerate(zip(sources.GIVEN * 3, sources.FAMILY, strict=False))
    ]
    found = align(table("a", ("x", "y"), once), table("b", ("x", "y"), once * 2))
    chance = decoys(found, Index(found, False), Index(found, True), seed=0)
    assert chance.rate(pattern(found, 0, 0), 0) == 0
