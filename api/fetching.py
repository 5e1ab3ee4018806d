"""Fetching: the pages of a plan, and the loose entities that hang on none, in as few store calls as can be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from marquee.api.limits import LimitExceeded, Limits
from marquee.api.request import Request
from marquee.api.selecting import Draft, Plan
from marquee.api.sharing import ties
from marquee.schema.selection import Node
from marquee.schema.values import Statement


def fetch(plan: Plan, ids: Collection[str]) -> dict[str, Node]:
    """The entities of `ids` that exist, with their pages; loose ones are put into its scope.

    Raises LimitExceeded before anything is read if the pages could hold too many rows.
    """
    check_rows(plan.root, len(ids), plan.scope.request.limits)
    nodes = _fetch(plan.scope.request, plan.root, ids)
    if plan.names_loose:
        load_loose(plan, _named_on(plan, nodes.values()))
    return nodes


def load_loose(plan: Plan, ids: Iterable[str]) -> None:
    """Fetches loose entities by id, and those that are named on their pages in turn."""
    missing = set(ids) - plan.scope.loose.keys()
    while missing:
        check_rows(plan.loose, len(missing), plan.scope.request.limits)
        nodes = _fetch(plan.scope.request, plan.loose, sorted(missing))
        plan.scope.loose.update(nodes)
        missing = _named_on(plan, nodes.values()) - plan.scope.loose.keys() - missing if plan.names_loose else set()


def check_rows(draft: Draft, times: int, limits: Limits) -> None:
    """Raises LimitExceeded if `times` entities could bring more rows, or have more pages, than a request may."""
    if (pages := draft.count()) > limits.pages:
        raise LimitExceeded(f"the query asks for {pages} lists at once; the cap is {limits.pages}.")
    rows = draft.rows(times)
    if rows > limits.rows:
        raise LimitExceeded(
            f"the query asks for up to {rows:,} facts and pieces of evidence; the cap is {limits.rows:,}.",
            mend="Lower `first` where pages are nested.",
        )


def ends_of(statements: Iterable[Statement]) -> set[str]:
    """The ids of all entities that statements name: ends, qualifiers and candidates."""
    return {id_ for statement in statements for id_ in (*_ends(statement), *_named(statement))}


def _fetch(request: Request, draft: Draft, ids: Collection[str]) -> dict[str, Node]:
    names = request.service.attributes
    attributes = names if draft.attributes else ()
    return request.service.store.fetch(tuple(ids), draft.selections(names), attributes, request.deadline)


def _named_on(plan: Plan, nodes: Iterable[Node]) -> set[str]:
    """The ids that these nodes' pages name beside their ends: in qualifiers and candidates, and collaborators."""
    found: set[str] = set()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        for name, page in node.pages.items():
            if name in plan.shared:
                found.update(id_ for tie in ties(node, name, plan.shared[name]) for id_ in (tie.other, *tie.works))
                continue
            for edge in page.items:
                found.update(_named(edge.statement))
                if edge.node is not None:
                    stack.append(edge.node)
    return found


def _ends(statement: Statement) -> Iterator[str]:
    yield statement.subject
    if isinstance(statement.object, str):
        yield statement.object


def _named(statement: Statement) -> Iterator[str]:
    for _, value in statement.qualifiers:
        if isinstance(value, str):
            yield value
    for _, resolution in statement.candidates:
        yield from (one.entity for one in resolution.candidates)
