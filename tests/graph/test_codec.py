"""What is written as JSON text comes back as it was, and nothing of it is lost or doubled."""

from __future__ import annotations

import json
import string

from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.codec import (
    Candidates,
    dump,
    dump_candidates,
    dump_parts,
    dump_qualifiers,
    load_candidates,
    load_parts,
    load_qualifiers,
    united,
)
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Candidate, Name, Part, Qualifiers, Resolution

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text(string.ascii_lowercase + " é中\"'\\\n\x1f", max_size=12)
LITERALS = st.builds(
    Literal, st.sampled_from(LiteralType), st.text(max_size=12), WORDS, st.none() | st.integers(1, 9999)
)
QUALIFIERS = st.lists(st.tuples(WORDS, st.text(max_size=12) | LITERALS), max_size=5).map(tuple)
PARTS = st.lists(st.builds(Part, WORDS, NUMBERS, st.none() | NUMBERS, st.text(max_size=12)), max_size=4).map(tuple)
SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99))
NAMES = st.builds(
    Name,
    st.text(max_size=12),
    st.none() | st.sampled_from(Kind),
    st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple),
    st.none() | st.integers(1, 9999),
    st.none() | SPANS,
    st.lists(WORDS, max_size=3).map(tuple),
)
FEATURES = st.dictionaries(WORDS, NUMBERS, max_size=3)
CANDIDATES = st.lists(st.builds(Candidate, WORDS, NUMBERS, FEATURES), max_size=3).map(tuple)
OPEN = st.lists(
    st.tuples(st.sampled_from(["subject", "object"]), st.builds(Resolution, NAMES, CANDIDATES, NUMBERS)), max_size=2
).map(tuple)


@given(QUALIFIERS)
def test_qualifiers_come_back(qualifiers: Qualifiers) -> None:
    assert load_qualifiers(dump_qualifiers(qualifiers)) == qualifiers


@given(PARTS)
def test_parts_come_back(parts: tuple[Part, ...]) -> None:
    assert load_parts(dump_parts(parts)) == parts


@given(OPEN)
def test_open_resolutions_come_back(candidates: Candidates) -> None:
    assert load_candidates(dump_candidates(candidates)) == candidates


def test_nothing_is_kept_as_nothing() -> None:
    assert dump_qualifiers(()) is None
    assert dump_parts(()) is None
    assert load_qualifiers(None) == load_parts(None) == load_candidates(None) == ()


@given(
    st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner))
)
def test_the_text_is_json_on_one_line_with_letters_as_they_are(value: object) -> None:
    text = dump(value)

    assert json.loads(text) == value
    assert "\n" not in text


def test_letters_are_not_escaped_and_nothing_is_spaced() -> None:
    assert dump(["Amélie", {"名": 1}]) == '["Amélie",{"名":1}]'


@given(QUALIFIERS, st.lists(QUALIFIERS, max_size=4))
def test_united_qualifiers_are_all_there_once_own_ones_first(own: Qualifiers, supported: list[Qualifiers]) -> None:
    everything = [*own, *(pair for qualifiers in supported for pair in qualifiers)]
    together = united(own, supported)

    assert set(together) == set(everything)
    assert len(set(together)) == len(together)
    assert together == tuple(sorted(set(everything), key=everything.index))
    assert united(together, supported) == together
