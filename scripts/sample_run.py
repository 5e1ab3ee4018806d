"""Draws accepted claims of texts, and matches between sources, for people to judge; and counts what they judged.

    python -m scripts.sample_run HOME --claims 100 --merges 100 --seed 1 --out FOLDER
    python -m scripts.sample_run --tally FOLDER/claims.csv --tally FOLDER/merges.csv

HOME is a MARQUEE_HOME; MARQUEE_STORE and MARQUEE_STORE_PASSWORD name another store than its SQLite file. Each draw
is uniform, and the same store and seed give the same one.

A claim is an accepted statement that a text states: does the quote say it, of these two entities? `--new` draws
further ones that no record states: those the gate let in on the texts' word. A match is an entity of the work,
person or institution level that two or more sources speak of, so that a name in one was decided to be the entity
that another brought in: are they the same? A few facts of each source, drawn at random, are shown with their years.

Prints Markdown to read and, with --out, writes a CSV file of each group to judge in: the column `judged` takes
right, wrong or unclear, `note` says why. --tally prints counts with Wilson's 95 % interval, unclear ones left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from scripts.sample_tally import tally

from marquee.api.settings import load
from marquee.graph.open import open_store
from marquee.graph.store import Reader
from marquee.schema.errors import MarqueeError
from marquee.schema.kinds import LEVEL_OF, Level
from marquee.schema.literals import Literal, year_of
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Entity, Evidence, Statement, Status
from marquee.schema.wording import sentence

T = TypeVar("T")
Row = dict[str, str]
CONTEXT = 120  # characters of the text shown before and behind a quote
FACTS = 4  # shown of each source of a match
_PAGE, _TOLD = 2_000, 100_000  # statements read at once, and between two words on progress


class Draw(Generic[T]):
    """A uniform sample of `size` items out of a stream of unknown length (Vitter 1985, algorithm R)."""

    def __init__(self, size: int, rng: random.Random) -> None:
        self.kept: list[T] = []
        self.seen = 0
        self._size, self._rng = size, rng

    def add(self, item: T) -> None:
        """Offers one item."""
        self.seen += 1
        if len(self.kept) < self._size:
            self.kept.append(item)
        elif (place := self._rng.randrange(self.seen)) < self._size:
            self.kept[place] = item


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows to judge by group, and how many there were to draw from."""

    rows: dict[str, list[Row]]
    of: dict[str, int]


def draw(reader: Reader, claims: int, new: int, merges: int, seed: int) -> Drawn:
    """Rows to judge, drawn from a store: groups `claims`, `new` and `merges`, those asked for."""
    rng = random.Random(seed)
    said: dict[str, Draw[str]] = {"claims": Draw(claims, rng), "new": Draw(new, rng)}
    facts: dict[str, dict[str, _Places]] = defaultdict(dict)
    for statement in _stream(reader):
        if statement.status is Status.ACCEPTED and _texts(statement):
            said["claims"].add(statement.id)
            if not _records(statement):
                said["new"].add(statement.id)
        for entity, piece in _touched(statement):
            facts[entity].setdefault(piece.source, _Places(FACTS, rng)).offer(statement.id, piece)
    shared = sorted(entity for entity, sources in facts.items() if len(sources) > 1)
    matched = [id_ for id_, entity in reader.entities(shared).items() if LEVEL_OF[entity.kind] is not Level.SHARED]
    chosen = rng.sample(sorted(matched), min(merges, len(matched)))
    rows = {name: _claims(reader, sample.kept, rng) for name, sample in said.items()}
    rows["merges"] = _merges(reader, {id_: facts[id_] for id_ in chosen})
    of = {name: sample.seen for name, sample in said.items()} | {"merges": len(matched)}
    return Drawn({name: found for name, found in rows.items() if found}, of)


# --- claims --------------------------------------------------------------------------------------


def _stream(reader: Reader) -> Iterator[Statement]:
    """Every accepted or pending statement with its evidence."""
    which, after, count = StatementFilter(status=(Status.ACCEPTED, Status.PENDING)), None, 0
    while True:
        listing = reader.list_statements(which, Page(_PAGE, after=after))
        yield from listing.items
        count += len(listing.items)
        if count % _TOLD == 0 or not listing.more:
            print(f"{count:,} statements seen", file=sys.stderr, flush=True)
        if not listing.more:
            return
        after = listing.keys[-1]


def _texts(statement: Statement) -> list[Evidence]:
    return [piece for piece in statement.evidence if piece.locator.span]


def _records(statement: Statement) -> list[Evidence]:
    return [piece for piece in statement.evidence if not piece.locator.span]


def _claims(reader: Reader, ids: Sequence[str], rng: random.Random) -> list[Row]:
    found = reader.statements(ids, evidence=50)
    pieces = {id_: rng.choice(_texts(statement)) for id_, statement in found.items()}
    documents = reader.documents({piece.locator.item for piece in pieces.values()})
    told = _Told(reader, found.values())
    rows = []
    for id_, statement in found.items():
        piece = pieces[id_]
        text = documents[piece.locator.item].text if piece.locator.item in documents else ""
        start, end = piece.locator.span or (0, 0)
        rows.append(
            {
                "id": id_,
                "group": "a record states it too" if _records(statement) else "by texts alone",
                "statement": told.words(statement),
                "probability": "" if statement.probability is None else f"{statement.probability:.3f}",
                "before": text[max(0, start - CONTEXT) : start],
                "quote": piece.quote,
                "after": text[end : end + CONTEXT],
                "ends": told.ends(statement),
                "evidence": f"{piece.source}, score {piece.score:.2f}; {len(statement.evidence)} in all",
            }
        )
    return rows


