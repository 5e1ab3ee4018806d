"""The real runs on data of a few dozen films: every step, its figures, the page; and what is said where one fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("spacy", reason="reading texts needs the extraction extra")
pytest.importorskip("torch", reason="training needs the gnn extra")

from scripts.bench_real import main, prepare
from scripts.bench_steps import reason, reasons
from scripts.bench_table import BEGIN, END, write
from tests.scripts import films

from marquee.schema.errors import InputError

RECORDS = films.FILMS + 1 + films.NOMINATIONS
Figures = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    films.write(folder)
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """A folder with a whole run: its home, its figures, and the page that they were written into."""
    folder = tmp_path_factory.mktemp("bench")
    (folder / "page.md").write_text(f"# Before\n{BEGIN}\nmade before\n{END}\nafter\n", encoding="utf-8")
    given = {"--data": data, "--texts": 3, "--pages": 4, "--warming": 0}
    places = {"--keep": folder, "--json": folder / "figures.json", "--write": folder / "page.md"}
    main([str(part) for pair in (given | places).items() for part in pair])
    return folder


@pytest.fixture(scope="module")
def figures(kept: Path) -> Figures:
    return {step["name"]: step for step in json.loads((kept / "figures.json").read_text())["SQLite"]}


def test_every_step_was_measured(figures: Figures) -> None:
    assert list(figures) == ["bare", "records", "again", "texts", "train", "judge", "query", "holds"]
    assert all(step["seconds"] > 0 for step in figures.values())
    assert all(0 < step["memory"] <= step["tree"] for step in figures.values())


def test_counts_are_those_of_the_data(figures: Figures) -> None:
    counts = {name: step["counts"] for name, step in figures.items()}

    assert counts["bare"]["records"] == counts["records"]["records"] == counts["again"]["unchanged"] == RECORDS
    assert counts["bare"]["documents"] == counts["texts"]["documents"] == counts["holds"]["documents"] == 3
    assert counts["judge"]["judged"] > 300
    assert counts["holds"]["entities: work"] == films.FILMS
    assert counts["holds"]["statements: accepted"] > 500
    assert (counts["query"]["pages"], counts["query"]["edges on a page"]) == (4, pytest.approx(7, abs=1))
    assert 0 < counts["query"]["median ms"] <= counts["query"]["p95 ms"]


def test_seconds_are_told_by_part(figures: Figures) -> None:
    assert {"read rows", "map rows", "read texts", "claims of texts", "insert with sqlite3"} == set(
        figures["bare"]["parts"]
    )
    assert {"read tmdb", "read oscars"} <= set(figures["records"]["parts"])
    assert "train" in figures["train"]["parts"]


def test_refused_rows_are_counted_by_reason(figures: Figures) -> None:
    refused = figures["records"]["refused"]

    assert sum(refused.values()) == figures["records"]["counts"]["refused"] > 0
    assert any("… is no" in why for why in refused)


def test_the_page_holds_the_tables_and_what_stood_around_them(kept: Path) -> None:
    page = (kept / "page.md").read_text(encoding="utf-8")

    assert page.startswith(f"# Before\n{BEGIN}\nMeasured on ")
    assert page.endswith(f"{END}\nafter\n")
    assert "made before" not in page
    assert "| records of TMDB and the Oscars |" in page
    assert "### Refused, by reason" in page
    assert str(kept) not in page


def test_a_step_can_be_taken_up_again_and_the_others_keep_their_figures(
    kept: Path, data: Path, figures: Figures
) -> None:
    path = kept / "figures.json"
    main(["--data", str(data), "--texts", "3", "--keep", str(kept), "--json", str(path), "--only", "again"])
    steps = {step["name"]: step for step in json.loads(path.read_text())["SQLite"]}

    assert list(steps) == list(figures)
    assert steps["train"] == figures["train"]
    assert steps["again"]["counts"]["unchanged"] == RECORDS


def test_a_second_run_does_not_go_into_a_full_store(kept: Path, data: Path) -> None:
    with pytest.raises(SystemExit, match="holds entities already"):
        main(["--data", str(data), "--keep", str(kept)])


def test_a_step_that_does_nothing_ends_the_run(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="judge what waits: no judged"):
        main(["--data", str(data), "--only", "judge", "--write", str(tmp_path / "page.md")])

    assert capsys.readouterr().out == ""


def test_a_step_that_cannot_run_says_why(data: Path) -> None:
    with pytest.raises(SystemExit, match="the graph holds no film"):
        main(["--data", str(data), "--only", "query"])


def test_missing_data_are_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"tmdb-movies\.csv\.gz: is missing"):
        main(["--data", str(tmp_path)])


def test_openings_are_as_many_as_were_asked_for(data: Path, tmp_path: Path) -> None:
    assert prepare(data, tmp_path, 2) == 2
    assert prepare(data, tmp_path, 99) == 4
    rows = [json.loads(line) for line in (tmp_path / "openings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [f"movies-2000s-{number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("store", ["mysql://here", "sqlite:file.db", ""])
def test_another_store_is_refused(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--store", store])

    assert "is no store" in capsys.readouterr().err


def test_figures_of_something_else_are_not_overwritten(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("[1, 2]", encoding="utf-8")

    with pytest.raises(SystemExit, match="holds no figures"):
        main(["--data", str(data), "--json", str(path)])
    assert path.read_text(encoding="utf-8") == "[1, 2]"


def test_a_page_without_markers_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# A page\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"page\.md: the markers"):
        write("text", tmp_path / "page.md")


@pytest.mark.parametrize(
    ("what", "plain"),
    [
        (
            "los angeles (Keyword) cannot stand behind filmed in; Country or Place can.",
            "a Keyword cannot stand behind filmed in",
        ),
        (
            "Ann (Person), born 1950, before directed The Kid (1921) (Film) of 1921.",
            "a Person, born N, before directed a Film of N",
        ),
        ("'99/99/99' is no date.", "… is no date"),
        ("A film is from 1,850.5 or before.", "A film is from N or before"),
    ],
)
def test_reasons_leave_out_what_is_particular(what: str, plain: str) -> None:
    assert reason(what) == plain


def test_rare_reasons_are_counted_together(tmp_path: Path) -> None:
    words = ["often"] * 3 + [f"rare {'x' * number}" for number in range(20)]
    lines = [json.dumps({"what": what}) for what in words]
    (tmp_path / "refused.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told = reasons(tmp_path / "refused.jsonl")

    assert next(iter(told.items())) == ("often", 3)
    assert told["other reasons"] == 6
    assert sum(told.values()) == 23
