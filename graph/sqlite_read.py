"""Point reads of a SQLite store: by id, key, name, pair and triple. Batches of any size, one query each."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from marquee.graph.sqlite_codec import ACCEPTED, PENDING, read_attributes, read_entity, read_statement
from marquee.graph.sqlite_session import Session, sql
from marquee.graph.sqlite_sql import Belief, attributes_json, entity_json, statement_json
from marquee.graph.store import Dates, Named
from marquee.graph.times import AWARDED, first_years
from marquee.schema.kinds import Kind
from marquee.schema.relations import RELATIONS
from marquee.schema.values import Action, Attribute, Decision, Document, Entity, ExternalId, Statement

_NOW = Belief()
_NAMES_AT_ONCE = 2_000


def array(values: Collection[object]) -> str:
    """Values as one JSON parameter, so that no batch is too large for SQL."""
    return json.dumps(list(values))


def entities(session: Session, ids: Collection[str]) -> dict[str, Entity]:
    """Entities by asked id, redirects followed."""
    query = sql(
        "SELECT j.value,",
        entity_json("e"),
        "FROM json_each(?) j CROSS JOIN entity a ON a.eid = j.value CROSS JOIN entity e ON e.id = coalesce(a.merged, a.id)",
    )
    return {asked: read_entity(session, found) for asked, found in session.rows(query, (array(ids),))}


def by_external(session: Session, keys: Collection[ExternalId]) -> dict[ExternalId, str]:
    """Entity ids by external key."""
    schemes: dict[str, list[str]] = {}
    for scheme, value in keys:
        schemes.setdefault(scheme, []).append(value)
    found: dict[ExternalId, str] = {}
    for scheme, values in schemes.items():
        rows = session.rows(
            "SELECT x.value, e.eid FROM json_each(?) j CROSS JOIN external x ON x.scheme = ? AND x.value = j.value"
            " CROSS JOIN entity e ON e.id = x.entity",
            (array(values), session.code(scheme)),
        )
        found.update({(scheme, value): eid for value, eid in rows})
    return found


def by_name(session: Session, keys: Collection[str], kinds: Collection[Kind], limit: int) -> dict[str, list[Named]]:
    """Entities whose folded name or title key is one of `keys`, best connected first; every key is present."""
    codes = array(session.all_codes([str(kind) for kind in kinds]))
    query = sql(
        "WITH asked (key) AS (SELECT DISTINCT value FROM json_each(:keys)), hit (key, entity) AS (",
        "SELECT k.key, n.entity FROM asked k JOIN name n ON n.key = k.key WHERE n.until IS NULL",
        "UNION SELECT k.key, n.entity FROM asked k JOIN name n ON n.title = k.key WHERE n.until IS NULL),",
        "ranked AS (SELECT h.key, h.entity, e.degree, e.id, row_number() OVER",
        "(PARTITION BY h.key ORDER BY e.degree DESC, e.id) AS place FROM hit h JOIN entity e ON e.id = h.entity",
        "WHERE :kinds = '[]' OR e.kind IN (SELECT value FROM json_each(:kinds)))",
        "SELECT r.key, r.degree,",
        entity_json("e"),
        "FROM ranked r JOIN entity e ON e.id = r.id WHERE r.place <= :limit ORDER BY r.key, r.place",
    )
    found: dict[str, list[Named]] = {key: [] for key in keys}
    for key, degree, text in session.rows(query, {"keys": array(keys), "kinds": codes, "limit": limit}):
        entity = read_entity(session, text)
        found[key].append(Named(entity.id, entity.kind, entity.label, entity.external_ids, degree))
    return found


def neighbours(session: Session, ids: Collection[str], limit: int) -> dict[str, frozenset[str]]:
    """Ids at the other end of accepted and pending statements; every id is present."""
    alive = f"s.status IN ({PENDING}, {ACCEPTED})"
    query = sql(
        "SELECT j.value, (SELECT json_group_array(o.eid) FROM (",
        "SELECT * FROM (SELECT s.object AS id FROM statement s WHERE s.subject = e.id AND s.object IS NOT NULL",
        "AND",
        alive,
        "LIMIT :limit) UNION SELECT * FROM (SELECT s.subject FROM statement s WHERE s.object = e.id AND",
        alive,
        "LIMIT :limit) LIMIT :limit) x JOIN entity o ON o.id = x.id WHERE o.id <> e.id)",
        "FROM json_each(:ids) j CROSS JOIN entity a ON a.eid = j.value CROSS JOIN entity e ON e.id = coalesce(a.merged, a.id)",
    )
    rows = session.rows(query, {"ids": array(ids), "limit": limit})
    return dict.fromkeys(ids, frozenset[str]()) | {asked: frozenset(json.loads(text)) for asked, text in rows}


def dates(session: Session, ids: Collection[str]) -> dict[str, Dates]:
    """Accepted dates, the earliest of each; every id is present."""
    columns = ("birth_date", "death_date", "release_date")
    query = sql(
        "SELECT j.value",
        *(
            sql(
                ", (SELECT min(s.value) FROM statement s WHERE s.subject = e.id",
                f"AND s.relation = {code} AND s.status = {ACCEPTED})",
            )
            for code in session.all_codes(columns)
        ),
        "FROM json_each(?) j CROSS JOIN entity a ON a.eid = j.value CROSS JOIN entity e ON e.id = coalesce(a.merged, a.id)",
    )
    found = {asked: Dates(*dates) for asked, *dates in session.rows(query, (array(ids),))}
    awarded = _awarded(session, [asked for asked, dates in found.items() if dates == Dates()])
    return dict.fromkeys(ids, Dates()) | found | {asked: Dates(released=year) for asked, year in awarded.items()}


def _awarded(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The year of the first award, of those that have one."""
    won, nominated = session.all_codes(AWARDED)
    query = sql(
        "SELECT j.value, s.qualifiers FROM json_each(?) j CROSS JOIN entity a ON a.eid = j.value",
        "CROSS JOIN mention m ON m.entity = coalesce(a.merged, a.id) CROSS JOIN statement s ON s.id = m.statement",
        f"WHERE s.status = {ACCEPTED} AND s.relation IN (?, ?)",
    )
    return first_years(session.rows(query, (array(ids), won, nominated))) if ids else {}


