"""The raw side of the demo records: Freebase triples, Wikidata labels, and what each Freebase relation says of us."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from marquee.schema.text import fold

SPLITS = ("train", "valid", "test")
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Label:
    """What Wikidata says of a Freebase id: `qid`, English name, description, article and other names."""

    qid: str
    name: str
    description: str
    article: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How one Freebase relation reads in our vocabulary.

    `relation` "" gives no fact, only hints of kind. `swap`: our subject is Freebase's tail. `subject` and
    `object`: the kind each end of the fact is likely to be, "" where it says nothing. `weight` of that hint.
    `role`: a qualifier of the credit. `core`: it alone makes an entity part of the industry.
    """

    relation: str
    subject: str = ""
    object: str = ""
    swap: bool = False
    weight: int = 1
    role: str = ""
    core: bool = True


def _credit(relation: str, work: str, role: str = "", swap: bool = True) -> Row:
    return Row(relation, "Person", work, swap, 1, role)


_AWARD = "/award/award_"
_FILM = "/film/film/"

ROWS: Mapping[str, Row] = {
    "/film/actor/film./film/performance/film": _credit("acted_in", "Film", swap=False),
    _FILM + "dubbing_performances./film/dubbing_performance/actor": _credit("acted_in", "Film", "dubbing voice"),
    "/tv/tv_program/regular_cast./tv/regular_tv_appearance/actor": _credit("acted_in", "Series"),
    "/film/director/film": _credit("directed", "Film", swap=False),
    _FILM + "written_by": _credit("wrote", "Film"),
    _FILM + "story_by": _credit("wrote", "Film", "story"),
    "/tv/tv_writer/tv_programs./tv/tv_program_writer_relationship/tv_program": _credit("wrote", "Series", swap=False),
    "/tv/tv_program/program_creator": _credit("wrote", "Series", "creator"),
    _FILM + "produced_by": _credit("produced", "Film"),
    "/tv/tv_producer/programs_produced./tv/tv_producer_term/program": _credit("produced", "Series", swap=False),
    _FILM + "executive_produced_by": _credit("executive_produced", "Film"),
    _FILM + "music": _credit("composed", "Film"),
    _FILM + "cinematography": _credit("shot", "Film"),
    _FILM + "edited_by": _credit("edited", "Film"),
    _FILM + "production_companies": Row("production_company", "Film", "Studio", weight=2),
    "/film/film_distributor/films_distributed./film/film_film_distributor_relationship/film": Row(
        "distributed_by", "Film", "Distributor", swap=True
    ),
    "/tv/tv_network/programs./tv/tv_network_duration/program": Row(
        "broadcast_by", "Series", "Network", swap=True, weight=3
    ),
    "/music/record_label/artist": Row("released_by", "", "RecordLabel", swap=True, weight=2),
    _FILM + "genre": Row("genre", "Film", "Genre"),
    "/tv/tv_program/genre": Row("genre", "Series", "Genre"),
    "/music/genre/artists": Row("genre", "", "Genre", swap=True),
    _FILM + "country": Row("country", "Film", "Country", weight=3),
    "/tv/tv_program/country_of_origin": Row("country", "Series", "Country", weight=3),
    "/organization/organization/headquarters./location/mailing_address/country": Row(
        "country", "", "Country", weight=3, core=False
    ),
    "/music/artist/origin": Row("country", "", "", core=False),
    _FILM + "language": Row("language", "Film", "Language", weight=3),
    "/tv/tv_program/languages": Row("language", "Series", "Language", weight=3),
    _FILM + "featured_film_locations": Row("filmed_in", "Film", "Place"),
    "/film/film_subject/films": Row("keyword", "Film", "Keyword", swap=True),
    _FILM + "prequel": Row("sequel_of", "Film", "Film"),
    _FILM + "film_festivals": Row("shown_at", "Film", "Festival", weight=3),
    _FILM + "release_date_s./film/film_regional_release_date/film_regional_debut_venue": Row("shown_at", "Film", ""),
    "/people/person/profession": Row("profession", "Person", "Profession", core=False),
    "/people/person/nationality": Row("nationality", "Person", "Country", weight=3, core=False),
    "/people/person/place_of_birth": Row("born_in", "Person", "Place", core=False),
    "/people/person/gender": Row("gender", "Person", "", weight=5, core=False),
    "/people/person/spouse_s./people/marriage/spouse": Row("spouse", "Person", "Person", core=False),
    "/people/person/sibling_s./people/sibling_relationship/sibling": Row("sibling", "Person", "Person", core=False),
    "/people/person/employment_history./business/employment_tenure/company": Row(
        "employed_by", "Person", "", core=False
    ),
    "/music/group_member/membership./music/group_membership/group": Row("member_of", "Person", "Group", weight=3),
    "/organization/organization_founder/organizations_founded": Row("founded", "", "", core=False),
    "/organization/organization/child./organization/organization_relationship/child": Row(
        "subsidiary_of", "", "", swap=True, core=False
    ),
    _AWARD + "nominee/award_nominations./award/award_nomination/award": Row("nominated_for", "", "Award", weight=2),
    _AWARD + "category/nominees./award/award_nomination/nominated_for": Row(
        "nominated_for", "", "Award", swap=True, weight=2
    ),
    _AWARD + "category/winners./award/award_honor/award_winner": Row("won", "", "Award", swap=True, weight=2),
    _AWARD + "winning_work/awards_won./award/award_honor/award": Row("won", "", "Award", weight=2),
    _AWARD + "category/winners./award/award_honor/ceremony": Row("presented_at", "Award", "Ceremony", weight=2),
    _AWARD + "category/category_of": Row("presented_by", "Award", "AwardBody", weight=3),
    "/time/event/instance_of_recurring_event": Row("presented_by", "", ""),
    _AWARD + "ceremony/awards_presented./award/award_honor/award_winner": Row(
        "honored_at", "", "Ceremony", swap=True, weight=2
    ),
    _AWARD + "ceremony/awards_presented./award/award_honor/honored_for": Row(
        "honored_at", "", "Ceremony", swap=True, weight=2
    ),
}

