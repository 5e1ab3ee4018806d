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
