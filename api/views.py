"""Views: what resolvers hand to GraphQL, read from pages that were fetched beforehand. Nothing here reads the store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from marquee.api.request import Scope, Window
from marquee.api.sharing import ties
from marquee.api.views_detail import (
    IntervalView,
    LiteralView,
    OpenNameView,
    QualifierView,
    interval_view,
    literal_view,
    part_views,
    qualifier,
    qualifiers,
    rounded,
)
from marquee.api.views_page import PageInfoView, page_info
from marquee.graph.collaboration import Tie
from marquee.schema.kinds import LEVEL_OF, Kind, Level
from marquee.schema.literals import Literal
from marquee.schema.relations import QUALIFIERS
from marquee.schema.selection import Direction, Edge, Edges, Key, Node
from marquee.schema.values import Attribute, EntityName, Evidence, Part, Statement, Status, Value
from marquee.schema.wording import sentence

EMPTY = Edges((), False)


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
        return next((rounded(one.value) for one in self.node.attributes if one.name == "popularity"), None)

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
        return round(self.tie.weight, 6)

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
        return rounded(self.edge.statement.probability)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.edge.statement.evidence

    def __getattr__(self, name: str) -> Any:
        if name not in QUALIFIERS:
            raise AttributeError(name)
        return qualifier(self.edge.statement, name, partial(loose, self.page.owner.scope))


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
        one = self.statement
        return sentence(self._text(one.subject), one.relation, self._text(one.object))

    @property
    def qualifiers(self) -> list[QualifierView]:
        return qualifiers(self.statement.qualifiers, partial(loose, self.scope))

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
        return str(qualifier(self.statement, "territory", partial(loose, self.scope)) or "")

    @property
    def probability(self) -> float | None:
        return rounded(self.statement.probability)

    @property
    def support(self) -> float | None:
        return rounded(self.statement.support)

    @property
    def parts(self) -> list[Part]:
        return part_views(self.statement.parts)

    @property
    def interval(self) -> IntervalView | None:
        return interval_view(self.statement.interval)

    @property
    def candidates(self) -> list[OpenNameView]:
        return [OpenNameView(end, found, partial(loose, self.scope)) for end, found in self.statement.candidates]

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


def loose(scope: Scope, id_: str) -> EntityView | None:
    """An entity that was fetched by its id, or None."""
    node = scope.loose.get(id_)
    return EntityView(node, scope) if node else None
