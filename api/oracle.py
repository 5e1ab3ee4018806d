"""The oracle: the model in service over the accepted graph as it stood when it was loaded."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from marquee.api import models
from marquee.api.service import Oracle, Triple
from marquee.graph.store import Store
from marquee.schema.errors import ModelError
from marquee.schema.selection import Page
from marquee.schema.snapshot import STATUS_CODE, Snapshot
from marquee.schema.values import Judgement, Prediction, Status

if TYPE_CHECKING:
    from marquee.gnn.artifact import Model

COLUMNS = ("status", "support", "names")
_SAID = (Status.ACCEPTED, Status.PENDING, Status.REJECTED)  # what someone has said is no prediction


class SnapshotOracle:
    """A loaded model and the snapshot it answers from; it only reads both."""

    def __init__(self, snapshot: Snapshot, model: Model) -> None:
        self._snapshot, self._model = snapshot, model
        self._entities = snapshot.index()

    def prepare(self) -> None:
        """Does what the first question would wait for: loads the libraries and views the graph."""
        from marquee.gnn import judge, predict, view  # noqa: F401

        view.of(self._snapshot, self._model)

    def judge(self, triples: Sequence[Triple]) -> list[Judgement]:
        """Judgements in the order of `triples`; one that the graph holds is judged without its own edge.

        Raises ModelError for an entity that came after the model's snapshot.
        """
        from marquee.gnn.judge import judge

        snapshot, rows = with_claims(self._snapshot, [self._coded(triple) for triple in triples])
        return judge(snapshot, self._model, rows)

    def predict(self, entity: str, relation: str, inverse: bool, first: int) -> list[Prediction]:
        """The likeliest facts that the graph lacks, best first."""
        from marquee.gnn.predict import predict

        self._code(entity)
        return predict(self._snapshot, self._model, entity, relation, inverse=inverse, first=first)

    def _coded(self, triple: Triple) -> tuple[int, str, int]:
        return self._code(triple[0]), triple[1], self._code(triple[2])

    def _code(self, entity: str) -> int:
        try:
            return self._entities[entity]
        except KeyError:
            raise ModelError(f"entity {entity} is newer than the model's graph.", mend="Try again shortly.") from None


def oracle_of(store: Store, folder: Path) -> Callable[[], Oracle]:
    """Loads the model in service of a folder of models, over the store as it stands then.

    Calling it raises ModelError where none is in service, MissingExtra where gnn is not installed.
    """
    kept: dict[str, Model] = {}

    def load() -> Oracle:
        id_ = models.service_id(folder) or ""
        model = kept.get(id_) or models.in_service(folder)
        if model is None:
            raise ModelError("no model is in service.", mend="Train one first: marquee train links")
        kept.clear()
        kept[id_] = model
        return SnapshotOracle(store.snapshot(COLUMNS, _SAID), model)

    return load


def version_of(store: Store, folder: Path) -> Callable[[], str]:
    """Names the model in service and the newest run: when either changes, the oracle is loaded anew."""

    def version() -> str:
        newest = store.runs(Page(1)).items
        return f"{models.service_id(folder)}|{newest[0].id if newest else ''}"

    return version


def with_claims(snapshot: Snapshot, triples: Sequence[tuple[int, str, int]]) -> tuple[Snapshot, list[int]]:
    """A snapshot that also holds `triples` (head code, relation name, tail code), unknown ones as pending
    statements without sources, and the row of each."""
    relations = list(dict.fromkeys([*snapshot.relations, *(name for _, name, _ in triples)]))
    codes = {name: code for code, name in enumerate(relations)}
    wanted = [(head, codes[name], tail) for head, name, tail in triples]
    rows = _rows_of(snapshot, set(wanted))
    new = [triple for triple in dict.fromkeys(wanted) if triple not in rows]
    rows.update({triple: len(snapshot) + place for place, triple in enumerate(new)})
    pending = array("b", [STATUS_CODE[Status.PENDING]] * len(new))
    extended = replace(
        snapshot,
        relations=relations,
        statements=[*snapshot.statements, *(f"claim{place}" for place in range(len(new)))],
        head=snapshot.head + array(snapshot.head.typecode, [head for head, _, _ in new]),
        relation=snapshot.relation + array(snapshot.relation.typecode, [code for _, code, _ in new]),
        tail=snapshot.tail + array(snapshot.tail.typecode, [tail for _, _, tail in new]),
        status=snapshot.status + pending,
        support=snapshot.support + array("f", [math.nan] * len(new)) if snapshot.support else snapshot.support,
    )
    return extended, [rows[triple] for triple in wanted]


def _rows_of(snapshot: Snapshot, wanted: set[tuple[int, int, int]]) -> dict[tuple[int, int, int], int]:
    columns = zip(snapshot.head, snapshot.relation, snapshot.tail, strict=True)
    return {triple: row for row, triple in enumerate(columns) if triple in wanted}
