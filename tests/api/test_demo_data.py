"""The bundled data of the demo: records that hold together, facts held out of them, texts and their truth."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from scripts.check_demo_texts import DEMO, Demo, problems, read, refused

from marquee.schema.checks import End, check
from marquee.schema.kinds import LEVEL_OF, Kind, Level
from marquee.schema.literals import LiteralType, canonical
from marquee.schema.relations import QUALIFIERS, RELATIONS, read_relation

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def demo() -> Demo:
    return read(DEMO)


def _facts(record: Json) -> list[tuple[Json, str, Json, Json]]:
    """(subject, relation, object or fact, fact) in the relation's own direction."""
    turned = []
    for fact in record["facts"]:
        relation, inverse = read_relation(fact["relation"])
        turned.append((fact, relation.name, record, fact) if inverse else (record, relation.name, fact, fact))
    return turned


def _all_facts(demo: Demo) -> list[tuple[Json, str, Json, Json]]:
    return list(chain.from_iterable(_facts(record) for record in demo.entities.values()))


def test_there_are_many_statements_on_all_three_levels(demo: Demo) -> None:
    levels = Counter(LEVEL_OF[Kind(record["kind"])] for record in demo.entities.values())

    assert len(_all_facts(demo)) >= 35_000
    assert min(levels[level] for level in (Level.WORK, Level.PERSON, Level.INSTITUTION)) >= 300


def test_every_record_has_kind_name_and_its_own_id(demo: Demo) -> None:
    with gzip.open(DEMO / "records.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = sum(1 for _ in lines)

    assert rows == len(demo.entities)
    assert all(record["name"].strip() and Kind(record["kind"]) for record in demo.entities.values())


def test_records_are_sorted_and_each_fact_stands_once(demo: Demo) -> None:
    order = [(r["kind"], r["name"], r["ids"]["wikidata"]) for r in demo.entities.values()]
    told = Counter(
        (s["ids"]["wikidata"], name, o.get("value") or o["ids"]["wikidata"], repr(fact.get("qualifiers")))
        for s, name, o, fact in _all_facts(demo)
    )

    assert order == sorted(order)
    assert max(told.values()) == 1


def test_both_ends_of_every_fact_are_records_of_the_same_kind(demo: Demo) -> None:
    refs = [end for s, _, o, _ in _all_facts(demo) for end in (s, o) if "ids" in end]

    assert all(demo.entities[ref["ids"]["wikidata"]]["kind"] == ref["kind"] for ref in refs)
    assert all(demo.entities[ref["ids"]["wikidata"]]["name"] == ref["name"] for ref in refs)


def test_the_schema_has_nothing_against_any_fact(demo: Demo) -> None:
    dates: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, name, object_, _ in _all_facts(demo):
        if RELATIONS[name].literal is LiteralType.DATE:
            dates[subject["ids"]["wikidata"]][name] = object_["value"]

    objections = [
        problem.message
        for subject, name, object_, fact in _all_facts(demo)
        for problem in check(
            name,
            _end(subject, dates),
            _end(object_, dates) if "ids" in object_ else canonical(RELATIONS[name].literal, object_["value"]),  # type: ignore[arg-type]
            [(qual, _value(qual, value, dates)) for qual, value in fact.get("qualifiers", {}).items()],
        )
    ]

    assert objections == []


def _end(ref: Json, dates: dict[str, dict[str, str]]) -> End:
    known = dates.get(ref["ids"]["wikidata"], {})
    return End(
        Kind(ref["kind"]), ref["name"], known.get("birth_date"), known.get("death_date"), known.get("release_date")
    )


def _value(name: str, value: Any, dates: dict[str, dict[str, str]]) -> Any:
    wanted = QUALIFIERS[name]
    return canonical(wanted, value) if isinstance(wanted, LiteralType) else _end(value, dates)


def test_a_tenth_of_every_larger_relation_is_held_out_and_none_of_it_told(demo: Demo) -> None:
    known = Counter(name for _, name, object_ in demo.known if object_ in demo.entities)
    held = Counter(name for _, name, _ in demo.held)
    shares = {name: held[name] / (count + held[name]) for name, count in known.items() if count >= 100}

    assert not demo.held & demo.known
    assert all(0.08 <= share <= 0.12 for share in shares.values()), shares


def test_every_entity_keeps_a_fact(demo: Demo) -> None:
    told = {end for subject, _, object_ in demo.known for end in (subject, object_)}
    works = {
        fact["qualifiers"]["work"]["ids"]["wikidata"]
        for *_, fact in _all_facts(demo)
        if "work" in fact.get("qualifiers", {})
    }

    assert demo.entities.keys() <= told | works


def test_texts_and_gold_hold_together(demo: Demo) -> None:
    assert list(problems(demo)) == []


def test_texts_state_enough_of_every_kind(demo: Demo) -> None:
    stated = Counter(
        row["origin"] for row in demo.gold if row["truth"] and row["modality"] == "asserted" and not row.get("implied")
    )
    planted = [row for row in demo.gold if row["origin"] == "planted"]

    assert len(demo.texts) >= 90
    assert stated["heldout"] >= 120
    assert stated["new"] >= 40
    assert len(planted) >= 24
    assert len({row["document"] for row in planted}) >= 18
    assert sum(row["modality"] != "asserted" for row in demo.gold) >= 20


def test_some_planted_claims_only_the_graph_can_contradict(demo: Demo) -> None:
    planted = [row for row in demo.gold if row["origin"] == "planted"]

    refusable = [row for row in planted if refused(row, demo)]

    assert len(refusable) >= 10
    assert len(planted) - len(refusable) >= 10


def test_a_wrong_gold_row_is_found(demo: Demo) -> None:
    wrong = dict(demo.gold[0], origin="planted")

    found = list(problems(Demo(demo.entities, demo.known, demo.held, demo.texts, [*demo.gold, wrong])))

    assert any("planted" in problem for problem in found)


@pytest.mark.skipif(
    not (SOURCE / "fb15k237").exists(), reason="FB15k-237 and the Oscars table are not in ../shared/data"
)
def test_the_script_remakes_the_bundled_records(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "make_demo_records.py"

    subprocess.run([sys.executable, script, "--data", SOURCE, "--out", tmp_path], check=True, capture_output=True)

    for name in ("records.jsonl.gz", "heldout.jsonl.gz"):
        assert gzip.decompress((tmp_path / name).read_bytes()) == gzip.decompress((DEMO / name).read_bytes())
