"""Letters: the societies and honours that people put behind their names, "A.S.C.", which name nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from marquee.extraction.lexicon import listed
from marquee.extraction.mentions import PERSON, Mention

_SOCIETIES = listed(
    "asc bsc ace bfe acs aic afc csc isc ksc nsc jsc bvk sasc fsf csa cas dga wga pga adg obe cbe mbe kbe"
)
_LETTERS = "|".join(r"\.?".join(society.upper()) for society in _SOCIETIES)
_ALONE = re.compile(rf"(?:{_LETTERS})\.?")
_BEHIND = re.compile(rf",? \(?(?:{_LETTERS})\.?\)?\Z")
# Without capitals only the stops tell them from words, "ace".
_STOPPED = "|".join(r"\.".join(society) for society in _SOCIETIES)
_MASKED = re.compile(rf"(?<=>),? \(?(?:(?:{_STOPPED})\.?|asc|bsc|csc)\)?(?![\w-])")


def without_letters(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The mentions without letters behind a person's name, on their own or as the end of the name."""
    kept: list[Mention] = []
    for mention in found:
        written = text[mention.start : mention.end]
        gap = text[kept[-1].end : mention.start] if kept and PERSON in kept[-1].labels else "-"
        if gap in (", ", " ", " (") and _ALONE.fullmatch(written):
            continue
        behind = _BEHIND.search(written) if mention.labels == PERSON else None
        kept.append(replace(mention, end=mention.start + behind.start()) if behind else mention)
    return kept


def unlettered(masked: str) -> str:
    """A masked sentence without such letters behind a symbol, so that lists of names stay whole."""
    return _MASKED.sub("", masked)
