"""Terms: what kinds and relations are called in schema.org and Wikidata, and where ids of other catalogues lead."""

from __future__ import annotations

from typing import NamedTuple

from marquee.schema.kinds import Kind
from marquee.schema.relations import CREDITS


class Property(NamedTuple):
    """A property of schema.org; `reverse`: it goes from the relation's object to its subject."""

    name: str
    reverse: bool = False


_SCHEMA = {
    Kind.FILM: ("Movie", "Q11424"),
    Kind.SERIES: ("TVSeries", "Q5398426"),
    Kind.SEASON: ("TVSeason", "Q3464665"),
    Kind.EPISODE: ("TVEpisode", "Q21191270"),
    Kind.ALBUM: ("MusicAlbum", "Q482994"),
    Kind.SONG: ("MusicRecording", "Q7366"),
    Kind.FRANCHISE: ("CreativeWorkSeries", "Q196600"),
    Kind.CHARACTER: ("Thing", "Q95074"),
    Kind.SCENE: ("Clip", "Q282939"),
    Kind.SETTING: ("Place", "Q617332"),
    Kind.PROP: ("Thing", "Q942297"),
    Kind.PERSON: ("Person", "Q5"),
    Kind.GROUP: ("PerformingGroup", "Q2088357"),
    Kind.STUDIO: ("Organization", "Q1762059"),
    Kind.DISTRIBUTOR: ("Organization", "Q10689397"),
    Kind.NETWORK: ("Organization", "Q1254874"),
    Kind.RECORD_LABEL: ("Organization", "Q18127"),
    Kind.AGENCY: ("Organization", "Q1344339"),
    Kind.FESTIVAL: ("Festival", "Q220505"),
    Kind.AWARD_BODY: ("Organization", "Q43229"),
    Kind.GENRE: ("DefinedTerm", "Q483394"),
    Kind.AWARD: ("Thing", "Q618779"),
    Kind.CEREMONY: ("Event", "Q4504495"),
    Kind.COUNTRY: ("Country", "Q6256"),
    Kind.PLACE: ("Place", "Q2221906"),
    Kind.LANGUAGE: ("Language", "Q34770"),
    Kind.PROFESSION: ("Occupation", "Q28640"),
    Kind.KEYWORD: ("DefinedTerm", "Q1128340"),
}
CLASSES: dict[Kind, tuple[str, str]] = {
    kind: (f"https://schema.org/{name}", f"http://www.wikidata.org/entity/{item}")
    for kind, (name, item) in _SCHEMA.items()
}

PROPERTIES: dict[str, Property] = {
    "part_of": Property("isPartOf"),
    "based_on": Property("isBasedOn"),
    "features_character": Property("character"),
    "spouse": Property("spouse"),
    "sibling": Property("sibling"),
    "parent": Property("parent"),
    "member_of": Property("memberOf"),
    "subsidiary_of": Property("parentOrganization"),
    "acted_in": Property("actor", reverse=True),
    "directed": Property("director", reverse=True),
    "wrote": Property("author", reverse=True),
    "produced": Property("producer", reverse=True),
    "composed": Property("musicBy", reverse=True),
    "edited": Property("editor", reverse=True),
    "performed": Property("byArtist", reverse=True),
    "production_company": Property("productionCompany"),
    "released_by": Property("recordLabel"),
    "employed_by": Property("worksFor"),
    "founded": Property("founder", reverse=True),
    "genre": Property("genre"),
    "country": Property("countryOfOrigin"),
    "language": Property("inLanguage"),
    "filmed_in": Property("locationCreated"),
    "keyword": Property("keywords"),
    "profession": Property("hasOccupation"),
    "nationality": Property("nationality"),
    "born_in": Property("birthPlace"),
}
# Wikidata says these of the work or the company.
REVERSED = frozenset({*CREDITS, "founded"})

_IMDB = {"tt": "title", "nm": "name", "co": "company"}


def same_as(scheme: str, value: str) -> str | None:
    """The address of an id of another catalogue; None where it has none that is known."""
    if scheme == "imdb" and value[:2] in _IMDB:
        return f"https://www.imdb.com/{_IMDB[value[:2]]}/{value}/"
    return f"{_PLACES[scheme]}{value}" if scheme in _PLACES else None


_PLACES = {
    "wikidata": "http://www.wikidata.org/entity/",
    "tmdb": "https://www.themoviedb.org/",
}
