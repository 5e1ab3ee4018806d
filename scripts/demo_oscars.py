"""Dated awards, characters and IMDb ids from the Academy Awards table, for films and people of the demo."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from marquee.schema.text import fold, title_key

# The table's category, without what stands in brackets, to the label of the award on Wikidata.
_AWARDS: Mapping[str, str] = {
    "ACTOR IN A LEADING ROLE": "Best Actor",
    "ACTRESS IN A LEADING ROLE": "Best Actress",
    "ACTOR IN A SUPPORTING ROLE": "Best Supporting Actor",
    "ACTRESS IN A SUPPORTING ROLE": "Best Supporting Actress",
    "ANIMATED FEATURE FILM": "Best Animated Feature",
    "SHORT FILM (Animated)": "Best Animated Short Film",
    "SHORT FILM (Live Action)": "Best Live Action Short Film",
    "ART DIRECTION": "Best Production Design",
    "CINEMATOGRAPHY": "Best Cinematography",
    "COSTUME DESIGN": "Best Costume Design",
    "DIRECTING": "Best Director",
    "DOCUMENTARY (Feature)": "Best Documentary Feature",
    "DOCUMENTARY (Short Subject)": "Best Documentary, Short Subject",
    "FILM EDITING": "Best Film Editing",
    "INTERNATIONAL FEATURE FILM": "Best Foreign Language Film",
    "MAKEUP AND HAIRSTYLING": "Best Makeup and Hairstyling",
    "MUSIC (Original Score)": "Best Original Score",
    "MUSIC (Original Song)": "Best Original Song",
    "BEST PICTURE": "Best Picture",
    "SOUND EDITING": "Best Sound Editing",
    "SOUND MIXING": "Best Sound Mixing",
    "SOUND RECORDING": "Best Sound Mixing",
    "VISUAL EFFECTS": "Best Visual Effects",
    "WRITING (Adapted Screenplay)": "Best Writing, Adapted Screenplay",
    "WRITING (Original Screenplay)": "Best Writing, Original Screenplay",
    "WRITING (Original Story)": "Best Story",
}
_SPLIT_BY_COLOUR = re.compile(r" \((Black-and-White|Color)\)$")
_ODD_CHARACTER = re.compile(r"[\[\]{}|/]|^.{0,1}$|^.{41,}$")


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as the matcher sees it: its names folded, and its year where known."""

    key: str
    names: frozenset[str]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Honour:
    """One nomination: keys of person (None for the film's own), film and award; `won` or not."""

    person: str | None
    film: str
    award: str
    year: int
    won: bool
    character: str | None = None


@dataclass(slots=True)
class Matched:
    """What the table adds: nominations, and IMDb ids by entity key."""

    honours: list[Honour] = field(default_factory=list)
    imdb: dict[str, str] = field(default_factory=dict)


def names_of(label: str, aliases: Collection[str], film: bool) -> frozenset[str]:
    """The folded names of an entity; a film's without their leading article."""
    return frozenset((title_key if film else fold)(name) for name in (label, *aliases))


def match(
    path: Path, films: list[Named], people: list[Named], awards: Mapping[str, str], linked: Collection[tuple[str, str]]
) -> Matched:
    """Rows of the table whose film agrees in title and year, and whose people agree in name and film.

    `awards`: award label -> key; `linked`: (person, film or award) pairs that the records know. A person is
    taken only when of one name, linked to the film or award, and of one IMDb id in all rows.
    """
    by_title, by_name = _index(films), _index(people)
    rows = [row for row in _rows(path) if _award(row, awards)]
    matched = Matched()
    ids: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        award = awards[_award_label(row)]
        film = _film(row, by_title)
        if film is None:
            continue
        year, won = int(row["Year"][:4]), row["Winner"] == "True"
        ids[film.key][row["FilmId"]] += 1
        matched.honours.append(Honour(None, film.key, award, year, won))
        for name, imdb in zip(row["Nominees"].split("|"), row["NomineeIds"].split("|"), strict=False):
            person = _person(name, by_name, film.key, award, linked)
            if person:
                ids[person.key][imdb] += 1
                matched.honours.append(Honour(person.key, film.key, award, year, won, _character(row)))
    return _settle(matched, ids)


def _index(items: list[Named]) -> dict[str, list[Named]]:
    index: dict[str, list[Named]] = defaultdict(list)
    for item in items:
        for name in item.names:
            index[name].append(item)
    return index


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {name: value or "" for name, value in row.items()}


def _award_label(row: Mapping[str, str]) -> str:
    category = _SPLIT_BY_COLOUR.sub("", row["CanonicalCategory"])
    return f"Academy Award for {_AWARDS.get(category, '')}"


def _award(row: Mapping[str, str], awards: Mapping[str, str]) -> bool:
    return _award_label(row) in awards and row["Film"] != "" and "|" not in row["Film"]


def _film(row: Mapping[str, str], by_title: Mapping[str, list[Named]]) -> Named | None:
    """The film of that title dated the same year, or else within a year, where there is just one."""
    year = int(row["Year"][:4])
    near = [film for film in by_title.get(title_key(row["Film"]), []) if film.year and abs(film.year - year) <= 1]
    exact = [film for film in near if film.year == year]
    best = exact or near
    return best[0] if len(best) == 1 else None


def _person(
    name: str, by_name: Mapping[str, list[Named]], film: str, award: str, linked: Collection[tuple[str, str]]
) -> Named | None:
    found = [
        person
        for person in by_name.get(fold(name), [])
        if (person.key, film) in linked or (person.key, award) in linked
    ]
    return found[0] if len(found) == 1 else None


def _character(row: Mapping[str, str]) -> str | None:
    if row["Class"] != "Acting" or "|" in row["Nominees"]:
        return None
    name = row["Detail"].strip().strip('"')
    return None if _ODD_CHARACTER.search(name) else name


def _settle(matched: Matched, ids: Mapping[str, Counter[str]]) -> Matched:
    """Keeps entities of one IMDb id that no other entity has, and the nominations of those."""
    owners: Counter[str] = Counter(imdb for counts in ids.values() for imdb in counts)
    for key, counts in ids.items():
        (imdb,) = counts if len(counts) == 1 else ("",)
        if owners[imdb] == 1 and re.fullmatch(r"(tt|nm)\d{7,8}", imdb):
            matched.imdb[key] = imdb
    matched.honours = [
        honour
        for honour in matched.honours
        if honour.film in matched.imdb and (honour.person is None or honour.person in matched.imdb)
    ]
    return matched
