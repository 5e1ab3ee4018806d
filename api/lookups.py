"""Look-ups: what the top-level fields read from the store, and the views they answer with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from marquee.api.fetching import ends_of, fetch, load_loose
from marquee.api.limits import check_text
from marquee.api.paging import listed, window
from marquee.api.request import Info, Request
from marquee.api.selecting import Plan, plan, plan_statements
from marquee.api.views import EntityView, StatementView
from marquee.api.views_page import ListView
from marquee.schema.errors import InputError, NotFound
from marquee.schema.kinds import Kind
from marquee.schema.selection import NOW, AsOf, EntityFilter, Node, Page, StatementFilter
from marquee.schema.text import fold, title_key
from marquee.schema.values import Entity, ExternalId, Run

_LONGEST_ID = 64
COUNTED = 1_000  # statements of a list that are counted one by one


def entity(
    info: Info,
    id_: str | None = None,
    external: ExternalId | None = None,
    name: str | None = None,
    kinds: Collection[Kind] = (),
    as_of: AsOf = NOW,
) -> EntityView | None:
    """The entity that one of id, external id or name gives, with its pages; None where there is none of `kinds`.

    A name must match whole, case and accents aside; of several bearers the best connected is taken.
    """
    if sum(given is not None for given in (id_, external, name)) != 1:
        raise InputError("say which one:", mend="give exactly one of the arguments that look it up.")
    request: Request = info.context
    if external is not None:
        id_ = request.service.by_external(external)
    elif name is not None:
        id_ = by_name(request, name, kinds)
    if id_ is None or len(id_) > _LONGEST_ID:
        return None
    planned = plan(info, as_of=as_of)
    node = fetch(planned, (id_,)).get(id_)
    if node is None or (kinds and node.entity.kind not in kinds):
        return None
    return EntityView(node, planned.scope)


def by_name(request: Request, name: str, kinds: Collection[Kind]) -> str | None:
    """The best connected entity of that whole name, or None."""
    check_text("name", name, request.limits)
    keys = list(dict.fromkeys(key for key in (fold(name), title_key(name)) if key))
    found = request.service.store.by_name(keys, kinds, limit=1) if keys else {}
    return next((found[key][0].entity for key in keys if found.get(key)), None)


def entities(planned: Plan, found: Iterable[Entity]) -> list[EntityView]:
    """Views of entities that were read already, with their pages if any are asked for."""
    known = {one.id: Node(one) for one in found}
    asked = planned.root.pages or planned.root.attributes
    nodes = fetch(planned, list(known)) if asked and known else known
    return [EntityView(nodes.get(id_, node), planned.scope) for id_, node in known.items()]


def statement(info: Info, id_: str) -> StatementView | None:
    """The statement of that id with its ends, or None."""
    planned = plan_statements(info, ())
    return statements(planned, [id_]).get(id_)


def statements(planned: Plan, ids: Collection[str]) -> dict[str, StatementView]:
    """Statements by asked id with what they name; unknown ones are absent."""
    request = planned.scope.request
    wanted = [id_ for id_ in ids if len(id_) <= _LONGEST_ID]
    found = request.service.store.statements(wanted, evidence=planned.evidence) if wanted else {}
    load_loose(planned, ends_of(found.values()))
    return {id_: StatementView(one, planned.scope) for id_, one in found.items()}


def list_entities(info: Info, which: EntityFilter, args: dict[str, Any], count: Callable[[], int | None]) -> ListView:
    """A page of the store's entities."""
    request: Request = info.context
    shape = f"entities|{which.kinds}|{which.attribute}"
    page, _ = window(request, shape, **args)
    listing = request.service.store.list_entities(which, page, request.deadline)
    return listed(request, shape, page, listing, entities(plan(info, ("edges", "node")), listing.items), count)


def list_statements(
    info: Info, which: StatementFilter, args: dict[str, Any], count: Callable[[], int | None]
) -> ListView:
    """A page of the store's statements."""
    request: Request = info.context
    shape = f"statements|{which}"
    page, _ = window(request, shape, **args)
    listing = request.service.store.list_statements(which, page, request.deadline)
    planned = plan_statements(info, ("edges", "node"))
    load_loose(planned, ends_of(listing.items))
    views = [StatementView(one, planned.scope) for one in listing.items]
    return listed(request, shape, page, listing, views, count)


def counter(request: Request, which: StatementFilter) -> Callable[[], int | None]:
    """Counts the statements that a filter lets through; None where they are more than are worth counting."""

    def count() -> int | None:
        listing = request.service.store.list_statements(which, Page(COUNTED), request.deadline)
        return None if listing.more else len(listing.items)

    return count


def list_runs(info: Info, args: dict[str, Any]) -> ListView:
    """A page of runs, newest first."""
    request: Request = info.context
    page, _ = window(request, "runs", **args)
    store = request.service.store
    return listed(request, "runs", page, found := store.runs(page), found.items, lambda: store.status().runs)


def run(request: Request, id_: str) -> Run | None:
    """The run of that id, or None."""
    try:
        return request.service.store.run(id_)
    except NotFound:
        return None


def known_entities(request: Request, ids: Sequence[str]) -> dict[str, Entity]:
    """Entities by asked id. Raises NotFound naming the first that is unknown."""
    found = request.service.store.entities([id_ for id_ in dict.fromkeys(ids) if len(id_) <= _LONGEST_ID])
    for id_ in ids:
        if id_ not in found:
            raise NotFound(f"no entity has the id {id_[:_LONGEST_ID]!r}.", mend="Look it up with search or entity.")
    return found
