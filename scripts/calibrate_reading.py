"""Fits the knots of `extraction/calibration.py`: how often a reading is right, by the score of its rule.

    python scripts/calibrate_reading.py --data ../shared/data     reads the texts again, then fits
    python scripts/calibrate_reading.py                           fits to the counts as they stand

The texts are ones that no rule was written for: the 141 documents on entertainment of Re-DocRED's dev split, and
the openings of 700 Wikipedia articles on films, drawn from those that the name recogniser did not learn from. They
are read with the names of the bundled records. A reading of Re-DocRED is judged where its relation is among the
gold's properties, its kinds are allowed and both its ends are gold mentions; a film opening's cast and genre
where the list of the film has them, its year where the list says the same. `reading/judged.tsv` holds what was
judged by eye: every reading of Re-DocRED that the gold does not have (42 of these 174 are right all the same), and a
sample of the openings' readings that the lists cannot tell, drawn by relation and family of rules, with the
number of readings that each stands for. What changed rules newly read counts as the gold says, or not at all.
`reading/counts.tsv` holds the weight of right and of wrong ones at each score, by source, so that the fit can be
remade without the texts.

Both sources count half. The share at a knot is that of the readings near it, weighed by a normal curve, with a
little weight on a prior; it never falls with the score. Of the maps tried in cross-validation by document
(none, logistic, isotonic, knots) this one was the best calibrated: see reading/README.md.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

from marquee.extraction.gazetteer import Gazetteer
from marquee.extraction.inventory import film_rows
from marquee.extraction.silver import detokenised, held_out, redocred_documents
from marquee.extraction.texts import TextExtractor
from marquee.schema.ids import document_id
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal
from marquee.schema.relations import RELATIONS
from marquee.schema.text import fold, title_key
from marquee.schema.values import Claim, Document, Modality, Name, Span

HERE = Path(__file__).parent / "reading"
RECORDS = Path(__file__).parent.parent / "api" / "demo" / "records.jsonl.gz"
KNOTS = (0.5, 0.7, 0.82, 0.86, 0.9, 0.94)
WIDTH = 0.02  # of the normal curve
PRIOR = (0.8, 0.5)  # a share, and how many readings it counts as
LAST = (1.0, 0.99)  # no rule is surer than .97
OPENINGS, SEED = 700, 7
# Properties of the gold beside the one in our table that say the same.
_ALSO = {
    "wrote": ("P50", "P170", "P676"), "acted_in": ("P725",), "parent": ("P22", "P25"), "country": ("P17",),
    "part_of": ("P179", "P527"),
}  # fmt: skip

Key = tuple[str, str, str, str]  # document, subject, relation, object


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading with its rule's score: whether it is right, and for how many it stands."""

    source: str
    score: float
    right: bool
    weight: float


def fitted(counts: Iterable[Judged]) -> tuple[tuple[float, float], ...]:
    """The knots, from (0, 0): (score, share right), three digits, rising."""
    all_ = list(counts)
    total = {source: sum(j.weight for j in all_ if j.source == source) for source in {j.source for j in all_}}
    least = min(total.values())
    knots, share = [(0.0, 0.0)], 0.0
    for knot in KNOTS:
        near = [(j.right, j.weight * least / total[j.source] * _bell(j.score - knot)) for j in all_]
        weight = sum(w for _, w in near)
        right = sum(w for is_right, w in near if is_right)
        share = max(share, (right + PRIOR[0] * PRIOR[1]) / (weight + PRIOR[1]))
        knots.append((knot, round(share, 3)))
    return (*knots, LAST)


def _bell(distance: float) -> float:
    return exp(-0.5 * (distance / WIDTH) ** 2)


def read_counts(path: Path = HERE / "counts.tsv") -> Iterator[Judged]:
    """The committed counts: at each score one right and one wrong reading, each with its weight."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for column in ("right", "wrong"):
                yield Judged(row["source"], float(row["score"]), column == "right", float(row[column]))


# --- reading and judging -------------------------------------------------------------------------


def judge(data: Path, hand: Mapping[Key, tuple[bool, float]]) -> Iterator[Judged]:
    """The judged readings of both sources, each at the score of its rule."""
    extractor = TextExtractor(Gazetteer.build(_names()), scored=lambda score: score)
    for name, document, told in [*_redocred(data), *_openings(data)]:
        for claim in extractor.extract(document, "2026-01-01T00:00:00Z").claims:
            if claim.modality is not Modality.ASSERTED or not _allowed(claim):
                continue
            right = told.says(claim)
            by_hand = hand.get((name, claim.subject.text, claim.relation, _text(claim.object)))
            if right is not True and by_hand:
                yield Judged(document.source, claim.evidence.score, *by_hand)
            elif right is not None:
                yield Judged(document.source, claim.evidence.score, right, 1.0)


def _names() -> Iterator[tuple[str, Kind, str]]:
    with gzip.open(RECORDS, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            row = json.loads(line)
            for name in (row["name"], *row.get("aliases", ())):
                yield name, Kind(row["kind"]), str(number)


def _allowed(claim: Claim) -> bool:
    """Whether the kinds that the text gives the ends are the relation's; else the graph refuses the claim."""
    row, object_ = RELATIONS[claim.relation], claim.object
    fits = not claim.subject.kind or claim.subject.kind in row.domain
    if isinstance(object_, Name) and object_.kind and row.tail_kinds:
        return fits and object_.kind in row.tail_kinds
    return fits


