"""How well the judge finds accepted facts that are wrong: some of a demo's are made so, then all are judged.

    MARQUEE_HOME=/tmp/home marquee demo --no-serve
    python -m scripts.bench_doubt /tmp/home [--share 0.03] [--seeds 1 2 3] [--tier fast] [--json]

Of the accepted facts between entities a share, drawn at random, has one end put in the place of another: an
entity of the same kind that stands at this end of the same relation elsewhere, with no fact of the graph made
anew. The model is trained on the graph with these faults in it and knows nothing of them; then every fact is
judged as after any training (`api/doubting.py`): without its own edge and the vectors that learned it. A wrong
fact keeps the support of the fact it was made from, so that its sources do not give it away.

For each seed, over the facts that the graph has a say in: AUROC, the chance that a wrong fact is judged less
likely than a right one; average precision of the list with the least likely first, beside the share of wrong ones
(what a list in any order would have); and the share of wrong ones among the first hundred. The home is only read.
"""

from __future__ import annotations

import argparse
import json
import sys
from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from marquee.gnn import triples
from marquee.gnn.judge import judge
from marquee.gnn.reliability import auroc
from marquee.gnn.train import train
from marquee.gnn.triples import Bools, Graph, Ints
from marquee.graph.open import open_store
from marquee.schema.errors import InputError, MarqueeError
from marquee.schema.snapshot import Snapshot

COLUMNS = ("status", "support")
_FIRST = 100
_TRIES = 20  # draws of another end for a fact; one that finds none in so many stays as it is


@dataclass(frozen=True, slots=True)
class Found:
    """One seed: facts judged with the graph, wrong ones among them, and how well these were told."""

    seed: int
    facts: int
    wrong: int
    base: float
    auroc: float
    average_precision: float
    first_hundred: float


def corrupted(snapshot: Snapshot, share: float, seed: int) -> tuple[Snapshot, Bools]:
    """The snapshot with some of its accepted facts made wrong, and which rows (S,) these are."""
    rng = np.random.default_rng(seed)
    facts = triples.triples_of(snapshot, np.ones(len(snapshot), dtype=np.bool_))
    firm = np.flatnonzero(triples.accepted(snapshot))
    known = Graph(facts[firm], len(snapshot.entities), len(snapshot.relations))
    kinds = np.asarray(snapshot.kinds, dtype=np.int64)
    wrong = np.zeros(len(snapshot), dtype=np.bool_)
    for row in rng.choice(firm, round(share * len(firm)), replace=False):
        made = _other(facts, firm[facts[firm, 1] == facts[row, 1]], int(row), known, kinds, rng)
        if made is not None:
            facts[row], wrong[row] = made, True
    head, _, tail = facts.T
    return replace(snapshot, head=array("i", head.tolist()), tail=array("i", tail.tolist())), wrong


def measure(snapshot: Snapshot, share: float, seed: int, tier: str) -> Found:
    """Makes facts wrong, trains on the whole, judges all of it."""
    spoilt, wrong = corrupted(snapshot, share, seed)
    model = train(spoilt, tier, seed)
    rows = np.flatnonzero(triples.accepted(spoilt)).tolist()
    judged = [
        (one.probability, wrong[row])
        for row, one in zip(rows, judge(spoilt, model, rows, brief=True), strict=True)
        if one.grounded
    ]
    probability, label = np.array([p for p, _ in judged]), np.array([w for _, w in judged], dtype=np.int64)
    first = label[np.argsort(probability, kind="stable")][:_FIRST]
    return Found(
        seed,
        len(label),
        int(label.sum()),
        float(label.mean()),
        auroc(probability, 1 - label),
        float(average_precision_score(label, -probability)),
        float(first.mean()),
    )


def _other(facts: Ints, alike: Ints, row: int, known: Graph, kinds: Ints, rng: np.random.Generator) -> Ints | None:
    """The fact with another head or tail, taken from a fact `alike`; None where no draw gives an unknown one."""
    end = 2 * int(rng.integers(2))
    for other in rng.choice(alike, _TRIES):
        made: Ints = facts[row].copy()
        made[end] = facts[other, end]
        head, relation, tail = made[:, None]
        if kinds[made[end]] == kinds[facts[row, end]] and head != tail and not _known(known, head, relation, tail):
            return made
    return None


def _known(graph: Graph, head: Ints, relation: Ints, tail: Ints) -> bool:
    """Whether the fact stands in the graph, or the other way round, as symmetric ones may."""
    return bool(graph.has(head, relation, tail)[0] or graph.has(tail, relation, head)[0])


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the arguments, measures, prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("home", type=Path, help="the MARQUEE_HOME of a demo that is built, or its demo folder")
    parser.add_argument("--share", type=float, default=0.03, help="of the accepted facts, to be made wrong")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--tier", choices=("fast", "full"), default="fast")
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    asked = parser.parse_args(arguments)
    try:
        snapshot = _snapshot(asked.home)
        print(f"| seed | {' | '.join(_HEADS)} |\n| ---: |{' ---: |' * len(_HEADS)}", flush=True)
        found = [_shown(measure(snapshot, asked.share, seed, asked.tier)) for seed in asked.seeds]
    except MarqueeError as error:
        sys.exit(f"error: {error}")
    if asked.json:
        print(json.dumps({"seeds": [asdict(one) for one in found]}))


_HEADS = ("facts", "wrong", "base rate", "AUROC", "average precision", "wrong among the first 100")


def _shown(one: Found) -> Found:
    shares = f"{one.base:.3f} | {one.auroc:.3f} | {one.average_precision:.3f} | {one.first_hundred:.0%}"
    print(f"| {one.seed} | {one.facts:,} | {one.wrong:,} | {shares} |", flush=True)
    return one


def _snapshot(home: Path) -> Snapshot:
    demo = home / "demo" if (home / "demo").is_dir() else home
    if not (demo / "marquee.db").exists():
        mend = "Build one: MARQUEE_HOME=… marquee demo --no-serve"
        raise InputError("there is no demo here.", where=str(home), mend=mend)
    store = open_store(str(demo / "marquee.db"), make=False)
    try:
        return store.snapshot(COLUMNS)
    finally:
        store.close()


if __name__ == "__main__":
    main()
