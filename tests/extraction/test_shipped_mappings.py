"""The mappings that ship, on the real tables where they are there and on invented rows everywhere."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from marquee.extraction import mapping, readers, records
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal
from marquee.schema.values import Claim, Record, Refusal, Source

AT = "2024-05-01T00:00:00Z"
DATA = Path(__file__).parents[2].parent / "shared" / "data"


def table(name: str, delimiter: str, *rows: dict[str, str]) -> str:
    """A table with every column its mapping knows; cells not given are empty."""
    rules = mapping.load(name)
    out = io.StringIO()
    writer = csv.DictWriter(out, sorted(rules.columns | set(rules.layout.ignore)), "", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def ingest(path: Path, name: str) -> tuple[list[Claim], list[Refusal]]:
    items = list(readers.read(Source(name, str(path), mapping=name), AT))
    found = [records.extract(item, AT) for item in items if isinstance(item, Record)]
    refusals = [item for item in items if isinstance(item, Refusal)]
    return [claim for each in found for claim in each.claims], refusals + [r for each in found for r in each.refusals]


def shown(claim: Claim) -> str:
    """A claim as one line."""
    ends = [end.text if not isinstance(end, Literal) else str(end) for end in (claim.subject, claim.object)]
    quals = [f"{name}={value.text if not isinstance(value, Literal) else value}" for name, value in claim.qualifiers]
    return " / ".join([ends[0], claim.relation, ends[1], *quals])


def test_tmdb_reads_a_row(tmp_path: Path) -> None:
    path = tmp_path / "films.csv"
    row = {
        "id": "7", "imdb_id": "tt0000007", "original_title": "The Paper Moth", "release_year": "1966",
        "release_date": "3/9/66", "director": "Ada Quill", "cast": "Ben Oak|Cleo Vane", "genres": "Drama|Foreign",
        "keywords": "moth", "production_companies": "Lantern Films", "runtime": "95", "budget": "0",
        "revenue": "12", "vote_count": "10", "vote_average": "6.50",
    }  # fmt: skip
    path.write_text(table("tmdb", ",", row))

    claims, refusals = ingest(path, "tmdb")

    assert refusals == []
    assert [shown(claim) for claim in claims] == [
        "The Paper Moth / release_date / 1966-03-09",
        "Ada Quill / directed / The Paper Moth",
        "Ben Oak / acted_in / The Paper Moth",
        "Cleo Vane / acted_in / The Paper Moth",
        "The Paper Moth / production_company / Lantern Films",
        "The Paper Moth / genre / Drama",
        "The Paper Moth / keyword / moth",
        "The Paper Moth / runtime / 5700",
        "The Paper Moth / vote_count / 10",
        "The Paper Moth / rating / 6.5",
    ]
    assert claims[0].subject.external_ids == (("imdb", "tt0000007"), ("tmdb", "movie/7"))


def test_oscars_reads_nominees_films_and_credits(tmp_path: Path) -> None:
    path = tmp_path / "oscars.tsv"
    rows = [
        {
            "Ceremony": "2", "Year": "1928/29", "Class": "Acting", "CanonicalCategory": "ACTOR IN A LEADING ROLE",
            "Film": "The Paper Moth|Salt", "FilmId": "tt0000007|tt0000008", "Nominees": "Ben Oak",
            "NomineeIds": "nm0000001", "Winner": "True", "Detail": "Moth|Captain",
        },
        {
            "Ceremony": "40", "Year": "1967", "Class": "Title", "CanonicalCategory": "BEST PICTURE", "Film": "Salt",
            "FilmId": "tt0000008", "Nominees": "Ada Quill|Lantern Films", "NomineeIds": "nm0000002|co0000003",
        },
        {
            "Ceremony": "40", "Year": "1967", "Class": "Production", "CanonicalCategory": "CINEMATOGRAPHY (Color)",
            "Film": "Salt", "FilmId": "tt0000008", "Nominees": "Dee Lens", "NomineeIds": "nm0000004",
            "Note": "came in 2nd|NOTE: THIS IS NOT AN OFFICIAL NOMINATION. Write-in.",
        },
        {"Ceremony": "40", "Year": "1967", "Class": "SciTech", "CanonicalCategory": "X", "Nominees": "Glue Co.", "Winner": "True"},
    ]  # fmt: skip
    path.write_text(table("oscars", "\t", *rows))

    claims, refusals = ingest(path, "oscars")

    assert refusals == []
    assert [shown(claim) for claim in claims] == [
        "Ben Oak / nominated_for / Academy Award for Best Actor / year=1928 / work=The Paper Moth",
        "Ben Oak / nominated_for / Academy Award for Best Actor / year=1928 / work=Salt",
        "Ben Oak / won / Academy Award for Best Actor / year=1928 / work=The Paper Moth",
        "Ben Oak / won / Academy Award for Best Actor / year=1928 / work=Salt",
        "Ben Oak / honored_at / 2nd Academy Awards",
        "Ben Oak / acted_in / The Paper Moth / character=Moth",
        "Ben Oak / acted_in / Salt / character=Captain",
        "Ada Quill / nominated_for / Academy Award for Best Picture / year=1967 / work=Salt",
        "Ada Quill / produced / Salt",
        "Lantern Films / nominated_for / Academy Award for Best Picture / year=1967 / work=Salt",
        "Salt / production_company / Lantern Films",
        "Salt / nominated_for / Academy Award for Best Picture / year=1967",
        "Dee Lens / shot / Salt",
    ]


@pytest.mark.skipif(not (DATA / "tmdb").exists(), reason="the TMDB export is not at ../shared/data/tmdb")
def test_tmdb_whole() -> None:
    claims, refusals = ingest(DATA / "tmdb" / "tmdb-movies.csv.gz", "tmdb")

    counts = Counter(claim.relation for claim in claims)
    assert refusals == []
    assert counts["release_date"] == 10_866
    assert counts["acted_in"] > 50_000
    assert counts["production_company"] > 20_000
    years = {claim.subject.year: str(claim.object)[:4] for claim in claims if claim.relation == "release_date"}
    assert all(str(year) == released for year, released in years.items())
    assert {claim.subject.kind for claim in claims} == {Kind.FILM, Kind.PERSON}


@pytest.mark.skipif(not (DATA / "oscars").exists(), reason="the Oscars table is not at ../shared/data/oscars")
def test_oscars_whole() -> None:
    claims, refusals = ingest(DATA / "oscars" / "oscars.tsv.gz", "oscars")

    counts = Counter(claim.relation for claim in claims)
    assert refusals == []
    assert counts["nominated_for"] > 18_000
    assert counts["won"] > 5_000
    awards = {
        claim.object.text for claim in claims if claim.relation == "won" and not isinstance(claim.object, Literal)
    }
    assert not [award for award in awards if award.startswith("Academy Award: ")]
    assert "Kate Winslet / acted_in / Titanic / character=Rose DeWitt Bukater" in set(map(shown, claims))
