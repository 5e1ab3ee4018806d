"""The parts of matching: columns, names, rivals, labels."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.match_columns import Shape, column
from marquee.graph.match_tables import Pair
from marquee.graph.matching_cluster import accepted, marginals, one_to_one
from marquee.graph.matching_labels import Labels, learn, load
from marquee.graph.matching_measure import score
from marquee.graph.matching_names import (
    Likeness,
    Rarity,
    _most_alike,
    distance,
    form,
    is_damaged,
    likeness,
    similarity,
    skeleton,
)
from marquee.schema.errors import ModelError


@pytest.mark.parametrize(
    ("cells", "shape"),
    [
        (["1999", "2001-05-06", "", "1987"], Shape.DATE),
        (["12", "3.5", "90 min"], Shape.NUMBER),
        (["Drama,Comedy", "Drama", "Western,Drama"] * 5, Shape.LIST),
        (["Alien", "Brazil", "Chinatown"], Shape.NAME),
        (["tt0001", "tt0002", "tt0003"], Shape.KEY),
        (["a word after a word after a word after a word after a word or two"], Shape.PROSE),
        (["Hanks, Tom", "Ryan, Meg"], Shape.NAME),
    ],
)
def test_shapes_are_read_from_values(cells: list[str], shape: Shape) -> None:
    found = column("x", cells)
    assert found is not None
    assert found.shape is shape


def test_an_empty_column_is_none() -> None:
    assert column("x", ["", " "]) is None


def test_days_that_are_all_the_first_of_january_are_years() -> None:
    found = column("x", ["1999-01-01", "2001-01-01"])
    assert found is not None
    assert found.values == ((1999, 0, 0), (2001, 0, 0))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Edmon Ryan", "edmon ryan", Likeness.RARE),
        ("The Thing", "Thing, The", Likeness.SAME),
        ("House of Cards", "House of Cards (US)", Likeness.SAME),
        ("Dana Medrick?", "Dana Medricka", Likeness.SAME),
        ("Wanted: Part 2", "Wanted (2)", Likeness.SAME),
        ("Wanted: Part 1", "Wanted (2)", Likeness.NUMBERS),
        ("Zemfira Sadykhova", "Zemfira Sadikhova", Likeness.NEAR),
        ("J. R. Ewing Smith", "John R. Ewing Smith", Likeness.PART),
        ("Bridge on the River Wye", "Bridge on the River Wye, Chepstow", Likeness.PART),
        ("Brazil", "Chinatown", Likeness.NONE),
    ],
)
def test_names_are_alike_in_levels(one: str, other: str, alike: Likeness) -> None:
    a, b = form(one, damaged=True), form(other, damaged=True)
    rarity = Rarity([form(f"filler{n} word{n}") for n in range(400)] + [a, b])
    assert likeness(a, b, rarity) is likeness(b, a, rarity) is alike


def test_damage_is_seen_in_the_column() -> None:
    assert is_damaged(["Ji?ina", "Anna"])
    assert not is_damaged(["Who?", "Why? Because", "Anna"])


def test_spellings_of_one_sound_share_a_skeleton() -> None:
    assert skeleton("schwartz") == skeleton("schwarts")


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_distance_is_levenshteins(a: str, b: str) -> None:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    assert distance(a, b) == distance(b, a) == row[-1]


@given(st.text("abc ", min_size=1, max_size=9), st.text("abc ", min_size=1, max_size=9))
def test_names_far_apart_are_not_measured_letter_by_letter(a: str, b: str) -> None:
    one, other = form(a), form(b)
    if 2 * min(len(one.key), len(other.key)) >= max(len(one.key), len(other.key)) > 0:
        assert similarity(one.key, other.key) <= _most_alike(one, other) + 1e-9


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=4))
def test_rivals_of_one_row_share_its_probability_exactly(values: list[float]) -> None:
    odds = [math.exp(value) for value in values]
    found = marginals({(0, place): value for place, value in enumerate(values)})
    for place, value in enumerate(odds):
        assert found[0, place] == pytest.approx(value / (1 + sum(odds)), rel=1e-6)


def test_marginals_of_a_chain_are_those_of_all_matchings() -> None:
    odds = {(0, 0): 2.0, (0, 1): 1.0, (1, 1): 3.0}
    found = marginals({pair: math.log(value) for pair, value in odds.items()})
    for pair in odds:
        assert found[pair] == pytest.approx(_by_hand(odds, pair), rel=1e-3)


def _by_hand(odds: dict[Pair, float], pair: Pair) -> float:
    total = with_pair = 0.0
    for size in range(len(odds) + 1):
        for chosen in itertools.combinations(odds, size):
            if len({a for a, _ in chosen}) == len({b for _, b in chosen}) == size:
                weight = math.prod(odds[one] for one in chosen)
                total += weight
                with_pair += weight if pair in chosen else 0.0
    return with_pair / total


def test_the_likelier_of_two_rivals_is_chosen() -> None:
    assert one_to_one({(0, 0): 0.4, (0, 1): 0.6, (1, 1): 0.5, (1, 0): 0.3}) == [(0, 1), (1, 0)]


def test_as_many_are_accepted_as_pay() -> None:
    sure = {(n, n): 0.95 for n in range(10)} | {(20, 20): 0.05}
    assert accepted(one_to_one(sure), sure) == 10


def test_labels_lower_what_people_do_not_match(tmp_path: Path) -> None:
    labels = learn([("plain",)] * 50, {("plain",): 50.0, ("odd",): 50.0})
    assert labels.log_ratio(("odd",)) < -1 < labels.log_ratio(("plain",)) == 0
    labels.save(tmp_path / "m.json")
    assert load(tmp_path / "m.json") == labels


def test_no_labels_change_nothing() -> None:
    assert learn([], {("plain",): 3.0}).log_ratio(("plain",)) == 0


@pytest.mark.parametrize("text", ["", "[]", '{"format": "other"}', '{"format": "marquee-matching-1", "weights": 3}'])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(ModelError, match="no model of matching"):
        load(tmp_path / "m.json")


def test_saved_labels_keep_their_level(tmp_path: Path) -> None:
    Labels({"a": -1.0}, 0.5).save(tmp_path / "m.json")
    assert load(tmp_path / "m.json").log_ratio(("a",)) == -1.5


def test_scores_are_those_of_sets() -> None:
    found = score([(0, 0), (1, 1), (2, 9)], [(0, 0), (1, 1), (3, 3), (4, 4)])
    assert (found.precision, found.recall) == (pytest.approx(2 / 3), 0.5)
    assert found.interval[0] <= found.f1 <= found.interval[1]
