"""The package as users get it: built, installed alone in a clean environment, and put to work there."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RECORD = {
    "kind": "Film",
    "name": "Playtime",
    "ids": {"wikidata": "Q1"},
    "facts": [{"relation": "release_date", "value": "1967"}],
}


def run(*words: str | Path, folder: Path) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--skip-dependency-check", "--outdir", out, ROOT, folder=out)
    return out


def test_the_wheel_alone_reads_a_record(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env/bin/python"
    pins = ROOT / "requirements.lock"
    run(python, "-m", "pip", "install", "--disable-pip-version-check", "-q", "-c", pins, wheel, folder=tmp_path)
    marquee = tmp_path / "env/bin/marquee"
    assert run(marquee, "--version", folder=tmp_path).startswith("marquee ")
    (tmp_path / "films.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    report = json.loads(run(marquee, "ingest", "films.jsonl", "--json", folder=tmp_path).splitlines()[-1])
    assert report["counts"]["statements"] == 1
    status = json.loads(run(marquee, "status", "--json", folder=tmp_path).splitlines()[-1])
    assert status["by_kind"] == {"Film": 1}


def test_the_wheel_holds_what_comes_with_the_code(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    demo = {
        f"marquee/api/demo/{name}" for name in ("records.jsonl.gz", "heldout.jsonl.gz", "texts.jsonl", "gold.jsonl")
    }
    reading = {"mappings/tmdb.toml", "mappings/oscars.toml", "marquee-record.schema.json", "model/names/ner/model"}
    assert demo | {f"marquee/extraction/{name}" for name in reading} <= names
    assert {f"marquee/{room}/py.typed" for room in ("schema", "extraction", "graph", "gnn", "api")} <= names
    assert {name.split("/")[-1] for name in names if ".dist-info/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_the_source_distribution_holds_all_rooms(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"schema/relations.py", "graph/store.py", "api/cli.py", "api/demo/records.jsonl.gz", "NOTICE"} <= names
