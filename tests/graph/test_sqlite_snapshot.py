from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.sqlite_snapshot import Places


@given(st.lists(st.integers(0, 300), unique=True))
def test_places_answer_as_a_dict_of_the_numbers_would(numbers: list[int]) -> None:
    places = Places(array("q", numbers))
    wanted = {number: place for place, number in enumerate(numbers)}
    assert len(places) == len(wanted)
    assert [places.get(number) for number in range(400)] == [wanted.get(number) for number in range(400)]
