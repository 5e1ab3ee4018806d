"""The values that pass between the rooms: frozen, plain, and the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal

Span = tuple[int, int]  # [start, end) in code points of the raw text
ExternalId = tuple[str, str]  # (scheme, value), as ("wikidata", "Q44578")
Value = str | Literal  # an entity id, or a literal
Qualifiers = tuple[tuple[str, Value], ...]


class Modality(StrEnum):
    """How a text puts a claim."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    FUTURE = "future"
    QUOTED = "quoted"
    QUESTION = "question"
    NEGATED = "negated"


class Status(StrEnum):
    """Where a statement stands. A fact that ended stays accepted, with `valid_to`."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Action(StrEnum):
    """What the gate, or a reviewer, does with a statement."""

    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"


class RunStatus(StrEnum):
    """Where a run stands. Only a done run's changes can be seen."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


# --- what comes in -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where records or texts come from. `path` is a file or folder; `format` names a reader, "" asks by
    its ending; `mapping` names a shipped field mapping or a TOML file (CSV only); `reliability` in (0, 1)
    is the prior chance that what it states is so. `whole`: it holds all that the source says, so that what is
    changed or gone is taken back; else it only adds."""

    name: str
    path: str
    format: str = ""
    mapping: str = ""
    licence: str = ""
    reliability: float = 0.95
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a source. `row` counts lines from 1, as an editor shows it; `name` is its file's name in
    the source; `mapping` names what turns `fields` into facts, "" where they are in Marquee's own form
    (then `kind` is known)."""

    source: str
    row: int
    kind: Kind | None
    fields: Mapping[str, object]
    name: str = ""
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a source. `id` is the sha256 of the raw text; `name` is what its source calls it."""

    id: str
    source: str
    text: str
    name: str = ""
    retrieved_at: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row, text or claim that was not taken: what, where, and how to mend it. `raw` can be fed back."""

    source: str
    locator: str
    what: str
    mend: str
    raw: str = ""


# --- claims --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A mention: a name as written, with what the source says of its bearer."""

    text: str
    kind: Kind | None = None
    external_ids: tuple[ExternalId, ...] = ()
    year: int | None = None
    span: Span | None = None
    aliases: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.text)  # names are keys of every table of a batch, and texts know their hash


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in a source: a row of a file, or a span of a document.

    >>> str(Locator("films.csv", row=12)), str(Locator("9f2c", span=(0, 31)))
    ('films.csv:12', '9f2c[0:31]')
    """

    item: str
    row: int | None = None
    span: Span | None = None

    def __str__(self) -> str:
        row = f":{self.row}" if self.row is not None else ""
        span = f"[{self.span[0]}:{self.span[1]}]" if self.span else ""
        return f"{self.item}{row}{span}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source's word for a statement.

    `supports`: the joining qualifiers this piece says, withdrawn with it. `score` in [0, 1] is the
    extractor's own; `observed_at` an ISO 8601 time in UTC.
    """

    source: str
    locator: Locator
    quote: str
    extractor: str
    version: str
    observed_at: str
    score: float
    supports: Qualifiers = ()
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says, in names: not yet resolved, checked or believed."""

    subject: Name
    relation: str
    object: Name | Literal
    evidence: Evidence
    qualifiers: tuple[tuple[str, Name | Literal], ...] = ()
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one record or document gave: the names it speaks of and the claims it makes."""

    source: str
    locator: Locator
    names: tuple[Name, ...]
    claims: tuple[Claim, ...]
    refusals: tuple[Refusal, ...] = ()
    document: Document | None = None


# --- resolution ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity a name may mean. `score` in [0, 1] ranks; `features` say why."""

    entity: str
    score: float
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Candidates of a name, best first, and how much speaks for none of them."""

    name: Name
    candidates: tuple[Candidate, ...]
    nil_score: float


# --- the graph -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntityName:
    """One name of an entity. `kind` is label, alias or title; the label is the one shown."""

    text: str
    language: str = ""
    kind: str = "label"


@dataclass(frozen=True, slots=True)
class Entity:
    """A node. `id` is opaque and never changes; a merged id redirects for ever."""

    id: str
    kind: Kind
    names: tuple[EntityName, ...]
    external_ids: tuple[ExternalId, ...] = ()

    @property
    def label(self) -> str:
        """The name to show."""
        return next(
            (name.text for name in self.names if name.kind == "label"), self.names[0].text if self.names else self.id
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One summand of a judgement, in log-odds, and what it was computed from."""

    name: str
    log_odds: float
    value: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """An edge with its evidence, belief and both times.

    Times are ISO 8601. `valid_*`: when it was true in the world, partial dates; `recorded_*`: when the
    store believed it. `candidates`: resolutions that are still open, by end ("subject", "object").
    """

    id: str
    subject: str
    relation: str
    object: Value
    qualifiers: Qualifiers = ()
    valid_from: str | None = None
    valid_to: str | None = None
    recorded_from: str = ""
    recorded_to: str | None = None
    status: Status = Status.PENDING
    support: float | None = None
    probability: float | None = None
    interval: tuple[float, float] | None = None
    parts: tuple[Part, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[tuple[str, Resolution], ...] = ()
    reasons: tuple[str, ...] = ()


# --- judging -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judgement:
    """A calibrated probability with its interval and parts. `grounded` is False where the model abstains."""

    statement: str
    probability: float
    interval: tuple[float, float]
    parts: tuple[Part, ...]
    model: str
    grounded: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate does with a statement, and why. `audit`: drawn at random for review all the same."""

    statement: str
    action: Action
    reasons: tuple[str, ...]
    audit: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's word on a statement. `choice` names the entity for an open name, or "new"."""

    statement: str
    action: Action
    reason: str
    by: str
    at: str
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class PathStep:
    """One edge of an explanation; `forward` is False where it was walked from object to subject."""

    head: str
    relation: str
    tail: str
    statement: str
    forward: bool = True


@dataclass(frozen=True, slots=True)
class Because:
    """Why a prediction was made: paths with the share of the score each carried, and one sentence."""

    paths: tuple[tuple[PathStep, ...], ...]
    weights: tuple[float, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """A fact the model expects; never stored as a statement."""

    head: str
    relation: str
    tail: str
    score: float
    probability: float
    interval: tuple[float, float]
    because: Because


# --- the ledger ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """One pass of a job over the store."""

    id: str
    kind: str
    started: str
    finished: str | None = None
    sources: tuple[str, ...] = ()
    model: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    status: RunStatus = RunStatus.RUNNING
    message: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A number computed from the graph. `computed_at` is the run's time; the formula is in the docs of `name`."""

    entity: str
    name: str
    value: float
    unit: str
    computed_at: str
    inputs: int
