"""The large real runs, by the ordinary commands: all of TMDB, the Oscars and the openings of Wikipedia's articles.

    python -m scripts.bench_real [--store sqlite] [--store neo4j] [--texts 60] [--only texts query]
                                 [--keep FOLDER] [--json FILE] [--write docs/benchmarks.md]

Each step (`scripts/bench_steps.py`) is a command in a process of its own on an empty home: records, the same again,
texts, training, judging, film pages; before them the same rows bare (`scripts/bench_bare.py`). Its seconds and its
peak memory are kept, that of the processes it started with it. A step that fails ends the run, with its reason.

A store is `sqlite`, the URL of an empty Neo4j, whose password is read from MARQUEE_STORE_PASSWORD, or the word
`neo4j`: then the tests' server is started in a temporary folder, and ended. --keep leaves the homes in FOLDER, one
for each store, so that a later run can take up single steps (--only) or samples can be drawn; --json keeps the
figures, and steps that a run leaves out keep those that the file holds. The tables are printed in Markdown;
--write puts them into a page between two markers. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from scripts.bench_steps import STEPS, Bench, StepFailed
from scripts.bench_table import report, write

from marquee.graph.open import open_store
from marquee.schema.errors import InputError, MarqueeError

Figures = dict[str, list[dict[str, Any]]]  # steps by the store's name
# A page that takes long is to be measured, not refused.
_TOML = """
[serve]
deadline = 60

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


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the steps over each store; prints, keeps and writes the tables."""
    asked = _parser().parse_args(arguments)
    try:
        with _folder(asked.keep) as folder:
            figures = _known(asked.json)
            for store in asked.store or ["sqlite"]:
                _measure(asked, store, folder, figures)
        text = report(figures)
        print(text)
        if asked.write:
            write(text, asked.write)
    except MarqueeError as error:
        sys.exit(f"error: {error}")


def _measure(asked: argparse.Namespace, store: str, folder: Path, figures: Figures) -> None:
    """Runs the steps over one store; the figures are kept after each."""
    name = "SQLite" if store == "sqlite" else "Neo4j"
    home = folder / name.lower()
    home.mkdir(parents=True, exist_ok=True)
    print(f"{name}: {prepare(asked.data, home, asked.texts):,} texts", file=sys.stderr, flush=True)
    with _bench(asked, store, home) as bench:
        if not asked.only:
            _empty(bench)
        for step in (step for step in STEPS if not asked.only or step in asked.only):
            done = STEPS[step](bench).as_dict()
            others = [other for other in figures.get(name, []) if other["name"] != step]
            figures[name] = sorted([*others, done], key=lambda one: list(STEPS).index(one["name"]))
            if asked.json:
                asked.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def prepare(data: Path, folder: Path, texts: int) -> int:
    """Writes marquee.toml and openings.jsonl into a folder; how many texts there are.

    Raises InputError where the data are missing.
    """
    wanted = [data / "tmdb" / "tmdb-movies.csv.gz", data / "oscars" / "oscars.tsv.gz", data / "wikipedia_movies"]
    for path in wanted:
        if not path.exists():
            raise InputError("is missing.", where=str(path), mend="Name the folder of the data: --data FOLDER")
    (folder / "marquee.toml").write_text(_TOML.format(data=data.resolve().as_posix()), encoding="utf-8")
    openings = (row for file in sorted(wanted[2].glob("*.json.gz")) for row in _openings(file))
    with (folder / "openings.jsonl").open("w", encoding="utf-8") as lines:
        return sum(bool(lines.write(json.dumps(row, ensure_ascii=False) + "\n")) for row in islice(openings, texts))


def _openings(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as text:
        for number, film in enumerate(json.load(text)):
            if film.get("extract"):
                yield {"id": f"{file.name.removesuffix('.json.gz')}-{number}", "text": film["extract"]}


@contextmanager
def _bench(asked: argparse.Namespace, store: str, folder: Path) -> Iterator[Bench]:
    """The bench of a store, its server started where the store is the word `neo4j`."""
    if store == "sqlite":
        yield Bench(folder, pages=asked.pages, warming=asked.warming)
    elif store == "neo4j":
        from tests.neo4j import server as tests_server

        if reason := tests_server.missing():
            raise StepFailed(reason)
        server = tests_server.fresh(lasting=True)
        server.start()
        try:
            pid = server.process.pid if server.process else 0
            yield Bench(folder, server.url, tests_server.PASSWORD, pid, asked.pages, asked.warming)
        finally:
            server.stop()
    else:
        password = os.environ.get("MARQUEE_STORE_PASSWORD", "")
        yield Bench(folder, store, password, pages=asked.pages, warming=asked.warming)


def _empty(bench: Bench) -> None:
    """Raises InputError where the store holds something: the run would neither be itself nor leave it alone."""
    url = bench.store or str(bench.home / "marquee.db")
    if not bench.store and not Path(url).exists():
        return
    store = open_store(url, bench.password, make=False)
    try:
        if store.status().entities:
            mend = "Name an empty one, another folder to --keep, or single steps with --only."
            raise InputError("holds entities already.", where=url, mend=mend)
    finally:
        store.close()


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="marquee-bench-") as folder:
            yield Path(folder)


def _known(path: Path | None) -> Figures:
    """The figures that a file holds already. Raises InputError where it holds something else."""
    if path is None or not path.exists():
        return {}
    try:
        return {str(store): [dict(step) for step in steps] for store, steps in json.loads(path.read_text()).items()}
    except (ValueError, TypeError, AttributeError):
        raise InputError("holds no figures.", where=str(path), mend="Name another file: --json FILE") from None


def _store(text: str) -> str:
    if text in ("sqlite", "neo4j") or re.match(r"(neo4j|bolt)(\+s|\+ssc)?://", text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no store: write sqlite, neo4j or neo4j://user@host:7687.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="folder with tmdb, oscars, wikipedia_movies"
    )
    parser.add_argument("--store", type=_store, action="append", help="sqlite, neo4j or a URL; may be given again")
    parser.add_argument("--texts", type=int, default=100_000, metavar="N", help="at most so many openings")
    parser.add_argument("--pages", type=int, default=200, metavar="N", help="film pages to time")
    parser.add_argument("--warming", type=float, default=10, metavar="S", help="seconds of pages that do not count")
    parser.add_argument("--only", nargs="+", choices=tuple(STEPS), metavar="STEP", help=f"of {', '.join(STEPS)}")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the homes are left")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures are kept")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="page whose tables are remade")
    return parser


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what was started is ended
    main()
