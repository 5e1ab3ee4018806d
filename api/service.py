"""The service: what resolvers call. The store, a model that is loaded when first needed, and the jobs that change things."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from marquee.graph.attributes import ATTRIBUTES
from marquee.graph.store import Store
from marquee.schema.errors import ModelError, SettingsError
from marquee.schema.values import Action, ExternalId, Judgement, Prediction, Refusal, Value

Triple = tuple[str, str, str]  # subject id, relation, object id


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact by hand. It becomes evidence of source `curator:BY`."""

    subject: str
    relation: str
    object: Value
    qualifiers: tuple[tuple[str, Value], ...]
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a user sent: `name` is a plain file name, `format` a reader's (records, csv, text, ...)."""

    name: str
    format: str
    content: str
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job did: its run, its counts, and the first of what it refused."""

    run: str
    counts: Mapping[str, int] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()


class Oracle(Protocol):
    """A loaded model over the store as it stands."""

    def prepare(self) -> None:
        """Does beforehand what the first question would wait for."""

    def judge(self, triples: Sequence[Triple]) -> list[Judgement]:
        """Judgements of triples, known or not, in their order; `statement` of each is its place as text."""

    def predict(self, entity: str, relation: str, inverse: bool, first: int) -> list[Prediction]:
        """Likely facts the graph lacks, best first."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """What changes the graph, as functions; each makes a run of its own. None: this server does not do it.

    decide(statement, action, reason, by, choice); correct gives the outcome and the statement's id;
    ingest takes an upload or the name of a configured source.
    """

    decide: Callable[[str, Action, str, str, str | None], Outcome] | None = None
    correct: Callable[[Correction], tuple[Outcome, str]] | None = None
    ingest: Callable[[Upload | str], Outcome] | None = None


class Service:
    """One store with its model and jobs, shared by all requests. `oracle` loads the model in service.

    `version` names the state that an oracle was loaded for: when it changes, the model is loaded anew. `refused`: the
    folder where runs put what they did not take.
    """

    def __init__(
        self,
        store: Store,
        jobs: Jobs | None = None,
        oracle: Callable[[], Oracle] | None = None,
        version: Callable[[], str] = lambda: "",
        attributes: Collection[str] = tuple(ATTRIBUTES),
        refused: Path | None = None,
    ) -> None:
        self.store, self.refused = store, refused
        self.jobs = jobs or Jobs()
        self.attributes = tuple(attributes)
        self._load, self._version = oracle, version
        self._loaded: tuple[str, Oracle] | None = None
        self._lock = threading.Lock()

    def oracle(self) -> Oracle:
        """The model in service. Raises ModelError where there is none, MissingExtra where gnn is not installed."""
        if self._load is None:
            raise ModelError("this server has no model.", mend="Train one: marquee train links")
        version = self._version()
        with self._lock:
            if self._loaded is None or self._loaded[0] != version:
                self._loaded = (version, self._load())
            return self._loaded[1]

    def by_external(self, key: ExternalId) -> str | None:
        """The id of the entity with that id elsewhere, or None."""
        return self.store.by_external([key]).get(key)

    def job(self, name: str) -> Callable[..., object]:
        """The job of that name. Raises SettingsError where this server does not do it."""
        found: Callable[..., object] | None = getattr(self.jobs, name)
        if found is None:
            raise SettingsError(f"this server does not {name}.")
        return found


if TYPE_CHECKING:
    from marquee.gnn.artifact import Model  # noqa: F401
