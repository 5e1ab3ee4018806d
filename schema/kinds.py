"""Levels of the graph and the kinds of entity that live on each."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """A level is a graph of its own; `SHARED` kinds belong to all of them."""

    WORK = "work"
    PERSON = "person"
    INSTITUTION = "institution"
    SHARED = "shared"


class Kind(StrEnum):
    """What an entity is. Names follow schema.org and Wikidata where these have them."""

    FILM = "Film"
    SERIES = "Series"
    SEASON = "Season"
    EPISODE = "Episode"
    ALBUM = "Album"
    SONG = "Song"
    FRANCHISE = "Franchise"
    CHARACTER = "Character"
    SCENE = "Scene"
    SETTING = "Setting"
    PROP = "Prop"
    PERSON = "Person"
    GROUP = "Group"
    STUDIO = "Studio"
    DISTRIBUTOR = "Distributor"
    NETWORK = "Network"
    RECORD_LABEL = "RecordLabel"
    AGENCY = "Agency"
    FESTIVAL = "Festival"
    AWARD_BODY = "AwardBody"
    GENRE = "Genre"
    AWARD = "Award"
    CEREMONY = "Ceremony"
    COUNTRY = "Country"
    PLACE = "Place"
    LANGUAGE = "Language"
    PROFESSION = "Profession"
    KEYWORD = "Keyword"


K = Kind
KINDS_OF: dict[Level, tuple[Kind, ...]] = {
    Level.WORK: (
        K.FILM, K.SERIES, K.SEASON, K.EPISODE, K.ALBUM, K.SONG,
        K.FRANCHISE, K.CHARACTER, K.SCENE, K.SETTING, K.PROP,
    ),
    Level.PERSON: (K.PERSON, K.GROUP),
    Level.INSTITUTION: (
        K.STUDIO, K.DISTRIBUTOR, K.NETWORK, K.RECORD_LABEL, K.AGENCY, K.FESTIVAL, K.AWARD_BODY,
    ),
    Level.SHARED: (
        K.GENRE, K.AWARD, K.CEREMONY, K.COUNTRY, K.PLACE, K.LANGUAGE, K.PROFESSION, K.KEYWORD,
    ),
}  # fmt: skip
LEVEL_OF: dict[Kind, Level] = {kind: level for level, kinds in KINDS_OF.items() for kind in kinds}

SCREEN_WORKS = frozenset({K.FILM, K.SERIES, K.SEASON, K.EPISODE})
RECORDINGS = frozenset({K.ALBUM, K.SONG})
TITLED_WORKS = SCREEN_WORKS | RECORDINGS | {K.FRANCHISE}
PEOPLE = frozenset(KINDS_OF[Level.PERSON])
INSTITUTIONS = frozenset(KINDS_OF[Level.INSTITUTION])
COMPANIES = frozenset({K.STUDIO, K.DISTRIBUTOR, K.NETWORK, K.RECORD_LABEL, K.AGENCY})
