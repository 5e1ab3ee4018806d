"""GraphQL types of the ledger, the store's state and the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from marquee.api import lookups, refusals
from marquee.api.derive import FIELDS, camel
from marquee.api.fields import says
from marquee.api.paging import check_first
from marquee.api.request import Request
from marquee.api.types_statement import (
    After,
    Before,
    First,
    Last,
    Node,
    PageInfo,
    RelationName,
    StatementConnection,
    window,
)
from marquee.graph.store import StoreStatus as StatusValue
from marquee.schema import wording
from marquee.schema.kinds import KINDS_OF, Kind, Level
from marquee.schema.literals import LiteralType
from marquee.schema.relations import QUALIFIERS, RELATIONS
from marquee.schema.relations import Relation as Row
from marquee.schema.selection import StatementFilter
from marquee.schema.values import Run as RunValue
from marquee.schema.values import RunStatus, Status


@strawberry.type(description="How many there are of something.")
class Count:
    """How many there are of something."""

    name: str = strawberry.field(description="Of what.")
    count: int = strawberry.field(description="How many.")


def counts(numbers: Mapping[Any, int]) -> list[Count]:
    """Counts by name, largest first."""
    return [Count(name=str(name), count=number) for name, number in sorted(numbers.items(), key=lambda one: -one[1])]


@strawberry.type(description="Something that was not taken, and how to mend it.")
class Refusal:
    """Something that was not taken."""

    locator: str = strawberry.field(description="Where it stands.")
    what: str = strawberry.field(description="What is wrong.")
    mend: str = strawberry.field(description="How to mend it.")


@strawberry.type(description="One pass of a job over the store.")
class Run(Node):
    """One pass of a job over the store."""

    kind: str = strawberry.field(description="Which job, as `ingest` or `refresh`.")
    status: RunStatus = strawberry.field(description="Where it stands; only a DONE run's changes can be seen.")
    started: str = strawberry.field(description="When, in UTC.")
    finished: str | None = strawberry.field(description="When, in UTC; null while it runs.")
    sources: list[str] = strawberry.field(description="What it read.")
    model: str | None = strawberry.field(description="The model that judged in it.")

    @says("What it did, in numbers.")
    def counts(self, root: strawberry.Parent[RunValue]) -> list[Count]:
        return counts(root.counts)

    @says("Why it failed or was interrupted; empty where it was not.")
    def message(self, root: strawberry.Parent[RunValue]) -> str:
        return refusals.without_folders(root.message)

    @says("What it was the first to state, as it stands today: `staged(status: [REJECTED]) { totalCount }`")
    def staged(
        self,
        root: strawberry.Parent[RunValue],
        info: strawberry.Info[Request],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        status: Annotated[
            list[Status] | None, strawberry.argument(description="Where it stands; anywhere unless told.")
        ] = strawberry.UNSET,
        waiting: Annotated[
            bool | None, strawberry.argument(description="Whether it waits for a reviewer.")
        ] = strawberry.UNSET,
    ) -> StatementConnection:
        review = waiting if isinstance(waiting, bool) else None
        which = StatementFilter(tuple(status or ()), run=root.id, review=review)
        return lookups.list_statements(  # type: ignore[return-value]
            info._raw_info, which, window(first, after, last, before), lookups.counter(info.context, which)
        )

    @says("The first of what it did not take, and how to mend each.")
    def refused(
        self, root: strawberry.Parent[RunValue], info: strawberry.Info[Request], first: int = 20
    ) -> list[Refusal]:
        check_first(info.context, first)
        service = info.context.service
        file = refusals.file_of(service.refused, root.id)
        found = refusals.as_seen(refusals.read(file, first), service.store) if file else ()
        return [Refusal(locator=one.locator, what=one.what, mend=one.mend) for one in found]

    @says("The file of all that it did not take, in the folder of refused rows; null where there is none.")
    def refused_file(self, root: strawberry.Parent[RunValue], info: strawberry.Info[Request]) -> str | None:
        file = refusals.file_of(info.context.service.refused, root.id)
        return f"{file.parent.name}/{file.name}" if file else None

    @classmethod
    def is_type_of(cls, *_: Any) -> bool:
        return True


@strawberry.type(description="A run in a list.")
class RunEdge:
    """A run in a list."""

    cursor: str = strawberry.field(description="Its place in the list.")
    node: Run = strawberry.field(description="The run.")


@strawberry.type(description="A page of runs, newest first.")
class RunConnection:
    """A page of runs."""

    edges: list[RunEdge] = strawberry.field(description="The runs of the page.")
    page_info: PageInfo = strawberry.field(description="Where it stands in the list.")
    total_count: int | None = strawberry.field(description="How many there are.")


@strawberry.type(description="What the store holds.")
class StoreStatus:
    """What the store holds."""

    version: int = strawberry.field(description="The version of the store's layout.")
    entities: int = strawberry.field(description="Entities.")
    statements: int = strawberry.field(description="Statements, wherever they stand.")
    evidence: int = strawberry.field(description="Pieces of evidence.")
    documents: int = strawberry.field(description="Texts.")
    review: int = strawberry.field(description="Statements that wait for a reviewer.")
    runs: int = strawberry.field(description="Runs.")

    @says("Entities by kind.")
    def by_kind(self, root: strawberry.Parent[StatusValue]) -> list[Count]:
        return counts(root.by_kind)

    @says("Entities by level.")
    def by_level(self, root: strawberry.Parent[StatusValue]) -> list[Count]:
        return counts(root.by_level)

    @says("Statements by where they stand.")
    def by_status(self, root: strawberry.Parent[StatusValue]) -> list[Count]:
        return counts(root.by_status)

    @says("Statements by relation.")
    def by_relation(self, root: strawberry.Parent[StatusValue]) -> list[Count]:
        return counts(root.by_relation)


@strawberry.type(description="What a request may do here.")
class Access:
    """What a request may do here."""

    changes: bool = strawberry.field(description="Whether this server takes changes, from those who hold its token.")
    allowed: bool = strawberry.field(description="Whether this request may change anything: it carries the token.")


@strawberry.type(description="A relation of the vocabulary.")
class Relation:
    """A relation of the vocabulary."""

    inverse: str = strawberry.field(description="Its name read from the object.")
    label: str = strawberry.field(description="As one reads it.")
    wikidata: str | None = strawberry.field(description="Its Wikidata property.")
    single: bool = strawberry.field(description="Whether it holds one value at a time.")
    symmetric: bool = strawberry.field(description="Whether both ends say the same of each other.")
    computed: bool = strawberry.field(description="Whether it is derived from the graph and never claimed.")
    identifying: list[str] = strawberry.field(description="Qualifiers that tell two of its facts apart.")
    joining: list[str] = strawberry.field(description="Other qualifiers it takes.")
    literal: LiteralType | None = strawberry.field(description="The type of its value, where that is no entity.")

    @says("Its name.")
    def name(self, root: strawberry.Parent[Row]) -> RelationName:
        return RelationName(root.name)

    @says('As one reads it on the object\'s page: "directed by", "cast".')
    def inverse_label(self, root: strawberry.Parent[Row]) -> str:
        return wording.inverse_label(root.name)

    @says("The field it gives its subjects; null where it gives none.")
    def field(self, root: strawberry.Parent[Row]) -> str | None:
        return camel(root.name) if camel(root.name) in FIELDS else None

    @says("The field it gives its objects; null where it gives none.")
    def inverse_field(self, root: strawberry.Parent[Row]) -> str | None:
        return camel(root.inverse) if camel(root.inverse) in FIELDS else None

    @says("Kinds of its subjects.")
    def domain(self, root: strawberry.Parent[Row]) -> list[Kind]:
        return sorted(root.domain)

    @says("Kinds of its objects; none where it takes values.")
    def range(self, root: strawberry.Parent[Row]) -> list[Kind]:
        return sorted(root.tail_kinds)

    @says("Where it lives: within a level, `between` levels, towards `shared`, or `literal`.")
    def family(self, root: strawberry.Parent[Row]) -> str:
        return root.family.value


@strawberry.type(description="A qualifier: what it takes.")
class QualifierKind:
    """A qualifier of the vocabulary."""

    name: str = strawberry.field(description="Its name.")
    literal: LiteralType | None = strawberry.field(description="The type of its value, where that is no entity.")
    kinds: list[Kind] = strawberry.field(description="The kinds it names; none where it takes values.")


@strawberry.type(description="A level with its kinds.")
class LevelKinds:
    """A level with its kinds."""

    level: Level = strawberry.field(description="The level.")
    kinds: list[Kind] = strawberry.field(description="The kinds that live on it.")


@strawberry.type(description="The words that everything here is said in.")
class Vocabulary:
    """The words that everything here is said in."""

    @says("Levels and their kinds.")
    def levels(self) -> list[LevelKinds]:
        return [LevelKinds(level=level, kinds=list(kinds)) for level, kinds in KINDS_OF.items()]

    @says("All relations.")
    def relations(self) -> list[Relation]:
        return list(RELATIONS.values())  # type: ignore[arg-type]

    @says("All qualifiers.")
    def qualifiers(self) -> list[QualifierKind]:
        return [
            QualifierKind(name=name, literal=None, kinds=sorted(wanted))
            if isinstance(wanted, frozenset)
            else QualifierKind(name=name, literal=wanted, kinds=[])
            for name, wanted in QUALIFIERS.items()
        ]
