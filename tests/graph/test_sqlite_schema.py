from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from marquee.graph.open import open_store
from marquee.graph.sqlite_schema import VERSION, migrate, version_of
from marquee.schema.errors import StoreError, StoreVersionError


def _execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def test_a_store_of_a_newer_version_says_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(str(path)).close()
    _execute(path, f"PRAGMA user_version = {VERSION + 6}")

    with pytest.raises(StoreVersionError, match=rf"version {VERSION + 6}.*version {VERSION}\..*Upgrade"):
        open_store(str(path))


def test_files_that_are_no_store(tmp_path: Path) -> None:
    text, foreign, versioned = (tmp_path / name for name in ("a.txt", "b.db", "c.db"))
    text.write_text("not a database, and long enough to be read as its header" * 20)
    _execute(foreign, "CREATE TABLE t (x)")
    _execute(versioned, "PRAGMA user_version = 1")

    for path in (text, foreign, versioned):
        with pytest.raises(StoreError, match=r"(?s)no Marquee store|not a Marquee store") as caught:
            open_store(str(path))
        assert str(path) in str(caught.value)
        assert caught.value.mend
    assert text.read_text().startswith("not a database")


def test_an_old_sqlite_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 31, 1))
    with pytest.raises(StoreError, match=r"needs 3\.37\.0.*newer Python"):
        open_store(str(tmp_path / "a.db"))


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    store = open_store(str(path))
    assert store.status().version == VERSION
    store.close()


def test_a_damaged_store_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(str(path)).close()
    data = bytearray(path.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    path.write_bytes(data)

    with pytest.raises(StoreError, match=r"damaged.*backup"):
        open_store(str(path))


def test_many_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: open_store(str(tmp_path / "a.db")), range(8)))
    assert {store.status().version for store in stores} == {VERSION}
    for store in stores:
        store.close()


class _Overtaken(sqlite3.Connection):
    """A connection that another overtakes: once `left` statements have been run, the store is made elsewhere."""

    path: Path
    left: int

    def execute(self, *words: str) -> sqlite3.Cursor:  # type: ignore[override]
        if self.left == 0:
            open_store(str(self.path)).close()
        self.left -= 1
        return super().execute(*words)


@pytest.mark.parametrize("left", range(4))
def test_a_store_that_another_makes_at_any_moment_is_never_mistaken(tmp_path: Path, left: int) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None, factory=_Overtaken)) as conn:
        conn.path, conn.left = path, left
        migrate(conn, str(path))
        assert conn.left < 0
        assert version_of(conn, str(path)) == VERSION


def test_a_half_made_store_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    monkeypatch.setattr("marquee.graph.sqlite_schema.STEPS", ("CREATE TABLE term (id);\nCREATE TABLE bad bad;\n",))
    with pytest.raises(StoreError):
        open_store(str(path))
    monkeypatch.undo()

    store = open_store(str(path))
    assert store.status().entities == 0
    store.close()
