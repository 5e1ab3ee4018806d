"""Point reads of a Neo4j store: by id, key, name, pair and triple. Batches of any size, one query each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from marquee.graph.neo4j_cypher import (
    MEASURED,
    entity,
    entity_of,
    live,
    read_attributes,
    read_entity,
    read_statements,
    statement,
    version,
)
from marquee.graph.neo4j_session import HEAD, Session
from marquee.graph.store import Dates, Named
from marquee.graph.times import AWARDED, first_years
from marquee.schema.kinds import Kind
from marquee.schema.relations import RELATIONS
from marquee.schema.values import Action, Attribute, Decision, Document, Entity, ExternalId, Statement

_NAMES_AT_ONCE = 5_000
DEGREE = "CASE WHEN coalesce(e.degree_run, 0) > head THEN e.degree_was ELSE e.degree END"


def entities(session: Session, ids: Collection[str]) -> dict[str, Entity]:
    """Entities by asked id, redirects followed."""
    query = f"{HEAD} UNWIND $ids AS asked {entity_of('asked')} RETURN asked, {entity()}"
    return {asked: read_entity(row) for asked, row in session.rows(query, ids=list(ids))}


def by_external(session: Session, keys: Collection[ExternalId]) -> dict[ExternalId, str]:
    """Entity ids by external key."""
    query = (
        f"{HEAD} UNWIND $keys AS key MATCH (x:MarqueeKey {{scheme: key[0], value: key[1]}})-[:IDENTIFIES]->(e)"
        " WHERE x.since <= head RETURN key[0], key[1], e.id"
    )
    rows = session.rows(query, keys=[list(key) for key in keys])
    return {(scheme, value): id_ for scheme, value, id_ in rows}


def by_name(session: Session, keys: Collection[str], kinds: Collection[Kind], limit: int) -> dict[str, list[Named]]:
    """Entities whose folded name or title key is one of `keys`, best connected first; every key is present."""
    query = (
        f"{HEAD} UNWIND $keys AS key CALL (key, head) {{"
        f" CALL (key, head) {{ MATCH (x:MarqueeName {{key: left(key, $longest)}})-[:NAMES]->(e) WHERE {live('x')} RETURN e"
        f" UNION MATCH (x:MarqueeName {{title: left(key, $longest)}})-[:NAMES]->(e) WHERE {live('x')} RETURN e }}"
        f" WITH head, e, {DEGREE} AS degree WHERE $kinds = [] OR e.kind IN $kinds"
        " RETURN e, degree ORDER BY degree DESC, e.n LIMIT $limit }"
        f" RETURN key, degree, {entity()} ORDER BY key, degree DESC, e.n"
    )
    found: dict[str, list[Named]] = {key: [] for key in keys}
    params: dict[str, Any] = {
        "keys": list(found),
        "kinds": [str(kind) for kind in kinds],
        "limit": limit,
        "longest": LONGEST_KEY,
    }
    for key, degree, row in session.rows(query, **params):
        one = read_entity(row)
        found[key].append(Named(one.id, one.kind, one.label, one.external_ids, degree))
    return found


LONGEST_KEY = 1_000  # characters of a name that are looked up; an index takes 8 kB


def neighbours(session: Session, ids: Collection[str], limit: int) -> dict[str, frozenset[str]]:
    """Ids at the other end of accepted and pending statements; every id is present."""
    arm = (
        f"WITH o, {version()} AS v WHERE o <> e AND v.status IN ['pending', 'accepted'] RETURN DISTINCT o.id AS id"
        " LIMIT $limit"
    ).replace("WITH o,", "WITH e, o,")
    query = (
        f"{HEAD} UNWIND $ids AS asked {entity_of('asked')} CALL (e, head) {{"
        f" MATCH (e)<-[:SUBJECT]-(s:MarqueeStatement)-[:OBJECT]->(o) {arm}"
        f" UNION MATCH (e)<-[:OBJECT]-(s:MarqueeStatement)-[:SUBJECT]->(o) {arm} }}"
        " RETURN asked, collect(id)[..$limit]"
    )
    rows = session.rows(query, ids=list(ids), limit=limit)
    return dict.fromkeys(ids, frozenset[str]()) | {asked: frozenset(found) for asked, found in rows}


def dates(session: Session, ids: Collection[str]) -> dict[str, Dates]:
    """Accepted dates, the earliest of each; every id is present."""
    query = (
        f"{HEAD} UNWIND $ids AS asked {entity_of('asked')} MATCH (e)<-[:SUBJECT]-(s:MarqueeStatement)"
        f" WHERE s.relation IN $relations WITH asked, s, {version()} AS v WHERE v.status = 'accepted'"
        " RETURN asked, s.relation, min(s.value)"
    )
    found: dict[str, dict[str, str]] = {}
    for asked, relation, value in session.rows(query, ids=list(ids), relations=list(_DATES)):
        found.setdefault(asked, {})[_DATES[relation]] = value
    dates = dict.fromkeys(ids, Dates()) | {asked: Dates(**values) for asked, values in found.items()}
    awarded = _awarded(session, [asked for asked, known in dates.items() if known == Dates()])
    return dates | {asked: Dates(released=year) for asked, year in awarded.items()}


def _awarded(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The year of the first award, of those that have one."""
    query = (
        f"{HEAD} UNWIND $ids AS asked {entity_of('asked')} MATCH (e)<-[:MENTIONS]-(s:MarqueeStatement)"
        f" WHERE s.relation IN $relations WITH asked, s, {version()} AS v WHERE v.status = 'accepted'"
        " RETURN asked, s.qualifiers"
    )
    return first_years(session.rows(query, ids=list(ids), relations=list(AWARDED))) if ids else {}


