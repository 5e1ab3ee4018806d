"""The matching of records, measured on real sources, and Splink beside it in the same run.

    python -m scripts.bench_matching ../shared/data [--splink PYTHON] [--seeds 5] [--only folders|films]

PYTHON is one that has splink installed, which is no part of Marquee. Prints Markdown tables: for each folder of
`entity_resolution` no labels, 200 labels over several seeds, and what was learned on the other folder; then the films
of the TMDB export against those of the Oscars table, whose IMDb ids are hidden and serve as gold.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from marquee.graph.match_tables import Folder, Pair, read_folder, table
from marquee.graph.matching import Matching, match
from marquee.graph.matching_cluster import one_to_one
from marquee.graph.matching_labels import Labels
from marquee.graph.matching_measure import Score, score
from marquee.schema.text import fold

FOLDERS = ("imdb_tmdb", "imdb_tvdb")
LABELS = 200
PEER_HEADER = ("id", "kind", "name", "year", "season", "episode", "runtime")
PEER_COLUMNS = (("seasonNumber",), ("episodeNumber",), ("runtimeMinutes", "runtime"))


@dataclass(frozen=True, slots=True)
class Timed:
    """A matching with its score, wall and processor seconds."""

    found: Matching
    score: Score
    wall: float
    busy: float


def measured(folder: Folder, known: Collection[Pair] = (), labels: Labels | None = None, seed: int = 0) -> Timed:
    """Matches a folder and scores what was not learned from."""
    wall, busy = time.perf_counter(), time.process_time()
    found = match(folder.left, folder.right, known=known, labels=labels, seed=seed)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    pairs = {(one.left, one.right) for one in found.matches} - set(known)
    return Timed(found, score(pairs, set(folder.gold) - set(known)), wall, busy)


def folder_rows(data: Path, seeds: int, splink: str) -> Iterator[Sequence[str]]:
    """A row of the table for each folder and way of learning."""
    folders = {name: read_folder(data / "entity_resolution" / name) for name in FOLDERS}
    taught = {name: measured(folder, folder.gold).found.labels for name, folder in folders.items()}
    for name, folder in folders.items():
        yield row(name, "no labels", [measured(folder)])
        drawn = [random.Random(seed).sample(sorted(folder.gold), LABELS) for seed in range(seeds)]
        if drawn:
            yield row(name, f"{LABELS} labels", [measured(folder, known, seed=s) for s, known in enumerate(drawn)])
        (other,) = (one for one in FOLDERS if one != name)
        yield row(name, f"learned on {other}", [measured(folder, labels=taught[other])])
        if splink:
            yield from peer_rows(name, data / "entity_resolution" / name, folder, splink)


def row(name: str, way: str, runs: Sequence[Timed]) -> Sequence[str]:
    """One row; of several runs the mean, and the spread of F1."""
    f1 = [run.score.f1 for run in runs]
    low, high = (min(f1), max(f1)) if len(f1) > 1 else runs[0].score.interval
    mean = statistics.fmean
    return (
        name,
        way,
        *(f"{mean(values):.3f}" for values in ([r.score.precision for r in runs], [r.score.recall for r in runs], f1)),
        f"{low:.3f} to {high:.3f}",
        f"{mean([run.wall for run in runs]):.1f}",
        f"{mean([run.busy for run in runs]):.1f}",
        f"{runs[0].found.compared:,}",
    )


# --- splink --------------------------------------------------------------------------------------


def peer_rows(name: str, path: Path, folder: Folder, python: str) -> Iterator[Sequence[str]]:
    """Splink's figures: at even odds, and at the threshold that suits the gold best, one partner each."""
    with tempfile.TemporaryDirectory() as place:
        files = [peer_table(path / side, Path(place)) for side in (folder.left.name, folder.right.name)]
        out = Path(place) / "out.json"
        command = [python, "-m", "scripts.splink_peer", *map(str, files), str(out)]
        subprocess.run(command, check=True, capture_output=True)
        body = json.loads(out.read_text(encoding="utf-8"))
    likely = {(a, b): share for a, b, share in body["pairs"]}
    best = one_to_one(likely)
    cuts = {share: [pair for pair in best if likely[pair] >= share] for share in sorted({*likely.values()})}
    even = [pair for pair in best if likely[pair] >= 0.5]
    ideal = max(cuts.values(), key=lambda pairs: plain_f1(pairs, folder.gold))
    for way, pairs in (("splink, at .5", even), ("splink, best threshold by gold", ideal)):
        found = score(pairs, folder.gold)
        figures = (f"{found.precision:.3f}", f"{found.recall:.3f}", f"{found.f1:.3f}")
        spread = f"{found.interval[0]:.3f} to {found.interval[1]:.3f}"
        yield name, way, *figures, spread, f"{body['seconds']:.1f}", "", f"{body['compared']:,}"


