"""Bare baselines of the real runs: what reading and writing the same rows costs without a knowledge graph.

    python -m scripts.bench_bare marquee.toml openings.jsonl [--store neo4j://neo4j@127.0.0.1:7687]

Reads the rows of the sources that the settings name and of a file of texts, makes claims of them, and writes one
plain row for each claim: into one indexed SQLite table of a new file, or as nodes and edges of Neo4j, which are
removed again. Nothing is resolved, checked, weighed or judged. Prints one JSON object: counts, and seconds by part.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from marquee.api.settings import load
from marquee.extraction import readers, records
from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.texts import TextExtractor
from marquee.schema.kinds import Kind
from marquee.schema.values import Claim, Document, Name, Record, Source

T = TypeVar("T")
NOW = "2026-01-01T00:00:00Z"
Row = tuple[str, str, str, str, int]  # subject, relation, object, source, line or place
_BATCH = 10_000


class Parts:
    """Seconds by part."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Times what is done inside."""
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


def baseline(sources: Sequence[Source], texts: Source, store: str, password: str) -> dict[str, Mapping[str, float]]:
    """Counts and seconds by part of reading records and texts and writing their claims as plain rows."""
    parts = Parts()
    with parts.part("read rows"):
        found = [item for source in sources for item in readers.read(source, NOW) if isinstance(item, Record)]
    with parts.part("map rows"):
        claims = [claim for record in found for claim in records.extract(record, NOW).claims]
    with parts.part("read texts"):
        documents = [item for item in readers.read(texts, NOW) if isinstance(item, Document)]
    with parts.part("claims of texts"):
        extractor = TextExtractor(Gazetteer.build(_names(claims)))
        claims += [claim for extraction in extractor.pipe(documents, NOW) for claim in extraction.claims]
    rows = [_row(claim) for claim in claims]
    if store:
        parts.seconds["insert with Cypher"] = cypher(rows, store, password)
    else:
        with parts.part("insert with sqlite3"):
            sqlite(rows)
    counts = {"records": len(found), "documents": len(documents), "claims": len(rows)}
    return {"counts": counts, "seconds": parts.seconds}


def sqlite(rows: Iterable[Row]) -> None:
    """Writes the rows into one indexed table of a new file, in one transaction."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "bare.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            connection.execute("CREATE TABLE fact (subject, relation, object, source, row)")
            connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute("CREATE INDEX by_subject ON fact (subject, relation)")
            connection.execute("CREATE INDEX by_object ON fact (object, relation)")


def cypher(rows: Sequence[Row], store: str, password: str) -> float:
    """Seconds to write the rows as nodes and edges of their own label, 10,000 a transaction; then they are removed."""
    from neo4j import GraphDatabase

    scheme, _, rest = store.partition("://")
    user, _, host = rest.rpartition("@")
    auth = (user or "neo4j", password)
    with GraphDatabase.driver(f"{scheme}://{host}", auth=auth) as driver, driver.session() as session:

        def ask(query: str, **given: object) -> None:
            session.run(query, given).consume()

        ask("CREATE CONSTRAINT bare IF NOT EXISTS FOR (n:Bare) REQUIRE n.name IS UNIQUE")
        start = time.perf_counter()
        try:
            for names in _batches(sorted({end for row in rows for end in (row[0], row[2])})):
                ask("UNWIND $names AS name CREATE (:Bare {name: name})", names=names)
            for some in _batches(rows):
                ask(_EDGES, rows=[list(row) for row in some])
            return time.perf_counter() - start
        finally:
            ask("MATCH (n:Bare) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
            ask("DROP CONSTRAINT bare")


_EDGES = (
    "UNWIND $rows AS row MATCH (a:Bare {name: row[0]}), (b:Bare {name: row[2]})"
    " CREATE (a)-[:BARE {relation: row[1], source: row[3], row: row[4]}]->(b)"
)


def _names(claims: Iterable[Claim]) -> Iterator[tuple[str, Kind, str]]:
    """The names of records as a gazetteer takes them, each its own bearer."""
    ends = {end: None for claim in claims for end in (claim.subject, claim.object) if isinstance(end, Name)}
    return ((end.text, end.kind, end.text) for end in ends if end.kind)


def _row(claim: Claim) -> Row:
    object_ = claim.object.text if isinstance(claim.object, Name) else str(claim.object)
    place = claim.evidence.locator
    return claim.subject.text, claim.relation, object_, claim.evidence.source, place.row or (place.span or (0,))[0]


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("config", type=Path, help="a marquee.toml whose sources are read")
    parser.add_argument("texts", type=Path, help="a file of texts")
    parser.add_argument("--store", default="", help="URL of a Neo4j; default: an SQLite file")
    asked = parser.parse_args()
    texts = Source("openings", str(asked.texts), "text")
    password = os.environ.get("MARQUEE_STORE_PASSWORD", "")
    print(json.dumps(baseline(load(asked.config).sources, texts, asked.store, password)))


if __name__ == "__main__":
    main()
