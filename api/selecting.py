"""From a GraphQL selection to what the store fetches: the pages of a whole nested answer, planned before it runs.

A field's page is named by the field and its arguments, so that two fields that ask for the same page share
it. The ends of a statement on a page are the page's entity and the edge's node: what is asked of them is
asked of those. Entities that hang on no page (what a qualifier or a candidate names) are *loose*: they
are fetched by id afterwards, one call for each layer of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_argument_values,
    get_directive_values,
)

from marquee.api.derive import FIELDS, SHARED, RelationField, SharedField
from marquee.api.paging import check_first, window
from marquee.api.request import Info, Request, Scope, Window
from marquee.api.sharing import BACK, MAKERS, WORKS
from marquee.api.types_statement import OrderDirection
from marquee.schema.kinds import Kind
from marquee.schema.relations import QUALIFIERS
from marquee.schema.selection import NOW, AsOf, Direction, Order, Page, Selection
from marquee.schema.values import Status

PIECES = 20  # most pieces of evidence of a statement
_PARTNERS = 50  # most collaborators
_LITERALS = 20  # facts of a literal relation to choose the best from
_SHARED_ROWS = 2_500  # what a shared field counts for among a request's rows: few have as many
_WINDOW = ("first", "after", "last", "before")
_ENTITY_QUALIFIERS = tuple(name for name, wanted in QUALIFIERS.items() if isinstance(wanted, frozenset))


@dataclass(slots=True)
class Draft:
    """What is asked of an entity so far."""

    pages: dict[str, PageDraft] = field(default_factory=dict)
    attributes: bool = False

    def selections(self, names: Sequence[str]) -> dict[str, Selection]:
        """The pages as the store takes them; `names` are the attributes to bring where any are asked for."""
        return {name: page.selection(names) for name, page in self.pages.items()}

    def rows(self, times: int) -> int:
        """The most rows this can bring for `times` entities, page sizes multiplied along the nesting."""
        return sum(page.rows(times) for page in self.pages.values())

    def count(self) -> int:
        """How many pages there are, nested ones included."""
        return sum(1 + page.far.count() for page in self.pages.values())


@dataclass(slots=True)
class PageDraft:
    """What is asked of a page so far. `counts`: the rows that it counts for an entity, where that is settled."""

    base: Selection
    counts: int | None = None
    evidence: int = 0
    total: bool = False
    far: Draft = field(default_factory=Draft)

    def selection(self, names: Sequence[str]) -> Selection:
        return replace(
            self.base,
            evidence=self.evidence,
            total=self.total,
            attributes=tuple(names) if self.far.attributes else (),
            nested=self.far.selections(names),
        )

    def rows(self, times: int) -> int:
        if self.counts is not None:
            return times * self.counts
        here = times * self.base.page.size
        return here * (1 + self.evidence) + self.far.rows(here)


@dataclass(slots=True)
class Plan:
    """What one top-level field asks of its entities and of loose ones, and the evidence of its bare statements.

    `shared`: the pages that collaborators are counted from, and how many of them are shown.
    """

    scope: Scope
    root: Draft = field(default_factory=Draft)
    loose: Draft = field(default_factory=Draft)
    names_loose: bool = False
    shared: dict[str, int] = field(default_factory=dict)
    shows_statements: bool = False
    evidence: int = 0


def plan(info: Info, *paths: Sequence[str], as_of: AsOf = NOW) -> Plan:
    """The plan of a top-level field whose entities lie at `paths` of field names below it (none: itself)."""
    planner = _Planner(info, as_of)
    for path in paths or ((),):
        planner.entity(planner.below(info.field_nodes, path), planner.plan.root)
    return planner.plan


def plan_statements(info: Info, *paths: Sequence[str], entities: Sequence[Sequence[str]] = ()) -> Plan:
    """The plan of a top-level field whose statements lie at `paths`, and loose entities at `entities`."""
    planner = _Planner(info, NOW)
    draft = planner.plan.loose
    for path in paths:
        nodes = planner.below(info.field_nodes, path)
        planner.plan.shows_statements = planner.plan.shows_statements or bool(nodes)
        planner.plan.evidence = max(planner.plan.evidence, planner.statement(nodes, draft, draft))
    for path in entities:
        planner.entity(planner.below(info.field_nodes, path), draft)
    planner.plan.names_loose = True
    return planner.plan


class _Planner:
    """Walks the selection of one top-level field. Every method takes the fields whose sub-fields it reads."""

    def __init__(self, info: Info, as_of: AsOf) -> None:
        self.info = info
        self.request: Request = info.context
        self.as_of = as_of
        self.plan = Plan(Scope(self.request))

    def below(self, nodes: Iterable[FieldNode], path: Sequence[str]) -> list[FieldNode]:
        """The fields at the end of a path of names below `nodes`."""
        found = list(nodes)
        for name in path:
            found = [node for node in self._fields(found) if node.name.value == name]
        return found

    def entity(self, nodes: Iterable[FieldNode], draft: Draft) -> None:
        for node in self._fields(nodes):
            name = node.name.value
            if name in FIELDS:
                self._relation(node, FIELDS[name], draft)
            elif name in SHARED:
                self._shared(node, SHARED[name], draft)
            elif name == "facts":
                self._facts(node, draft)
            elif name in ("attributes", "popularity"):
                draft.attributes = True

    def statement(self, nodes: Iterable[FieldNode], subject: Draft, object_: Draft) -> int:
        """Plans the ends of statements; returns how many pieces of evidence are asked for."""
        pieces = 0
        for node in self._fields(nodes):
            name = node.name.value
            if name == "subject":
                self.entity((node,), subject)
            elif name == "object":
                self.entity((node,), object_)
            elif name == "evidence":
                pieces = max(pieces, self._pieces(node))
            elif name == "qualifiers":
                self._loose(one for one in self._fields((node,)) if one.name.value in ("entity", "text"))
            elif name == "candidates":
                self._loose(self.below((node,), ("candidates", "entity")))
        return pieces

    def _relation(self, node: FieldNode, field_: RelationField, draft: Draft) -> None:
        if field_.relation.literal is not None:
            base = Selection((field_.relation.name,), page=Page(_LITERALS), as_of=self.as_of)
            self._edge(node, draft, self._page(node, draft, base, _shape(base)))
            return
        args = self._arguments(node, next(iter(field_.kinds)).value) if node.arguments else {}
        base = self._selection((field_.relation.name,), field_.direction, field_.order, args)
        self._connection(node, draft, base, args)

    def _facts(self, node: FieldNode, draft: Draft) -> None:
        args = self._arguments(node, Kind.FILM.value)
        relations = tuple(one.value for one in args.get("relations") or ())
        self._connection(node, draft, self._selection(relations, args["direction"], Order.RECORDED, args), args)

    def _shared(self, node: FieldNode, field_: SharedField, draft: Draft) -> None:
        args = self._arguments(node, next(iter(field_.kinds)).value)
        check_first(self.request, args["first"], _PARTNERS)
        back = Direction.IN if field_.direction is Direction.OUT else Direction.OUT
        works = Selection(field_.out, field_.direction, page=Page(WORKS), as_of=self.as_of)
        makers = Selection(field_.out, back, kinds=tuple(sorted(field_.kinds)), page=Page(MAKERS), as_of=self.as_of)
        page = self._page(node, draft, works, _shape(works))
        page.counts = _SHARED_ROWS
        page.far.pages.setdefault(BACK, PageDraft(makers))
        name = self.plan.scope.windows[id(node)].name
        self.plan.shared[name] = max(args["first"], self.plan.shared.get(name, 0))
        self._loose(one for one in self._fields((node,)) if one.name.value in ("entity", "works"))

    def _connection(self, node: FieldNode, draft: Draft, base: Selection, args: Mapping[str, Any]) -> None:
        shape = _shape(base)
        window_, tag = window(self.request, shape, **{name: args.get(name) for name in _WINDOW})
        page = self._page(node, draft, replace(base, page=window_), shape, tag)
        for one in self._fields((node,)):
            if one.name.value == "totalCount":
                page.total = True
            elif one.name.value == "edges":
                self._edge(one, draft, page)

    def _edge(self, node: FieldNode, near: Draft, page: PageDraft) -> None:
        """What is asked of an edge, or of a literal's fact: its statement's ends are the page's two."""
        for one in self._fields((node,)):
            name = one.name.value
            if name == "node":
                self.entity((one,), page.far)
            elif name == "evidence":
                page.evidence = max(page.evidence, self._pieces(one))
            elif name == "statement":
                self._ends(one, near, page)
            elif name in _ENTITY_QUALIFIERS:
                self._loose((one,))

    def _ends(self, node: FieldNode, near: Draft, page: PageDraft) -> None:
        direction = page.base.direction
        if direction is not Direction.IN:
            page.evidence = max(page.evidence, self.statement((node,), near, page.far))
        if direction is not Direction.OUT:
            page.evidence = max(page.evidence, self.statement((node,), page.far, near))

    def _page(self, node: FieldNode, draft: Draft, base: Selection, shape: str, tag: bytes | None = None) -> PageDraft:
        """The draft of a page, shared by all fields that ask for the same; notes how the field pages."""
        name = f"{shape}|{base.page}"
        self.plan.scope.windows[id(node)] = Window(name, shape, base.page, tag)
        return draft.pages.setdefault(name, PageDraft(base))

    def _loose(self, nodes: Iterable[FieldNode]) -> None:
        """Entities that hang on no page, or texts that show their names."""
        nodes = tuple(nodes)
        self.plan.names_loose = self.plan.names_loose or bool(nodes)
        self.entity(nodes, self.plan.loose)

    def _selection(
        self, relations: tuple[str, ...], direction: Direction, order: Order, args: Mapping[str, Any]
    ) -> Selection:
        where, by = args.get("where") or {}, args.get("orderBy") or {}
        return Selection(
            relations=relations,
            direction=direction,
            status=tuple(where.get("status") or (Status.ACCEPTED,)),
            kinds=tuple(where.get("kinds") or ()),
            min_probability=where.get("minProbability"),
            order=by.get("by", order),
            descending=by.get("direction") is OrderDirection.DESC,
            as_of=self.as_of,
        )

    def _pieces(self, node: FieldNode) -> int:
        return check_first(self.request, self._arguments(node, "Statement")["first"], PIECES)

    def _arguments(self, node: FieldNode, type_name: str) -> dict[str, Any]:
        owner = self.info.schema.type_map[type_name]
        if not isinstance(owner, GraphQLObjectType):
            raise TypeError(f"{type_name} has no fields")
        return get_argument_values(owner.fields[node.name.value], node, self.info.variable_values)

    def _fields(self, nodes: Iterable[FieldNode]) -> Iterator[FieldNode]:
        """The sub-fields of all `nodes`, fragments spread, without those that a directive leaves out."""
        for node in nodes:
            yield from self._spread(node.selection_set)

    def _spread(self, selections: SelectionSetNode | None) -> Iterator[FieldNode]:
        for one in selections.selections if selections else ():
            if one.directives and self._left_out(one):
                continue
            if isinstance(one, FieldNode):
                yield one
            elif isinstance(one, InlineFragmentNode):
                yield from self._spread(one.selection_set)
            elif isinstance(one, FragmentSpreadNode):
                yield from self._spread(self.info.fragments[one.name.value].selection_set)

    def _left_out(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.info.variable_values)
        include = get_directive_values(GraphQLIncludeDirective, node, self.info.variable_values)
        return bool(skip and skip["if"]) or bool(include and not include["if"])


def _shape(base: Selection) -> str:
    """What tells a list from others, as text: all of a selection but the window and what to bring."""
    parts = (base.relations, base.direction, base.status, base.kinds, base.min_probability, base.order)
    return "|".join(str(part) for part in (*parts, base.descending, base.as_of.valid_at, base.as_of.known_at))
