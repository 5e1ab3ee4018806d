"""Matching two sources: no labels, few labels, and whatever way the tables are laid out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.graph import sources

from marquee.graph.match_tables import Pair, Table, read_folder, table
from marquee.graph.matching import DOUBTFUL, Matching, match
from marquee.graph.matching_measure import score

SHARED = Path("../shared/data/entity_resolution")


@pytest.fixture(scope="module")
def rows() -> tuple[list[list[str]], list[list[str]], list[Pair]]:
    return sources.world(1)


def f1(found: Matching, gold: list[Pair]) -> float:
    return score([(one.left, one.right) for one in found.matches], gold).f1


def laid_out(name: str, rows: list[list[str]], order: list[int], header: str) -> Table:
    """The rows with their columns in this order, under headers that say nothing."""
    titles = [f"{header}{place}" for place in order]
    return table(name, titles, [[row[place] for place in order] for row in rows])


def test_two_sources_are_matched_without_labels(rows: tuple[list[list[str]], list[list[str]], list[Pair]]) -> None:
    found = match(*sources.tables(rows))
    assert f1(found, rows[2]) > 0.95
    assert found.compared < len(rows[0]) * len(rows[1]) / 4


def test_each_row_has_one_partner(rows: tuple[list[list[str]], list[list[str]], list[Pair]]) -> None:
    found = match(*sources.tables(rows)).matches
    assert len({one.left for one in found}) == len({one.right for one in found}) == len(found)


def test_a_match_says_why_and_a_doubtful_one_is_listed(
    rows: tuple[list[list[str]], list[list[str]], list[Pair]],
) -> None:
    found = match(*sources.tables(rows))
    assert ("title", "title", "rare") in found.matches[0].why or ("person", "person", "rare") in found.matches[0].why
    assert all(DOUBTFUL[0] <= one.probability < DOUBTFUL[1] for one in found.doubtful)


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]])
def test_headers_and_the_order_of_columns_do_not_matter(
    rows: tuple[list[list[str]], list[list[str]], list[Pair]], order: list[int]
) -> None:
    mine, theirs = laid_out("a", rows[0], order, "x"), laid_out("b", rows[1], [1, 0, 3, 2, 4], "y")
    assert f1(match(mine, theirs), rows[2]) > 0.95


def test_the_tables_may_change_places(rows: tuple[list[list[str]], list[list[str]], list[Pair]]) -> None:
    left, right = sources.tables(rows)
    assert f1(match(right, left), [(b, a) for a, b in rows[2]]) > 0.95


@pytest.mark.parametrize("dropped", [1, 2, 3, 4])
def test_a_column_may_be_absent(rows: tuple[list[list[str]], list[list[str]], list[Pair]], dropped: int) -> None:
    kept = [place for place in range(5) if place != dropped]
    found = match(laid_out("a", rows[0], kept, "x"), laid_out("b", rows[1], kept, "y"))
    gold = [(a, b) for a, b in rows[2] if any(rows[0][a][place] for place in kept)]
    assert f1(found, gold) > 0.9


def test_a_sample_is_matched_as_well() -> None:
    rows = sources.world(2, size=60)
    assert f1(match(*sources.tables(rows)), rows[2]) > 0.9


def test_the_same_tables_are_matched_the_same() -> None:
    rows = sources.world(3, size=60)
    assert match(*sources.tables(rows), seed=5) == match(*sources.tables(rows), seed=5)


def test_an_empty_table_matches_nothing() -> None:
    empty = table("none", ("title",), [])
    assert match(empty, empty).matches == ()


def test_tables_without_names_match_nothing() -> None:
    bare = table("bare", ("n",), [[str(n)] for n in range(50)])
    assert match(bare, bare).matches == ()


def test_long_texts_are_matched_where_there_are_no_names() -> None:
    draw = random.Random(0)
    said = [" ".join(draw.choices(sources.WORDS + sources.NOUNS + sources.FAMILY, k=20)) for _ in range(80)]
    mine, theirs = [[text] for text in said[:60]], [[text.replace("a", "e", 1)] for text in said[20:]]
    found = match(table("a", ("x",), mine), table("b", ("y",), theirs))
    assert f1(found, [(n, n - 20) for n in range(20, 60)]) > 0.9


def test_known_pairs_are_kept_and_taught_from(rows: tuple[list[list[str]], list[list[str]], list[Pair]]) -> None:
    known = random.Random(0).sample(rows[2], 40)
    found = match(*sources.tables(rows), known=known)
    assert {(one.left, one.right) for one in found.matches} >= set(known)
    assert f1(found, rows[2]) > 0.95


def test_what_one_pair_of_sources_taught_serves_another(
    rows: tuple[list[list[str]], list[list[str]], list[Pair]],
) -> None:
    taught = match(*sources.tables(rows), known=rows[2]).labels
    other = sources.world(9)
    assert f1(match(*sources.tables(other), labels=taught), other[2]) > 0.93


def test_two_keys_of_one_kind_never_merge() -> None:
    draw = random.Random(0)
    rows = sources.world(4)
    keys = [f"tt{number:07}" for number in draw.sample(range(10**6), len(rows[0]) + len(rows[1]))]
    mine = [[*row, keys[n]] for n, row in enumerate(rows[0])]
    theirs = [[*row, keys[len(rows[0]) + n]] for n, row in enumerate(rows[1])]
    for a, b in rows[2][:-5]:
        theirs[b][-1] = mine[a][-1]
    header = (*sources.HEADER, "id")
    found = match(table("a", header, mine), table("b", header, theirs))
    assert not {(one.left, one.right) for one in found.matches} & set(rows[2][-5:])


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not there")
def test_real_folders_are_read() -> None:
    folder = read_folder(SHARED / "imdb_tmdb")
    assert (folder.left.size, folder.right.size, len(folder.gold), folder.unknown) == (5118, 6056, 1968, 0)
