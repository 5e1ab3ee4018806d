"""The ledger of runs as readers see it, and the counts of the whole store."""

from __future__ import annotations

import json
from collections.abc import Mapping

from marquee.graph.neo4j_cypher import live, version
from marquee.graph.neo4j_schema import VERSION
from marquee.graph.neo4j_session import HEAD, Row, Session
from marquee.graph.paging import NUMBER, check_key, turned
from marquee.graph.store import Listing, StoreStatus
from marquee.schema.errors import NotFound
from marquee.schema.kinds import LEVEL_OF, Kind, Level
from marquee.schema.selection import Page
from marquee.schema.values import Run, RunStatus, Status

_RUN = "[r.id, r.kind, r.started, r.finished, r.sources, r.model, r.counts, r.status, r.message]"


def runs(session: Session, page: Page) -> Listing[Run]:
    """Runs, newest first."""
    conditions = ["r.n > 0"]
    for key, condition in ((page.after, "r.n < $after"), (page.before, "r.n > $before")):
        if key is not None:
            check_key(key, (NUMBER,))
            conditions.append(condition)
    rows = session.rows(
        f"MATCH (r:MarqueeRun) WHERE {' AND '.join(conditions)}"
        f" RETURN {_RUN}, r.n ORDER BY r.n {'ASC' if page.backward else 'DESC'} LIMIT $size",
        size=max(page.size, 0) + 1,
        after=page.after and page.after[0],
        before=page.before and page.before[0],
    )
    kept, more = turned(rows, page)
    return Listing(tuple(_run(row[0]) for row in kept), tuple((row[1],) for row in kept), more)


def run(session: Session, id_: str) -> Run:
    """Raises NotFound."""
    rows = session.rows(f"MATCH (r:MarqueeRun {{id: $id}}) RETURN {_RUN}", id=id_)
    if not rows:
        raise NotFound(f"no run {id_!r}.", mend="List them with: marquee runs list")
    return _run(rows[0][0])


def _run(row: Row) -> Run:
    id_, kind, started, finished, sources, model, counts, status, message = row
    return Run(id_, kind, started, finished, tuple(sources), model, json.loads(counts), RunStatus(status), message)


# --- counts --------------------------------------------------------------------------------------


def status(session: Session, url: str) -> StoreStatus:
    """Counts of everything, of one moment."""
    state = session.pinned()
    counted = state.rows(f"{HEAD} MATCH (e:MarqueeEntity) {_ENTITY} RETURN e.kind, count(*)")
    kinds: dict[str, int] = {row[0]: row[1] for row in counted}
    groups = state.rows(
        f"{HEAD} MATCH (s:MarqueeStatement) WITH s, {version()} AS v WHERE v.status <> 'merged'"
        " RETURN s.relation, v.status, count(*), sum(CASE WHEN v.review > 0 THEN 1 ELSE 0 END)"
    )
    relations: dict[str, int] = {}
    states = {str(one): 0 for one in Status}
    for relation, believed, count, _ in groups:
        relations[relation] = relations.get(relation, 0) + count
        states[believed] += count
    return StoreStatus(
        url,
        VERSION,
        entities=sum(kinds.values()),
        statements=sum(relations.values()),
        evidence=state.one(f"{HEAD} MATCH (x:MarqueeEvidence) WHERE {live('x')} RETURN count(*)"),
        documents=state.one(f"{HEAD} MATCH (d:MarqueeDocument) WHERE d.since <= head RETURN count(*)"),
        by_kind=kinds,
        by_level=_by_level(kinds),
        by_status=states,
        by_relation=relations,
        review=sum(row[3] for row in groups),
        runs=state.one("MATCH (r:MarqueeRun) RETURN count(*)"),
    )


_ENTITY = "WHERE e.since <= head AND e.merged IS NULL"


def _by_level(kinds: Mapping[str, int]) -> dict[str, int]:
    counts = dict.fromkeys((str(level) for level in Level), 0)
    for kind, count in kinds.items():
        counts[str(LEVEL_OF[Kind(kind)])] += count
    return counts
