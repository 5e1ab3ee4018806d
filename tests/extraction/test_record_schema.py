"""The published JSON Schema says what the reader takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import marquee.extraction
from marquee.extraction import facts, records
from marquee.schema.kinds import Kind
from marquee.schema.relations import QUALIFIERS, RELATIONS
from marquee.schema.values import Record

SCHEMA = json.loads((Path(marquee.extraction.__file__).parent / "marquee-record.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DEFS = SCHEMA["$defs"]


def extract(record: dict[str, Any]) -> Any:
    return records.extract(Record("test", 1, Kind(record["kind"]), record, "a.jsonl"), "2024-05-01T00:00:00Z")


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_it_names_the_vocabulary() -> None:
    claimed = [row for row in RELATIONS.values() if not row.computed]
    ends = [row for row in claimed if not row.literal]

    assert DEFS["kind"]["enum"] == [kind.value for kind in Kind]
    assert set(DEFS["entityFact"]["properties"]["relation"]["enum"]) == {
        name for row in ends for name in (row.name, row.inverse)
    }
    assert set(DEFS["literalFact"]["properties"]["relation"]["enum"]) == {row.name for row in claimed if row.literal}
    assert set(DEFS["qualifiers"]["properties"]) == set(QUALIFIERS)


def test_it_names_the_keys_the_reader_takes() -> None:
    assert set(SCHEMA["properties"]) == facts.RECORD_KEYS
    assert set(DEFS["entityFact"]["properties"]) == facts.NAME_FACT_KEYS
    assert set(DEFS["literalFact"]["properties"]) == facts.VALUE_FACT_KEYS


@pytest.mark.parametrize("record", SCHEMA["examples"])
def test_its_examples_are_valid_and_read_without_refusal(record: dict[str, Any]) -> None:
    VALIDATOR.validate(record)
    found = extract(record)
    assert found.refusals == ()
    assert len(found.claims) == len(record["facts"])


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "Movie"}, {"name": ""}, {"year": "1997"}, {"ids": {"imdb": "tt1,tt2"}}, {"genre": "drama"},
        {"facts": [{"relation": "genre"}]}, {"facts": [{"relation": "genre", "value": 1}]},
        {"facts": [{"relation": "likes", "name": "x"}]}, {"facts": [{"relation": "rating", "value": None}]},
        {"facts": [{"relation": "cast", "name": "x", "qualifiers": {"mood": "x"}}]},
        {"facts": [{"relation": "genre", "name": "x", "score": 2}]},
    ],
)  # fmt: skip
def test_what_the_reader_refuses_it_refuses(change: dict[str, Any]) -> None:
    record = {"kind": "Film", "name": "Titanic", **change}
    assert not VALIDATOR.is_valid(record)
    if record["kind"] in list(Kind):
        assert extract(record).refusals


TEXT = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)
NAMED = st.fixed_dictionaries(
    {"name": TEXT},
    optional={
        "ids": st.dictionaries(st.sampled_from(["imdb", "wikidata", "tmdb"]), st.integers(1, 999) | st.just("Q1"), max_size=2),
        "aliases": st.lists(TEXT, max_size=2),
        "year": st.integers(1900, 2020),
    },
)  # fmt: skip
FACT = st.one_of(
    NAMED.map(lambda named: {"relation": "genre", **named}),
    NAMED.map(lambda named: {"relation": "cast", "kind": "Person", **named, "qualifiers": {"character": "x"}}),
    st.integers(1900, 2020).map(lambda year: {"relation": "release_date", "value": year}),
    st.integers(0, 10**9).map(lambda money: {"relation": "budget", "value": money, "currency": "USD", "score": 0.5}),
)
RECORD = st.builds(
    lambda named, given_facts: {"kind": "Film", **named, "facts": given_facts}, NAMED, st.lists(FACT, max_size=4)
)


@given(RECORD)
def test_what_is_valid_and_makes_sense_is_read_fact_by_fact(record: dict[str, Any]) -> None:
    VALIDATOR.validate(record)
    found = extract(json.loads(json.dumps(record)))
    assert (len(found.claims), found.refusals) == (len(record["facts"]), ())
