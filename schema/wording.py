"""Statements in words, as one reads them: "Kate Winslet acted in Titanic"."""

from __future__ import annotations

from marquee.schema.relations import RELATIONS

# What stands between subject and object, where it is not the relation's own label.
_VERBS: dict[str, str] = {
    "genre": "is of genre", "country": "is from", "language": "is in", "nationality": "is a national of",
    "profession": "works as", "keyword": "is about", "part_of": "is part of", "sequel_of": "is a sequel of",
    "remake_of": "is a remake of", "spin_off_of": "is a spin-off of", "based_on": "is based on",
    "spouse": "is a spouse of", "sibling": "is a sibling of", "parent": "has the parent", "member_of": "is a member of",
    "owned_by": "is owned by", "subsidiary_of": "is a subsidiary of", "acquired_by": "was acquired by",
    "production_company": "was produced by", "distributed_by": "was distributed by",
    "broadcast_by": "was broadcast by", "released_by": "was released by", "employed_by": "is employed by",
    "represented_by": "is represented by", "nominated_for": "was nominated for", "presented_by": "is presented by",
    "presented_at": "was presented at", "honored_at": "was honored at", "shown_at": "was shown at",
    "filmed_in": "was filmed in", "born_in": "was born in",
}  # fmt: skip


# What a relation is called from its object's side, where that is not the inverse's own name.
_INVERSES: dict[str, str] = {
    "directed": "directed by", "wrote": "written by", "produced": "produced by",
    "executive_produced": "executive produced by", "composed": "music by", "shot": "shot by", "edited": "edited by",
    "performed": "performed by", "founded": "founded by", "won": "won by", "part_of": "parts",
    "sequel_of": "followed by", "remake_of": "remade as", "spin_off_of": "spin-offs", "based_on": "adapted as",
    "parent": "children", "member_of": "members", "subsidiary_of": "subsidiaries", "production_company": "produced",
    "distributed_by": "distributed", "broadcast_by": "broadcast", "employed_by": "employs",
    "represented_by": "represents", "nominated_for": "nominated", "presented_at": "awards presented",
    "owns_rights_to": "rights owned by", "genre": "works of this genre", "country": "from here",
    "language": "in this language", "filmed_in": "filmed here", "keyword": "works about it",
    "profession": "who works as this", "nationality": "nationals", "born_in": "born here",
}  # fmt: skip


def inverse_label(relation: str) -> str:
    """What a relation is called on its object's page; an unknown one as it stands.

    >>> inverse_label("directed"), inverse_label("acted_in"), inverse_label("owned_by")
    ('directed by', 'cast', 'owns')
    """
    row = RELATIONS.get(relation)
    return _INVERSES.get(relation, (row.inverse if row else relation).replace("_", " "))


def sentence(subject: str, relation: str, object_: str) -> str:
    """A statement between two names, or a name and a value, by the relation's name; unknown ones as they stand.

    >>> sentence("Titanic", "genre", "drama"), sentence("Titanic", "release_date", "1997")
    ('Titanic is of genre drama', 'The release date of Titanic is 1997')
    """
    row = RELATIONS.get(relation)
    label = row.label if row else relation.replace("_", " ")
    if row and row.literal:
        return f"The {label} of {subject} is {object_}"
    return f"{subject} {_VERBS.get(relation, label)} {object_}"
