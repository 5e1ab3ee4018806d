"""The jobs. `ingest` reads, from top to bottom, as the straight line from sources to judged facts."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from marquee.api import auditing, deciding, models, trust
from marquee.api.desk import Desk
from marquee.api.doubting import judge_again
from marquee.api.reading import Reading, seldom_swept
from marquee.api.settling import JUDGED, compute_attributes, settle
from marquee.extraction.refused import RefusedFile
from marquee.schema import ids
from marquee.schema.errors import NotFound
from marquee.schema.selection import Page, StatementFilter
from marquee.schema.values import Action, Decision, Run, Source, Status


@dataclass(frozen=True, slots=True)
class Report:
    """What a job did: its run and kind, counts, where refused rows lie, seconds by step."""

    run: str
    kind: str
    counts: dict[str, int]
    refused_file: str = ""
    seconds: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


def now() -> str:
    """This moment in UTC, as ISO 8601 with microseconds: a later run sorts later."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def new_run(kind: str, sources: Iterable[str] = ()) -> Run:
    """A run that starts now."""
    started = now()
    return Run(ids.run_id(kind, started, secrets.token_hex(8)), kind, started, sources=tuple(sources))


def ingest(desk: Desk, sources: Sequence[Source], kind: str = "ingest", withdraw: bool = False) -> Report:
    """Records and texts in, judged statements out: one run, applied whole or not at all.

    What is gone from a source that is `whole` is taken back, unless that is so much that the source may be
    broken; `withdraw` takes it back even so.

    Raises StoreBusy if another run holds the store, InputError if a source cannot be read at all.
    """
    run = new_run(kind, [source.name for source in sources])
    model = models.in_service(desk.settings.models)
    with (
        seldom_swept(),
        RefusedFile(desk.settings.refused / f"{run.id}.jsonl") as refused,
        desk.store.writing(run, bulk=True) as writer,
    ):
        trust.keep(writer, sources, run)
        reading = Reading(desk, writer, model, run, refused, withdraw)
        for source in sources:
            reading.read(source)
        counts = reading.counts + settle(desk, writer, reading.touched, model, run.started)
        writer.count(**counts)
    return Report(run.id, kind, dict(counts), refused.shown(), _seconds(desk))


def refresh(desk: Desk, withdraw: bool = False) -> Report:
    """The line over all configured sources; reads only what changed. Raises SettingsError where none is."""
    return ingest(desk, desk.configured(), "refresh", withdraw)


def plan(desk: Desk) -> list[dict[str, Any]]:
    """What a refresh would read, by source: new or changed items, unchanged, refused and gone ones."""
    from marquee.api.reading import survey

    return [{"source": s.name, "path": s.path, **survey(desk.store, s, now())} for s in desk.configured()]


def judge_pending(desk: Desk) -> Report:
    """Judges with the model in service all that no reviewer has decided: what is pending passes the gate again,
    what was accepted stays so, and the most doubtful of it goes to review."""
    run = new_run("judge")
    model = models.in_service(desk.settings.models)
    with desk.store.writing(run) as writer:
        pending = writer.snapshot(("literals",), (Status.PENDING,)).statements
        counts = settle(desk, writer, dict.fromkeys(pending), model, run.started)
        if model is not None:
            counts += judge_again(desk, writer, model)
        writer.count(**counts)
    return Report(run.id, "judge", dict(counts), seconds=_seconds(desk))


def train_links(desk: Desk, tier: str, seed: int) -> dict[str, Any]:
    """Trains and calibrates the link predictor on the accepted graph and on reviewers' decisions; keeps it, and
    promotes it if no worse. Once in service it judges again all that no reviewer has decided."""
    train = models.trainer()
    with desk.steps.step("train", total=100):
        model = train(
            desk.store.snapshot(("status", "support", "decision"), JUDGED), tier, seed, progress=desk.steps.share()
        )
        kept = models.keep(model, desk.settings.models)
    told = {"model": model.id, "promoted": kept.promoted, "reason": kept.reason, "card": dict(model.card)}
    return told | ({"again": judge_pending(desk).counts} if kept.promoted else {})


def decide(
    desk: Desk, statements: Sequence[str], action: str, reason: str, by: str, choice: str | None = None
) -> Report:
    """Records a reviewer's decision on each statement; computes the attributes anew where the graph changes by it.

    Raises NotFound for an unknown id.
    """
    run = new_run("review", [f"reviewer:{by}"])
    known = desk.store.statements(statements)
    for id_ in statements:
        if id_ not in known:
            raise NotFound(f"there is no statement {id_!r}.", mend="See: marquee review list")
    with desk.store.writing(run) as writer:
        for statement in (known[id_] for id_ in statements):
            deciding.decide(writer, statement, Decision(statement.id, Action(action), reason, by, run.started, choice))
        if any(_may_change_the_graph(one.status, action) for one in known.values()):
            compute_attributes(desk, writer, run.started)
        counts = Counter({"decided": len(statements), action: len(statements)})
        writer.count(**counts)
    return Report(run.id, "review", dict(counts), seconds=_seconds(desk))


def _may_change_the_graph(status: Status, action: str) -> bool:
    """Whether a fact comes or goes by a decision; one that was rejected may have been restated about another."""
    return status is Status.REJECTED or (status is Status.ACCEPTED) is not (action == Action.ACCEPT)


def review_queue(desk: Desk, first: int, source: str = "") -> list[dict[str, Any]]:
    """Statements that wait for a reviewer, the most doubtful first; `source` keeps to one source's."""
    which = StatementFilter(review=True, doubt_first=True, source=source or None)
    found = desk.store.list_statements(which, Page(first)).items
    ends = {end for s in found for end in (s.subject, s.object) if isinstance(end, str)}
    named = {id_: entity.label for id_, entity in desk.store.entities(ends).items()}
    return [
        {
            "id": s.id,
            "subject": named.get(s.subject, s.subject),
            "relation": s.relation,
            "object": named.get(s.object, s.object) if isinstance(s.object, str) else str(s.object),
            "probability": s.probability,
            "reasons": list(s.reasons),
            "quotes": [piece.quote for piece in s.evidence],
            "open": [end for end, _ in s.candidates],
        }
        for s in found
    ]


def runs(desk: Desk, first: int) -> list[dict[str, Any]]:
    """Runs, newest first."""
    return [_run(run) for run in desk.store.runs(Page(first)).items]


def one_run(desk: Desk, id_: str) -> dict[str, Any]:
    """One run. Raises NotFound."""
    return _run(desk.store.run(id_))


def status(desk: Desk) -> dict[str, Any]:
    """What the store holds, how precise the audit found the gate, and which model is in service."""
    held = asdict(desk.store.status())
    audit = auditing.measured(desk.store)
    return {**held, "audit": audit, "model": models.service_id(desk.settings.models) or "none"}


def _run(run: Run) -> dict[str, Any]:
    row = asdict(run)
    return {
        "run": row.pop("id"),
        **row,
        "status": run.status.value,
        "sources": list(run.sources),
        "counts": dict(run.counts),
    }


def _seconds(desk: Desk) -> dict[str, float]:
    return {name: round(seconds, 3) for name, seconds in desk.steps.seconds.items()}
