"""A snapshot: the graph as integer-coded columns, which NumPy and torch read without copying."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marquee.schema.kinds import Kind
from marquee.schema.values import Status

KINDS: tuple[Kind, ...] = tuple(Kind)
KIND_CODE: dict[Kind, int] = {kind: code for code, kind in enumerate(KINDS)}
STATUSES: tuple[Status, ...] = tuple(Status)
STATUS_CODE: dict[Status, int] = {status: code for code, status in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Columns of a graph with E entities and S statements.

    entities (E,) ids; kinds (E,) int8 codes into `KINDS`; relations (R,) names; statements (S,) ids;
    head, tail (S,) int32 codes into `entities`; relation (S,) int16 codes into `relations`.
    Optional, empty when not asked for: status (S,) int8 codes into `STATUSES`; support (S,) float32,
    NaN unknown; probability (S,) float64, NaN unknown; score (S,) float32, best extraction score, NaN
    unknown; source (S,) int16 codes into `sources` of the best piece of evidence; decision (S,) int8 (1
    accepted, -1 rejected by a reviewer, 0 none); names (E,) labels; literals (S,) canonical text of a literal
    object, "" otherwise.
    open (S,) int8, 1 where it is not decided which entity a name means. `voices` gives four columns: voices (V,)
    of (source, extractor, modality), and by piece of evidence, in no order, said_of (P,) int32 its row, said_by
    (P,) int16 codes into `voices`, said_score (P,) float32 its extraction score.
    Statements with a literal object are there only when `literals` is asked for; their tail is -1.
    """

    entities: Sequence[str]
    kinds: array[int]
    relations: Sequence[str]
    statements: Sequence[str]
    head: array[int]
    relation: array[int]
    tail: array[int]
    status: array[int] = field(default_factory=lambda: array("b"))
    support: array[float] = field(default_factory=lambda: array("f"))
    score: array[float] = field(default_factory=lambda: array("f"))
    sources: Sequence[str] = ()
    source: array[int] = field(default_factory=lambda: array("h"))
    decision: array[int] = field(default_factory=lambda: array("b"))
    names: Sequence[str] = ()
    literals: Sequence[str] = ()
    probability: array[float] = field(default_factory=lambda: array("d"))
    open: array[int] = field(default_factory=lambda: array("b"))
    voices: Sequence[tuple[str, str, str]] = ()
    said_of: array[int] = field(default_factory=lambda: array("i"))
    said_by: array[int] = field(default_factory=lambda: array("h"))
    said_score: array[float] = field(default_factory=lambda: array("f"))

    def index(self) -> dict[str, int]:
        """Entity id -> code."""
        return {entity: code for code, entity in enumerate(self.entities)}

    def __len__(self) -> int:
        return len(self.statements)


def from_triples(triples: Iterable[tuple[str, str, str]], kinds: dict[str, Kind] | None = None) -> Snapshot:
    """A snapshot of (head, relation, tail) names in order of appearance; all of them accepted.

    Without `kinds` every entity is a Keyword, the kind that says least. Relations need not be in the
    vocabulary, so that public benchmarks can be read.
    """
    entities: dict[str, int] = {}
    relations: dict[str, int] = {}
    head, relation, tail = array("i"), array("h"), array("i")
    for h, r, t in triples:
        head.append(entities.setdefault(h, len(entities)))
        relation.append(relations.setdefault(r, len(relations)))
        tail.append(entities.setdefault(t, len(entities)))
    codes = array("b", (KIND_CODE[(kinds or {}).get(name, Kind.KEYWORD)] for name in entities))
    status = array("b", [STATUS_CODE[Status.ACCEPTED]]) * len(head)
    ids = [f"t{row}" for row in range(len(head))]
    return Snapshot(
        list(entities), codes, list(relations), ids, head, relation, tail, status=status, names=list(entities)
    )
