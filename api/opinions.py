"""Opinions: what the model says of claims and of what is missing, and paths that show how entities hang together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marquee.api import lookups
from marquee.api.expecting import check_question
from marquee.api.fetching import load_loose
from marquee.api.limits import LimitExceeded
from marquee.api.paging import check_first
from marquee.api.request import Info, Request
from marquee.api.selecting import Plan, plan_statements
from marquee.api.service import Oracle, Triple
from marquee.api.types_model import JudgementView, Path, PredictionView, steps
from marquee.api.views import StatementView
from marquee.graph.store import Dates
from marquee.schema.checks import End, check
from marquee.schema.errors import InputError
from marquee.schema.relations import relation
from marquee.schema.selection import Direction
from marquee.schema.values import Entity, PathStep

_STEP_ENDS = (("because", "paths", "steps", "from"), ("because", "paths", "steps", "to"))


def predictions(info: Info, subject: str, relation_name: str, direction: Direction, first: int) -> list[PredictionView]:
    """The model's most probable missing facts of an entity.

    Raises NotFound, ModelError where no model is in service, InputError for a relation that takes no entity.
    """
    request: Request = info.context
    check_first(request, first)
    if direction is Direction.BOTH:
        raise InputError("one direction at a time can be predicted.", mend="Take OUT or IN.")
    entity, inverse = lookups.known_entities(request, [subject])[subject], direction is Direction.IN
    check_question(relation(relation_name), inverse, entity)
    found = _oracle(request).predict(entity.id, relation_name, inverse, first)
    ends = (("subject",), ("object",), *_STEP_ENDS)
    planned = plan_statements(info, ("because", "paths", "steps", "statement"), entities=ends)
    walked = [step for one in found for path_ in one.because.paths for step in path_]
    shown = _steps(planned, walked, [id_ for one in found for id_ in (one.head, one.tail)])
    return [PredictionView(one, planned.scope, shown) for one in found]


def judge(info: Info, triples: Sequence[Triple]) -> list[JudgementView]:
    """What the model makes of claims. Those that the vocabulary forbids are not put to it.

    Raises LimitExceeded, NotFound for an unknown entity, ModelError where no model is in service.
    """
    request: Request = info.context
    if len(triples) > request.limits.judged:
        raise LimitExceeded(f"{len(triples)} claims at once; the cap is {request.limits.judged}.")
    ids = [id_ for subject, _, object_ in triples for id_ in (subject, object_)]
    entities = lookups.known_entities(request, ids)
    dates = request.service.store.dates(list(entities))
    ends = {one.id: _end(one, dates[id_]) for id_, one in entities.items()}
    triples = [(entities[subject].id, name, entities[object_].id) for subject, name, object_ in triples]
    problems = [check(name, ends[subject], ends[object_]) for subject, name, object_ in triples]
    sound = [triple for triple, found in zip(triples, problems, strict=True) if not any(one.hard for one in found)]
    judged = dict(zip(sound, _oracle(request).judge(sound) if sound else (), strict=True))
    planned = plan_statements(info, ("known",), entities=(("subject",), ("object",)))
    same = request.service.store.triples(list(dict.fromkeys(triples)))
    known = lookups.statements(planned, list(same.values())) if planned.shows_statements else {}
    load_loose(planned, ids)
    return [
        JudgementView(
            triple,
            judged.get(triple),
            [problem.message for problem in found],
            known.get(same.get(triple, "")),
            planned.scope,
        )
        for triple, found in zip(triples, problems, strict=True)
    ]


def path(info: Info, start: str, end: str, max_hops: int) -> Path | None:
    """A shortest path over accepted facts, or None. Raises NotFound for an unknown end."""
    request: Request = info.context
    check_first(request, max_hops, request.limits.hops, name="maxHops")
    lookups.known_entities(request, [start, end])
    found = request.service.store.path(start, end, max_hops, request.deadline)
    if found is None:
        return None
    planned = plan_statements(info, ("steps", "statement"), entities=(("steps", "from"), ("steps", "to")))
    shown = _steps(planned, found, ())
    return Path(length=len(found), steps=steps(found, planned.scope, shown))


def _steps(planned: Plan, walked: Iterable[PathStep], others: Iterable[str]) -> dict[str, StatementView]:
    """Loads the ends of steps, other entities, and the steps' statements where those are asked for."""
    walked = list(walked)
    ids = [step.statement for step in walked] if planned.shows_statements else []
    shown = lookups.statements(planned, list(dict.fromkeys(ids)))
    load_loose(planned, [*others, *(id_ for step in walked for id_ in (step.head, step.tail))])
    return shown


def _oracle(request: Request) -> Oracle:
    """The model in service; loading it does not count against the request's time."""
    oracle = request.service.oracle()
    request.restart()
    return oracle


def _end(entity: Entity, known: Dates) -> End:
    return End(entity.kind, entity.label, known.born, known.died, known.released)