_DATES = {"birth_date": "born", "death_date": "died", "release_date": "released"}


def values(session: Session, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Statement]]:
    """Accepted statements of each (subject, relation), without evidence; every pair is present."""
    query = (
        f"{HEAD} UNWIND $pairs AS pair {entity_of('pair[0]')} WITH head, pair, e AS a"
        " MATCH (a)<-[:SUBJECT]-(s) WHERE s.relation = pair[1] OPTIONAL MATCH (s)-[:OBJECT]->(b)"
        f" WITH *, {version()} AS v WHERE v.status = 'accepted'"
        f" RETURN pair[0], pair[1], {statement()} ORDER BY s.n"
    )
    rows = session.rows(query, pairs=[list(pair) for pair in set(pairs)])
    found: dict[tuple[str, str], list[Statement]] = {pair: [] for pair in pairs}
    read = read_statements(session, [row[2] for row in rows], [0] * len(rows))
    for (subject, relation, _), one in zip(rows, read, strict=True):
        found[subject, relation].append(one)
    return found


def statements(session: Session, ids: Collection[str], evidence: int) -> dict[str, Statement]:
    """Statements by asked id, redirects followed, each with up to `evidence` pieces."""
    query = (
        f"{HEAD} UNWIND $ids AS asked MATCH (y:MarqueeStatement {{id: asked}}) WHERE y.first <= head"
        " OPTIONAL MATCH (y)-[:MERGED_INTO]->(t:MarqueeStatement) WITH head, asked, coalesce(t, y) AS s"
        " MATCH (s)-[:SUBJECT]->(a) OPTIONAL MATCH (s)-[:OBJECT]->(b)"
        f" WITH *, {version()} AS v RETURN asked, {statement(pieces='$evidence')}"
    )
    rows = session.rows(query, ids=list(ids), evidence=evidence)
    read = read_statements(session, [row[1] for row in rows], [evidence] * len(rows))
    return {row[0]: one for row, one in zip(rows, read, strict=True)}


