from __future__ import annotations

import sys
from pathlib import Path

import pytest

from marquee.graph.open import open_store
from marquee.schema.errors import MissingExtra, SettingsError, StoreError


@pytest.mark.parametrize("url", ["{}/a.db", "sqlite:{}/a.db", "sqlite://{}/a.db", "SQLite:{}/a.db"])
def test_a_path_opens_a_sqlite_store(tmp_path: Path, url: str) -> None:
    store = open_store(url.format(tmp_path))
    try:
        assert store.url == f"sqlite:{tmp_path / 'a.db'}"
        assert (tmp_path / "a.db").exists()
    finally:
        store.close()


def test_a_relative_path_is_taken_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("a.db").close()
    assert (tmp_path / "a.db").exists()


def test_a_memory_store_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    one, two = open_store("sqlite::memory:"), open_store("sqlite::memory:")

    assert one.url == two.url == "sqlite::memory:"
    assert one.status().entities == 0
    one.close()
    two.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["postgres://host/db", "sqlite:", "", "neo4j://", "bolt://u:secret@host", "neo4j://host:port"]
)
def test_other_urls_are_refused_with_a_mend(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_store(url)
    assert caught.value.mend


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "marquee.graph.neo4j_store", None)
    with pytest.raises(ModuleNotFoundError):
        open_store("neo4j+s://user@host:7687")
    monkeypatch.delitem(sys.modules, "marquee.graph.neo4j_store")
    monkeypatch.setitem(sys.modules, "neo4j", None)
    for name in [name for name in sys.modules if name.startswith("marquee.graph.neo4j_")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtra, match=r"marquee-kg\[neo4j\]"):
        open_store("neo4j+s://user@host:7687")


def test_a_missing_folder_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing"):
        open_store(f"sqlite:{tmp_path}/nowhere/a.db")
    with pytest.raises(StoreError, match="folder"):
        open_store(str(tmp_path))
    assert not (tmp_path / "nowhere").exists()
