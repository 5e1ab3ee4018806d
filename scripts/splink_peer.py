"""Splink on two tables, set up as its own guide recommends; run by scripts/bench_matching.py with a Python that has it.

    PYTHON -m scripts.splink_peer LEFT.csv RIGHT.csv OUT.json

Each table: id, kind, name, year, season, episode, runtime. Prints nothing; writes pairs with probability and seconds.
Steps of the guide (splink's tutorials 3 to 5): the share of matches by deterministic rules, u by random sampling, m
by expectation maximisation under two blocking rules, term-frequency adjustment of names, prediction.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as table
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI

COLUMNS = ["name", "year", "season", "episode", "runtime"]


def main(left: str, right: str, out: str) -> None:
    """Links the tables and writes what it found."""
    tables = [read(path) for path in (left, right)]
    started = time.perf_counter()
    api = DuckDBAPI()
    sides = [api.register(side, dataset_display_name=name) for side, name in zip(tables, ("l", "r"), strict=True)]
    linker = Linker(sides, settings())
    train(linker)
    found = linker.inference.predict(threshold_match_probability=0.0).as_record_list()
    pairs = [[row["unique_id_l"], row["unique_id_r"], row["match_probability"]] for row in found]
    body = {
        "seconds": time.perf_counter() - started,
        "compared": len(pairs),
        "pairs": [p for p in pairs if p[2] > 0.01],
    }
    Path(out).write_text(json.dumps(body), encoding="utf-8")


def read(path: str) -> pa.Table:
    """A table of texts, empty cells unknown, with the id as a number."""
    columns = ["kind", *COLUMNS]
    types = {name: pa.string() for name in columns} | {"id": pa.int64()}
    options = table.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True)
    return table.read_csv(path, convert_options=options).rename_columns(["unique_id", *columns])


def settings() -> SettingsCreator:
    """Names with term frequencies, the others by equality; blocked by name, by its beginning, by what else agrees."""
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("name").configure(term_frequency_adjustments=True),
            *(cl.ExactMatch(column) for column in COLUMNS[1:]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("name"),
            block_on("kind", "substr(name, 1, 6)"),
            block_on("year", "season", "episode"),
            block_on("year", "runtime"),
        ],
    )


def train(linker: Linker) -> None:
    """The training of the guide."""
    rules = [block_on("name", "year"), block_on("name", "kind")]
    linker.training.estimate_probability_two_random_records_match(rules, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e8)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("year", "season", "episode"))


if __name__ == "__main__":
    main(*sys.argv[1:])
