"""Views: what resolvers hand to GraphQL, read from pages that were fetched beforehand. Nothing here reads the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from graphql import GraphQLResolveInfo

from marquee.api.sharing import ties
from marquee.graph.collaboration import Tie
from marquee.schema.kinds import LEVEL_OF, Kind, Level
from marquee.schema.literals import Literal, LiteralType, interval, year_of
from marquee.schema.relations import QUALIFIERS, RELATIONS
from marquee.schema.selection import Direction, Edge, Edges, Key, Node, Page
from marquee.schema.values import Attribute, EntityName, Evidence, Part, Resolution, Statement, Status, Value

if TYPE_CHECKING:
    from marquee.api.cursors import Cursors
    from marquee.api.limits import Limits
    from marquee.api.service import Service
    from marquee.schema.selection import Deadline

Info: TypeAlias = "GraphQLResolveInfo[Request]"
EMPTY = Edges((), False)


@dataclass(frozen=True, slots=True)
class Window:
    """How one field pages: the name its page was fetched under, the shape its cursors are signed with, the
    window asked for, and the owner tag of the cursor given, if any."""

    name: str
    shape: str
    page: Page
    tag: bytes | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What the resolvers of one request need. `known`: it carried the token."""

    service: Service
    cursors: Cursors
    limits: Limits
    deadline: Deadline
    known: bool = False


@dataclass(slots=True)
class Scope:
    """What was planned and fetched for one top-level field.

    `windows` by the identity of a field's syntax node; `loose` nodes by id are those that hang on no page.
    """

    request: Request
    windows: dict[int, Window] = field(default_factory=dict)
    loose: dict[str, Node] = field(default_factory=dict)


@dataclass(slots=True)
class EntityView:
    """An entity with its pages."""

    node: Node
    scope: Scope

    @property
    def typename(self) -> str:
        return self.node.entity.kind.value

    @property
    def id(self) -> str:
        return self.node.entity.id

    @property
    def kind(self) -> Kind:
        return self.node.entity.kind

    @property
    def level(self) -> Level:
        return LEVEL_OF[self.node.entity.kind]

    @property
    def name(self) -> str:
        return self.node.entity.label

    @property
    def names(self) -> tuple[EntityName, ...]:
        return self.node.entity.names

    @property
    def aliases(self) -> list[str]:
        label = self.name
        return list(dict.fromkeys(name.text for name in self.names if name.text != label))

    @property
    def external_ids(self) -> list[ExternalIdView]:
        return [ExternalIdView(*pair) for pair in self.node.entity.external_ids]

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        return self.node.attributes

    @property
    def popularity(self) -> float | None:
        return next((one.value for one in self.node.attributes if one.name == "popularity"), None)

    def page(self, syntax: object) -> ConnectionView:
        """The page of the field with that syntax node."""
        window = self.scope.windows[id(syntax)]
        if window.tag is not None:
            self.scope.request.cursors.check_owner(window.tag, self.id)
        return ConnectionView(self.node.pages.get(window.name, EMPTY), window, self)

    def facts(self, syntax: object) -> list[StatementView]:
        """The statements of a literal field's page."""
        page = self.node.pages.get(self.scope.windows[id(syntax)].name, EMPTY)
        return [StatementView(edge.statement, self.scope, self.node, None) for edge in page.items]

    def collaborators(self, syntax: object, first: int) -> list[CollaboratorView]:
        """Those who share most works with it, closest first."""
        found = ties(self.node, self.scope.windows[id(syntax)].name, first)
        return [CollaboratorView(tie, self.scope) for tie in found]


@dataclass(frozen=True, slots=True)
class CollaboratorView:
    """Another entity, how close it is, and the works it shares with the one asked about."""

    tie: Tie
    scope: Scope

    @property
    def entity(self) -> EntityView | None:
        return loose(self.scope, self.tie.other)

    @property
    def closeness(self) -> float:
        return self.tie.weight

    @property
    def count(self) -> int:
        return len(self.tie.works)

    @property
    def works(self) -> list[EntityView]:
        return [view for work in self.tie.works if (view := loose(self.scope, work))]


@dataclass(frozen=True, slots=True)
class ExternalIdView:
    """One id of an entity in another data base."""

    scheme: str
    value: str


