"""Pages that are made from the code are current, and what they show works."""

from __future__ import annotations

import re
import socket
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from scripts import answer_docs, make_vocabulary
from tests.given import fact, film, write

from marquee.api import jobs
from marquee.api.desk import Desk
from marquee.api.graphql_schema import schema
from marquee.api.server import create_app
from marquee.api.service import Service
from marquee.api.settings import Serve, load
from marquee.extraction import mapping
from marquee.schema.values import Source

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def test_the_vocabulary_page_is_current() -> None:
    assert make_vocabulary.OUT.read_text(encoding="utf-8") == make_vocabulary.page()


@pytest.mark.parametrize("page", answer_docs.PAGES, ids=lambda page: page.name)
def test_every_query_of_the_docs_fits_the_schema(page: Path) -> None:
    from graphql import parse, validate

    queries = answer_docs.queries(page.read_text(encoding="utf-8"))
    assert queries
    for query in queries:
        assert validate(schema(), parse(query)) == [], query


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def address(desk: Desk, tmp_path: Path) -> Iterator[str]:
    """A server whose graph holds what the pages ask for."""
    titanic = film("Titanic", fact("director", "James Cameron"), fact("genre", "drama", "Genre"))
    animaniacs = film("Animaniacs", fact("producer", "Steven Spielberg"))
    jobs.ingest(desk, [Source("films", str(write(tmp_path / "films.jsonl", titanic, animaniacs)))])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(Service(desk.store), Serve()), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f'"http://127.0.0.1:{port}"'
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize(
    ("page", "said"), [("README.md", "Steven Spielberg"), ("docs/graphql.md", "James Cameron directed Titanic")]
)
def test_the_python_of_the_pages_runs(address: str, capsys: pytest.CaptureFixture[str], page: str, said: str) -> None:
    (code,) = blocks(ROOT / page, "python")
    exec(re.sub(r'connect\((".*?")?\)', f"connect({address})", code), {})
    assert said in capsys.readouterr().out


def test_the_settings_and_the_mapping_of_the_pages_are_right(tmp_path: Path) -> None:
    (page,) = (page for page in PAGES if page.name == "sources.md")
    made, settings = sorted(blocks(page, "toml"), key=lambda block: "[serve]" in block)
    (tmp_path / "marquee.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "ours.toml").write_text(made, encoding="utf-8")
    assert [source.name for source in load(tmp_path / "marquee.toml", {}).sources] == ["catalogue", "trade-notes"]
    assert tomllib.loads(settings)["home"] == ".marquee"
    assert {"title", "directors", "budget_usd"} <= set(mapping.load(str(tmp_path / "ours.toml")).columns)


def test_the_record_of_the_pages_is_read_whole(desk: Desk, tmp_path: Path) -> None:
    (page,) = (page for page in PAGES if page.name == "sources.md")
    (record,) = blocks(page, "json")
    path = write(tmp_path / "films.jsonl", record.replace("\n", " "))
    report = jobs.ingest(desk, [Source("films", str(path))])
    assert (report.counts.get("refused", 0), report.counts["statements"]) == (0, 4)
