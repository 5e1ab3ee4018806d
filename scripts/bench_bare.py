"""Bare baselines of the real runs: what reading and writing the same rows costs without a knowledge graph."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from marquee.extraction import readers, records
from marquee.schema.values import Name, Record, Source

NOW = "2026-01-01T00:00:00Z"
Row = tuple[str, str, str, str, int]  # subject, relation, object, source, row
_BATCH = 10_000


def parse(sources: Iterable[Source]) -> tuple[list[Row], float]:
    """Every claim of the records as a flat row, and the seconds it took to read and map them."""
    start = time.perf_counter()
    rows = [row for source in sources for row in _rows(source)]
    return rows, time.perf_counter() - start


def sqlite(rows: list[Row], folder: Path) -> float:
    """Seconds to write the rows into one indexed table of a new file, in one transaction."""
    start = time.perf_counter()
    with sqlite3.connect(folder / "bare.db") as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE fact (subject, relation, object, source, row)")
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", rows)
        connection.execute("CREATE INDEX by_subject ON fact (subject, relation)")
        connection.execute("CREATE INDEX by_object ON fact (object, relation)")
    connection.close()
    return time.perf_counter() - start


def cypher(rows: list[Row], uri: str, user: str, password: str) -> float:
    """Seconds to write the rows as nodes and edges of their own label, 10,000 a transaction; then they are removed."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(uri, auth=(user, password)) as driver, driver.session() as session:

        def ask(query: str, **given: object) -> None:
            session.run(query, given).consume()

        ask("CREATE CONSTRAINT bare IF NOT EXISTS FOR (n:Bare) REQUIRE n.name IS UNIQUE")
        start = time.perf_counter()
        for batch in _batches(sorted({end for row in rows for end in (row[0], row[2])})):
            ask("UNWIND $names AS name CREATE (:Bare {name: name})", names=batch)
        for some in _batches(rows):
            ask(_EDGES, rows=[list(row) for row in some])
        seconds = time.perf_counter() - start
        ask("MATCH (n:Bare) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
        ask("DROP CONSTRAINT bare")
    return seconds


_EDGES = (
    "UNWIND $rows AS row MATCH (a:Bare {name: row[0]}), (b:Bare {name: row[2]})"
    " CREATE (a)-[:BARE {relation: row[1], source: row[3], row: row[4]}]->(b)"
)


def _rows(source: Source) -> Iterator[Row]:
    for item in readers.read(source, NOW):
        if isinstance(item, Record):
            for claim in records.extract(item, NOW).claims:
                object_ = claim.object.text if isinstance(claim.object, Name) else str(claim.object)
                yield claim.subject.text, claim.relation, object_, source.name, claim.evidence.locator.row or 0


def _batches(items: Iterable[object]) -> Iterator[list[object]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch
