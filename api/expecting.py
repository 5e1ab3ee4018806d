"""Expecting: what the model predicts, for one question or over the whole graph, and how much of it comes true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marquee.api import models
from marquee.api.desk import Desk
from marquee.api.progress import Steps
from marquee.schema.errors import InputError, ModelError, NotFound
from marquee.schema.relations import Relation, read_relation
from marquee.schema.values import Entity, Prediction, Status

if TYPE_CHECKING:
    from marquee.gnn.artifact import Model

Triple = tuple[str, str, str]  # subject id, relation, object id
COLUMNS = ("status", "names")
_SAID = (Status.ACCEPTED, Status.PENDING, Status.REJECTED)  # what someone has said is no prediction


def predict(desk: Desk, subject: str, relation: str, first: int) -> list[dict[str, Any]]:
    """The likeliest facts the graph lacks about an entity, by a relation or its inverse.

    `subject`: an entity id, `scheme:value`, or a name. Raises NotFound, VocabularyError, ModelError.
    """
    row, inverse = read_relation(relation)
    entity = find(desk, subject)
    check_question(row, inverse, desk.store.entities([entity])[entity])
    from marquee.gnn.predict import predict as predicted

    model = in_service(desk)
    snapshot = desk.store.snapshot(COLUMNS, _SAID)
    with desk.steps.step("predict"):
        found = predicted(snapshot, model, entity, row.name, inverse=inverse, first=first)
    return rows(desk, found)


def check_question(row: Relation, inverse: bool, entity: Entity) -> None:
    """Raises InputError where no such entity can have the relation, or where it leads to no entity."""
    if row.literal:
        raise InputError(
            f"{row.label} takes a {row.literal}, and only facts between entities are predicted.",
            mend="Ask for another relation.",
        )
    allowed = row.tail_kinds if inverse else row.domain
    if entity.kind not in allowed:
        name, other = (row.inverse, row.name) if inverse else (row.name, row.inverse)
        turned = f" Did you mean {other}?" if entity.kind in (row.domain if inverse else row.tail_kinds) else ""
        raise InputError(
            f"{entity.label} is a {entity.kind}, which has no {name}.",
            mend=f"{', '.join(sorted(allowed))} can have one.{turned}",
        )


def missing(desk: Desk, least: float = 0.25, limit: int = 2000) -> list[Prediction]:
    """A sweep over the graph for facts it lacks, likeliest first; `least` is the lowest probability kept.

    A probability is the chance that the fact is among those a source would hold that was left out: of all
    true facts sources hold few, so that even a sure guess is seldom above one half.
    """
    from marquee.gnn.predict import missing as swept

    model = in_service(desk)
    with desk.steps.step("predict", total=100):
        snapshot = desk.store.snapshot(COLUMNS, _SAID)
        each = max(1, limit // 10)
        return swept(
            snapshot, model, limit=limit, per_relation=each, min_probability=least, progress=desk.steps.share()
        )


def recalled(desk: Desk, facts: Sequence[Triple], first: int) -> int:
    """How many of these facts, unknown to the graph, are among the `first` predicted for their ends."""
    from marquee.gnn.recall import best_ranks

    with desk.steps.step("rank what was left out"):
        return sum(rank <= first for rank in best_ranks(desk.store.snapshot(COLUMNS), in_service(desk), facts))


def evaluate_links(steps: Steps, data: Path, tier: str, seed: int) -> dict[str, Any]:
    """Filtered ranking metrics of a model trained on a folder of triples. Raises InputError."""
    from marquee.extraction.triples import read_splits
    from marquee.gnn.evaluate import links

    with steps.step("evaluate", total=100):
        return links(*read_splits(data), tier=tier, seed=seed, progress=steps.share())


def in_service(desk: Desk) -> Model:
    """The model in service. Raises ModelError where there is none."""
    model = models.in_service(desk.settings.models)
    if model is None:
        raise ModelError("no model is in service.", mend="Train one first: marquee train links")
    return model


def find(desk: Desk, text: str) -> str:
    """The entity an id, an external id `scheme:value`, or a name means; of several namesakes the best connected.

    Raises NotFound.
    """
    if text in desk.store.entities([text]):
        return text
    scheme, _, value = text.partition(":")
    if value and (found := desk.store.by_external([(scheme, value)])):
        return next(iter(found.values()))
    hits = desk.store.search(text, limit=1)
    if not hits:
        raise NotFound(f"nothing is called {text!r}.", mend="Give an entity id, scheme:value, or a name.")
    return hits[0].entity.id


def rows(desk: Desk, predictions: Sequence[Prediction]) -> list[dict[str, Any]]:
    """Predictions with names, for people and for --json."""
    ends = {end for p in predictions for end in (p.head, p.tail)}
    named: dict[str, str] = defaultdict(str, {id_: e.label for id_, e in desk.store.entities(ends).items()})
    return [
        {
            "head": named[p.head],
            "relation": p.relation,
            "tail": named[p.tail],
            "head_id": p.head,
            "tail_id": p.tail,
            "probability": round(p.probability, 4),
            "interval": [round(end, 4) for end in p.interval],
            "because": p.because.sentence,
        }
        for p in predictions
    ]
