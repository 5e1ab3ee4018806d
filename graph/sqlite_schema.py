"""The tables of a SQLite store, their version, and the steps that bring an older file up to it.

Ids that the world sees are text (`eid`, `sid`, `did`); inside, rows point at each other by number. Words
that repeat (kinds, relations, sources, times) are kept once in `term`. Every `since`, `until`, `first` and
`changed` is the number of a run: runs are committed one after another, so a smaller number was known earlier.
"""

from __future__ import annotations

import sqlite3

from marquee.schema.errors import StoreError, StoreVersionError
from marquee.schema.kinds import Kind
from marquee.schema.relations import RELATIONS

APPLICATION_ID = 0x4D415251  # "MARQ": tells a store from other SQLite files

_TABLES = """
CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

-- `at`: when the run was committed, in seconds since 1970, for as-of reads.
CREATE TABLE run (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, started TEXT NOT NULL, finished TEXT,
  at REAL, sources TEXT NOT NULL, model TEXT, counts TEXT NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL,
  pid INTEGER NOT NULL, host TEXT NOT NULL) STRICT;

-- `merged`: the entity it redirects to, never a chain. `label_key`: the folded label, for ordering.
CREATE TABLE entity (
  id INTEGER PRIMARY KEY, eid TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL REFERENCES term, label_key TEXT NOT NULL,
  degree INTEGER NOT NULL DEFAULT 0, merged INTEGER REFERENCES entity,
  since INTEGER NOT NULL, until INTEGER) STRICT;
CREATE TABLE name (
  id INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entity, text TEXT NOT NULL,
  language INTEGER NOT NULL, kind INTEGER NOT NULL, key TEXT NOT NULL, title TEXT,
  since INTEGER NOT NULL, until INTEGER) STRICT;
CREATE TABLE external (
  id INTEGER PRIMARY KEY, scheme INTEGER NOT NULL, value TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entity,
  since INTEGER NOT NULL, UNIQUE (scheme, value)) STRICT;
CREATE VIRTUAL TABLE name_words USING fts5(
  words, content='', columnsize=0, prefix='2 3',
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");

-- The row is what is believed now; `past` keeps what was believed before. `status` 9: merged into `merged`.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE, subject INTEGER NOT NULL REFERENCES entity,
  relation INTEGER NOT NULL REFERENCES term, object INTEGER REFERENCES entity,
  type INTEGER, value TEXT, unit TEXT, year INTEGER, qualifiers TEXT,
  status INTEGER NOT NULL, support REAL, probability REAL,
  valid_from TEXT, valid_to TEXT, valid_first INTEGER, valid_last INTEGER,
  first INTEGER NOT NULL REFERENCES run, since INTEGER NOT NULL, changed INTEGER NOT NULL,
  review INTEGER NOT NULL DEFAULT 0,
  merged INTEGER REFERENCES statement) STRICT;
CREATE TABLE past (
  statement INTEGER NOT NULL REFERENCES statement, since INTEGER NOT NULL, until INTEGER NOT NULL,
  status INTEGER NOT NULL, support REAL, probability REAL, low REAL, high REAL,
  valid_from TEXT, valid_to TEXT, valid_first INTEGER, valid_last INTEGER, changed INTEGER NOT NULL,
  PRIMARY KEY (statement, since)) STRICT, WITHOUT ROWID;
CREATE TABLE judgement (
  statement INTEGER PRIMARY KEY REFERENCES statement, low REAL, high REAL, parts TEXT, reasons TEXT,
  model TEXT, grounded INTEGER NOT NULL DEFAULT 1, run INTEGER NOT NULL) STRICT;
CREATE TABLE open_name (statement INTEGER PRIMARY KEY REFERENCES statement, candidates TEXT NOT NULL) STRICT;
-- Entities that qualifiers name, so that a merge finds them.
CREATE TABLE mention (
  entity INTEGER NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (entity, statement)) STRICT, WITHOUT ROWID;

-- Kept beside its statement. `line`, `start`, `stop` are -1 where the locator has none.
CREATE TABLE evidence (
  statement INTEGER NOT NULL REFERENCES statement, source INTEGER NOT NULL, item INTEGER NOT NULL,
  line INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, extractor INTEGER NOT NULL,
  since INTEGER NOT NULL, until INTEGER, passage TEXT NOT NULL, version INTEGER NOT NULL,
  observed INTEGER NOT NULL, score REAL NOT NULL, supports TEXT, billing INTEGER, modality INTEGER NOT NULL,
  PRIMARY KEY (statement, source, item, line, start, stop, extractor, since)) STRICT, WITHOUT ROWID;
CREATE TABLE decision (
  id INTEGER PRIMARY KEY, statement INTEGER NOT NULL REFERENCES statement, action TEXT NOT NULL,
  reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, choice TEXT, run INTEGER NOT NULL,
  probability REAL, parts TEXT, model TEXT) STRICT;

CREATE TABLE attribute (
  name INTEGER NOT NULL, entity INTEGER NOT NULL REFERENCES entity, value REAL NOT NULL, unit INTEGER NOT NULL,
  at INTEGER NOT NULL, inputs INTEGER NOT NULL, PRIMARY KEY (name, entity)) STRICT, WITHOUT ROWID;
CREATE TABLE document (
  id INTEGER PRIMARY KEY, did TEXT NOT NULL UNIQUE, source TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
  retrieved_at TEXT NOT NULL, licence TEXT NOT NULL, since INTEGER NOT NULL) STRICT;
CREATE TABLE ledger (
  source TEXT NOT NULL, locator TEXT NOT NULL, digest TEXT NOT NULL, run INTEGER NOT NULL,
  PRIMARY KEY (source, locator)) STRICT, WITHOUT ROWID;
-- What merges moved, so that one can be undone: `what` is a table and column, `was` the entity or statement before.
CREATE TABLE moved (
  run INTEGER NOT NULL, what TEXT NOT NULL, thing INTEGER NOT NULL, was INTEGER NOT NULL) STRICT;
"""

