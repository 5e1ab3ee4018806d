from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.contract.history import history
from tests.neo4j.server import PASSWORD, empty, shared

from marquee.api.cli import main
from marquee.api.copying import copy
from marquee.api.progress import Steps
from marquee.graph.open import open_store
from marquee.graph.rows import StoreRow
from marquee.graph.sqlite_store import SqliteStore
from marquee.schema.errors import StoreError

QUIET = Steps(quiet=True)


@pytest.fixture
def original(tmp_path: Path) -> str:
    store = open_store(str(tmp_path / "one.db"))
    history(store)
    store.close()
    return str(tmp_path / "one.db")


def test_a_store_goes_to_neo4j_and_back_the_same(original: str, tmp_path: Path) -> None:
    server = shared()
    empty(server)
    there = copy(original, server.url, PASSWORD, QUIET)
    back = copy(server.url, str(tmp_path / "two.db"), PASSWORD, QUIET)

    assert (there["rows"], there["sha256"]) == (back["rows"], back["sha256"])
    assert there["rows"]["entities"] == 6
    assert there["rows"]["evidence"] > there["rows"]["statements"]
    assert set(there["sha256"]) == {
        "entities", "merged_entities", "documents", "statements", "joined_statements", "decisions", "readings", "runs",
    }  # fmt: skip


def test_the_verb_says_what_was_copied(original: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["copy", original, str(tmp_path / "two.db"), "--json"])
    assert ended.value.code in (0, None)
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["to"] == f"sqlite:{tmp_path / 'two.db'}"
    assert report["rows"]["runs"] == 7

    with pytest.raises(SystemExit):
        main(["copy", original, str(tmp_path / "three.db")])
    assert "row by row" in capsys.readouterr().out


def test_what_cannot_be_copied_says_why(original: str, tmp_path: Path) -> None:
    none, new, other = (str(tmp_path / name) for name in ("none.db", "new.db", "other.db"))
    with pytest.raises(StoreError, match="no such store"):
        copy(none, new, "", QUIET)
    assert not list(tmp_path.glob("n*.db"))
    with pytest.raises(StoreError, match="is the store to be copied"):
        copy(original, original, "", QUIET)
    copy(original, other, "", QUIET)
    with pytest.raises(StoreError, match="not empty"):
        copy(original, other, "", QUIET)
    open_store(new).close()
    with pytest.raises(StoreError, match="nothing to copy"):
        copy(new, other, "", QUIET)


def test_a_copy_that_lacks_something_is_told(original: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = SqliteStore.load

    def lossy(self: SqliteStore, rows: Iterable[StoreRow]) -> None:
        whole(self, [row._replace(review=0) if "review" in row._fields else row for row in rows])

    monkeypatch.setattr(SqliteStore, "load", lossy)
    with pytest.raises(StoreError, match="other statements"):
        copy(original, str(tmp_path / "two.db"), "", QUIET)