# --- matches -------------------------------------------------------------------------------------


class _Places(Draw[tuple[str, str]]):
    """A sample of where a source speaks of an entity, as (statement, item); of each of its texts one place."""

    def __init__(self, size: int, rng: random.Random) -> None:
        super().__init__(size, rng)
        self._texts: set[str] = set()

    def offer(self, statement: str, piece: Evidence) -> None:
        """One statement of the entity, and a piece of evidence for it."""
        if piece.locator.span is None:
            self.add((statement, piece.locator.item))
        elif piece.locator.item not in self._texts:
            self._texts.add(sys.intern(piece.locator.item))
            self.add((statement, piece.locator.item))


def _touched(statement: Statement) -> Iterator[tuple[str, Evidence]]:
    """The entities at the ends of a statement that are decided, with each piece of its evidence."""
    undecided = {end for end, _ in statement.candidates}
    for end, entity in (("subject", statement.subject), ("object", statement.object)):
        if isinstance(entity, str) and end not in undecided:
            yield from ((entity, piece) for piece in statement.evidence)


def _merges(reader: Reader, chosen: Mapping[str, Mapping[str, _Places]]) -> list[Row]:
    ids = {id_ for sources in chosen.values() for places in sources.values() for id_, _ in places.kept}
    statements = reader.statements(ids, evidence=50)
    told = _Told(reader, statements.values())
    rows = []
    for id_, sources in chosen.items():
        entity = told.entities[id_]
        rows.append(
            {
                "id": id_,
                "group": entity.kind.value,
                "label": told.named(id_),
                "names": "; ".join(dict.fromkeys(name.text for name in entity.names)),
                "external ids": "; ".join(f"{scheme}:{value}" for scheme, value in entity.external_ids),
                "sources": "\n".join(_spoken(told, statements, source, sources[source]) for source in sorted(sources)),
            }
        )
    return rows


def _spoken(told: _Told, statements: Mapping[str, Statement], source: str, places: _Places) -> str:
    """What a source says of an entity: in how many places, and the drawn ones with their quotes."""
    lines = [f"{source} ({places.seen} places):"]
    for id_, item in places.kept:
        piece = next(e for e in statements[id_].evidence if e.source == source and e.locator.item == item)
        lines.append(f"  {told.words(statements[id_])} — “{piece.quote}” {str(piece.locator)[-24:]}")
    return "\n".join(lines)


class _Told:
    """Statements in words, each entity with its year."""

    def __init__(self, reader: Reader, statements: Iterable[Statement]) -> None:
        ids = {end for one in statements for end in (one.subject, one.object) if isinstance(end, str)}
        self.entities: Mapping[str, Entity] = reader.entities(ids)
        self._dates = reader.dates(ids)

    def named(self, id_: str) -> str:
        """An entity's label with the year of its release or birth."""
        dates = self._dates[id_]
        year = year_of(dates.released or dates.born or "")
        return f"{self.entities[id_].label}{f' ({year})' if year else ''}"

    def words(self, one: Statement) -> str:
        """A statement as a sentence, with its qualifiers."""
        object_ = str(one.object) if isinstance(one.object, Literal) else self.named(one.object)
        more = [f"{name} {value}" for name, value in one.qualifiers if isinstance(value, Literal)]
        return sentence(self.named(one.subject), one.relation, object_) + (f" [{', '.join(more)}]" if more else "")

    def ends(self, one: Statement) -> str:
        """Kind and external ids of each entity of a statement."""
        ends = [self.entities[end] for end in (one.subject, one.object) if isinstance(end, str)]
        return "; ".join(
            f"{end.label}: {end.kind}{''.join(f' {scheme}:{value}' for scheme, value in end.external_ids)}"
            for end in ends
        )


# --- judged files, and showing -------------------------------------------------------------------


def _markdown(drawn: Drawn) -> Iterator[str]:
    for name, rows in drawn.rows.items():
        yield f"\n## {name}: {len(rows)} of {drawn.of[name]:,}\n"
        for number, row in enumerate(rows, 1):
            yield f"{number}. `{row['id']}` judged: ____"
            for column, value in row.items():
                if value and column != "id":
                    yield f"   - {column}: {value}".replace("\n", "\n     ")


def _write(rows: Sequence[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "judged", "note"])
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draws, or counts."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.tally:
            print("\n".join(line for path in asked.tally for line in tally(path)))
        else:
            _draw(asked)
    except MarqueeError as error:
        sys.exit(f"error: {error}")


def _draw(asked: argparse.Namespace) -> None:
    settings = load(None, os.environ, home=asked.home)
    store = open_store(settings.store, settings.password, make=False)
    try:
        drawn = draw(store, asked.claims, asked.new, asked.merges, asked.seed)
    finally:
        store.close()
    for name, rows in drawn.rows.items():
        if asked.out:
            asked.out.mkdir(parents=True, exist_ok=True)
            _write(rows, asked.out / f"{name}.csv")
    if asked.json:
        print(json.dumps({"of": drawn.of, **drawn.rows}, ensure_ascii=False))
    else:
        print("\n".join(_markdown(drawn)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("home", type=Path, nargs="?", default=Path(".marquee"), help="MARQUEE_HOME of the store")
    parser.add_argument("--claims", type=int, default=100, metavar="N", help="accepted claims of texts")
    parser.add_argument("--new", type=int, default=0, metavar="N", help="of those that no record states")
    parser.add_argument("--merges", type=int, default=100, metavar="N", help="entities of two or more sources")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="for a CSV file of each group, to judge in")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--tally", type=Path, action="append", metavar="FILE", help="count a judged file")
    return parser


if __name__ == "__main__":
    main()
