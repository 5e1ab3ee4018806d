"""The notebook runs from top to bottom against the demo, and what is kept of it is what a run gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.newcomer import Report
from tests.pages.serving import served

nbformat = pytest.importorskip("nbformat", reason="notebooks need the notebooks extra")
pytest.importorskip("matplotlib", reason="notebooks need the notebooks extra")
nbclient = pytest.importorskip("nbclient", reason="notebooks are executed by nbclient")

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "first_look.ipynb"


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def kinds(notebook: Any) -> list[list[str]]:
    """What each code cell put out: the richest form of every output."""
    return [
        ["image" if "image/png" in out.get("data", {}) else out.output_type for out in cell.outputs]
        for cell in code(notebook)
    ]


@pytest.fixture(scope="module")
def kept() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def address(newcomer: Path, demo_report: Report) -> Iterator[str]:
    with served(newcomer / ".marquee" / "demo") as address:
        yield address


@pytest.fixture(scope="module")
def executed(kept: Any, address: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    notebook = nbformat.from_dict(kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARQUEE_URL", address)
        resources = {"metadata": {"path": str(tmp_path_factory.mktemp("notebook"))}}
        nbclient.NotebookClient(notebook, timeout=120, resources=resources).execute()
    return notebook


def test_every_cell_runs_and_gives_what_is_kept(kept: Any, executed: Any) -> None:
    assert kinds(executed) == kinds(kept)


def test_it_shows_two_pictures_and_a_table_of_every_level(executed: Any) -> None:
    shown = kinds(executed)
    assert sum("image" in outputs for outputs in shown) == 2
    tables = [
        out for cell in code(executed) for out in cell.outputs if "<table" in out.get("data", {}).get("text/html", "")
    ]
    assert len(tables) >= 8


def test_doubtful_facts_come_with_their_quotes(executed: Any) -> None:
    table = code(executed)[-2].outputs[-1]["data"]["text/html"]
    assert "quote" in table
    assert table.count("<tr") > 10


def test_what_is_kept_was_executed_in_order_and_names_no_machine(kept: Any) -> None:
    assert [cell.execution_count for cell in code(kept)] == list(range(1, len(code(kept)) + 1))
    assert "/home/" not in NOTEBOOK.read_text(encoding="utf-8")
