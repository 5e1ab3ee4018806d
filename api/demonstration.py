"""The demo: the whole line on the bundled data, measured against what was left out and the gold file."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from marquee.api import expecting, jobs, models
from marquee.api.desk import Desk
from marquee.api.gold import Fact, entity_ids, fact_of_gold, score, statements_of
from marquee.api.progress import peak_memory_mb
from marquee.schema.selection import Page
from marquee.schema.values import Prediction, RunStatus, Source, Status

RECORDS = Source("demo-records", "records.jsonl.gz", "marquee", licence="CC BY 2.5, CC0", reliability=0.97)
TEXTS = Source("demo-texts", "texts.jsonl", "text", licence="Apache-2.0", reliability=0.85)
_REPORT = "report.json"
_SHOWN = 5


def home() -> Path:
    """Where the demo's store and model live: MARQUEE_HOME if that is one, else `demo` in it; .marquee unless set."""
    base = Path(os.environ.get("MARQUEE_HOME") or ".marquee")
    return base if (base / _REPORT).exists() else base / "demo"


def clear(folder: Path) -> None:
    """Removes an earlier demo, whole."""
    if (folder / _REPORT).exists() or (folder / "marquee.db").exists():
        shutil.rmtree(folder)


def run(desk: Desk) -> dict[str, Any]:
    """Builds the demo, or hands out the report of the one that is there.

    A demo that was cut short goes on where it was: what was read is not read again.
    """
    digest = _digest()
    if (kept := _kept(desk, digest)) is not None:
        return kept
    start = time.perf_counter()
    with as_file(files("marquee.api") / "demo") as folder:
        report = _build(desk, folder)
    report["seconds"] = {
        **{name: round(s, 2) for name, s in desk.steps.seconds.items()},
        "all": round(time.perf_counter() - start, 2),
    }
    report |= {"peak_memory_mb": round(peak_memory_mb()), "data": digest, "reused": False}
    (desk.settings.home / _REPORT).write_text(json.dumps(report), encoding="utf-8")
    return report


def _build(desk: Desk, folder: Path) -> dict[str, Any]:
    jobs.ingest(desk, [_at(folder, RECORDS)])
    if models.service_id(desk.settings.models) is None:
        jobs.train_links(desk, "fast", seed=0)
    elif _again(desk) is None:
        jobs.judge_pending(desk)
    jobs.ingest(desk, [_at(folder, TEXTS)])
    expected = expecting.missing(desk)
    gold, held = _lines(folder / "gold.jsonl"), _lines(folder / "heldout.jsonl.gz")
    status = desk.store.status()
    return {
        "statements": status.statements,
        "entities": status.entities,
        "graph": {
            "by_level": dict(status.by_level),
            "by_kind": dict(status.by_kind),
            "by_status": dict(status.by_status),
        },
        "again": _again(desk),
        "waiting": status.review,
        "text": _text(desk, gold),
        "held_out": _held_out(desk, held, expected) | {"stated": _stated(gold)},
        "model": dict(expecting.in_service(desk).card),
        "caught": _caught(desk, gold),
        "expected": expecting.rows(desk, _varied(expected)),
    }


def _again(desk: Desk) -> dict[str, int] | None:
    """How many accepted statements the model in service judged again, and how many it doubts; None if it did not."""
    model = models.service_id(desk.settings.models)
    for run in desk.store.runs(Page(100)).items:
        if run.kind == "judge" and run.model == model and run.status is RunStatus.DONE:
            return {name: run.counts.get(name, 0) for name in ("judged", "doubtful")}
    return None


def _text(desk: Desk, gold: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What became of the texts' claims. Claims that the schema check refused count as rejected."""
    marks = asdict(score(desk.store, TEXTS.name, gold))
    marks.pop("wrong")
    counts: Counter[str] = Counter()
    for run in desk.store.runs(Page(100)).items:
        if TEXTS.name in run.sources and run.status is RunStatus.DONE:
            counts.update(run.counts)
    rejected = marks.pop("rejected") + counts["refused_claims"]
    return {name: counts[name] for name in ("documents", "claims", "denied")} | marks | {"rejected": rejected}


def _held_out(desk: Desk, rows: Sequence[Mapping[str, Any]], expected: Sequence[Prediction]) -> dict[str, int]:
    """How many of the facts left out came back, by accepted statements and by predictions."""
    keys = {key for row in rows for end in ("subject", "object") for key in row[end]["ids"].items()}
    ids = desk.store.by_external(keys)
    facts = [fact for row in rows if (fact := _fact(row, ids))]
    accepted = desk.store.triples(facts)
    from_text = [
        statement
        for statement in desk.store.statements(set(accepted.values())).values()
        if any(piece.source == TEXTS.name for piece in statement.evidence)
    ]
    left = [fact for fact in facts if fact not in accepted]
    predicted = {(p.head, p.relation, p.tail) for p in expected}
    return {
        "total": len(rows),
        "by_text": len(from_text),
        "by_prediction": len(predicted & set(left)),
        "predictions": len(predicted),
        "in_top_10": expecting.recalled(desk, left, first=10),
    }


def _fact(row: Mapping[str, Any], ids: Mapping[tuple[str, str], str]) -> Fact | None:
    ends = [next((ids[key] for key in row[end]["ids"].items() if key in ids), None) for end in ("subject", "object")]
    return (ends[0], row["relation"], ends[1]) if ends[0] and ends[1] else None


def _stated(gold: Iterable[Mapping[str, Any]]) -> int:
    """Different facts left out that the texts assert."""
    kept = (row for row in gold if row["origin"] == "heldout" and row["modality"] == "asserted")
    return len({json.dumps([row["subject_id"], row["relation"], row["object_id"]]) for row in kept})


def _caught(desk: Desk, gold: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Planted false claims that were held back, the surest first, each with its quote and the reason."""
    ids = entity_ids(desk.store, gold)
    planted = {fact_of_gold(row, ids) for row in gold if row["origin"] == "planted"}
    held = [
        statement
        for statement in statements_of(desk.store, TEXTS.name)
        if statement.status is not Status.ACCEPTED
        and (statement.subject, statement.relation, statement.object) in planted
    ]
    held.sort(key=lambda statement: statement.probability or 0.0)
    return [{"quote": s.evidence[0].quote, "why": "; ".join(s.reasons[:2])} for s in held[:_SHOWN]]


def _varied(expected: Sequence[Prediction]) -> list[Prediction]:
    """The likeliest prediction of each relation, the likeliest of these."""
    best: dict[str, Prediction] = {}
    for prediction in expected:
        best.setdefault(prediction.relation, prediction)
    return list(best.values())[:_SHOWN]


def _at(folder: Path, source: Source) -> Source:
    return replace(source, path=str(folder / source.path))


def _lines(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _digest() -> str:
    """What the demo was built from: another release builds it anew, and so does other data."""
    folder = files("marquee.api") / "demo"
    parts = [
        (folder / name).read_bytes() for name in ("records.jsonl.gz", "texts.jsonl", "gold.jsonl", "heldout.jsonl.gz")
    ]
    parts.append(version("marquee-kg").encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _kept(desk: Desk, digest: str) -> dict[str, Any] | None:
    try:
        report: dict[str, Any] = json.loads((desk.settings.home / _REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    there = report.get("data") == digest and desk.store.status().statements > 0
    return {**report, "reused": True} if there else None
