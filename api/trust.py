"""Trust: how reliable each source was said to be and what was learned of it, kept with the store, so that a later run
weighs its word alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from marquee.graph.store import LedgerRow, Reader, Writer
from marquee.graph.trust import Trust
from marquee.graph.truth import Learned
from marquee.schema.values import Run, Source

LEDGER = "marquee:reliability"  # a ledger of its own: locator is the source's name, digest its reliability
LEARNED = "marquee:learned"  # locator says of what, as JSON; digest what, "" if it is held no more
SHARE = 0.01  # of all statements; a run that touches fewer learns nothing anew
MOVED = 0.01  # a support that changes by less is left as it is


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands: the reliability it was given, what was learned with the ends of its 95 % interval (None
    where too little was to be compared), from how many claims, and by which run."""

    source: str
    given: float | None
    learned: float | None = None
    low: float | None = None
    high: float | None = None
    checked: int = 0
    run: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


def keep(writer: Writer, sources: Iterable[Source], run: Run) -> None:
    """Notes the reliability of each source; what was told last is what counts."""
    writer.put_ledger(LedgerRow(LEDGER, source.name, str(source.reliability), run.id) for source in sources)


def kept(reader: Reader) -> dict[str, float]:
    """The reliability of every source that any run was told, by name."""
    return {name: float(text) for name, text in reader.ledger(LEDGER).items()}


def keep_learned(writer: Writer, learned: Learned, run: str) -> None:
    """Notes what a run learned, in place of what was learned before."""
    trust = learned.trust
    rows: dict[str, dict[str, Any]] = {}
    for source, estimate in learned.estimates.items():
        low, high = learned.interval(source)
        found = {"used": trust.of(source), "estimate": estimate, "low": low, "high": high, "run": run}
        rows[_key("source", source)] = found | {"checked": round(learned.checked[source])}
    for name, table in (("reader", trust.readers), ("complete", trust.complete), ("copies", trust.copies)):
        rows |= {_key(name, *pair): {"value": value} for pair, value in table.items()}
    gone = _rows(writer).keys() - rows.keys()
    writer.put_ledger(LedgerRow(LEARNED, key, json.dumps(row), run) for key, row in rows.items())
    writer.put_ledger(LedgerRow(LEARNED, key, "", run) for key in sorted(gone))


def held(reader: Reader, given: Mapping[str, float]) -> Trust:
    """What words are worth by what was learned last; of what was not, by what was `given`, by source."""
    tables: dict[str, dict[Any, float]] = {"source": dict(given), "reader": {}, "complete": {}, "copies": {}}
    for key, row in _rows(reader).items():
        name, *of = json.loads(key)
        if name == "source":
            tables[name][of[0]] = row["used"]
        else:
            tables[name][of[0], of[1]] = row["value"]
    return Trust(tables["source"], tables["reader"], tables["complete"], tables["copies"])


def standings(reader: Reader, given: Mapping[str, float]) -> list[Standing]:
    """Every source that was configured, read or learned about, in order of name."""
    found = {name: Standing(name, reliability) for name, reliability in given.items()}
    for key, row in _rows(reader).items():
        name, *of = json.loads(key)
        if name == "source":
            found[of[0]] = Standing(
                of[0], given.get(of[0]), row["estimate"], row["low"], row["high"], row["checked"], row["run"]
            )
    return [found[name] for name in sorted(found)]


def _rows(reader: Reader) -> dict[str, dict[str, Any]]:
    """What was learned last, as it is kept."""
    return {key: json.loads(text) for key, text in reader.ledger(LEARNED).items() if text}


def _key(*of: str) -> str:
    return json.dumps(of, ensure_ascii=False)
