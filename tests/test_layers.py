"""Importing one room, or asking for help, loads none of the others' heavy dependencies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {"torch", "torch_geometric", "spacy", "neo4j", "strawberry", "sklearn", "networkx", "numpy", "pandas"}
OWN = {
    "marquee.schema": set(),
    "marquee.extraction": set(),
    "marquee.graph.store": set(),
    "marquee.graph.open": set(),
    "marquee.gnn": set(),
    "marquee.api": set(),
}


def loaded_after(code: str) -> set[str]:
    """The heavy modules in `sys.modules` of a fresh interpreter after `code`."""
    script = f"import sys\n{code}\nprint(*sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    env = {**os.environ, "PYTHONPATH": str(ROOT / ".dev")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=env, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("package", OWN)
def test_importing_a_room_loads_nothing_heavy(package: str) -> None:
    assert loaded_after(f"import {package}") <= OWN[package]


def test_help_loads_nothing_heavy() -> None:
    code = "from marquee.api.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    assert loaded_after(code) == set()


def test_schema_needs_the_standard_library_alone() -> None:
    code = "import pkgutil, marquee.schema, importlib\nfor m in pkgutil.iter_modules(marquee.schema.__path__): importlib.import_module('marquee.schema.' + m.name)\n"
    code += (
        "outside = {m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names) - {'marquee', '__main__'}\n"
    )
    code += "outside = {m for m in outside if not m.startswith(('_', 'sitecustomize'))}\nassert not outside, outside"
    loaded_after(code)