def values(session: Session, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Statement]]:
    """Accepted statements of each (subject, relation), without evidence; every pair is present."""
    session.all_codes({relation for _, relation in pairs})
    query = sql(
        "SELECT json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'),",
        statement_json(_NOW),
        "FROM json_each(?) j CROSS JOIN entity a ON a.eid = json_extract(j.value, '$[0]')",
        "CROSS JOIN term t ON t.text = json_extract(j.value, '$[1]')",
        "CROSS JOIN statement s ON s.subject = coalesce(a.merged, a.id) AND s.relation = t.id",
        f"WHERE s.status = {ACCEPTED} ORDER BY s.id",
    )
    found: dict[tuple[str, str], list[Statement]] = {pair: [] for pair in pairs}
    for subject, relation, text in session.rows(query, (array(set(pairs)),)):
        found[subject, relation].append(read_statement(session, text))
    return found


def statements(session: Session, ids: Collection[str], evidence: int) -> dict[str, Statement]:
    """Statements by asked id, redirects followed, each with up to `evidence` pieces."""
    query = sql(
        "SELECT j.value,",
        statement_json(_NOW, ":evidence"),
        "FROM json_each(:ids) j CROSS JOIN statement a ON a.sid = j.value CROSS JOIN statement s ON s.id = coalesce(a.merged, a.id)",
    )
    rows = session.rows(query, {"ids": array(ids), "evidence": evidence})
    return {asked: read_statement(session, text) for asked, text in rows}


def triples(session: Session, keys: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
    """Ids of accepted statements between entities; a symmetric relation is found from either end."""
    ways = {key: key for key in keys}
    for subject, relation, object_ in keys:
        if relation in RELATIONS and RELATIONS[relation].symmetric:
            ways.setdefault((object_, relation, subject), (subject, relation, object_))
    query = sql(
        "SELECT json_extract(j.value, '$[0]'), t.text, json_extract(j.value, '$[2]'), s.sid FROM json_each(?) j",
        "JOIN entity a ON a.eid = json_extract(j.value, '$[0]') JOIN entity b ON b.eid = json_extract(j.value, '$[2]')",
        "CROSS JOIN term t ON t.text = json_extract(j.value, '$[1]')",
        "CROSS JOIN statement s ON s.subject = coalesce(a.merged, a.id) AND s.relation = t.id",
        f"WHERE s.object = coalesce(b.merged, b.id) AND s.status = {ACCEPTED} ORDER BY s.id DESC",
    )
    found = {(s, r, o): sid for s, r, o, sid in session.rows(query, (array(ways),))}
    mirrored = {ways[key]: sid for key, sid in found.items()}
    return mirrored | {key: sid for key, sid in found.items() if key in keys}


def names(session: Session, kinds: Collection[Kind]) -> Iterator[tuple[str, Kind, str]]:
    """Every (name as written, kind, entity id), aliases included; reads in steps, holding no lock between."""
    query = (
        "SELECT n.id, n.text, e.kind, e.eid FROM name n JOIN entity e ON e.id = n.entity WHERE n.until IS NULL"
        " AND n.id > ? AND (? = '[]' OR e.kind IN (SELECT value FROM json_each(?))) ORDER BY n.id LIMIT ?"
    )
    codes = array(session.all_codes([str(kind) for kind in kinds]))
    last = 0
    while rows := session.rows(query, (last, codes, codes, _NAMES_AT_ONCE)):
        for _, text, kind, eid in rows:
            yield text, Kind(session.text(kind)), eid
        last = rows[-1][0]


def attributes(session: Session, name: str) -> dict[str, Attribute]:
    """One attribute of every entity that has it."""
    query = sql(
        "SELECT", attributes_json("e", [session.code(name)]), "FROM attribute o JOIN entity e ON e.id = o.entity"
    )
    rows = session.rows(sql(query, "WHERE o.name = ?"), (session.code(name),))
    return {found.entity: found for (text,) in rows for found in read_attributes(session, text)}


def ledger(session: Session, source: str) -> dict[str, str]:
    """Locator -> digest."""
    return dict(session.rows("SELECT locator, digest FROM ledger WHERE source = ?", (source,)))


def documents(session: Session, ids: Collection[str]) -> dict[str, Document]:
    """Documents by id."""
    rows = session.rows(
        "SELECT d.did, d.source, d.text, d.name, d.retrieved_at, d.licence"
        " FROM json_each(?) j CROSS JOIN document d ON d.did = j.value",
        (array(ids),),
    )
    return {row[0]: Document(*row) for row in rows}


def decisions(session: Session, ids: Collection[str]) -> list[Decision]:
    """Decisions in order of time; all of them when no ids are given."""
    rows = session.rows(
        "SELECT s.sid, d.action, d.reason, d.by, d.at, d.choice FROM decision d JOIN statement s ON s.id = d.statement"
        " WHERE ? = '[]' OR d.statement IN (SELECT coalesce(a.merged, a.id) FROM json_each(?) j"
        " JOIN statement a ON a.sid = j.value) ORDER BY d.at, d.id",
        (array(ids), array(ids)),
    )
    return [Decision(sid, Action(action), *rest) for sid, action, *rest in rows]
