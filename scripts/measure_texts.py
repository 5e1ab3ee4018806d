"""Measures how the line reads a folder of texts with a gold file, starting from a demo that is built.

    MARQUEE_HOME=/tmp/home .venv/bin/marquee demo --no-serve
    .venv/bin/python scripts/measure_texts.py /tmp/home tests/data/unseen [--json]

The demo's home is copied to a temporary folder, so that it stays as it is; the texts are ingested there by
`api.jobs.ingest` with the model in service and held against `gold.jsonl` by `api.gold.score`. Prints a table,
with --json one object last. The columns, over all and by origin, relation and kind of text:

    stated      different true facts that the texts say outright
    read        of these: the share that was extracted and stored, whatever became of it
    recall      of these: the share that is believed after the run
    extracted   statements that came of the texts, and the share of true ones
    accepted    of these: let in by the gate; precision is the share of true ones
    planted     different false claims put there on purpose; of these extracted, and let in

A kind of text is measured against its own gold rows alone. No text and no claim is shown, so that whoever
improves the rules may look at the figures.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.table import Column, Table

from marquee.api import jobs
from marquee.api.desk import Desk
from marquee.api.gold import Score, score, statements_of
from marquee.api.settings import load
from marquee.graph.store import Listing, Reader
from marquee.schema.errors import InputError, MarqueeError
from marquee.schema.ids import document_id
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Source, Statement, Status

Json = dict[str, Any]

NAME = "measured-texts"
RELIABILITY = 0.85  # as the demo's own texts


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; counts as in the module's docstring, `*_new` of facts that no record states."""

    stated: int
    read: int
    in_graph: int
    extracted: int = 0
    extracted_right: int = 0
    accepted: int = 0
    right: int = 0
    accepted_new: int = 0
    right_new: int = 0
    planted: int = 0
    planted_read: int = 0
    let_in: int = 0

    def shares(self) -> dict[str, float | None]:
        """The shares that the docstring names; None where there is nothing to share."""
        return {
            "reading_recall": _share(self.read, self.stated),
            "recall": _share(self.in_graph, self.stated),
            "reading_precision": _share(self.extracted_right, self.extracted),
            "precision": _share(self.right, self.accepted),
        }

    def as_dict(self) -> Json:
        """For --json, shares rounded to four digits."""
        return asdict(self) | {name: share and round(share, 4) for name, share in self.shares().items()}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


class Part:
    """A reader that shows only some statements, and can show all of them as accepted."""

    def __init__(self, reader: Reader, statements: Sequence[Statement], as_accepted: bool = False) -> None:
        self._reader = reader
        status = {"status": Status.ACCEPTED} if as_accepted else {}
        self._items = tuple(replace(statement, **status) for statement in statements)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def list_statements(self, which: StatementFilter, page: Page, deadline: object = None) -> Listing[Statement]:
        """All of them on one page."""
        return Listing(self._items, ((),) * len(self._items), more=False)


def measure(reader: Reader, texts: Sequence[Json], gold: Sequence[Json]) -> Json:
    """The rows of the report, from a store that has read `texts` under NAME: all, by origin, relation, kind."""
    found = tuple(statements_of(reader, NAME))
    kind_of = {document_id(text["text"]): text["genre"] for text in texts}
    genre = {text["id"]: text["genre"] for text in texts}

    by_relation = {
        name: _row(reader, [s for s in found if s.relation == name], [row for row in gold if row["relation"] == name])
        for name in {row["relation"] for row in gold} | {statement.relation for statement in found}
    }
    by_kind = {
        kind: _row(
            reader,
            [statement for statement in found if kind in _kinds(statement, kind_of)],
            [row for row in gold if genre[row["document"]] == kind],
        )
        for kind in set(genre.values())
    }
    return {
        "all": _row(reader, found, gold),
        "by_origin": {
            origin: _recalled(_row(reader, found, [row for row in gold if row["origin"] == origin]))
            for origin in sorted({row["origin"] for row in gold} - {"planted"})
        },
        "by_relation": _most_stated_first(by_relation),
        "by_kind": _most_stated_first(by_kind),
    }


def _kinds(statement: Statement, kind_of: Mapping[str, str]) -> set[str]:
    """The kinds of the texts that say a statement."""
    return {kind_of[piece.locator.item] for piece in statement.evidence if piece.source == NAME}