@dataclass(slots=True)
class ConnectionView:
    """One page of an entity's statements."""

    rows: Edges
    window: Window
    owner: EntityView

    @property
    def edges(self) -> list[EdgeView]:
        return [EdgeView(edge, self) for edge in self.rows.items]

    @property
    def total_count(self) -> int | None:
        return self.rows.total

    @property
    def page_info(self) -> PageInfoView:
        return page_info(self.window.page, self.rows.more, [edge.key for edge in self.rows.items], self.cursor)

    def cursor(self, key: Key) -> str:
        return self.owner.scope.request.cursors.issue(self.window.shape, self.owner.id, key)


@dataclass(slots=True)
class EdgeView:
    """A statement as an edge from the page's entity. Qualifiers are read as attributes of their names."""

    edge: Edge
    page: ConnectionView

    @property
    def cursor(self) -> str:
        return self.page.cursor(self.edge.key)

    @property
    def node(self) -> EntityView | None:
        return EntityView(self.edge.node, self.page.owner.scope) if self.edge.node else None

    @property
    def statement(self) -> StatementView:
        owner = self.page.owner
        return StatementView(self.edge.statement, owner.scope, owner.node, self.edge.node)

    @property
    def direction(self) -> Direction:
        return Direction.OUT if self.edge.statement.subject == self.page.owner.id else Direction.IN

    @property
    def literal(self) -> LiteralView | None:
        return literal_view(self.edge.statement.object)

    @property
    def relation(self) -> str:
        return self.edge.statement.relation

    @property
    def status(self) -> Status:
        return self.edge.statement.status

    @property
    def probability(self) -> float | None:
        return self.edge.statement.probability

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.edge.statement.evidence

    def __getattr__(self, name: str) -> Any:
        if name not in QUALIFIERS:
            raise AttributeError(name)
        return qualifier(self.edge.statement, name, self.page.owner.scope)


@dataclass(slots=True)
class StatementView:
    """A statement whose ends were fetched: `near` and `far` with a page, others among the loose nodes."""

    statement: Statement
    scope: Scope
    near: Node | None = None
    far: Node | None = None

    typename = "Statement"

    def __getattr__(self, name: str) -> Any:
        return getattr(self.statement, name)

    @property
    def subject(self) -> EntityView | None:
        return self.end(self.statement.subject)

    @property
    def object(self) -> EntityView | None:
        value = self.statement.object
        return self.end(value) if isinstance(value, str) else None

    @property
    def literal(self) -> LiteralView | None:
        return literal_view(self.statement.object)

    @property
    def sentence(self) -> str:
        relation = RELATIONS[self.statement.relation].label
        subject, object_ = self._text(self.statement.subject), self._text(self.statement.object)
        return f"{subject}: {relation} {object_}"

    @property
    def qualifiers(self) -> list[QualifierView]:
        return qualifiers(self.statement.qualifiers, self.scope)

    @property
    def value(self) -> Literal:
        """The literal object. Raises TypeError where the object is an entity."""
        if isinstance(self.statement.object, str):
            raise TypeError("the statement holds between entities")
        return self.statement.object

    @property
    def text(self) -> str:
        return self.value.value

    @property
    def territory(self) -> str:
        return str(qualifier(self.statement, "territory", self.scope) or "")

    @property
    def interval(self) -> IntervalView | None:
        return IntervalView(*self.statement.interval) if self.statement.interval else None

    @property
    def candidates(self) -> list[OpenNameView]:
        return [OpenNameView(end, found, self.scope) for end, found in self.statement.candidates]

    def end(self, id_: str) -> EntityView | None:
        """The entity of that id among what was fetched."""
        for node in (self.near, self.far):
            if node is not None and node.entity.id == id_:
                return EntityView(node, self.scope)
        return loose(self.scope, id_)

    def _text(self, value: Value) -> str:
        if isinstance(value, Literal):
            return str(value)
        end = self.end(value)
        return end.name if end else value