# By name, so that a bulk load can drop them and make them again at its end.
INDICES: dict[str, str] = {
    "statement_out": "CREATE INDEX statement_out ON statement (subject, relation)",
    "statement_in": "CREATE INDEX statement_in ON statement (object, relation) WHERE object IS NOT NULL",
    "statement_relation": "CREATE INDEX statement_relation ON statement (relation)",
    "name_key": "CREATE INDEX name_key ON name (key)",
    "name_title": "CREATE INDEX name_title ON name (title) WHERE title IS NOT NULL",
    "evidence_source": "CREATE INDEX evidence_source ON evidence (source, item, line)",
}
_SMALL_INDICES = """
CREATE INDEX statement_open ON statement (status) WHERE status <> 1;
CREATE INDEX statement_review ON statement (review) WHERE review > 0;
CREATE INDEX statement_merged ON statement (merged) WHERE merged IS NOT NULL;
CREATE INDEX entity_kind ON entity (kind);
CREATE INDEX entity_merged ON entity (merged) WHERE merged IS NOT NULL;
CREATE INDEX name_entity ON name (entity);
CREATE INDEX external_entity ON external (entity);
CREATE INDEX evidence_ended ON evidence (until) WHERE until IS NOT NULL;
CREATE INDEX decision_statement ON decision (statement);
CREATE INDEX attribute_value ON attribute (name, value);
CREATE INDEX attribute_entity ON attribute (entity);
"""

_FIRST = _TABLES + ";\n".join(INDICES.values()) + ";\n" + _SMALL_INDICES
# Step n brings a file of version n to version n + 1.
STEPS: tuple[str, ...] = (_FIRST,)
VERSION = len(STEPS)


def version_of(conn: sqlite3.Connection, where: str) -> int:
    """The version of the file; 0 if it is new.

    Raises StoreVersionError if a newer Marquee wrote it, StoreError if something else did.
    """
    # In this order: where another process makes the store meanwhile, tables are never seen without their owner.
    tables = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    version = int(conn.execute("PRAGMA user_version").fetchone()[0])
    owner = int(conn.execute("PRAGMA application_id").fetchone()[0])
    if owner != APPLICATION_ID and (tables or version or owner):
        raise StoreError(
            "this SQLite file is not a Marquee store.", where=where, mend="Name another file for the store."
        )
    if version > VERSION:
        raise StoreVersionError(
            f"the store has version {version}, this Marquee reads up to version {VERSION}.",
            where=where,
            mend="Upgrade marquee-kg, or open a copy that this version wrote.",
        )
    return version


def migrate(conn: sqlite3.Connection, where: str) -> None:
    """Brings the file to `VERSION` in one transaction; does nothing where it is there already."""
    if version_of(conn, where) == VERSION:
        return
    conn.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version_of(conn, where) :]:
            _run_script(conn, step)
        conn.executemany("INSERT OR IGNORE INTO term (text) VALUES (?)", [(str(word),) for word in (*Kind, *RELATIONS)])
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {VERSION}")
        conn.execute("COMMIT")
    except BaseException:
        conn.execute("ROLLBACK")
        raise


def _run_script(conn: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would commit the transaction it stands in."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            conn.execute(pending)
            pending = ""
