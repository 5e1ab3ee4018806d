"""Two made-up sources of one world, with dirt: what matching is tested on."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from marquee.graph.match_tables import Pair, Table, table

GIVEN = [
    "Anna",
    "Boris",
    "Chloe",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Hiro",
    "Ines",
    "Jonas",
    "Kamala",
    "Luis",
    "Mira",
    "Nadia",
    "Oskar",
    "Priya",
    "Quentin",
    "Rosa",
]
FAMILY = [
    a + b
    for a in ["Ander", "Berg", "Castel", "Dubo", "Eriks", "Ferr", "Gold", "Hart", "Ivan", "Kowal"]
    for b in ["son", "ini", "ova", "ez", "man"]
]
WORDS = [
    "river",
    "storm",
    "winter",
    "glass",
    "empire",
    "garden",
    "signal",
    "mirror",
    "harbour",
    "ember",
    "violet",
    "canyon",
    "orchid",
    "lantern",
    "comet",
]
NOUNS = [
    "road",
    "king",
    "daughter",
    "house",
    "secret",
    "letter",
    "journey",
    "island",
    "code",
    "promise",
    "shadow",
    "garden",
    "clock",
    "thief",
    "parade",
]
HEADER = ("title", "person", "year", "minutes", "genres")


def world(seed: int, size: int = 160) -> tuple[list[list[str]], list[list[str]], list[Pair]]:
    """Rows of two sources, each of films and of people, and the pairs that are the same."""
    draw = random.Random(seed)
    films = [(f"The {a} {b}", draw.randint(1950, 2020), draw.randint(70, 190)) for a in WORDS for b in NOUNS]
    people = [f"{a} {b}" for a in GIVEN for b in FAMILY]
    mine: list[list[str]] = []
    theirs: list[list[str]] = []
    gold: list[Pair] = []
    for number, (title, year, minutes) in enumerate(draw.sample(films, size)):
        genre = draw.choice(("Drama", "Comedy", "Drama,Comedy", "Western"))
        one = [title, "", f"{year}-01-01", str(minutes), genre]
        two = [
            _slip(title, draw),
            "",
            str(year + (draw.random() < 0.05)),
            str(minutes + draw.choice((0, 0, 0, 3))),
            genre,
        ]
        _deal(number, one, two, mine, theirs, gold)
    for number, name in enumerate(draw.sample(people, size)):
        _deal(number, ["", name, "", "", ""], ["", _slip(name, draw), "", "", ""], mine, theirs, gold)
    return mine, theirs, gold


def _deal(
    number: int, one: list[str], two: list[str], mine: list[list[str]], theirs: list[list[str]], gold: list[Pair]
) -> None:
    """Three in five are in both sources, one in each alone."""
    if number % 5 < 3:
        gold.append((len(mine), len(theirs)))
    if number % 5 != 3:
        mine.append(one)
    if number % 5 != 4:
        theirs.append(two)


def _slip(text: str, draw: random.Random) -> str:
    """The name, one in eight times with a letter wrong or without its article."""
    if draw.random() > 0.125:
        return text
    at = draw.randrange(5, len(text))
    return draw.choice((text[:at] + text[at + 1 :], text.removeprefix("The "), text.upper()))


def tables(rows: tuple[list[list[str]], list[list[str]], list[Pair]]) -> tuple[Table, Table]:
    """Both sources as tables."""
    return table("mine", HEADER, rows[0]), table("theirs", HEADER, rows[1])


def write(
    folder: Path, seed: int, names: Sequence[str] = ("a.csv", "b.csv", "gt.csv"), sign: str = "|", size: int = 160
) -> Path:
    """The world as a folder of three files."""
    mine, theirs, gold = world(seed, size)
    folder.mkdir(exist_ok=True)
    _file(folder / names[0], ("id", *HEADER), [[f"m{n}", *row] for n, row in enumerate(mine)], sign)
    _file(folder / names[1], (*HEADER, "key"), [[*row, f"t{n}"] for n, row in enumerate(theirs)], sign)
    _file(folder / names[2], ("D1", "D2"), [[f"m{a}", f"t{b}"] for a, b in gold], sign)
    return folder


def _file(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], sign: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=sign).writerows([header, *rows])