# Hints of kind only: Freebase says more here than our vocabulary takes.
HINTS: Mapping[str, tuple[str, str]] = {
    _FILM + "release_date_s./film/film_regional_release_date/film_release_region": ("Film", "Country"),
    "/music/performance_role/regular_performances./music/group_membership/group": ("", "Group"),
    "/music/group_member/membership./music/group_membership/role": ("Person", ""),
    "/people/person/places_lived./people/place_lived/location": ("Person", "Place"),
    "/location/location/contains": ("Place", "Place"),
    "/location/country/form_of_government": ("Country", ""),
    "/location/country/official_language": ("Country", "Language"),
    "/location/country/capital": ("Country", "Place"),
}
PRODUCER_TYPE = "/tv/tv_producer/programs_produced./tv/tv_producer_term/producer_type"


def read_triples(folder: Path) -> Iterator[Triple]:
    """Every (head, relation, tail) of the three splits, in order."""
    for split in SPLITS:
        with gzip.open(folder / f"{split}.txt.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                head, relation, tail = line.rstrip("\n").split("\t")
                yield head, relation, tail


def read_labels(folder: Path) -> dict[str, Label]:
    """Wikidata's id and names of each Freebase id that has them."""
    with gzip.open(folder / "entity2wikidata.json.gz", "rt", encoding="utf-8") as file:
        raw = json.load(file)
    labels = {mid: _label(entry) for mid, entry in raw.items() if entry.get("label") and entry.get("wikidata_id")}
    return {mid: label for mid, label in labels.items() if not re.fullmatch(r"Q\d+", label.name)}


# Labels that were vandalised, misspelt or machine-made on the day the table was made.
_MENDED_LABELS: Mapping[str, str] = {
    "Q923925": "Malcolm X",
    "Q223884": "Hotel Rwanda",
    "Q646633": "The Patriot",
    "Q833180": "Mary Shelley's Frankenstein",
    "Q14329491": "The Twilight Zone",
    "Q1160945": "BBC News",
    "Q2022113": "ABS-CBN",
    "Q4015057": "TV5",
    "Q168383": "Universal Pictures",
    "Q5146": "Portuguese",
    "Q873": "Meryl Streep",
    "Q4235": "Miley Cyrus",
    "Q9535": "Shah Rukh Khan",
    "Q143223": "Joanne Froggatt",
    "Q207596": "Daryl Hannah",
    "Q299483": "James Cromwell",
    "Q312531": "Thomas Brodie-Sangster",
    "Q315811": "Steve Hackett",
    "Q347945": "Stirling Silliphant",
    "Q464932": "Jaya Bachchan",
    "Q19673": "Al Gore",
    "Q269731": "Robert Z. Leonard",
    "Q718": "chess",
}
# Names that everyone uses and the table lacks or buries.
EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "Q30": ("United States", "U.S.", "US", "America"),
    "Q145": ("UK", "U.K.", "Britain"),
    "Q157443": ("comedy",),
    "Q200092": ("horror",),
    "Q1054574": ("romance",),
    "Q319221": ("adventure",),
}
_NO_NAME = re.compile(r"[\[\]{}|\n]|\" | \"|^.$|^.{61,}$|^[a-z]{1,3}$| (movie|film)$")
_DISAMBIGUATION = re.compile(r" \([^)]*\)$")


def _label(entry: Mapping[str, object]) -> Label:
    qid = str(entry["wikidata_id"])
    name = _MENDED_LABELS.get(qid, _plain(entry["label"]))
    title = unquote(str(entry.get("wikipedia") or "").rpartition("/wiki/")[2]).replace("_", " ")
    others = entry.get("alternatives")
    aliases = [_DISAMBIGUATION.sub("", title), *map(_plain, others if isinstance(others, list) else ())]
    known = dict.fromkeys((*EVERYDAY.get(qid, ()), *_sensible(name, aliases)))
    return Label(qid, name, str(entry.get("description") or ""), title, tuple(known))


def _plain(name: object) -> str:
    """A name with straight apostrophes, single spaces and no entities of HTML."""
    return " ".join(html.unescape(str(name)).replace("\u2019", "'").split())


def _sensible(name: str, aliases: list[str]) -> list[str]:
    """Other names that are names: of a fair length, no codes, each once.

    Of a name of several words a single one is no alias, unless written in capitals: too many share it.
    """
    seen, kept, longest = {fold(name)}, [], len(name.split()) + 3
    for alias in aliases:
        shorter = " " in name and " " not in alias and not alias.isupper() and alias != aliases[0]
        if (
            fold(alias) in seen
            or shorter
            or len(alias.split()) > longest
            or _NO_NAME.search(alias)
            or not any(map(str.isalpha, alias))
        ):
            continue
        seen.add(fold(alias))
        kept.append(alias)
    return kept
