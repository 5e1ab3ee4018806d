"""A few dozen films as the real runs find their data: a TMDB export, Oscar nominations, openings of articles."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

SCENES = ("Northern", "Southern", "Eastern", "Western")
FILMS, NOMINATIONS, TEXTS = 48, 4, 4  # one film more has a date that is refused
_BLANK = "popularity budget revenue homepage tagline keywords overview budget_adj revenue_adj"
_UNTOLD = "Category Name Detail Note Citation"
Row = dict[str, str]


def write(folder: Path) -> None:
    """Writes tmdb, oscars and wikipedia_movies into a folder."""
    films = [_film(number, random.Random(number)) for number in range(FILMS)]
    odd = films[0] | {"id": "999", "imdb_id": "tt0099999", "release_date": "soon", "release_year": "soon"}
    _table(folder / "tmdb" / "tmdb-movies.csv.gz", ",", [*films, odd])
    nominated = [_nomination(film, number) for number, film in enumerate(films[:NOMINATIONS])]
    _table(folder / "oscars" / "oscars.tsv.gz", "\t", nominated)
    articles = [{"title": "A film without an opening", "extract": ""}, *map(_article, films[:TEXTS])]
    (folder / "wikipedia_movies").mkdir()
    with gzip.open(folder / "wikipedia_movies" / "movies-2000s.json.gz", "wt", encoding="utf-8") as file:
        json.dump(articles, file)


def _film(number: int, rng: random.Random) -> Row:
    """A film whose people, company and genre are of its own scene."""
    scene, year = SCENES[number % len(SCENES)], number % 10 + 2000
    return dict.fromkeys(_BLANK.split(), "") | {
        "id": str(900 + number),
        "imdb_id": f"tt00{number:05d}",
        "original_title": f"{scene} Lights {number}",
        "cast": "|".join(rng.sample([f"Actor {letter} {scene}son" for letter in "ABCDEFGHIJ"], 5)),
        "director": f"Director {rng.choice('KLM')} {scene}berg",
        "genres": f"Drama|{scene} Noir",
        "production_companies": f"{scene} Pictures",
        "runtime": "101",
        "release_date": f"{number % 12 + 1}/6/{year % 100:02d}",
        "release_year": str(year),
        "vote_count": "12",
        "vote_average": "6.5",
    }


def _nomination(film: Row, number: int) -> Row:
    return dict.fromkeys(_UNTOLD.split(), "") | {
        "Ceremony": "80",
        "Year": film["release_year"],
        "Class": "Directing",
        "CanonicalCategory": "DIRECTING",
        "Film": film["original_title"],
        "FilmId": film["imdb_id"],
        "Nominees": film["director"],
        "NomineeIds": f"nm00{number:05d}",
        "Winner": "",
    }


def _article(film: Row) -> Row:
    opening = (
        f"{film['original_title']} is a {film['release_year']} American drama film directed by {film['director']}. "
        f"It stars {film['cast'].split('|')[0]} and Ann Newcomer."
    )
    return {"title": film["original_title"], "extract": opening}


def _table(path: Path, delimiter: str, rows: Sequence[Row]) -> None:
    path.parent.mkdir()
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
