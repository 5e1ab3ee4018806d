"""The large real runs, by the ordinary commands: all of TMDB, the Oscars and the Wikipedia openings.

    python scripts/bench_real.py --data ../shared/data [--store neo4j://neo4j@127.0.0.1:7687] [--texts 34532]

Each command runs in a process of its own on an empty home; its seconds by step and its peak memory are kept,
beside what reading and writing the same rows costs bare. Ends with a table in Markdown, for docs/benchmarks.md.
The password of Neo4j is read from MARQUEE_STORE_PASSWORD. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import bench_bare
import httpx

from marquee.schema.values import Source

MARQUEE = str(Path(sys.executable).parent / "marquee")
PORT = 8799
_TOML = """
[[source]]
name = "tmdb"
path = "{data}/tmdb/tmdb-movies.csv.gz"
format = "csv"
mapping = "tmdb"

[[source]]
name = "oscars"
path = "{data}/oscars/oscars.tsv.gz"
format = "csv"
mapping = "oscars"
"""
FILM = """
query ($id: ID!) {
  film(id: $id) {
    name popularity releaseDate { value }
    cast(first: 20) { edges { character probability node { name } } }
    director(first: 5) { edges { probability node { name } } }
    writer(first: 5) { edges { probability node { name } } }
    producer(first: 5) { edges { probability node { name } } }
    productionCompany(first: 10) { edges { probability node { name } } }
  }
}
"""


@dataclass(slots=True)
class Step:
    """One command: its wall seconds, peak memory in MB, and what it printed as JSON."""

    name: str
    seconds: float
    memory: float = 0.0
    said: dict[str, Any] = field(default_factory=dict)


def main() -> None:
    """Runs all steps and prints the table."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        steps = list(_steps(asked, Path(folder)))
    print(table(steps))
    if asked.json:
        asked.json.write_text(json.dumps([vars_of(step) for step in steps], indent=1), encoding="utf-8")


def table(steps: list[Step]) -> str:
    """The steps as a table in Markdown, counts and the slowest parts beside them."""
    lines = ["| step | seconds | peak memory | counts | seconds by part |", "| --- | ---: | ---: | --- | --- |"]
    for step in steps:
        memory = f"{step.memory:,.0f} MB" if step.memory else ""
        counts = _listed(step.said.get("counts", {}))
        parts = _listed(step.said.get("seconds", {}))
        lines.append(f"| {step.name} | {step.seconds:,.1f} | {memory} | {counts} | {parts} |")
    return "\n".join(lines)


def vars_of(step: Step) -> dict[str, Any]:
    """For --json."""
    return {"name": step.name, "seconds": step.seconds, "memory_mb": step.memory, "said": step.said}


def _steps(asked: argparse.Namespace, folder: Path) -> Iterator[Step]:
    (folder / "marquee.toml").write_text(_TOML.format(data=asked.data.resolve()), encoding="utf-8")
    texts = _texts(asked.data / "wikipedia_movies", folder / "openings.jsonl", asked.texts)
    yield from _bare(asked, folder)
    run = _Runner(folder, asked.store)
    yield run("TMDB and Oscars", "refresh")
    yield run("again, unchanged", "refresh")
    yield run("train, fast tier", "train", "links")
    yield run(f"{texts:,} openings", "ingest", "openings.jsonl", "--reliability", "0.9")
    yield run("judge what is pending", "judge")
    yield from _pages(run, asked.pages)


def _bare(asked: argparse.Namespace, folder: Path) -> Iterator[Step]:
    data = asked.data
    sources = (
        Source("tmdb", str(data / "tmdb" / "tmdb-movies.csv.gz"), "csv", mapping="tmdb"),
        Source("oscars", str(data / "oscars" / "oscars.tsv.gz"), "csv", mapping="oscars"),
    )
    rows, seconds = bench_bare.parse(sources)
    yield Step("bare: reading and mapping the same rows", seconds, said={"counts": {"claims": len(rows)}})
    if asked.store.startswith("neo4j"):
        address, user = _address(asked.store)
        password = os.environ.get("MARQUEE_STORE_PASSWORD", "")
        yield Step("bare: Cypher inserts of the same rows", bench_bare.cypher(rows, address, user, password))
    else:
        yield Step("bare: sqlite3 inserts of the same rows", bench_bare.sqlite(rows, folder))


