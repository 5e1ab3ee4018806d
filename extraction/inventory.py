"""Names to train on: people, works, organisations, awards and places, read from public data or made up."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from marquee.extraction.lexicon import listed

# Freebase relation -> (label of its head, label of its tail); "" for an end that says nothing of the name
_FREEBASE: dict[str, tuple[str, str]] = {
    "/film/actor/film./film/performance/film": ("PERSON", "WORK"),
    "/film/director/film": ("PERSON", "WORK"),
    "/film/film/genre": ("WORK", ""),
    "/film/film/written_by": ("WORK", "PERSON"),
    "/film/film/produced_by": ("WORK", "PERSON"),
    "/film/film/music": ("WORK", "PERSON"),
    "/film/film/production_companies": ("WORK", "ORG"),
    "/film/film_distributor/films_distributed./film/film_film_distributor_relationship/film": ("ORG", "WORK"),
    "/tv/tv_program/genre": ("WORK", ""),
    "/tv/tv_program/regular_cast./tv/regular_tv_appearance/actor": ("WORK", "PERSON"),
    "/tv/tv_network/programs./tv/tv_network_duration/program": ("ORG", "WORK"),
    "/music/record_label/artist": ("ORG", "PERSON"),
    "/award/award_category/winners./award/award_honor/award_winner": ("AWARD", ""),
    "/award/award_category/nominees./award/award_nomination/nominated_for": ("AWARD", ""),
    "/people/person/profession": ("PERSON", ""),
    "/people/person/place_of_birth": ("PERSON", "PLACE"),
    "/people/person/nationality": ("PERSON", "PLACE"),
    "/film/film/country": ("WORK", "PLACE"),
    "/film/film/film_festivals": ("WORK", "ORG"),
}
_FIRST = listed("James Mary Wei Aisha Lars Sofia Diego Priya Kofi Ingrid Tomasz Naomi Chen Olga Pierre Zoë Marek Yuki")
_LAST = listed(
    "Okafor Lindqvist Moreau Tanaka Novak Reyes O'Shea Van-Dyke Kapoor Weiss Haddad Brandt Petrov Silva Hart"
)
_NOUNS = listed(
    "River Night Garden Winter Stranger Harbor Mirror Crown Shadow Fire Island Letter Summer Road Ghost Empire Heart "
    "Machine Ocean Dream War Bride King Daughter Promise Silence Storm Tower Wolf Rose Kingdom Secret Game House Moon"
)
_ADJECTIVES = listed(
    "Last Silent Red Golden Broken Lost Dark First Secret Long Wild Blue Forgotten Burning Little Great Perfect Cold"
)
_COMPANY_WORDS = listed(
    "Lantern Northlight Silverline Apex Bluebird Paragon Meridian Summit Falcon Orchard Beacon Atlas Redwood Cobalt Pinnacle"
)
_TAILS = listed(
    "Pictures|Studios|Films|Entertainment|Productions|Media|Releasing|Animation|Records|Television|Distribution|"
    "Classics|Music Group|Broadcasting Company|Network|Artists Agency|Film Festival|International|Communications",
    "|",
)
_FOREIGN = listed(
    "宮崎駿|黒澤明|Алексей Герман|Андрей Звягинцев|봉준호|박찬욱|شادي عبد السلام|張藝謀|Γιώργος Λάνθιμος|सत्यजित राय",
    "|",
)


@dataclass(slots=True)
class Inventory:
    """Names by label, each list sorted, so that a seed draws the same ones again."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def draw(self, label: str, rng: Random) -> str:
        """A name of a label: mostly a known one, sometimes one made up, so that form is learnt and not lists."""
        made = _MAKERS.get(label)
        known = self.names.get(label)
        if made and (not known or rng.random() < 0.35):
            return made(self, rng)
        return rng.choice(known) if known else label.title()


def load_inventory(data: Path | None) -> Inventory:
    """The names of `data` (folders fb15k237, wikipedia_movies, oscars; each may be missing), or none."""
    found: dict[str, set[str]] = defaultdict(set)
    for label, name in _all_names(data) if data else ():
        if 1 < len(name) < 70 and name[0] not in "(['":
            found[label].add(name)
    return Inventory({label: sorted(names) for label, names in sorted(found.items())})


