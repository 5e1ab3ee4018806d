"""The queries: what can be read, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from marquee.api import lookups, opinions
from marquee.api.derive import ENTITY_TYPES
from marquee.api.fields import says
from marquee.api.limits import check_text
from marquee.api.moments import past
from marquee.api.paging import check_first
from marquee.api.request import Request
from marquee.api.selecting import plan
from marquee.api.types_decision import Decision, decisions
from marquee.api.types_diff import StatementChangeConnection, changes
from marquee.api.types_entity import Entity
from marquee.api.types_level import LevelGraph, LevelView
from marquee.api.types_model import Judgement, Path, Prediction
from marquee.api.types_passage import Passage, passage
from marquee.api.types_review import ReviewCounts, ReviewFilter, chosen, counted
from marquee.api.types_run import Access, RunConnection, StoreStatus, Vocabulary
from marquee.api.types_statement import (
    After,
    AsOf,
    Before,
    EntityRef,
    First,
    Last,
    Node,
    RelationName,
    Statement,
    StatementConnection,
    window,
)
from marquee.api.views import EntityView
from marquee.schema.kinds import INSTITUTIONS, Kind, Level
from marquee.schema.selection import NOW, Direction
from marquee.schema.values import ExternalId as ExternalIdValue

Info = strawberry.Info[Request]


@strawberry.input(description='An id in another data base, as `{scheme: "wikidata", value: "Q44578"}`.')
class ExternalIdInput:
    """An id in another data base."""

    scheme: str
    value: str


@strawberry.input(description="A claim to judge: entity, relation, entity.")
class ClaimInput:
    """A claim to judge."""

    subject: strawberry.ID
    relation: RelationName
    object: strawberry.ID


@strawberry.type(description="An entity that a search found.")
class Hit:
    """An entity that a search found."""

    entity: EntityRef = strawberry.field(description="The entity.")
    matched: str = strawberry.field(description="The name that matched.")
    score: float = strawberry.field(description="How well; higher is better.")


Id = Annotated[strawberry.ID | None, strawberry.argument(description="Its id.")]
External = Annotated[ExternalIdInput | None, strawberry.argument(description="Its id in another data base.")]
Name = Annotated[
    str | None,
    strawberry.argument(description="Its whole name, case and accents aside; of several the best connected."),
]
Which = Annotated[ReviewFilter | None, strawberry.argument(description="Which part of the queue.")]
When = Annotated[AsOf | None, strawberry.argument(description="Show its facts as they stood then.")]


def _one(
    info: Info,
    kinds: Sequence[Kind],
    id_: str | None,
    external: ExternalIdInput | None,
    name: str | None,
    as_of: AsOf | None,
) -> EntityView | None:
    key: ExternalIdValue | None = (external.scheme, external.value) if external else None
    then = past(as_of.valid_at or None, as_of.known_at or None) if as_of else NOW
    return lookups.entity(info._raw_info, id_ or None, key, name or None, kinds, then)


def _look_up(type_name: str, kinds: Sequence[Kind], example: str) -> Any:
    """A field that looks up an entity of some kinds."""

    def resolve(
        info: Info,
        id: Id = strawberry.UNSET,
        external_id: External = strawberry.UNSET,
        name: Name = strawberry.UNSET,
        as_of: When = strawberry.UNSET,
    ) -> Any:
        return _one(info, kinds, id, external_id, name, as_of)

    says_ = f"One by id, external id or name: `{example}`"
    return strawberry.field(resolver=resolve, description=says_, graphql_type=ENTITY_TYPES[type_name] | None)


@strawberry.type(description="What can be read.")
class Query:
    """What can be read."""

    @says("Anything by its id: an entity, a statement or a run; null where there is none.")
    def node(self, info: Info, id: strawberry.ID) -> Node | None:
        raw = info._raw_info
        look = {"s": lookups.statement, "r": lambda raw, id_: lookups.run(raw.context, id_)}.get(id[:1], lookups.entity)
        return look(raw, id) if id else None  # type: ignore[return-value]

    @says('An entity: `entity(externalId: {scheme: "wikidata", value: "Q44578"}) { name }`')
    def entity(
        self,
        info: Info,
        id: Id = strawberry.UNSET,
        external_id: External = strawberry.UNSET,
        as_of: When = strawberry.UNSET,
    ) -> Entity | None:
        return _one(info, (), id, external_id, None, as_of)  # type: ignore[return-value]

    film = _look_up("Film", [Kind.FILM], 'film(name: "Heat") { cast { edges { node { name } character } } }')
    series = _look_up("Series", [Kind.SERIES], 'series(name: "The Wire") { cast { totalCount } }')
    person = _look_up("Person", [Kind.PERSON], 'person(name: "Al Pacino") { actedIn { edges { node { name } } } }')
    institution = _look_up("Institution", sorted(INSTITUTIONS), 'institution(name: "Pixar") { coProducers { count } }')

    @says('Entities by name, accents aside: `search(text: "godf") { entity { name } }`')
    def search(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="Words of a name; the last may be its beginning.")],
        kinds: Annotated[
            list[Kind] | None, strawberry.argument(description="Of these kinds; any unless told.")
        ] = strawberry.UNSET,
        first: int = 20,
    ) -> list[Hit]:
        request = info.context
        check_text("text", text, request.limits)
        check_first(request, first)
        hits = request.service.store.search(text, tuple(kinds or ()), first, request.deadline)
        views = lookups.entities(plan(info._raw_info, ("entity",)), [hit.entity for hit in hits])
        return [
            Hit(entity=view, matched=hit.name, score=round(hit.score, 6))  # type: ignore[arg-type]
            for view, hit in zip(views, hits, strict=True)
        ]

    @says("A statement by its id; null where there is none.")
    def statement(self, info: Info, id: strawberry.ID) -> Statement | None:
        return lookups.statement(info._raw_info, id)  # type: ignore[return-value]

    @says("One level as a graph of its own.")
    def level(self, level: Level) -> LevelGraph:
        return LevelView(level)  # type: ignore[return-value]

    @says("Likely facts that the graph lacks, most probable first.")
    def predictions(
        self,
        info: Info,
        subject: Annotated[strawberry.ID, strawberry.argument(description="The entity to predict for.")],
        relation: RelationName,
        direction: Annotated[
            Direction, strawberry.argument(description="IN: the entity is the fact's object.")
        ] = Direction.OUT,
        first: int = 10,
    ) -> list[Prediction]:
        return opinions.predictions(info._raw_info, subject, relation.value, direction, first)  # type: ignore[return-value]

    @says("What the model makes of some claims, known or not; up to 100.")
    def judge(self, info: Info, statements: list[ClaimInput]) -> list[Judgement]:
        triples = [(one.subject, one.relation.value, one.object) for one in statements]
        return opinions.judge(info._raw_info, triples)  # type: ignore[return-value]

    @says("A shortest path over accepted facts; null where there is none in reach.")
    def path(
        self,
        info: Info,
        start: Annotated[strawberry.ID, strawberry.argument(name="from", description="Where it starts.")],
        end: Annotated[strawberry.ID, strawberry.argument(name="to", description="Where it ends.")],
        max_hops: Annotated[int, strawberry.argument(description="At most this many steps.")] = 6,
    ) -> Path | None:
        return opinions.path(info._raw_info, start, end, max_hops)

    @says("A quote within its text, as evidence places it: `passage(document: item, start: start, end: end)`.")
    def passage(
        self,
        info: Info,
        document: strawberry.ID,
        start: int,
        end: int,
        around: Annotated[int, strawberry.argument(description="Characters on either side; at most 2000.")] = 300,
    ) -> Passage | None:
        return passage(info.context, document, start, end, around)

    @says("What this request may do: whether the server takes changes, and whether it took the request's token.")
    def access(self, info: Info) -> Access:
        request = info.context
        return Access(changes=request.mutable, allowed=request.known)

    @says("Statements that wait for a reviewer, the most doubtful first.")
    def review_queue(
        self,
        info: Info,
        where: Which = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> StatementConnection:
        args, store, which = window(first, after, last, before), info.context.service.store, chosen(info.context, where)
        few = where and (where.source or where.relations or where.run)
        count = lookups.counter(info.context, which) if few else lambda: store.status().review
        return lookups.list_statements(info._raw_info, which, args, count)  # type: ignore[return-value]

    @says("What waits for a reviewer, by source and by relation; the most doubtful are counted first.")
    def review_counts(self, info: Info, where: Which = strawberry.UNSET) -> ReviewCounts:
        return counted(info.context, where or None)

    @says("What reviewers decided on some statements, in order of time; up to 100 statements.")
    def decisions(self, info: Info, statements: list[strawberry.ID]) -> list[Decision]:
        return decisions(info.context, statements)

    @says("What was done to the store, newest first.")
    def refresh_runs(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> RunConnection:
        return lookups.list_runs(info._raw_info, window(first, after, last, before))  # type: ignore[return-value]

    @says("What a run changed: `diff(run: ID)`; with `until`, what changed between its end and that of the later run.")
    def diff(
        self,
        info: Info,
        run: strawberry.ID,
        until: Annotated[strawberry.ID | None, strawberry.argument(description="A later run.")] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> StatementChangeConnection:
        later, since = (until, run) if until else (run, None)
        return changes(info._raw_info, later[:64], since, window(first, after, last, before))  # type: ignore[return-value]

    @says("What the store holds.")
    def status(self, info: Info) -> StoreStatus:
        return info.context.service.store.status()  # type: ignore[return-value]

    @says("The words that everything here is said in.")
    def vocabulary(self) -> Vocabulary:
        return Vocabulary()