def _address(store: str) -> tuple[str, str]:
    scheme, _, rest = store.partition("://")
    user, _, host = rest.rpartition("@")
    return f"{scheme}://{host}", user or "neo4j"


class _Runner:
    """Runs the verbs of the command line in one folder on one store."""

    def __init__(self, folder: Path, store: str) -> None:
        self.folder = folder
        self.env = {**os.environ, "MARQUEE_HOME": str(folder / "home")} | ({"MARQUEE_STORE": store} if store else {})

    def __call__(self, name: str, *verb: str) -> Step:
        print(f"{name} ...", file=sys.stderr, flush=True)
        start = time.perf_counter()
        with (self.folder / "out").open("w+", encoding="utf-8") as out:
            process = self.start(*verb, "--json", stdout=out)
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            lines = out.read().strip().splitlines()
        said = json.loads(lines[-1]) if lines else {}
        if process.returncode == 2:
            sys.exit(f"{' '.join(verb)}: {said}")
        return Step(name, seconds, used.ru_maxrss / 1024, said)

    def start(self, *verb: str, stdout: Any = None) -> subprocess.Popen[bytes]:
        """A verb in a process of its own."""
        return subprocess.Popen(
            [MARQUEE, *verb], cwd=self.folder, env=self.env, stdout=stdout, stderr=subprocess.DEVNULL
        )


def _pages(run: _Runner, count: int) -> Iterator[Step]:
    """Milliseconds of film pages by GraphQL, each another film, over one warm connection."""
    server = run.start("serve", "--port", str(PORT), stdout=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
            _wait(client)
            films = _films(client, count + 20)
            times = [_timed(client, film) for film in films][20:]
    finally:
        server.terminate()
        server.wait(20)
    p95 = quantiles(times, n=20)[-1]
    yield Step(
        f"{len(times)} film pages by GraphQL",
        sum(times) / 1000,
        said={"seconds": {}, "counts": {"median ms": round(median(times), 1), "p95 ms": round(p95, 1)}},
    )


def _wait(client: httpx.Client) -> None:
    for _ in range(300):
        try:
            client.get("/health").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not come up.")


def _films(client: httpx.Client, count: int) -> list[str]:
    query = """query ($after: String) { level(level: WORK) { entities(kinds: [FILM], first: 100, after: $after) {
        pageInfo { endCursor hasNextPage } edges { node { id } } } } }"""
    found: list[str] = []
    after = None
    while len(found) < count:
        page = client.post("/graphql", json={"query": query, "variables": {"after": after}}).json()["data"]["level"]
        found += [edge["node"]["id"] for edge in page["entities"]["edges"]]
        after = page["entities"]["pageInfo"]["endCursor"]
        if not page["entities"]["pageInfo"]["hasNextPage"]:
            break
    return found[:count]


def _timed(client: httpx.Client, film: str) -> float:
    start = time.perf_counter()
    answer = client.post("/graphql", json={"query": FILM, "variables": {"id": film}}).json()
    if "errors" in answer:
        sys.exit(str(answer["errors"]))
    return 1000 * (time.perf_counter() - start)


def _texts(source: Path, out: Path, count: int) -> int:
    """The openings of the articles as JSON Lines; how many there are."""
    rows = islice((row for file in sorted(source.glob("*.json.gz")) for row in _openings(file)), count)
    with out.open("w", encoding="utf-8") as lines:
        written = [lines.write(json.dumps(row, ensure_ascii=False) + "\n") for row in rows]
    return len(written)


def _openings(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as text:
        for number, film in enumerate(json.load(text)):
            if film.get("extract"):
                yield {"id": f"{file.name.removesuffix('.json.gz')}-{number}", "text": film["extract"]}


def _listed(values: dict[str, Any]) -> str:
    shown = {name: value for name, value in values.items() if isinstance(value, int | float) and value}
    return ", ".join(f"{name} {value:,}" for name, value in shown.items())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--store", default="", help="URL of a store; default: an SQLite file of its own")
    parser.add_argument("--texts", type=int, default=100_000, help="at most so many openings")
    parser.add_argument("--pages", type=int, default=200, help="film pages to time")
    parser.add_argument("--json", type=Path, help="file for the figures as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
