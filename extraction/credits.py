"""Credit lines: "Directed by: A, B", "Cast: A (B), C", "Running time: 122 minutes", about the work at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marquee.extraction.masked import SYMBOL
from marquee.extraction.mentions import DATE, GENRE, LANGUAGE, MONEY, ORG, PLACE, TIME
from marquee.extraction.patterns import item, symbol
from marquee.extraction.scene import Found, Scene, number_of
from marquee.extraction.slots import cast_of, character

# key -> relation; what stands behind the colon is read by what the relation takes
KEYS: tuple[tuple[str, str], ...] = (
    (r"(?:co-)?director(?:s|\(s\))?|(?:co-)?directed by|d|dir\.?|direction|a film by", "directed"),
    (r"writer(?:s|\(s\))?|written by|s|scr|sc|screenplay(?: by)?|screenwriter(?:s|\(s\))?|script(?: by)?|story(?: by)?|written for the screen by|created by|creator(?:s|\(s\))?|teleplay(?: by)?", "wrote"),
    (r"producer(?:s|\(s\))?|produced by", "produced"),
    (r"executive producer(?:s|\(s\))?|executive produced by", "executive_produced"),
    (r"music(?: by)?|composer(?:s|\(s\))?|score(?: by)?|original score(?: by)?|original music(?: by)?|composed by", "composed"),
    (r"cinematography(?: by)?|cinematographer(?:s|\(s\))?|director of photography|photography(?: by)?|shot by|dop|dp", "shot"),
    (r"editor(?:s|\(s\))?|edited by|editing(?: by)?|film editing(?: by)?|film editor", "edited"),
    (r"cast|starring|stars|actors|main cast|principal cast|with|lead cast|featuring|leads|voices|voice cast|cast includes", "acted_in"),
    (r"production compan(?:y|ies)|produced at|studio(?:s)?|production|a production of|company|produced for", "production_company"),
    (r"distributor(?:s|\(s\))?|distributed by|distribution|released by|u\.?s\.? distributor|release by", "distributed_by"),
    (r"network|original network|channel|broadcaster|aired on|streaming on|platform", "broadcast_by"),
    (r"label|record label", "released_by"),
    (r"released?(?: dates?)?|release date|premiere|opening date|opens|opened|in theaters|in cinemas|year", "release_date"),
    (r"running time|runtime|length|run time|duration", "runtime"),
    (r"budget|production budget|estimated budget", "budget"),
    (r"box office|gross|worldwide gross|revenue|grosses", "revenue"),
    (r"genre(?:s|\(s\))?", "genre"),
    (r"countr(?:y|ies)(?: of origin)?", "country"),
    (r"languages?", "language"),
    (r"based on|adapted from", "based_on"),
    (r"(?:filming )?locations?|filmed in|shot in|filmed at", "filmed_in"),
    (r"artist(?:s)?|performer(?:s)?|performed by|singer|vocals", "performed"),
)  # fmt: skip
_KEYED = re.compile(
    r"(?:\A|(?<=[.;|/,] )|(?<= - ))(?:[-*•] )?[*_]{0,2}(?P<key>"
    + "|".join(f"(?P<k{n}>{key})" for n, (key, _) in enumerate(KEYS))
    + r")[*_]{0,2} ?(?::|\.\.+| - )[*_]{0,2} ?(?P<value>.{1,800})"
)
_NEXT_KEY = re.compile(r"(?:[.;|/] | - )[*_]{0,2}[a-z][a-z ]{2,30}[*_]{0,2}(?::|\.\.\.)")
_LITERALS = {"release_date": DATE, "runtime": TIME, "budget": MONEY, "revenue": MONEY}
_SHARED = {"genre": GENRE, "country": PLACE, "language": LANGUAGE, "filmed_in": PLACE}
_WORK_FIRST = frozenset(("production_company", "distributed_by", "broadcast_by", "released_by", "based_on"))
_SCORE = 0.95


def by_credit_lines(scene: Scene) -> Iterator[Found]:
    """What a `Key: value` line says of the work at hand."""
    text = scene.masked.text
    if scene.masked.work < 0 and not SYMBOL.match(text):
        return
    for match in _KEYED.finditer(text):
        relation = next(KEYS[n][1] for n in range(len(KEYS)) if match[f"k{n}"])
        value = match["value"]
        end = _NEXT_KEY.search(value)
        work = _subject(scene, match.start())
        if work >= 0:
            yield from _values(scene, work, relation, value[: end.start()] if end else value, match.span("key"))


def _subject(scene: Scene, at: int) -> int:
    """The work a line is about: one named before the key, else the work at hand."""
    own = re.search(symbol("title"), scene.masked.text[:at])
    return number_of(own[0]) if own else scene.masked.work


def _values(scene: Scene, work: int, relation: str, value: str, at: tuple[int, int]) -> Iterator[Found]:
    label = _LITERALS.get(relation) or _SHARED.get(relation)
    if label:
        numbers = [int(m[2]) for m in SYMBOL.finditer(value) if label in m[1]]
        yield from (
            Found(work, relation, number, _SCORE, at) for number in (numbers[:1] if relation in _LITERALS else numbers)
        )
    elif relation == "acted_in":
        yield from (Found(who, relation, work, _SCORE, at, quals) for who, quals in cast_of(scene, value))
        yield from _dotted_cast(scene, value, work, at)
    else:
        yield from _named(scene, relation, value, work, at)


def _named(scene: Scene, relation: str, value: str, work: int, at: tuple[int, int]) -> Iterator[Found]:
    for match in re.finditer(symbol("any"), value):
        if value[: match.start()].count("(") > value[: match.start()].count(")"):
            continue
        number = int(SYMBOL.match(match[0])[2])  # type: ignore[index]
        company = ORG in scene.full(number).labels and "P" not in scene.full(number).labels
        name = "production_company" if relation == "produced" and company else relation
        ends = (work, number) if name in _WORK_FIRST else (number, work)
        yield Found(ends[0], name, ends[1], _SCORE, at)


_DOTTED = re.compile(rf"(?P<p>{item('person')}) (?:\.\.+|…|-|as) (?P<c>[^,;]{{1,50}})")


def _dotted_cast(scene: Scene, value: str, work: int, at: tuple[int, int]) -> Iterator[Found]:
    """ "<P1> ... <X2>; <P3> ... <X4>"."""
    for match in _DOTTED.finditer(value):
        number = SYMBOL.search(match["p"])
        if number:
            yield Found(int(number[2]), "acted_in", work, _SCORE, at, character(scene, match["c"]))
