"""Lists of statements, page by page: in order of recording, or nearest to one half first."""

from __future__ import annotations

from typing import Any

from marquee.graph.neo4j_cypher import live, moments, read_statements, statement, version
from marquee.graph.neo4j_session import HEAD, Session
from marquee.graph.paging import NUMBER, check_key, turned
from marquee.graph.store import Listing
from marquee.graph.times import day_range
from marquee.schema.selection import Deadline, Key, Page, StatementFilter
from marquee.schema.values import Statement, Status

_UNJUDGED = 1.0  # further from one half than any probability


def list_statements(session: Session, which: StatementFilter, page: Page, deadline: Deadline) -> Listing[Statement]:
    """Statements with all their evidence, in order of recording or nearest to one half first."""
    known_at = which.as_of.known_at
    known = None if known_at is None else moments(session, [known_at])[known_at]
    rows = session.rows(
        _query(_start(which), which.doubt_first, page.backward),
        deadline,
        known=known,
        size=max(page.size, 0) + 1,
        **_params(which),
        **_window(which, page),
    )
    kept, more = turned(rows, page)
    keys: tuple[Key, ...] = tuple((row[0], row[1]) if which.doubt_first else (row[1],) for row in kept)
    return Listing(tuple(read_statements(session, [row[2] for row in kept], [-1] * len(kept))), keys, more)


# Where the server begins, as narrow as an index allows. What a run that is being written has changed may
# have been different before, so it is looked at as well.
_STARTS = {
    "all": "MATCH (s:MarqueeStatement) WHERE s.n > 0",
    "status": "MATCH (s:MarqueeStatement) WHERE s.status IN $status OR s.since > known",
    "relation": "MATCH (s:MarqueeStatement) WHERE s.relation IN $relations",
    "review": "MATCH (s:MarqueeStatement) WHERE s.review > 0 OR s.since > known",
    "run": "MATCH (r:MarqueeRun {id: $run}) MATCH (s:MarqueeStatement) WHERE s.first = r.n",
    "source": f"MATCH (x:MarqueeEvidence {{source: $source}}) WHERE x.item IS NOT NULL AND {live('x', 'known')}"
    " MATCH (x)-[:SUPPORTS]->(s:MarqueeStatement) WITH DISTINCT head, known, s",
}


def _start(which: StatementFilter) -> str:
    if which.run is not None:
        return "run"
    if which.review:
        return "review"
    if which.source is not None:
        return "source"
    if which.status and Status.ACCEPTED not in which.status:
        return "status"
    return "relation" if which.relations else "all"


# One text for each start, order and direction, so that the server plans few.
def _query(start: str, doubt_first: bool, backward: bool) -> str:
    key = f"coalesce(abs(v.probability - 0.5), {_UNJUDGED})" if doubt_first else "0"
    way = "DESC" if backward else "ASC"
    order = f"k {way}, s.n {way}" if doubt_first else f"s.n {way}"
    window = (
        "(k > $after_k OR k = $after_k AND s.n > $after_n) AND (k < $before_k OR k = $before_k AND s.n < $before_n)"
        if doubt_first
        else "s.n > $after_n AND s.n < $before_n"
    )
    return (
        f"{HEAD} WITH head, coalesce($known, head) AS known {_STARTS[start]}"
        f" WITH head, known, s, {version('s', 'known')} AS v WHERE {_CONDITIONS}"
        f" WITH head, known, s, v, {key} AS k WHERE {window}"
        f" WITH head, known, s, v, k ORDER BY {order} LIMIT $size"
        " MATCH (s)-[:SUBJECT]->(a) OPTIONAL MATCH (s)-[:OBJECT]->(b)"
        f" RETURN k, s.n, {statement('known', '-1')} ORDER BY {order}"
    )


_CONDITIONS = (
    "v IS NOT NULL AND v.status <> 'merged' AND ($status = [] OR v.status IN $status)"
    " AND ($relations = [] OR s.relation IN $relations)"
    " AND ($first IS NULL OR coalesce(v.valid_first, $last) <= $last AND coalesce(v.valid_last, $first) >= $first)"
    " AND ($run IS NULL OR s.first = COLLECT { MATCH (r:MarqueeRun {id: $run}) RETURN r.n }[0])"
    f" AND ($source IS NULL OR EXISTS {{ MATCH (s)<-[:SUPPORTS]-(x:MarqueeEvidence {{source: $source}})"
    f" WHERE {live('x', 'known')} }})"
    " AND (NOT $open_name OR s.candidates IS NOT NULL)"
    " AND ($review IS NULL OR (coalesce(v.review, 0) > 0) = $review)"
)


def _params(which: StatementFilter) -> dict[str, Any]:
    first, last = day_range(which.as_of.valid_at) if which.as_of.valid_at else (None, None)
    return {
        "status": [str(status) for status in which.status],
        "relations": list(which.relations),
        "source": which.source,
        "run": which.run,
        "first": first,
        "last": last,
        "open_name": which.open_name,
        "review": which.review,
    }


def _window(which: StatementFilter, page: Page) -> dict[str, Any]:
    """The positions between which the page lies; those of either end of the list where none is given."""
    params: dict[str, Any] = {"after_k": -1, "after_n": 0, "before_k": 2, "before_n": 2**62}
    for name, key in (("after", page.after), ("before", page.before)):
        if key is not None:
            check_key(key, (NUMBER,) * (2 if which.doubt_first else 1))
            params |= {f"{name}_k": key[0] if which.doubt_first else 0, f"{name}_n": key[-1]}
    return params
