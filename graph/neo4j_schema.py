"""What a Neo4j store looks like: labels, constraints and indexes, its version, and making it ready.

Marquee's own labels begin with `Marquee`, so that nodes of others in the same database are never touched.
Entities also carry their kind (`:Film`), and accepted statements between entities stand once more as plain
relationships of the relation's name (`-[:ACTED_IN]->`) with `statement`, its id, and `probability`.

    (:MarqueeName)-[:NAMES]->(:MarqueeEntity)<-[:IDENTIFIES]-(:MarqueeKey)
    (:MarqueeEntity)-[:MERGED_INTO]->(:MarqueeEntity), and `merged` the id it goes to
    (:MarqueeStatement)-[:SUBJECT|OBJECT|MENTIONS]->(:MarqueeEntity), -[:MERGED_INTO]->(:MarqueeStatement)
    (:MarqueeStatement)-[:WAS]->(:MarqueePast): what was believed from run `since` until before run `until`
    (:MarqueeEvidence)-[:SUPPORTS]->(:MarqueeStatement)<-[:DECIDES]-(:MarqueeDecision)
    (:MarqueeAttribute)-[:MEASURES]->(:MarqueeEntity)
    (:MarqueeDocument), (:MarqueeReading), (:MarqueeRun), (:MarqueeStore), (:MarqueeLock)

`n` numbers nodes in the order in which they were recorded. `since`, `until`, `first` and `changed` are numbers
of runs: a node is seen by a reader whose head is from `since` up to before `until`.
"""

from __future__ import annotations

from neo4j import ManagedTransaction

from marquee.graph.neo4j_errors import mended
from marquee.graph.neo4j_session import Place
from marquee.schema.errors import SettingsError, StoreVersionError
from marquee.schema.relations import RELATIONS

VERSION = 1
_OLDEST = (5, 26)

_UNIQUE = {
    "marquee_store": ("MarqueeStore", "id"),
    "marquee_run": ("MarqueeRun", "id"),
    "marquee_run_n": ("MarqueeRun", "n"),
    "marquee_entity": ("MarqueeEntity", "id"),
    "marquee_entity_n": ("MarqueeEntity", "n"),
    "marquee_statement": ("MarqueeStatement", "id"),
    "marquee_statement_n": ("MarqueeStatement", "n"),
    "marquee_document": ("MarqueeDocument", "id"),
    "marquee_key": ("MarqueeKey", "scheme, value"),
    "marquee_lock": ("MarqueeLock", "id"),
}
_INDICES = {
    "marquee_entity_kind": ("MarqueeEntity", "kind, n"),
    "marquee_name_n": ("MarqueeName", "n"),
    "marquee_name_key": ("MarqueeName", "key"),
    "marquee_name_title": ("MarqueeName", "title"),
    "marquee_statement_relation": ("MarqueeStatement", "relation, n"),
    "marquee_statement_status": ("MarqueeStatement", "status, n"),
    "marquee_statement_since": ("MarqueeStatement", "since"),
    "marquee_statement_first": ("MarqueeStatement", "first"),
    "marquee_statement_review": ("MarqueeStatement", "review"),
    "marquee_past_until": ("MarqueePast", "until"),
    "marquee_evidence_item": ("MarqueeEvidence", "source, item"),
    "marquee_evidence_row": ("MarqueeEvidence", "source, item, row"),
    "marquee_attribute_value": ("MarqueeAttribute", "name, value"),
    "marquee_reading_source": ("MarqueeReading", "source, locator"),
}
_RETIRED = ("marquee_evidence_source",)  # what earlier versions made
WORDS = "marquee_words"  # the full-text index of names

TYPE_OF = {name: name.upper() for name in RELATIONS}
WALKED = "|".join(TYPE_OF[name] for name, row in sorted(RELATIONS.items()) if row.literal is None and not row.computed)


def prepare(place: Place) -> None:
    """Makes the store if there is none, and brings an older one up to date; leaves everything else as it is.

    Raises SettingsError if the server is too old, StoreVersionError if a newer Marquee wrote the store.
    """
    with mended(place.where), place.driver.session(database=place.database) as session:
        session.execute_read(_check_server, place.where)
        session.execute_read(_check_version, place.where)
        missing = session.execute_read(_missing)
        for statement in missing:
            session.execute_write(_run, statement)
        if missing:
            session.execute_read(_run, "CALL db.awaitIndexes(300)")
        session.execute_write(_run, _STORE, {"version": VERSION})


def _run(tx: ManagedTransaction, query: str, params: dict[str, object] | None = None) -> None:
    tx.run(query, params).consume()


def _check_server(tx: ManagedTransaction, where: str) -> None:
    record = tx.run("CALL dbms.components() YIELD versions RETURN versions[0]").single(strict=True)
    version = str(record[0])
    if tuple(int(part) for part in version.split(".")[:2] if part.isdigit()) < _OLDEST:
        raise SettingsError(
            f"this Neo4j is version {version}; the store needs {'.'.join(map(str, _OLDEST))} or later.",
            where=where,
            mend="Upgrade Neo4j to the 5.26 line or a later one.",
        )


def _check_version(tx: ManagedTransaction, where: str) -> None:
    record = tx.run("MATCH (g:MarqueeStore) RETURN g.version").single()
    if record is not None and record[0] > VERSION:
        raise StoreVersionError(
            f"the store has version {record[0]}, this Marquee reads up to version {VERSION}.",
            where=where,
            mend="Upgrade marquee-kg, or open a copy that this version wrote.",
        )


def _missing(tx: ManagedTransaction) -> list[str]:
    """The statements that make what constraints and indexes the database lacks, and drop what is of no more use."""
    known = {record[0] for record in tx.run("SHOW INDEXES YIELD name")}
    retired = [f"DROP INDEX {name} IF EXISTS" for name in _RETIRED if name in known]
    return retired + [statement for name, statement in _statements().items() if name not in known]


def _statements() -> dict[str, str]:
    made = {
        name: f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (x:{label}) REQUIRE ({_of(columns)}) IS UNIQUE"
        for name, (label, columns) in _UNIQUE.items()
    }
    made |= {
        name: f"CREATE INDEX {name} IF NOT EXISTS FOR (x:{label}) ON ({_of(columns)})"
        for name, (label, columns) in _INDICES.items()
    }
    made[WORDS] = (
        f"CREATE FULLTEXT INDEX {WORDS} IF NOT EXISTS FOR (x:MarqueeName) ON EACH [x.words]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    )
    return made


def _of(columns: str) -> str:
    return ", ".join(f"x.{column}" for column in columns.split(", "))


_STORE = """
MERGE (g:MarqueeStore {id: 'store'}) ON CREATE SET g.head = 0, g.runs = 0, g.next = 1
SET g.version = $version
MERGE (l:MarqueeLock {id: 'lock'})"""