def _text(end: Name | Literal) -> str:
    return end.text if isinstance(end, Name) else end.value


class Gold:
    """What Re-DocRED says of one document."""

    def __init__(self, document: Mapping[str, Any], offsets: list[list[Span]], known: frozenset[str]) -> None:
        self._known = known
        self._facts = {(label["r"], frozenset((label["h"], label["t"]))) for label in document["labels"]}
        self._mentions = [
            (number, (row[mention["pos"][0]][0], row[mention["pos"][1] - 1][1]), mention["name"])
            for number, mentions in enumerate(document["vertexSet"])
            for mention in mentions
            for row in (offsets[mention["sent_id"]],)
        ]

    def says(self, claim: Claim) -> bool | None:
        """Whether the gold has it; None where it cannot tell."""
        properties = {RELATIONS[claim.relation].wikidata, *_ALSO.get(claim.relation, ())} & self._known
        heads, tails = self._entities(claim.subject), self._entities(claim.object)
        if not properties or not heads or not tails:
            return None
        return any((each, frozenset((h, t))) in self._facts for each in properties for h in heads for t in tails)

    def _entities(self, end: Name | Literal) -> set[int]:
        """The gold entity of which a name is a mention, or those that hold all figures of a date."""
        if isinstance(end, Literal):
            figures = {str(int(figure)) for figure in end.value.split("-")[::2] if figure.isdigit()}
            return {n for n, _, name in self._mentions if figures <= set(re.findall(r"[1-9]\d*", name))}
        shared, number = max((_shared(end.span, span), n) for n, span, _ in self._mentions)
        return {number} if shared >= 0.6 else set()


def _shared(one: Span | None, other: Span) -> float:
    """The shared part of two spans over all that they cover."""
    if one is None:
        return 0.0
    return (min(one[1], other[1]) - max(one[0], other[0])) / (max(one[1], other[1]) - min(one[0], other[0]))


class Listed:
    """What the list of films says of one: enough to tell what is right, not what is wrong."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._title, self._year = title_key(row["title"]), str(row["year"])
        self._cast, self._genres = ({fold(name) for name in row[column]} for column in ("cast", "genres"))

    def says(self, claim: Claim) -> bool | None:
        """True, or None where it cannot tell."""
        work, other = (claim.object, claim.subject) if claim.relation == "acted_in" else (claim.subject, claim.object)
        if title_key(_text(work)) != self._title:
            return None
        said = fold(_text(other))
        told = {
            "acted_in": said in self._cast,
            "release_date": _text(other)[:4] == self._year,
            "genre": said in self._genres or said.removesuffix(" film") in self._genres,
        }
        return told.get(claim.relation) or None


def _redocred(data: Path) -> Iterator[tuple[str, Document, Gold]]:
    documents = redocred_documents(data)
    known = frozenset(label["r"] for document in documents for label in document["labels"])
    chosen = set(json.loads((data / "redocred" / "dev_slices.json").read_text(encoding="utf-8"))["broad"])
    for document in documents:
        if document["title"] in chosen:
            text, offsets = detokenised(document["sents"])
            yield document["title"], Document(document_id(text), "redocred", text), Gold(document, offsets, known)


def _openings(data: Path) -> Iterator[tuple[str, Document, Listed]]:
    rows = [row for row in film_rows(data) if _is_fresh(row)]
    random.Random(SEED).shuffle(rows)
    for row in rows[:OPENINGS]:
        text = row["extract"]
        yield f"{row['title']} ({row['year']})", Document(document_id(text), "openings", text), Listed(row)


def _is_fresh(row: Mapping[str, Any]) -> bool:
    return 200 < len(row.get("extract") or "") < 3000 and held_out(row.get("href") or row["title"])


def read_judged(path: Path = HERE / "judged.tsv") -> dict[Key, tuple[bool, float]]:
    """What was judged by eye, with how many readings each stands for."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["document"], row["subject"], row["relation"], row["object"]): (
                row["right"] == "1",
                float(row["weight"]),
            )
            for row in csv.DictReader(file, delimiter="\t")
        }


def write_counts(judged: Iterable[Judged], path: Path = HERE / "counts.tsv") -> None:
    """Sums the weights of right and wrong readings by source and score."""
    sums: dict[tuple[str, float], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for each in judged:
        sums[each.source, each.score][not each.right] += each.weight
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("source", "score", "right", "wrong"))
        writer.writerows((*key, round(right, 2), round(wrong, 2)) for key, (right, wrong) in sorted(sums.items()))


def main() -> None:
    """Reads the arguments, counts again where the data is given, fits and prints the knots."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="holds redocred and wikipedia_movies")
    data = parser.parse_args().data
    if data:
        write_counts(judge(data, read_judged()))
    for knot, share in fitted(read_counts()):
        print(f"({knot}, {share}),")


if __name__ == "__main__":
    main()
