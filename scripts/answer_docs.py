"""Remakes the answers in the docs from the demo: python scripts/answer_docs.py

Every `graphql` block is asked of the demo's graph and the `json` block behind it becomes the answer; every
`console` block is run, line by line after `$ `, in a folder of its own with a copy of the demo as its store.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from marquee.api.desk import Desk
from marquee.api.server import create_app
from marquee.api.serving import service_of
from marquee.api.settings import Serve, load

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "graphql.md", ROOT / "docs" / "levels.md")
GRAPHQL = re.compile(r"(```graphql\n(.*?)```\n+```json\n)(.*?)(```)", re.DOTALL)
CONSOLE = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)
_WIDTH = "96"


def queries(page: str) -> list[str]:
    """The GraphQL documents of a page, in order."""
    return [match[2] for match in GRAPHQL.finditer(page)]


def main(demo: Path) -> None:
    """Answers every page from the demo in the folder `demo`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / ".marquee"
        shutil.copytree(demo, home / "demo")
        shutil.copytree(demo, home, dirs_exist_ok=True)
        with Desk(load(None, {}, home=home), quiet=True) as desk:
            app = create_app(service_of(desk), Serve(deadline=30.0))
            ask = partial(_ask, TestClient(app, base_url="http://127.0.0.1"))
            texts = {
                page: GRAPHQL.sub(lambda m: m[1] + ask(m[2]) + "\n" + m[4], page.read_text("utf-8")) for page in PAGES
            }
        for page, text in texts.items():
            run = partial(_run, Path(folder))
            page.write_text(CONSOLE.sub(lambda m, run=run: m[1] + _console(m[2], run) + m[3], text), encoding="utf-8")  # type: ignore[misc]


def _ask(client: TestClient, query: str) -> str:
    answer = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in answer, (query, answer["errors"])
    return _pretty(answer["data"])


def _pretty(value: Any, indent: int = 0) -> str:
    """JSON in which whatever fits on a line stands on one."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= int(_WIDTH) or not isinstance(value, dict | list):
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_pretty(item, indent + 2)}" for key, item in value.items()]
        opening, closing = "{", "}"
    else:
        parts, opening, closing = [_pretty(item, indent + 2) for item in value], "[", "]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{' ' * indent}{closing}"


def _console(block: str, run: Callable[[str], str]) -> str:
    commands = re.findall(r"^\$ ((?:.*\\\n)*.*)$", block, re.MULTILINE)
    return "".join(f"$ {command}\n{run(command)}" for command in commands)


def _run(folder: Path, command: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "COLUMNS": _WIDTH, "TERM": "dumb", "MARQUEE_HOME": ".marquee"}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), (command, done.stderr)
    return re.sub(r"[ \t]+\n", "\n", done.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".marquee" / "demo")
