"""The verbs that read a level as a graph of its own."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from tests.given import fact, film, write

from marquee.api.cli import main

FILMS = [
    film("Duet", fact("cast", "Ann"), fact("cast", "Ben"), fact("production_company", "Acme", "Studio")),
    film("Trio", fact("cast", "Ann"), fact("cast", "Ben"), fact("director", "Cay")),
]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MARQUEE")]:
        monkeypatch.delenv(name)
    write(tmp_path / "films.jsonl", *FILMS)
    settings = '[[source]]\nname = "films"\npath = "films.jsonl"\nlicence = "CC0"\n'
    (tmp_path / "marquee.toml").write_text(settings, encoding="utf-8")
    run(capsys, "ingest", "films")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def json_of(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    code, out, err = run(capsys, *words, "--json")
    assert code == 0, err
    return json.loads(out.splitlines()[-1])


def test_a_level_is_written_by_the_ending(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report = json_of(capsys, "export", "people.graphml", "--level", "person")
    assert report == {"file": "people.graphml", "entities": 3, "edges": 3, "left_out": 0}
    graph = nx.read_graphml(tmp_path / "people.graphml", force_multigraph=True)
    assert sorted(shown["weight"] for *_, shown in graph.edges(data=True)) == [0.5, 0.5, 1.5]
    assert json_of(capsys, "export", "all.nt")["edges"] == 10
    assert (tmp_path / "all.nt").stat().st_size


def test_a_folder_of_parquet_is_written_and_written_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the levels extra")
    for _ in range(2):
        report = json_of(capsys, "export", "people", "--level", "person", "--format", "parquet")
        assert (report["nodes"], report["edges"], report["evidence"]) == (3, 3, 0)
    names = {path.name for path in (tmp_path / "people").iterdir()}
    assert names == {"nodes.parquet", "edges.parquet", "evidence.parquet"}
    assert not list(tmp_path.glob(".marquee-*"))


def test_the_python_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "levels.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(code.replace(".marquee/demo/", ".marquee/").replace(", min_probability=0.9", ""), {})
    assert capsys.readouterr().out == "3 people, 3 edges\n"


def test_only_what_a_licence_allows_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert json_of(capsys, "export", "a.graphml", "--level", "person", "--licence", "CC0")["edges"] == 3
    assert json_of(capsys, "export", "a.graphml", "--level", "person", "--licence", "MIT")["edges"] == 0


def test_communities_centrality_and_bridges(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("graspologic_native", reason="communities need the levels extra")
    (community,) = json_of(capsys, "communities")["communities"]
    assert (community["size"], community["inside"], community["outside"]) == (3, 2.5, 0)
    assert {one["name"] for one in community["members"]} == {"Ann", "Ben", "Cay"}
    first, *_ = json_of(capsys, "centrality", "--by", "strength")["entities"]
    assert (first["name"], first["score"]) == ("Ann", 2.0)
    assert json_of(capsys, "bridges") == {"bridges": []}
    for verb, words in (
        ("communities", ("1 communities", "2.5 inside, 0.0 outside", "Ann, Ben, Cay")),
        ("centrality", ("pagerank", "Ann", "Person")),
        ("bridges", ("Nobody ties two communities together",)),
    ):
        code, out, _ = run(capsys, verb)
        assert code == 0
        assert [word for word in words if word not in out] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "out.foo", "--level", "person"), "out.foo: its ending tells no format"),
        (("export", "out.nt", "--level", "person", "--format", "dot"), "graphml, parquet, rdf and neo4j"),
        (("export", "out.nt", "--level", "person", "--format", "records"), "records are of the whole graph"),
        (("export", ".", "--level", "person", "--format", "parquet"), "folder that you are in"),
        (("export", "..", "--format", "parquet"), "no part of an export"),
        (("export", "..", "--format", "rdf"), "it is a directory"),
        (("export", "out.jsonl", "--as-of", "2001"), "--level"),
        (("export", "out.nt", "--level", "people"), "institution"),
        (("export", "none/out.nt", "--level", "person"), "none/out.nt: cannot be written"),
        (("export", "films.jsonl", "--level", "person", "--format", "parquet"), "films.jsonl: cannot be written"),
        (("export", "out.nt", "--level", "person", "--as-of", "soon"), "soon"),
        (("export",), "name a file"),
        (("export", "--format", "neo4j"), "into Neo4j only"),
        (("export", "a.nt", "--format", "neo4j"), "name a file, or --format neo4j and none"),
        (("communities", "--resolution", "0"), "above 0"),
        (("centrality", "--by", "fame"), "pagerank"),
        (("communities", "--min-probability", "2"), "--min-probability"),
    ],
)
def test_what_cannot_be_done_ends_with_two(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    code, _, err = run(capsys, *words)
    assert code == 2
    assert said in err
    assert "Traceback" not in err
    assert not list(tmp_path.glob(".marquee-*"))


def test_a_level_of_a_store_that_holds_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARQUEE_HOME", str(tmp_path / "empty"))
    assert json_of(capsys, "export", "out.graphml", "--level", "all")["edges"] == 0
    assert json_of(capsys, "centrality")["entities"] == []