def _row(reader: Reader, statements: Sequence[Statement], gold: Sequence[Json]) -> Row:
    let, read = _score(Part(reader, statements), gold), _score(Part(reader, statements, as_accepted=True), gold)
    return Row(
        stated=let.stated,
        read=read.stated_accepted,
        in_graph=let.stated_accepted,
        extracted=read.accepted,
        extracted_right=read.accepted_right,
        accepted=let.accepted,
        right=let.accepted_right,
        accepted_new=let.accepted_new,
        right_new=let.accepted_new_right,
        planted=let.planted,
        planted_read=let.planted_found,
        let_in=let.planted_let_in,
    )


def _score(part: Part, gold: Sequence[Json]) -> Score:
    return score(cast(Reader, part), NAME, gold)


def _recalled(row: Row) -> Row:
    """The part of a row that is about gold rows: what was extracted cannot be told by origin."""
    return Row(row.stated, row.read, row.in_graph)


def _most_stated_first(rows: Mapping[str, Row]) -> dict[str, Row]:
    return dict(sorted(rows.items(), key=lambda item: (-item[1].stated, item[0])))


# --- running and showing -------------------------------------------------------------------------


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("home", type=Path, help="the MARQUEE_HOME of a demo that is built, or its demo folder")
    parser.add_argument("folder", type=Path, help="holds texts.jsonl and gold.jsonl")
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    asked = parser.parse_args()
    try:
        report = run(asked.home, asked.folder)
    except MarqueeError as error:
        sys.exit(f"error: {error}")
    _show(report)
    if asked.json:
        print(json.dumps(report, default=Row.as_dict))


def run(home: Path, folder: Path) -> Json:
    """Copies the demo, ingests the texts of a folder into the copy, and measures them.

    Raises InputError where a file or the demo is missing.
    """
    texts, gold = _lines(folder / "texts.jsonl"), _lines(folder / "gold.jsonl")
    demo = home / "demo" if (home / "demo").is_dir() else home
    if not (demo / "marquee.db").exists():
        raise InputError(
            "there is no demo here.", where=str(home), mend="Build one: MARQUEE_HOME=… marquee demo --no-serve"
        )
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(demo, copy, dirs_exist_ok=True)
        with Desk(load(None, {}, home=Path(copy)), quiet=True) as desk:
            source = Source(NAME, str(folder / "texts.jsonl"), "text", reliability=RELIABILITY)
            counts = jobs.ingest(desk, [source]).counts
            kept = ("claims", "denied", "refused_claims", "new_entities")
            return {
                "texts": len(texts),
                **{name: counts.get(name, 0) for name in kept},
                **measure(desk.store, texts, gold),
            }


def _lines(path: Path) -> list[Json]:
    if not path.is_file():
        raise InputError(
            "there is no such file.", where=str(path), mend="Name a folder with texts.jsonl and gold.jsonl."
        )
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _show(report: Json) -> None:
    console = Console(width=124)
    console.print(
        ", ".join(f"{report[n]} {n.replace('_', ' ')}" for n in ("texts", "claims", "denied", "refused_claims"))
    )
    table = Table(Column("", no_wrap=True), *_COLUMNS)
    for column in table.columns[1:]:
        column.justify = "right"
    table.add_row("all", *_cells(report["all"]), end_section=True)
    for part in ("by_origin", "by_relation", "by_kind"):
        for name, row in report[part].items():
            if row.stated or row.extracted or row.planted:
                table.add_row(name.replace("_", " "), *_cells(row))
        table.add_section()
    console.print(table)
    whole: Row = report["all"]
    console.print(f"Facts that no record states: {whole.accepted_new} accepted, {whole.right_new} of them right.")


_COLUMNS = ("stated", "read", "recall", "extracted", "right", "accepted", "precision", "planted", "read", "let in")


def _cells(row: Row) -> Iterator[str]:
    shares = row.shares()
    yield str(row.stated)
    yield from map(_percent, (shares["reading_recall"], shares["recall"]))
    yield str(row.extracted)
    yield _percent(shares["reading_precision"])
    yield str(row.accepted)
    yield _percent(shares["precision"])
    yield from map(str, (row.planted, row.planted_read, row.let_in))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


if __name__ == "__main__":
    main()
