"""A record's names and claims; one bad fact costs that fact alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction import mapping, readers, records
from marquee.schema.errors import InputError
from marquee.schema.kinds import Kind
from marquee.schema.values import Extraction, Locator, Name, Record, Source

AT = "2024-05-01T00:00:00Z"
CAST = {"relation": "cast", "name": "Peter Lorre", "kind": "Person"}
GENRE = {"relation": "genre", "name": "crime film"}
TITLED = {"relation": "won", "name": "Cup", "qualifiers": {"work": {"name": "M", "kind": "Film"}}}
BAD = {"relation": "acted_in", "name": "Peter Lorre", "kind": "Person"}


def extract(*facts: object, **more: Any) -> Extraction:
    record = {"kind": "Film", "name": "M", **more, "facts": list(facts)}
    return records.extract(Record("test", 7, Kind.FILM, record, "films.jsonl"), AT)


def test_names_and_claims_of_a_record() -> None:
    found = extract(CAST, GENRE, TITLED)

    assert (found.source, found.locator) == ("test", Locator("films.jsonl", row=7))
    assert [claim.relation for claim in found.claims] == ["acted_in", "genre", "won"]
    assert [name.text for name in found.names] == ["M", "Peter Lorre", "crime film", "Cup"]
    assert {claim.evidence.extractor for claim in found.claims} == {"records"}
    assert found.refusals == ()


def test_a_record_without_facts_names_its_subject() -> None:
    assert extract().names == (Name("M", Kind.FILM),)


def test_a_bad_fact_is_refused_alone_and_can_be_mended() -> None:
    found = extract(CAST, BAD, GENRE, year=1931)

    assert len(found.claims) == 2
    (refusal,) = found.refusals
    assert refusal.locator == "films.jsonl:7"
    assert refusal.what.startswith("fact 2, acted_in: M (Film) cannot stand before acted in")
    assert json.loads(refusal.raw) == {"kind": "Film", "name": "M", "year": 1931, "facts": [BAD]}


def test_a_bad_record_is_refused_whole() -> None:
    found = extract(CAST, year=20015)

    assert (found.names, found.claims) == ((), ())
    (refusal,) = found.refusals
    assert refusal.what == "20015 is no possible year."
    assert json.loads(refusal.raw) == {"kind": "Film", "name": "M", "year": 20015, "facts": [CAST]}


FACTS = st.sampled_from(
    [CAST, GENRE, TITLED, BAD, {"relation": "nonsense"}, 3, {}, {"relation": "rating", "value": "?"}]
)


@given(st.lists(FACTS, max_size=8))
def test_every_fact_is_a_claim_or_a_refusal_and_a_refusal_fed_back_is_refused_the_same(given_facts: list[Any]) -> None:
    found = extract(*given_facts)

    assert len(found.claims) + len(found.refusals) == len(given_facts)
    for refusal in found.refusals:
        again = extract(*json.loads(refusal.raw)["facts"])
        assert [each.what.split(": ", 1)[1] for each in again.refusals] == [refusal.what.split(": ", 1)[1]]


KEYS = st.sampled_from(["relation", "name", "kind", "ids", "year", "value", "currency", "qualifiers", "score", "x"])
WORDS = st.sampled_from(["genre", "cast", "won", "budget", "release_date", "Film", "USD", "1931", "\ud800", ""])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, ANYTHING, max_size=4), ANYTHING)
def test_no_json_value_breaks_the_reading_of_a_record(change: dict[str, Any], given_facts: Any) -> None:
    found = extract(**change) if not isinstance(given_facts, list) else extract(*given_facts, **change)
    for refusal in found.refusals:
        assert refusal.what
        assert refusal.mend
        json.loads(refusal.raw)


MAPPING = """
version = "3"
[[entity]]
column = "title"
kind = "Film"
year = "year"
[[entity.fact]]
relation = "director"
column = "directors"
list = true
kind = "Person"
ids = { imdb = "ids" }
[[entity.fact]]
relation = "budget"
column = "budget"
unit = "USD"
"""


@pytest.fixture
def row(tmp_path: Path) -> Any:
    """A function from cells to the record of that row."""
    (tmp_path / "films.toml").write_text(MAPPING)

    def make(**cells: str) -> Record:
        fields = {"title": "M", "year": "1931", "directors": "", "ids": "", "budget": "", **cells}
        return Record("test", 4, None, fields, "films.csv", str(tmp_path / "films.toml"))

    return make


def test_a_mapped_row_gives_claims_that_quote_its_cells(row: Any) -> None:
    found = records.extract(row(directors="Fritz Lang|Thea von Harbou", ids="nm1|", budget="5000"), AT)

    first, second, third = found.claims
    assert first.subject == Name("Fritz Lang", Kind.PERSON, (("imdb", "nm1"),))
    assert first.object == Name("M", Kind.FILM, year=1931)
    assert (first.evidence.quote, first.evidence.version) == ("directors: Fritz Lang", "3")
    assert str(first.evidence.locator) == "films.csv:4"
    assert second.subject == Name("Thea von Harbou", Kind.PERSON)
    assert (str(third.object), third.evidence.quote) == ("5000 USD", "budget: 5000")


def test_the_same_mapping_can_be_given(row: Any) -> None:
    record = row(directors="Fritz Lang")
    assert records.extract(record, AT, mapping.load(record.mapping)) == records.extract(record, AT)


def test_a_bad_cell_refuses_its_fact_in_marquees_own_form(row: Any) -> None:
    found = records.extract(row(directors="Fritz Lang", budget="about a million"), AT)

    assert len(found.claims) == 1
    (refusal,) = found.refusals
    assert refusal.what == "fact 2, budget: 'about a million' is no number."
    (fact,) = json.loads(refusal.raw)["facts"]
    assert (fact["value"], fact["currency"]) == ("about a million", "USD")


def test_a_cell_that_was_read_before_is_refused_all_the_same(row: Any) -> None:
    for _ in range(2):
        assert len(records.extract(row(budget="?"), AT).refusals) == 1
        assert len(records.extract(row(budget="5000"), AT).claims) == 1


def test_lists_that_do_not_match_are_refused_with_the_row_to_mend(row: Any) -> None:
    found = records.extract(row(directors="A|B", ids="nm1|nm2|nm3", budget="5000"), AT)

    assert len(found.claims) == 1
    (refusal,) = found.refusals
    assert refusal.what == "column 'ids' has 3 entries, column 'directors' 2."
    assert json.loads(refusal.raw)["table"] == ["title,year,directors,ids,budget", "M,1931,A|B,nm1|nm2|nm3,5000"]


def test_an_impossible_year_in_a_row_refuses_it(row: Any) -> None:
    found = records.extract(row(year="20015", directors="Fritz Lang"), AT)

    assert found.claims == ()
    assert [refusal.what for refusal in found.refusals] == ["20015 is no possible year."]


def test_a_record_of_a_mapping_that_is_gone_is_an_error() -> None:
    with pytest.raises(InputError, match="there is no such mapping"):
        records.extract(Record("test", 1, None, {}, "a.csv", "/nowhere/gone.toml"), AT)


def test_from_file_to_claims(tmp_path: Path) -> None:
    (tmp_path / "films.jsonl").write_text(json.dumps({"kind": "Film", "name": "M", "facts": [CAST, BAD]}))
    (item,) = readers.read(Source("test", str(tmp_path)), AT)

    assert isinstance(item, Record)
    found = records.extract(item, AT)
    assert (len(found.claims), len(found.refusals)) == (1, 1)