def plain_f1(found: Collection[Pair], gold: Collection[Pair]) -> float:
    """F1 alone."""
    return 2 * len(set(found) & set(gold)) / max(1, len(found) + len(gold))


def peer_table(source: Path, place: Path) -> Path:
    """A table as Splink wants it: the same columns on both sides, names folded."""
    with source.open(encoding="utf-8", newline="") as file:
        records = [{c.rsplit("/", 1)[-1]: v for c, v in r.items()} for r in csv.DictReader(file, delimiter="|")]
    target = place / source.name
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PEER_HEADER)
        for number, one in enumerate(records):
            year = (one.get("startYear") or one.get("releaseDate") or "")[:4]
            rest = [next((one[c] for c in columns if one.get(c)), "") for columns in PEER_COLUMNS]
            kind = "work" if one["title"] else "person"
            writer.writerow([number, kind, fold(one["title"] or one["name"]), year, *rest])
    return target


# --- films of two sources ------------------------------------------------------------------------


def films(data: Path) -> tuple[Folder, list[Pair]]:
    """TMDB's films and the Oscars' with year and people, the pairs that share an IMDb id, ids hidden."""
    mine = [
        (r["imdb_id"], [r["original_title"], r["release_year"], f"{r['cast']}|{r['director']}"]) for r in tmdb(data)
    ]
    theirs = list(oscars(data).items())
    header = ("title", "year", "people")
    left = table("tmdb", header, [cells for _, cells in mine])
    right = table("oscars", header, [cells for _, cells in theirs])
    places = {key: place for place, (key, _) in enumerate(theirs)}
    gold = tuple((place, places[key]) for place, (key, _) in enumerate(mine) if key in places)
    return Folder(left, right, gold), [(place, -1) for place, (key, _) in enumerate(mine) if not key]


def tmdb(data: Path) -> list[dict[str, str]]:
    """The rows of the export, each film once."""
    with gzip.open(data / "tmdb" / "tmdb-movies.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list({row["id"]: row for row in csv.DictReader(file)}.values())


def oscars(data: Path) -> dict[str, list[str]]:
    """By film id its title, the year it was nominated for, and whom it was nominated for."""
    found: dict[str, list[str]] = {}
    for one in oscar_rows(data):
        for key, title in zip(one["FilmId"].split("|"), one["Film"].split("|"), strict=False):
            if key.startswith("tt"):
                entry = found.setdefault(key, [title, one["Year"][:4], ""])
                entry[2] = "|".join(filter(None, (entry[2], one["Nominees"])))
    return found


def oscar_rows(data: Path) -> Iterator[dict[str, str]]:
    """The nominations."""
    with gzip.open(data / "oscars" / "oscars.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def film_rows(data: Path) -> Iterator[Sequence[str]]:
    """Precision and recall of the films, as far as believed, and at a recall of .97."""
    folder, unknown = films(data)
    run = measured(folder)
    nameless = {place for place, _ in unknown}
    ranked = [(m.left, m.right) for m in run.found.matches if m.left not in nameless]
    yield film_row("all that are believed", ranked, folder, run)
    for count in range(1, len(ranked) + 1):
        if len(set(ranked[:count]) & set(folder.gold)) >= 0.97 * len(folder.gold):
            yield film_row("likeliest, to a recall of .97", ranked[:count], folder, run)
            return


def film_row(way: str, found: Sequence[Pair], folder: Folder, run: Timed) -> Sequence[str]:
    """One row."""
    got = score(found, folder.gold)
    low, high = wilson(len(set(found) & set(folder.gold)), len(found))
    figures = (f"{got.precision:.4f}", f"{low:.4f} to {high:.4f}", f"{got.recall:.4f}")
    return way, *figures, f"{len(folder.gold):,}", f"{run.wall:.1f}", f"{run.busy:.1f}", f"{run.found.compared:,}"


def wilson(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    share, span = hits / tries, 1 + z * z / tries
    middle = share + z * z / (2 * tries)
    spread = z * (share * (1 - share) / tries + z * z / (4 * tries * tries)) ** 0.5
    return (middle - spread) / span, (middle + spread) / span


def show(header: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """A Markdown table, row by row as they come."""
    print("| " + " | ".join(header) + " |\n|" + " --- |" * len(header), flush=True)
    for cells in rows:
        print("| " + " | ".join(cells) + " |", flush=True)
    print()


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--splink", default="", metavar="PYTHON")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", choices=("folders", "films"))
    asked = parser.parse_args()
    cost = ("seconds", "CPU seconds", "pairs compared")
    if asked.only != "films":
        header = ("folder", "learned from", "precision", "recall", "F1", "interval or spread", *cost)
        show(header, folder_rows(asked.data, asked.seeds, asked.splink))
    if asked.only != "folders":
        show(("films", "precision", "interval", "recall", "gold", *cost), film_rows(asked.data))


if __name__ == "__main__":
    main()