def triples(session: Session, keys: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
    """Ids of accepted statements between entities; a symmetric relation is found from either end.

    The server is led from the subject: an object may be a genre, with a hundred times as many statements.
    """
    ways = {key: key for key in keys}
    for subject, relation, object_ in keys:
        if relation in RELATIONS and RELATIONS[relation].symmetric:
            ways.setdefault((object_, relation, subject), (subject, relation, object_))
    query = (
        f"{HEAD} UNWIND $keys AS key {entity_of('key[0]')} WITH head, key, e AS subject {entity_of('key[2]')}"
        " WITH head, key, subject, e AS object"
        " MATCH (subject)<-[:SUBJECT]-(s) WHERE s.relation = key[1] AND EXISTS { (s)-[:OBJECT]->(object) }"
        f" WITH key, s, {version()} AS v WHERE v.status = 'accepted' RETURN key, s.id ORDER BY s.n DESC"
    )
    rows = session.rows(query, keys=[list(key) for key in ways])
    found = {(key[0], key[1], key[2]): id_ for key, id_ in rows}
    mirrored = {ways[key]: id_ for key, id_ in found.items()}
    return mirrored | {key: id_ for key, id_ in found.items() if key in keys}


def names(session: Session, kinds: Collection[Kind]) -> Iterator[tuple[str, Kind, str]]:
    """Every (name as written, kind, entity id), aliases included; reads in steps."""
    query = (
        f"{HEAD} MATCH (x:MarqueeName) WHERE x.n > $last AND {live('x')} MATCH (x)-[:NAMES]->(e)"
        " WHERE $kinds = [] OR e.kind IN $kinds RETURN x.n, x.text, e.kind, e.id ORDER BY x.n LIMIT $count"
    )
    params: dict[str, Any] = {"kinds": [str(kind) for kind in kinds], "count": _NAMES_AT_ONCE}
    last = 0
    while rows := session.rows(query, last=last, **params):
        for _, text, kind, id_ in rows:
            yield text, Kind(kind), id_
        last = rows[-1][0]


def attributes(session: Session, name: str) -> dict[str, Attribute]:
    """One attribute of every entity that has it."""
    query = (
        f"{HEAD} MATCH (x:MarqueeAttribute {{name: $name}})-[:MEASURES]->(e) WHERE {live('x')}"
        f" RETURN e.id, {MEASURED} ORDER BY x.n"
    )
    return {id_: read_attributes(id_, [row])[0] for id_, row in session.rows(query, name=name)}


def ledger(session: Session, source: str) -> dict[str, str]:
    """Locator -> digest."""
    query = (
        f"{HEAD} MATCH (x:MarqueeReading {{source: $source}})"
        " WITH x, CASE WHEN x.since <= head THEN x.digest ELSE x.was END AS digest WHERE digest IS NOT NULL"
        " RETURN x.locator, digest"
    )
    return dict(session.rows(query, source=source))


def documents(session: Session, ids: Collection[str]) -> dict[str, Document]:
    """Documents by id."""
    query = (
        f"{HEAD} UNWIND $ids AS asked MATCH (d:MarqueeDocument {{id: asked}}) WHERE d.since <= head"
        " RETURN d.id, d.source, d.text, d.name, d.retrieved_at, d.licence"
    )
    return {row[0]: Document(*row) for row in session.rows(query, ids=list(ids))}


def decisions(session: Session, ids: Collection[str]) -> list[Decision]:
    """Decisions in order of time; all of them when no ids are given."""
    among = (
        "UNWIND $ids AS asked MATCH (y:MarqueeStatement {id: asked}) OPTIONAL MATCH (y)-[:MERGED_INTO]->(t)"
        " WITH DISTINCT head, coalesce(t, y) AS s"
    )
    query = (
        f"{HEAD} {among if ids else ''} MATCH (d:MarqueeDecision)-[:DECIDES]->(s:MarqueeStatement) WHERE d.since <= head"
        " RETURN s.id, d.action, d.reason, d.by, d.at, d.choice ORDER BY d.at, d.n"
    )
    rows = session.rows(query, ids=list(ids))
    return [Decision(id_, Action(action), *rest) for id_, action, *rest in rows]
