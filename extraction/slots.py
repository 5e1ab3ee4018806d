"""Slots: the mentions that a rule's list names, as subject before its verb or as object behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from marquee.extraction.masked import SYMBOL
from marquee.extraction.mentions import UNKNOWN
from marquee.extraction.patterns import CAST_ITEM, item, symbol
from marquee.extraction.scene import Qualifiers, Scene, number_of
from marquee.schema.literals import Literal, LiteralType

_NEW_CLAUSE = re.compile(
    r",? (?:who )?(?:also |then |later |has |had |[a-z]+ly ){0,2}(?:is|was|are|were|has|had|will|stars?|starred|features?|co-?directed|directs?|directed|"
    r"wrote|co-wrote|writes|produce[sd]?|plays?|played|also|won|wins|received|earned|grossed|follows|tells|served|serves|appears?|appeared|"
    r"co-starred|compose[sd]|edit(?:s|ed)|scored|said|says|shot|cut|made|makes|did|does|took|takes|handle[sd]|provide[sd]|photographed|"
    r"distribute[sd]|release[sd]|aired|airs|lead|leads|led|head|heads|headed|joined|joins|came|went|share[sd]?|supplie[sd]|runs?|sang|sings|"
    r"founded|bought|acquired|signed|left|opened|opens|premiered|returned|returns|gets|got|being|directing|writing|producing|composing|co-starring)\b(?! (?:by|in <L)\b)"
)
_JOINED = re.compile(r" and | & |as well as|along with")


def members(group: str, slot: str, after: str = "") -> list[int]:
    """The mentions that a list behind a verb names, without those that begin a new clause, own what is
    meant ("<W1>'s star") or are of another kind than the first."""
    found = _mentions(group, slot)
    if found and after.startswith("'s"):
        found.pop()
    if len(found) > 1 and _NEW_CLAUSE.match(after):
        found.pop()
    return _alike(found, found[0][0] if found else "")


def subjects(group: str, slot: str) -> list[int]:
    """The mentions that a list before a verb names: all if it has an "and", else its last."""
    found = _mentions(group, slot)
    if found and not _JOINED.search(group):
        found = found[-1:]
    return _alike(found, found[-1][0] if found else "")


def _alike(found: list[tuple[str, int]], model: str) -> list[int]:
    return [n for labels, n in found if set(labels) & set(model) or UNKNOWN in labels or UNKNOWN in model]


def _mentions(group: str, slot: str) -> list[tuple[str, int]]:
    matches = (SYMBOL.search(found["n"]) for found in _items(slot).finditer(group))
    return [(match[1], int(match[2])) for match in matches if match]


@lru_cache(maxsize=64)
def _items(slot: str) -> re.Pattern[str]:
    expression, end = (CAST_ITEM, "who") if slot == "cast" else (item(slot), slot)
    return re.compile(expression.replace(symbol(end), f"(?P<n>{symbol(end)})", 1))


_CHARACTER = re.compile(
    r">(?:[^<>,]{0,45}?,? (?:as|playing|portraying) (?P<a>.{1,60})| \((?:as )?(?P<b>[^()]{1,40})\))\Z"
)


def cast_of(scene: Scene, group: str, after: str = "") -> Iterator[tuple[int, Qualifiers]]:
    """Each actor of a cast list, with the character as a qualifier where one is named."""
    kept = set(members(group, "cast", after))
    for found in _items("cast").finditer(group):
        number = number_of(found["n"])
        if number in kept:
            part = _CHARACTER.search(found[0])
            yield number, character(scene, (part["a"] or part["b"]) if part else "")


def character(scene: Scene, masked: str | None) -> Qualifiers:
    """The qualifier for a character as written; none for an empty one or a mere description."""
    words = masked or ""
    if words.endswith(("sel", "self", "selves")):
        return (("character", Literal(LiteralType.TEXT, words.strip())),)
    first = words.find("<")
    if first < 0 or "'s" in words or words.rstrip().endswith("'"):
        return ()
    named = words[first:] if len(words[:first].split()) > 1 else words
    name = scene.written(named[: named.rfind(">") + 1]).strip(" ,")
    return (("character", Literal(LiteralType.TEXT, name)),) if name else ()