def _all_names(data: Path) -> Iterator[tuple[str, str]]:
    if (data / "fb15k237").is_dir():
        yield from _freebase(data / "fb15k237")
    for row in film_rows(data):
        yield "WORK", row["title"]
        yield from (("PERSON", name) for name in row["cast"] if is_person(name))
    if (data / "oscars" / "oscars.tsv.gz").is_file():
        yield from _oscars(data / "oscars" / "oscars.tsv.gz")


def film_rows(data: Path) -> Iterator[dict[str, Any]]:
    """Rows of the film list, oldest decade first."""
    for path in sorted((data / "wikipedia_movies").glob("*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from json.load(file)


def is_person(name: str) -> bool:
    """Whether a cast entry reads as a person's full name; the lists have words of prose among them."""
    words = name.split()
    return 2 <= len(words) <= 4 and all(
        word[0].isupper() and word.strip(".'’-").isalpha() for word in (words[0], words[-1])
    )


def _freebase(folder: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(folder / "entity2wikidata.json.gz", "rt", encoding="utf-8") as file:
        labels = {key: value["label"] for key, value in json.load(file).items()}
    with gzip.open(folder / "train.txt.gz", "rt", encoding="utf-8") as file:
        for line in file:
            head, relation, tail = line.rstrip("\n").split("\t")
            for label, key in zip(_FREEBASE.get(relation, ()), (head, tail), strict=False):
                if label and labels.get(key):
                    yield label, labels[key]


def _oscars(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield from (("WORK", title) for title in row["Film"].split("|") if title)
            if row["Class"] in ("Acting", "Directing"):
                yield from (("PERSON", name) for name in row["Nominees"].split("|") if is_person(name))


def _person(inventory: Inventory, rng: Random) -> str:
    if rng.random() < 0.04:
        return rng.choice(_FOREIGN)
    people = inventory.names.get("PERSON")
    if not people:
        return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    first, last = rng.choice(people).split()[0], rng.choice(people).split()[-1]
    middle = f" {rng.choice('ABCDEFGHJKLMPRSTW')}." if rng.random() < 0.1 else ""
    return f"{first}{middle} {last}"


def _work(inventory: Inventory, rng: Random) -> str:
    noun, other, adjective = rng.choice(_NOUNS), rng.choice(_NOUNS), rng.choice(_ADJECTIVES)
    person = _person(inventory, rng)
    return rng.choice(
        (
            f"The {adjective} {noun}", f"{noun} of the {other}", f"{adjective} {noun}", f"The {noun} and the {other}",
            f"{noun}", f"{noun} {rng.randint(2, 5)}", f"{noun}: The {adjective} {other}", f"{noun}, {other} and {noun}",
            f"{adjective} {noun}, {adjective} {other}", f"My {adjective} {noun}", f"{person.split()[-1]}", f"{person}",
            f"Who Killed {person}?", f"{noun} in {adjective} {other}", f"The {noun}'s {other}", f"Goodbye, {noun}!",
            f"{rng.randint(7, 99)} {noun}s", f"{noun} & {other}", f"To {noun} with Love", f"What the {noun} Saw",
        )
    )  # fmt: skip


def _org(inventory: Inventory, rng: Random) -> str:
    head = rng.choice(_COMPANY_WORDS) if rng.random() < 0.6 else _person(inventory, rng).split()[-1]
    tail = rng.choice(_TAILS)
    return rng.choice((f"{head} {tail}", f"{head} {tail}", f"{head} & {rng.choice(_LAST)}", f"{head} Bros.", f"{head}"))


_BODIES = listed(
    "Academy|BAFTA|Golden Globe|Emmy|Grammy|César|Goya|Critics' Choice|Screen Actors Guild|Independent Spirit", "|"
)
_BEST = listed(
    "Picture|Director|Actor|Actress|Supporting Actor|Original Score|Film Editing|Screenplay|New Artist|Drama Series",
    "|",
)


def _award(inventory: Inventory, rng: Random) -> str:
    body, what = rng.choice(_BODIES), rng.choice(("Best ", "Outstanding ")) + rng.choice(_BEST)
    return rng.choice(
        (f"{body} Award for {what}", f"{body} Award", what, f"{body} Awards", "Oscar", "Palme d'Or", "Golden Lion")
    )


_MAKERS = {"PERSON": _person, "WORK": _work, "ORG": _org, "AWARD": _award}