@dataclass(frozen=True, slots=True)
class IntervalView:
    """The range in which a probability lies nine times in ten."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LiteralView:
    """A literal with what each type of it can say."""

    literal: Literal

    @property
    def type(self) -> LiteralType:
        return self.literal.type

    @property
    def value(self) -> str:
        return self.literal.value

    @property
    def unit(self) -> str | None:
        return self.literal.unit or None

    @property
    def year(self) -> int | None:
        if self.literal.type in (LiteralType.DATE, LiteralType.YEAR):
            return year_of(self.literal.value)
        return self.literal.year

    @property
    def number(self) -> float | None:
        return float(self.literal.value) if self.literal.type in _NUMBERS else None

    @property
    def earliest(self) -> str | None:
        return interval(self.value)[0].isoformat() if self.type in _DATES else None

    @property
    def latest(self) -> str | None:
        return interval(self.value)[1].isoformat() if self.type in _DATES else None


_NUMBERS = (LiteralType.DURATION, LiteralType.MONEY, LiteralType.COUNT, LiteralType.RATING)
_DATES = (LiteralType.DATE, LiteralType.YEAR)


@dataclass(frozen=True, slots=True)
class QualifierView:
    """One qualifier: what narrows a statement down."""

    name: str
    given: Value
    scope: Scope | None = None

    @property
    def entity(self) -> EntityView | None:
        return loose(self.scope, self.given) if isinstance(self.given, str) else None

    @property
    def literal(self) -> LiteralView | None:
        return literal_view(self.given)

    @property
    def text(self) -> str:
        if isinstance(self.given, Literal):
            return str(self.given)
        entity = self.entity
        return entity.name if entity else self.given


@dataclass(frozen=True, slots=True)
class OpenNameView:
    """A name that is not resolved yet, with the entities it may mean."""

    end: str
    resolution: Resolution
    scope: Scope

    @property
    def name(self) -> str:
        return self.resolution.name.text

    @property
    def none_of_these(self) -> float:
        return self.resolution.nil_score

    @property
    def candidates(self) -> list[CandidateView]:
        return [CandidateView(one.entity, one.score, one.features, self.scope) for one in self.resolution.candidates]


@dataclass(frozen=True, slots=True)
class CandidateView:
    """An entity that an open name may mean."""

    id: str
    score: float
    found: Mapping[str, float]
    scope: Scope

    @property
    def entity(self) -> EntityView | None:
        return loose(self.scope, self.id)

    @property
    def features(self) -> list[Part]:
        return [Part(name, value, value) for name, value in self.found.items()]


@dataclass(frozen=True, slots=True)
class PageInfoView:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start: Callable[[], str] | None
    end: Callable[[], str] | None

    @property
    def start_cursor(self) -> str | None:
        return self.start() if self.start else None

    @property
    def end_cursor(self) -> str | None:
        return self.end() if self.end else None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a list of the whole store: its cursor and what it holds."""

    cursor: str
    node: Any


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list of the whole store."""

    edges: list[RowView]
    page_info: PageInfoView
    count: Callable[[], int | None]

    @property
    def total_count(self) -> int | None:
        return self.count()


def page_info(page: Page, more: bool, keys: list[Key], cursor: Callable[[Key], str]) -> PageInfoView:
    """Relay's page info: beyond the window's own start a page is known only by the cursor it came from."""
    return PageInfoView(
        has_next_page=page.before is not None if page.backward else more,
        has_previous_page=more if page.backward else page.after is not None,
        start=partial(cursor, keys[0]) if keys else None,
        end=partial(cursor, keys[-1]) if keys else None,
    )


def loose(scope: Scope | None, id_: str) -> EntityView | None:
    """An entity that was fetched by its id, or None."""
    node = scope.loose.get(id_) if scope else None
    return EntityView(node, scope) if node and scope else None


def literal_view(value: Value) -> LiteralView | None:
    """The view of a literal; None for an entity id."""
    return LiteralView(value) if isinstance(value, Literal) else None


def qualifiers(pairs: tuple[tuple[str, Value], ...], scope: Scope | None = None) -> list[QualifierView]:
    """Qualifiers as views."""
    return [QualifierView(name, value, scope) for name, value in pairs]


def qualifier(statement: Statement, name: str, scope: Scope) -> Any:
    """One qualifier in the type its field has: several texts are joined, of other values the first counts."""
    values = [value for key, value in statement.qualifiers if key == name]
    if not values:
        return None
    if isinstance(values[0], str):
        return loose(scope, values[0])
    literals = [value for value in values if isinstance(value, Literal)]
    return _READ.get(literals[0].type, _joined)(literals)


def _joined(literals: list[Literal]) -> str:
    return " / ".join(literal.value for literal in literals)


_READ: dict[LiteralType, Callable[[list[Literal]], Any]] = {
    LiteralType.COUNT: lambda literals: int(literals[0].value),
    LiteralType.YEAR: lambda literals: int(literals[0].value),
    LiteralType.RATING: lambda literals: float(literals[0].value),
    LiteralType.MONEY: lambda literals: LiteralView(literals[0]),
}
